"""Secrets are known by where they stand, and taken out of texts."""

from xml.etree.ElementTree import fromstring

import pytest

from courses.exchange.formats.olx.secrets import Secrets
from courses.exchange.neutral import ImportedComponent, NeutralOption, NeutralQuestion, Note


@pytest.mark.parametrize(
    ("xml", "secret"),
    [
        ("""<course lti_passports='["tool:key_12345:s3cret-s3cret"]'/>""", "s3cret-s3cret"),
        ("""<course lti_passports='["tool:key_12345:s3cret-s3cret"]'/>""", "key_12345"),
        ('<problem matlab_api_key="NotForYourEyes"/>', "NotForYourEyes"),
        ('<lti><inner consumer_secret="abc123!!xyz"/></lti>', "abc123!!xyz"),
        ('<video password="oolong-4711"/>', "oolong-4711"),
        ('<x access_token="a&lt;b&amp;c12345"/>', "a<b&c12345"),
        ('<x access_token="a&lt;b&amp;c12345"/>', "a&lt;b&amp;c12345"),
    ],
)
def test_telling_attributes_hold_secrets(xml, secret):
    secrets = Secrets()
    secrets.learn_attributes(fromstring(xml))
    assert secrets.redact(f"use {secret} here") == "use [removed] here"


@pytest.mark.parametrize(
    "xml",
    [
        '<x password="sunshine"/>',
        '<x ask_for_token="true"/>',
        '<x token="2026-01-01"/>',
        '<x secret=""/>',
        '<x display_name="Passwords-and-tokens-101"/>',
    ],
)
def test_ordinary_words_are_no_secrets(xml):
    secrets = Secrets()
    secrets.learn_attributes(fromstring(xml))
    text = "password sunshine true 2026-01-01 Passwords-and-tokens-101"
    assert secrets.redact(text) == text


def test_policies_and_scripts_are_searched_too():
    secrets = Secrets()
    secrets.learn_policy({"course/x": {"deep": [{"stripe_secret": ["sk_live_12345"]}]}})
    secrets.learn_script("auth_token = 'abc-123-def'\nname = 'Chamomile-99'")
    assert secrets.redact("sk_live_12345 abc-123-def Chamomile-99") == (
        "[removed] [removed] Chamomile-99"
    )


def test_a_secret_that_holds_another_goes_as_a_whole():
    secrets = Secrets()
    secrets.learn_script("token = 'abcd-1234'\nother_token = 'abcd-1234-efgh'")

    assert secrets.redact("abcd-1234-efgh and abcd-1234") == "[removed] and [removed]"


def test_a_policy_is_searched_through_its_lists():
    secrets = Secrets()
    secrets.learn_policy([{"tools": [{"name": "Kettle-99", "api_key": "abcd-1234"}]}])

    assert secrets.redact("Kettle-99: abcd-1234") == "Kettle-99: [removed]"


def test_what_is_shorter_than_eight_letters_is_no_secret():
    secrets = Secrets()
    secrets.learn_script("token = 'abc-123'\nsecret = 'abc-4567'")
    secrets.learn_policy({"api_key": "abc-123"})

    assert secrets.redact("abc-123 abc-4567") == "abc-123 [removed]"


def test_every_text_of_a_component_is_scrubbed_and_no_secret_shows_in_a_repr():
    secrets = Secrets()
    secrets.learn_script("password = 'hunter-2-hunter'")
    question = NeutralQuestion(
        "single", "<p>hunter-2-hunter?</p>", [NeutralOption("hunter-2-hunter", True)]
    )
    component = ImportedComponent(
        "html", "x", "hunter-2-hunter", pieces=[Note("hunter-2-hunter"), question]
    )
    assert secrets.scrub(component)
    assert "hunter" not in repr(component)
    assert "hunter" not in repr(secrets)
    assert not secrets.scrub(component)
