"""Readers of environment variables refuse nonsense when the site starts."""

from decimal import Decimal

import pytest
from django.core.exceptions import ImproperlyConfigured

from perfomix.settings import env

NAME = "PERFOMIX_EXAMPLE"


@pytest.fixture
def given(monkeypatch):
    monkeypatch.delenv(NAME, raising=False)
    monkeypatch.delenv(f"{NAME}_FILE", raising=False)
    return lambda value, name=NAME: monkeypatch.setenv(name, value)


def refusal(reader, *arguments, **options) -> str:
    with pytest.raises(ImproperlyConfigured) as caught:
        reader(NAME, *arguments, **options)
    return str(caught.value)


def test_a_missing_variable_is_refused_by_name(given):
    assert refusal(env.text) == f"{NAME} is not set. Set {NAME} or {NAME}_FILE."


@pytest.mark.parametrize("value", ["Mars/Olympus", "europe/lisbon", "localtime", "+02:00", "CEST"])
def test_a_time_zone_is_one_of_the_database_of_zones(given, value):
    given("Europe/Lisbon")
    assert env.zone(NAME, "UTC") == "Europe/Lisbon"
    given("UTC")
    assert env.zone(NAME) == "UTC"

    given(value)
    assert refusal(env.zone, "UTC") == (
        f"{NAME} is {value!r}; it must be UTC or a time zone such as Europe/Lisbon."
    )


def test_white_space_counts_as_missing(given):
    given("   ")
    assert env.text(NAME, "usual") == "usual"


def test_a_secret_may_be_mounted_as_a_file(given, tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("from the file\n")
    given(str(secret), f"{NAME}_FILE")
    assert env.text(NAME) == "from the file"


def test_a_value_and_a_file_together_are_refused(given, tmp_path):
    given("one")
    given(str(tmp_path), f"{NAME}_FILE")
    assert refusal(env.text) == f"Set {NAME} or {NAME}_FILE, not both."


def test_a_file_that_is_not_there_is_refused(given, tmp_path):
    given(str(tmp_path / "nowhere"), f"{NAME}_FILE")
    assert refusal(env.text).startswith(f"{NAME}_FILE cannot be read")


@pytest.mark.parametrize(("word", "value"), [("1", True), ("On", True), ("no", False)])
def test_a_flag_is_a_yes_or_a_no(given, word, value):
    given(word)
    assert env.flag(NAME) is value


def test_a_flag_that_is_neither_is_refused(given):
    given("ja")
    assert refusal(env.flag) == f"{NAME} is 'ja'; it must be true or false."


def test_a_number_is_whole_and_within_its_bounds(given):
    given("12")
    assert env.integer(NAME, low=0, high=12) == 12
    assert "must lie from 0 to 11" in refusal(env.integer, low=0, high=11)
    given("12.5")
    assert "must be a whole number" in refusal(env.integer)


@pytest.mark.parametrize("nonsense", ["nan", "Infinity", "ten", "-1", "101"])
def test_a_decimal_is_finite_and_within_its_bounds(given, nonsense):
    given(nonsense)
    assert NAME in refusal(env.decimal, low=Decimal(0), high=Decimal(100))


def test_words_are_separated_by_commas(given):
    given("one, two,, three ")
    assert env.words(NAME) == ["one", "two", "three"]


def test_an_address_needs_its_scheme(given):
    given("example.com")
    assert "must be an address" in refusal(env.url)
    given("https://example.com/")
    assert env.url(NAME) == "https://example.com"


def test_a_database_address_is_read_with_its_socket_folder(given):
    given("postgresql://postgres@/perfomix?host=%2Fsrv%2Fa%20b&sslmode=disable")
    assert env.database(NAME) == {
        "ENGINE": "perfomix.database",
        "NAME": "perfomix",
        "USER": "postgres",
        "PASSWORD": "",
        "HOST": "/srv/a b",
        "PORT": "",
        "OPTIONS": {"sslmode": "disable"},
    }


def test_a_database_address_without_a_name_or_of_another_kind_is_refused(given):
    given("postgresql://localhost/")
    assert refusal(env.database) == f"{NAME} names no database: end it with /NAME."
    given("mysql://localhost/shop")
    assert "postgresql://" in refusal(env.database)


def test_secrets_are_separated_by_commas_or_lines(given):
    given("new, old\nolder")
    assert env.secrets(NAME) == ["new", "old", "older"]
    assert env.secrets("PERFOMIX_ANOTHER", ["usual"]) == ["usual"]


@pytest.mark.parametrize("mistake", [",new", "new,", "new,,old", "new,\n,old", "new,new", ","])
def test_an_empty_or_repeated_secret_is_refused_unread(given, mistake):
    given(mistake)

    sentence = refusal(env.secrets)

    assert sentence.startswith(f"{NAME} has an empty or a repeated entry.")
    assert "new," not in sentence


@pytest.mark.parametrize("address", ["redis://:a/b@host", "redis://:a#b@host", "redis://[host"])
def test_an_address_that_cannot_be_taken_apart_is_refused_unread(given, address):
    given(address)

    sentence = refusal(env.url, schemes=["redis"])

    assert sentence.startswith(f"{NAME} is not readable. Write what is special in its password")
    assert "host" not in sentence
