"""No form that takes an address tells whether somebody here has it.

Not by what it answers, nor by the work behind the answer, which a clock outside can measure:
hashing a password costs more than all else together, and a mail is a page rendered twice.
Counted, never timed. What differs by a query or two disappears in any network.
"""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.core.internal import ratelimit
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courses.models import OutboxMail
from learners.models import User
from tests.courses.isolation.evidence import headers
from tests.people import PASSWORD, logged_in, somebody

pytestmark = pytest.mark.django_db

FREE = "free@example.com"  # as long as the others, so that pages are
TYPED = "another long sentence"
FEW = 2  # queries


@pytest.fixture
def hashes(monkeypatch, settings):
    """Every password that is hashed, by the hasher of production."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    monkeypatch.setattr(Argon2PasswordHasher, "memory_cost", 64)  # its work is not measured
    monkeypatch.setattr(Argon2PasswordHasher, "time_cost", 1)
    seen: list[str] = []

    def count(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def counted(self, *args, **kwargs):
            seen.append(name)
            return real(self, *args, **kwargs)

        return counted

    for name in ("encode", "verify"):
        monkeypatch.setattr(
            Argon2PasswordHasher, name, count(name, getattr(Argon2PasswordHasher, name))
        )
    return seen


@pytest.fixture(params=["cleo", "shut", "code", "wait"])
def known(request, hashes):
    """Who has an address here: open, closed, without a password, never proved."""
    name = request.param
    person = somebody(email=f"{name}@example.com", name="Somebody Else")
    person.set_password(PASSWORD)
    if name == "code":
        person.set_unusable_password()
    person.is_active = name != "shut"
    person.save()
    EmailAddress.objects.filter(user=person).update(verified=name != "wait")
    return person.email


@dataclass
class Answer:
    """What comes back, which all can see, and what was done for it, which can be measured."""

    told: dict[str, Any]
    hashes: int
    mails: int
    queries: int


def assert_alike(ones: list[Answer], others: list[Answer]) -> None:
    for one, other in zip(ones, others, strict=True):
        assert one.told == other.told
        assert (one.hashes, one.mails) == (other.hashes, other.mails)
        assert abs(one.queries - other.queries) <= FEW


@pytest.fixture
def post(hashes):
    def posted(client: Client, path: str, data: dict[str, str], *, hide: str) -> Answer:
        hashes.clear()
        mails = OutboxMail.objects.count()
        with CaptureQueriesContext(connection) as queries:
            response = client.post(path, data)
        told = {
            "status": response.status_code,
            "headers": headers(response),
            "cookies": sorted(response.cookies),
            "session": sorted(client.session.keys()),
            "body": anonymous(response.text, hide),
        }
        return Answer(told, len(hashes), OutboxMail.objects.count() - mails, len(queries))

    return posted


def anonymous(page: str, address: str) -> str:
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page).replace(address, "")


# form: address, what is typed beside the address, hashes, mails
FORMS = {
    "sign-up": ("account_signup", {"name": "Noor Brandt", "password1": TYPED}, 1, 1),
    "password": ("account_login", {"password": TYPED}, 1, 0),
    "sign-in by code": ("account_request_login_code", {}, 0, 1),
    "lost password": ("account_reset_password", {}, 0, 1),
}


def typed(form: str, email: str) -> tuple[str, dict[str, str]]:
    name, beside, *_ = FORMS[form]
    return reverse(name), {**beside, "email": email, "login": email}


@pytest.mark.parametrize("form", FORMS)
def test_an_address_that_is_known_gets_the_answer_and_the_work_of_one_that_is_not(
    post, known, form
):
    *_, hashed, mails = FORMS[form]
    people, addresses = User.objects.count(), EmailAddress.objects.count()

    answers = {}
    for email in (known, FREE):
        path, data = typed(form, email)
        answers[email] = post(Client(), path, data, hide=email)
        if email == known:
            assert (User.objects.count(), EmailAddress.objects.count()) == (people, addresses)

    assert_alike([answers[known]], [answers[FREE]])
    assert (answers[known].hashes, answers[known].mails) == (hashed, mails)


@pytest.mark.parametrize("form", ["sign-up", "sign-in by code", "lost password"])
def test_nor_do_the_pages_that_follow_tell(post, known, form):
    def pages(email: str) -> tuple[str, list[Answer]]:
        client = Client()
        path, data = typed(form, email)
        following = client.post(path, data)["Location"]
        shown = anonymous(client.get(following).text, email)
        return shown, [post(client, following, {"code": "AAAAAA"}, hide=email) for _ in range(3)]

    (shown, wrong), (free_shown, free_wrong) = pages(known), pages(FREE)

    assert shown == free_shown
    assert_alike(wrong, free_wrong)


def test_a_code_asked_for_once_more_is_a_mail_either_way(post, known):
    def once_more(email: str) -> list[Answer]:
        client = Client()
        path, data = typed("sign-up", email)
        following = client.post(path, data)["Location"]
        answers = []
        for _ in range(3):
            cache.clear()  # ten seconds later
            answers.append(post(client, following, {"action": "resend"}, hide=email))
        return answers

    answers = once_more(known)

    assert_alike(answers, once_more(FREE))
    assert answers[0].mails == 1
    assert {sent.subject for sent in mail.outbox if sent.to == [known]} <= {
        "You already have an account"
    }


@pytest.mark.parametrize("form", FORMS)
def test_a_limit_counts_on_both_branches(post, known, form):
    def seven(email: str) -> list[dict[str, Any]]:
        cache.clear()
        path, data = typed(form, email)
        answers = [post(Client(), path, data, hide=email) for _ in range(7)]
        return [{**answer.told, "session": ""} for answer in answers]  # nobody sees it

    answers = seven(known)

    assert answers == seven(FREE)
    assert answers[0] != answers[-1]


def test_signing_in_after_signing_up_does_not_tell_whether_the_address_was_free(post, known):
    """With the password just typed: it opens a new account, and would not open an old one."""

    def signed_in(email: str) -> list[Answer]:
        path, data = typed("sign-up", email)
        Client().post(path, data)
        cache.clear()
        path, data = typed("password", email)
        return [post(Client(), path, data, hide=email) for _ in range(7)]

    answers = signed_in(FREE)

    assert_alike(answers, signed_in(known))
    assert {answer.told["status"] for answer in answers} == {200}


def test_a_new_address_that_is_anothers_gets_the_answer_of_one_that_is_free(post, known, dana):
    dana.set_password(PASSWORD)
    dana.save()

    def change(email: str) -> list[Answer]:
        cache.clear()
        client = logged_in(Client(), dana)
        client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
        path = reverse("account_email")
        asked = post(client, path, {"action_add": "", "email": email}, hide=email)
        following = reverse("account_email_verification_sent")
        wrong = [post(client, following, {"code": "AAAAAA"}, hide=email) for _ in range(3)]
        return [asked, *wrong]

    answers = change(known)

    assert_alike(answers, change(FREE))
    assert (answers[0].told["status"], answers[0].mails) == (302, 1)


def test_two_sign_ups_at_one_moment_do_not_tell_that_the_address_was_free(post, known, monkeypatch):
    """The check at the door passes for both; only the database tells them apart."""
    path, data = typed("sign-up", known)
    usual = post(Client(), path, data, hide=known)
    people = User.objects.count()
    cache.clear()
    monkeypatch.setattr("learners.accounts.forms.SignupForm.clean_email", lambda self: known)

    beaten = post(Client(), path, data, hide=known)

    assert {**beaten.told, "session": ""} == {**usual.told, "session": ""}  # nobody sees it
    assert (beaten.hashes, beaten.mails) == (usual.hashes, usual.mails) == (1, 1)
    assert User.objects.count() == people


def test_a_stranger_fills_nobodys_mailbox_and_learns_nothing_by_trying(post, cleo, settings):
    name, beside, *_ = FORMS["sign-up"]
    settings.ACCOUNT_RATE_LIMITS = False  # a stranger waits ten seconds between two tries

    def sign_up(address: str, number: int) -> Answer:
        client = Client(REMOTE_ADDR=f"192.0.2.{number}")
        return post(client, reverse(name), {**beside, "email": address}, hide=address)

    known, free = ([sign_up(address, n) for n in range(9)] for address in (cleo.email, FREE))

    assert [answer.mails for answer in known] == [1] * 6 + [0] * 3
    assert [answer.mails for answer in free] == [1] * 7 + [0] * 2  # the first one is the code
    for one, other in zip(known, free, strict=True):
        assert (one.told, one.hashes) == (other.told, other.hashes)
        assert abs(one.queries - other.queries) <= FEW + 2  # the two of a savepoint


def test_one_account_sends_so_many_codes_to_addresses_a_day_and_no_more(post, dana, monkeypatch):
    dana.set_password(PASSWORD)
    dana.save()
    client = logged_in(Client(), dana)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    now = time.time()

    def change(number: int) -> Answer:
        monkeypatch.setattr(ratelimit.time, "time", lambda: now + 7 * number)  # 8 a minute
        typed = {"action_add": "", "email": f"noor{number}@example.com"}
        return post(client, reverse("account_email"), typed, hide=typed["email"])

    answers = [change(number) for number in range(22)]

    assert [answer.mails for answer in answers] == [1] * 20 + [0] * 2
    assert [answer.told["status"] for answer in answers] == [302] * 20 + [429] * 2
