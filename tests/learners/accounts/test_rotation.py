"""While the old SECRET_KEY stands among the fallbacks, a new one signs nobody out."""

import re

import pytest
from django.core import mail, signing
from django.test import Client
from django.urls import reverse

OLD, NEW = "the key of last year, " * 3, "the key of this year, " * 3
ACCOUNT = "/account/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def rotate(settings):
    """``rotate()`` puts the new key in, with the old one to fall back on; ``retire()`` ends it."""
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = OLD, []

    def change() -> None:
        settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, [OLD]

    return change


@pytest.fixture
def retire(settings):
    def change() -> None:
        settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = NEW, []

    return change


def newest_code() -> str:
    return re.search(r"^[A-Z0-9-]{6,9}$", mail.outbox[-1].body, re.MULTILINE).group()


def test_who_comes_back_in_time_stays_signed_in_for_good(cleo, rotate, retire):
    regular, rare = Client(), Client()
    for client in (regular, rare):
        client.force_login(cleo)
        assert client.get(ACCOUNT).status_code == 200

    rotate()
    assert regular.get(ACCOUNT).status_code == 200
    retire()

    assert regular.get(ACCOUNT).status_code == 200
    assert rare.get(ACCOUNT).status_code == 302


def test_a_key_that_leaked_and_is_no_fallback_signs_everybody_out(client, cleo, rotate, retire):
    client.force_login(cleo)

    retire()

    assert client.get(ACCOUNT).status_code == 302


@pytest.mark.parametrize("retired", [False, True])
def test_what_we_signed_is_read_until_the_old_key_is_retired(rotate, retire, retired):
    signed = signing.dumps(["page", 2], salt="a-list")

    retire() if retired else rotate()

    if retired:
        with pytest.raises(signing.BadSignature):
            signing.loads(signed, salt="a-list")
    else:
        assert signing.loads(signed, salt="a-list") == ["page", 2]


@pytest.mark.parametrize("retired", [False, True])
def test_a_code_for_a_new_password_works_whatever_becomes_of_the_key(
    client, cleo, commit, rotate, retire, retired
):
    """It stands in the session, on the server: no key signed it, and in minutes it is over."""
    new = "a quite different sentence"
    with commit():
        answer = client.post("/accounts/password/reset/", {"email": cleo.email})

    retire() if retired else rotate()
    answer = client.post(answer.url, {"code": newest_code()})
    client.post(answer.url, {"password1": new, "password2": new})

    cleo.refresh_from_db()
    assert cleo.check_password(new)


def test_a_form_that_was_open_meanwhile_is_taken(cleo, rotate):
    client = Client(enforce_csrf_checks=True)
    page = client.get(reverse("account_login"))
    token = page.context["csrf_token"]

    rotate()
    answer = client.post(
        reverse("account_login"), {"login": cleo.email, "csrfmiddlewaretoken": str(token)}
    )

    assert answer.status_code == 200
