"""Signing up with an address of another's, and waiting there for its owner."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from learners.models import User
from tests.people import PASSWORD

pytestmark = pytest.mark.django_db

OWNER = "noor@example.com"
CODE = re.compile(r"^[A-Z0-9-]{6,9}$", re.MULTILINE)


@pytest.fixture
def waiting(client, commit):
    """Somebody signed up with Noor's address and knows the password; no code reaches them."""
    with commit():
        client.post("/accounts/signup/", {"name": "Noor", "email": OWNER, "password1": PASSWORD})
    return client


def newest_code() -> str:
    return CODE.search(mail.outbox[-1].body).group()


def is_signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def signs_in(client, password=PASSWORD) -> bool:
    client.post("/accounts/login/", {"login": OWNER, "password": password})
    return is_signed_in(client)


def test_the_owner_who_signs_in_with_a_code_shares_the_account_with_nobody(waiting, commit):
    owner = Client()
    with commit():
        response = owner.post("/accounts/login/code/", {"email": OWNER})
    owner.post(response.url, {"code": newest_code()})

    assert owner.get("/account/").status_code == 200
    assert not signs_in(Client())
    assert not User.objects.get().has_usable_password()
    assert not signs_in(waiting)


def test_a_code_for_a_new_password_ends_the_old_one_before_the_new_is_chosen(waiting, commit):
    owner = Client()
    with commit():
        response = owner.post("/accounts/password/reset/", {"email": OWNER})
    response = owner.post(response.url, {"code": newest_code()})
    assert not signs_in(Client())

    new = "a quite different sentence"
    owner.post(response.url, {"password1": new, "password2": new})

    assert signs_in(Client(), new)


def test_who_types_the_code_where_they_signed_up_keeps_the_password(waiting):
    waiting.post("/accounts/confirm-email/", {"code": newest_code()})

    assert is_signed_in(waiting)
    assert signs_in(Client())


def test_whoever_waits_does_not_move_the_account_to_an_address_of_their_own(waiting, commit):
    owner = Client()
    with commit():
        response = owner.post("/accounts/password/reset/", {"email": OWNER})
    owner.post(response.url, {"code": newest_code()})
    sent = len(mail.outbox)

    with commit():
        waiting.post("/accounts/confirm-email/", {"action": "change", "email": "w@example.org"})

    assert User.objects.get().email == OWNER
    assert EmailAddress.objects.get().email == OWNER
    assert len(mail.outbox) == sent
