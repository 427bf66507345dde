"""What we say instead of Wagtail: under its own texts, with what it fills in, and in our voice."""

import json
import re
from pathlib import Path

import pytest
import wagtail
import wagtail_modeladmin
from babel.messages.pofile import read_po
from django.conf import settings
from django.utils.translation import gettext, ngettext, override

from perfomix.languages import catalogues, pseudo
from tests.people import logged_in

ROOT = Path(settings.BASE_DIR)
DOMAINS = ("django", "djangojs")
FILLED_IN = re.compile(r"%\(\w+\)[a-z]|\{\w+\}")
# Words of the framework, of machines, and shouting.
NOT_OURS = re.compile(
    r"!|Wagtail|moderation|workflow|\btask\b|slug|child|subpage|revision|orry|lease"
)


def messages(path: Path) -> list:
    with path.open("rb") as file:
        return [message for message in read_po(file) if message.id]


def ours(domain: str) -> list:
    return messages(ROOT / catalogues.INSTEAD / f"en/LC_MESSAGES/{domain}.po")


def wagtails(domain: str) -> set:
    """Ids of every text of the Wagtail that is installed, in its own English."""
    folders = [Path(package.__file__).parent for package in (wagtail, wagtail_modeladmin)]
    found = [path for at in folders for path in at.rglob(f"locale/en/LC_MESSAGES/{domain}.po")]
    assert found
    return {(message.context, message.id) for path in found for message in messages(path)}


def said(message) -> list[str]:
    return list(message.string) if message.pluralizable else [message.string]


@pytest.mark.parametrize("domain", DOMAINS)
def test_each_stands_for_a_text_that_the_installed_wagtail_has(domain):
    """A Wagtail that words something anew is asked about: else its own words would come back."""
    texts = {(message.context, message.id) for message in ours(domain)}

    assert len(texts) > 2
    assert texts - wagtails(domain) == set()


@pytest.mark.parametrize("domain", DOMAINS)
def test_each_says_something_and_fills_in_only_what_is_given(domain):
    for message in ours(domain):
        ids = message.id if message.pluralizable else (message.id,)
        given = {name for text in ids for name in FILLED_IN.findall(text)}
        for text in said(message):
            assert text
            assert set(FILLED_IN.findall(text)) <= given, message.id


@pytest.mark.parametrize("domain", DOMAINS)
def test_each_speaks_as_the_product_does(domain):
    told = [text for message in ours(domain) for text in said(message)]

    assert [text for text in told if NOT_OURS.search(FILLED_IN.sub("", text))] == []
    assert [text for text in told if "'%" in text] == []  # names stand in “ and ”


def test_no_text_of_ours_is_changed_along():
    own = {
        (message.context, message.id)
        for app in (*catalogues.APPS, catalogues.SITE)
        for message in messages(ROOT / app / "locale/en/LC_MESSAGES/django.po")
    }

    assert {(message.context, message.id) for message in ours("django")} & own == set()


def test_people_read_them():
    one = ngettext("%(num_child_objects)d child page", "%(num_child_objects)d child pages", 1)

    assert gettext("Submit to %(workflow_name)s") % {"workflow_name": "Any"} == "Submit for review"
    assert gettext("Page '%(page_title)s' created.") % {"page_title": "Knots"} == (
        "“Knots” is created."
    )
    assert one % {"num_child_objects": 1} == "1 page in it"


@pytest.mark.django_db
def test_scripts_of_the_editor_read_them(client, ada):
    catalogue = logged_in(client, ada).get("/admin/jsi18n/").content.decode()

    assert json.dumps({"Edit '%(title)s'": "Edit “%(title)s”"})[1:-1] in catalogue


def test_the_pseudo_languages_are_made_of_them():
    with override(pseudo.ACCENTED):
        assert gettext("Add child page") == pseudo.accented("Add a page inside")
