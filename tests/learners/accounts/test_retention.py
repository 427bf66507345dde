"""Sessions that ended and accounts that nobody proved are forgotten; nobody else is."""

from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from courses.models import CourseTeamMember
from learners.accounts import retention
from learners.accounts.tasks import end_old_sessions, forget_unproved_accounts
from learners.models import User
from tests.builders import a_course
from tests.people import logged_in

pytestmark = pytest.mark.django_db


def signed_up(email: str = "nobody@example.com", *, days: float = 31, **changes) -> User:
    """Somebody who typed an address so many days ago and was not seen again."""
    person = User.objects.create_user(email, "a long enough sentence", name="Nobody", **changes)
    EmailAddress.objects.create(user=person, email=email, verified=False, primary=True)
    User.objects.filter(pk=person.pk).update(created_at=timezone.now() - timedelta(days=days))
    return person


def is_there(person: User) -> bool:
    return User.objects.filter(pk=person.pk).exists()


def test_an_account_that_nobody_proved_is_forgotten_after_30_days(cleo, logged):
    old, young = signed_up(days=30.1), signed_up("later@example.com", days=29.9)

    forget_unproved_accounts()

    assert (is_there(old), is_there(young), is_there(cleo)) == (False, True, True)
    assert not EmailAddress.objects.filter(email="nobody@example.com").exists()
    assert [line.event for line in logged()] == ["account.forgotten"]


def test_the_address_is_free_for_its_owner(client, commit):
    signed_up()
    retention.forget_unproved_accounts()

    with commit():
        client.post(
            "/accounts/signup/",
            {
                "email": "nobody@example.com",
                "password1": "correct horse battery staple",
                "name": "The Owner",
                "terms": "on",
            },
        )

    assert User.objects.get(email="nobody@example.com").name == "The Owner"


@pytest.mark.parametrize(
    "kept_for",
    [
        "entered once",
        "another address is proved",
        "a producer",
        "in a group",
        "staff",
        "in a team",
    ],
)
def test_who_was_made_something_of_is_left_alone(ada, kept_for):
    person = signed_up(
        **{"a producer": {"role": "producer"}, "staff": {"is_staff": True}}.get(kept_for, {})
    )
    match kept_for:
        case "entered once":
            User.objects.update(last_login=timezone.now() - timedelta(days=31))
        case "another address is proved":
            EmailAddress.objects.create(user=person, email="proved@example.com", verified=True)
        case "in a group":
            person.groups.add(Group.objects.first())
        case "in a team":
            CourseTeamMember.objects.create(course=a_course(by=ada), user=person)

    assert retention.forget_unproved_accounts() == 0

    assert is_there(person)


def test_an_account_that_an_admin_made_waits_for_its_person(client, ivo):
    said = {"name": "Noor Brandt", "email": "noor@example.com", "role": "consumer"}
    logged_in(client, ivo).post(reverse("wagtailusers_users:add"), said)
    made = User.objects.get(email="noor@example.com")
    User.objects.filter(pk=made.pk).update(created_at=timezone.now() - timedelta(days=400))

    assert retention.forget_unproved_accounts() == 0

    assert is_there(made)
    assert EmailAddress.objects.filter(user=made, verified=False).exists()


def test_an_address_that_is_proved_while_others_are_forgotten_keeps_its_account(monkeypatch):
    first, second = signed_up("first@example.com", days=40), signed_up(days=31)
    delete = User.delete

    def delete_while_the_other_proves_theirs(person, *args, **kwargs):
        EmailAddress.objects.filter(user=second).update(verified=True)
        return delete(person, *args, **kwargs)

    monkeypatch.setattr(User, "delete", delete_while_the_other_proves_theirs)

    assert retention.forget_unproved_accounts() == 1

    assert (is_there(first), is_there(second)) == (False, True)


def test_one_who_cannot_be_deleted_does_not_keep_the_others(ada):
    in_a_team = signed_up("first@example.com", days=40)
    CourseTeamMember.objects.create(course=a_course(by=ada), user=in_a_team)
    other = signed_up(days=31)

    assert retention.forget_unproved_accounts() == 1

    assert (is_there(in_a_team), is_there(other)) == (True, False)


def test_a_session_that_ended_is_deleted_and_one_that_lasts_is_not(cleo, monkeypatch):
    monkeypatch.setattr(retention, "AT_ONCE", 2)
    lasting, *ended = clients = [Client() for _ in range(6)]
    for client in clients:
        client.force_login(cleo)
    past = timezone.now() - timedelta(seconds=1)
    keys = [client.session.session_key for client in ended]
    Session.objects.filter(pk__in=keys).update(expire_date=past)

    end_old_sessions()

    assert [row.pk for row in Session.objects.all()] == [lasting.session.session_key]
    assert lasting.get("/account/").status_code == 200
    assert retention.end_old_sessions() == 0


def test_the_few_who_never_signed_in_are_found_by_an_index():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    found = retention.unproved_accounts(timezone.now()).order_by("created_at")

    assert "users_never_signed_in" in found.explain()
