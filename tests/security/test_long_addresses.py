"""An address that is one and longer than a column holds is refused in words by every form."""

import uuid

import pytest
from django.core.cache import cache
from django.urls import reverse

from courses.models import OutboxMail, TeamInvitation
from courses.shapes.addresses import LONGEST, AddressField
from home.models import Inquiry
from learners.models import User
from tests.builders import a_course
from tests.people import PASSWORD, logged_in

pytestmark = pytest.mark.django_db

DOMAIN = ".".join([*(letter * 60 for letter in "bcd"), "example"])
LONG = f"{'a' * 64}@{DOMAIN}"
FITS = LONG[len(LONG) - LONGEST :]
WORDS = f"Ensure this value has at most {LONGEST} characters (it has {len(LONG)})."


@pytest.fixture(autouse=True)
def nothing_kept(db):
    people = set(User.objects.values_list("email", flat=True))
    yield
    assert set(User.objects.values_list("email", flat=True)) - people <= {
        *("ada@example.com", "dana@example.com", "ivo@example.com"),
    }
    assert not OutboxMail.objects.exists()
    assert not Inquiry.objects.exists()
    assert not TeamInvitation.objects.exists()


def refused(client, path, **typed):
    cache.clear()
    answer = client.post(path, typed)
    assert answer.status_code in (200, 422)
    assert answer.text.count(WORDS) == 1


@pytest.mark.parametrize(
    ("name", "beside"),
    [
        ("account_signup", {"name": "Noor Brandt", "password1": "another long sentence"}),
        ("account_reset_password", {}),
        ("account_request_login_code", {}),
    ],
)
def test_a_visitor_is_told_that_the_address_is_too_long(client, name, beside):
    refused(client, reverse(name), email=LONG, **beside)


def test_so_is_whoever_writes_to_us(client):
    refused(client, "/help/", email=LONG, key=uuid.uuid4(), text="A question")


def test_so_is_whoever_changes_their_address(client, dana):
    dana.set_password(PASSWORD)
    dana.save()
    logged_in(client, dana).post(reverse("account_reauthenticate"), {"password": PASSWORD})

    refused(client, reverse("account_email"), email=LONG, action_add="")


def test_so_is_a_lead_who_invites(client, ada):
    course = a_course(by=ada, title="Sewing by hand", syllabus=[])

    refused(logged_in(client, ada), reverse("studio:team", args=[course.pk]), email=LONG)


def test_so_is_an_admin_who_makes_an_account(client, ivo):
    path = reverse("wagtailusers_users:add")

    refused(logged_in(client, ivo), path, name="Noor", email=LONG, role="consumer")


def test_the_longest_that_fits_is_taken():
    assert len(FITS) == LONGEST
    assert AddressField().clean(FITS) == FITS
