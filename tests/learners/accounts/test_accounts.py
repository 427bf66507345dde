"""Signing up, signing in, and what belongs to an account."""

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from courses.models import OutboxMail
from learners.accounts.roles import ADMINS, MODERATORS
from learners.models import Role, User
from tests.people import PASSWORD

SIGNUP = {"name": "Noor Brandt-Adeyo", "email": "noor@example.com", "password1": PASSWORD}
CODE = re.compile(r"^[A-Z0-9-]{6,9}$", re.MULTILINE)


@pytest.fixture
def sign_up(client, commit, db):
    """Post the sign-up form; returns the response."""

    def post(next_url: str = "", **changes):
        with commit():
            return client.post("/accounts/signup/", {**SIGNUP, "next": next_url, **changes})

    return post


def newest_code() -> str:
    return CODE.search(mail.outbox[-1].body).group()


def is_signed_in(client) -> bool:
    return "_auth_user_id" in client.session


def test_a_guest_signs_up_with_a_code_from_the_mailbox(client, sign_up, commit):
    response = sign_up()
    assert response.url == reverse("account_email_verification_sent")
    assert not is_signed_in(client)
    assert "It is good for 15 minutes." in client.get(response.url).text

    response = client.post(response.url, {"code": newest_code()})

    user = User.objects.get(email="noor@example.com")
    assert (user.name, user.role, user.is_staff) == ("Noor Brandt-Adeyo", "consumer", False)
    assert EmailAddress.objects.get(user=user).verified is True
    assert is_signed_in(client)
    assert response.url == reverse("learners:my_learning")


def test_a_guest_who_was_buying_is_back_at_the_checkout(client, sign_up):
    page = client.get("/accounts/login/?next=/courses/sewing-by-hand/checkout/")
    signup_url = page.context["signup_url"]
    assert parse_qs(urlsplit(signup_url).query)["next"] == ["/courses/sewing-by-hand/checkout/"]

    response = sign_up(next_url="/courses/sewing-by-hand/checkout/")
    response = client.post(response.url, {"code": newest_code()})

    assert response.url == "/courses/sewing-by-hand/checkout/"


def test_a_wrong_code_opens_nothing(client, sign_up):
    response = sign_up()
    answer = client.post(response.url, {"code": "AAAAAA"})
    assert "This code is not right." in answer.content.decode()
    assert EmailAddress.objects.get().verified is False
    assert not is_signed_in(client)


def test_three_wrong_codes_end_the_sign_up(client, sign_up):
    response = sign_up()
    code = newest_code()
    for _ in range(3):
        client.post(response.url, {"code": "AAAAAA"})
    client.post(response.url, {"code": code})
    assert not is_signed_in(client)
    assert EmailAddress.objects.get().verified is False


def test_the_mail_with_the_code_repeats_nothing_a_stranger_typed(sign_up):
    sign_up(name="Win a prize today")
    (sent,) = mail.outbox
    assert sent.to == ["noor@example.com"]
    assert sent.subject == "Your code for Perfomix"
    for body in (sent.body, sent.alternatives[0].content):
        assert "prize" not in body


def test_the_code_is_not_kept_once_sent(sign_up):
    sign_up()
    code = newest_code()
    row = OutboxMail.objects.get()
    assert row.sensitive is True
    assert code not in row.text + row.html + row.subject


def test_another_code_can_be_asked_for(client, sign_up, commit):
    response = sign_up()
    first = newest_code()
    with commit(), time_machine.travel(timezone.now() + timedelta(seconds=11)):
        client.post(response.url, {"action": "resend"})
    assert newest_code() != first
    assert client.post(response.url, {"code": newest_code()}).status_code == 302
    assert is_signed_in(client)


def test_a_mistyped_address_is_left_behind_by_starting_again(client, sign_up):
    sign_up(email="noor@exmaple.com")
    client.post("/accounts/logout/", {"next": "/accounts/login/"})

    response = sign_up()
    assert mail.outbox[-1].to == ["noor@example.com"]
    client.post(response.url, {"code": newest_code()})

    assert EmailAddress.objects.get(verified=True).email == "noor@example.com"
    assert is_signed_in(client)


def test_the_page_after_signing_up_does_not_tell_a_taken_address_from_a_free_one(cleo):
    def page(email):
        client = Client()
        response = client.post("/accounts/signup/", {**SIGNUP, "email": email})
        shown = client.get(response.url).content.decode()
        return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", shown).replace(email, "")

    assert page(cleo.email) == page("free@example.com")


def test_an_address_is_taken_whatever_its_case_and_the_answer_does_not_tell(client, sign_up, cleo):
    response = sign_up(email="CLEO@Example.com")
    assert response.url == reverse("account_email_verification_sent")
    assert mail.outbox[-1].subject == "You already have an account"
    assert mail.outbox[-1].to == ["cleo@example.com"]
    assert User.objects.count() == 1


def test_the_database_keeps_addresses_unique_regardless_of_case(cleo):
    with pytest.raises(IntegrityError, match="one_user_per_email"), transaction.atomic():
        User.objects.create_user("CLEO@EXAMPLE.COM", PASSWORD, name="Another Cleo")


def test_a_second_sign_up_at_the_same_moment_is_one_for_a_taken_address(
    client, sign_up, cleo, monkeypatch
):
    # The check at the door has passed for both; only the database tells them apart.
    monkeypatch.setattr("learners.accounts.forms.SignupForm.clean_email", lambda self: cleo.email)
    response = sign_up(email=cleo.email)
    assert response.url == reverse("account_email_verification_sent")
    assert mail.outbox[-1].subject == "You already have an account"
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        ({"name": "  "}, "This field is required."),
        ({"name": "12345"}, "Enter your name."),
        ({"name": "Free money www.example.org"}, "no addresses in it"),
        ({"password1": "short"}, "at least 10 characters"),
        ({"password1": "password123"}, "too common"),
        ({"email": "noor@example"}, "Enter a valid email address."),
    ],
)
def test_a_sign_up_that_cannot_be_is_refused_in_words(sign_up, typed, complaint):
    response = sign_up(**typed)
    assert response.status_code == 200
    assert complaint in response.content.decode()
    assert (User.objects.count(), mail.outbox) == (0, [])


def test_a_person_signs_in_whatever_the_case_of_the_address(client, cleo):
    response = client.post("/accounts/login/", {"login": "Cleo@EXAMPLE.com", "password": PASSWORD})
    assert response.url == reverse("learners:my_learning")
    assert is_signed_in(client)


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(client, cleo):
    wrong = client.post("/accounts/login/", {"login": cleo.email, "password": "not this one"})
    unknown = client.post("/accounts/login/", {"login": "x@example.com", "password": "not this"})
    sentence = "E-mail address and password do not fit together."
    assert sentence in wrong.content.decode()
    assert sentence in unknown.content.decode()
    assert not is_signed_in(client)


def test_after_five_failures_even_the_right_password_waits(client, cleo):
    for _ in range(5):
        client.post("/accounts/login/", {"login": cleo.email, "password": "not this one"})
    answer = client.post("/accounts/login/", {"login": cleo.email, "password": PASSWORD})
    assert "Too many tries." in answer.content.decode()
    assert not is_signed_in(client)


def test_a_closed_account_does_not_open(client, cleo):
    cleo.is_active = False
    cleo.save()
    response = client.post("/accounts/login/", {"login": cleo.email, "password": PASSWORD})
    assert not is_signed_in(client)
    assert response.url == reverse("account_inactive")
    assert "This account is closed" in client.get(response.url).content.decode()


def test_a_person_signs_in_with_a_code(client, cleo, commit):
    with commit():
        response = client.post("/accounts/login/code/", {"email": cleo.email})
    assert mail.outbox[-1].subject == "Your code to sign in"
    client.post(response.url, {"code": newest_code()})
    assert client.session["_auth_user_id"] == str(cleo.pk)


def test_a_forgotten_password_is_replaced_with_a_code(client, cleo, commit):
    with commit():
        response = client.post("/accounts/password/reset/", {"email": "CLEO@example.com"})
    assert mail.outbox[-1].subject == "Your code for a new password"
    response = client.post(response.url, {"code": newest_code()})
    new = "a quite different sentence"
    with commit():
        client.post(response.url, {"password1": new, "password2": new})
    cleo.refresh_from_db()
    assert cleo.check_password(new)
    assert mail.outbox[-1].subject == "Your password was changed"


def test_a_password_for_an_unknown_address_tells_only_its_owner(client, db, commit):
    with commit():
        response = client.post("/accounts/password/reset/", {"email": "nobody@example.com"})
    assert response.url == reverse("account_confirm_password_reset_code")
    assert mail.outbox[-1].subject == "There is no account with this address"


def test_the_password_changes_and_other_places_are_signed_out(client, cleo, commit):
    client.force_login(cleo)
    elsewhere = type(client)()
    elsewhere.force_login(cleo)
    new = "a quite different sentence"
    passwords = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    with commit():
        response = client.post("/accounts/password/change/", passwords)
    assert response.url == reverse("learners:account")
    assert client.get("/account/").status_code == 200
    assert elsewhere.get("/account/").status_code == 302
    assert mail.outbox[-1].subject == "Your password was changed"


def test_the_address_changes_only_with_the_password_and_a_code(client, cleo, commit):
    client.force_login(cleo)
    response = client.post("/accounts/email/", {"action_add": "", "email": "c@example.org"})
    assert response.url.startswith(reverse("account_reauthenticate"))
    assert EmailAddress.objects.get().email == "cleo@example.com"
    with commit():
        response = client.post(response.url, {"password": PASSWORD})
    assert response.url == reverse("account_email_verification_sent")
    assert mail.outbox[-1].to == ["c@example.org"]
    cleo.refresh_from_db()
    assert cleo.email == "cleo@example.com"
    with commit():
        client.post(response.url, {"code": newest_code()})
    cleo.refresh_from_db()
    assert cleo.email == "c@example.org"
    told = {sent.to[0] for sent in mail.outbox if sent.subject == "Your e-mail address was changed"}
    assert told == {"cleo@example.com"}


def test_signing_out_takes_a_press_of_a_button(client, cleo):
    client.force_login(cleo)
    client.get("/accounts/logout/")
    assert is_signed_in(client)
    assert client.post("/accounts/logout/").url == "/"
    assert not is_signed_in(client)


def test_a_superuser_from_the_command_line_can_sign_in(client, db, monkeypatch):
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    call_command("createsuperuser", email="root@example.com", name="Root", interactive=False)
    user = User.objects.get()
    assert (user.role, user.is_superuser) == (Role.ADMIN, True)
    assert {group.name for group in user.groups.all()} == {ADMINS, MODERATORS}
    client.post("/accounts/login/", {"login": "root@example.com", "password": PASSWORD})
    assert is_signed_in(client)
    assert client.get("/admin/").status_code == 200
