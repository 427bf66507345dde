"""An invitation asks whoever has an address, tells nobody who that is, and waits for a yes."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from courses.errors import CourseError
from courses.models import InvitationStatus, OutboxMail, TeamInvitation
from courses.teams.invitations import (
    accept_invitation,
    decline_invitation,
    invitations_to,
    invite,
    withdraw_invitation,
)
from courses.teams.members import make_lead
from learners.accounts.roles import set_moderator, set_role
from learners.models import Role, User
from tests.builders import a_course
from tests.courses.isolation.evidence import headers, rows
from tests.people import logged_in, somebody

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(ada):
    return a_course(by=ada, title="Sewing by hand", syllabus=[])


@pytest.fixture
def invitation(ada, bruno, course):
    return invite(course=course, email=bruno.email, by=ada)


def code_of(verb, **given) -> str:
    with pytest.raises(CourseError) as refusal:
        verb(**given)
    return refusal.value.code


def team_of(course) -> list[User]:
    return [member.user for member in course.team.all()]


def answer(invitation, verb):
    return reverse("studio:answer_invitation", args=[invitation.pk, verb])


# One answer for all


def asked(ada, course, email: str) -> dict:
    """All that a lead gets to see of an invitation, and all that it writes."""
    client = logged_in(Client(), ada)
    page = reverse("studio:team", args=[course.pk])
    posted = client.post(page, {"email": email})
    shown = client.get(page)
    invitation = TeamInvitation.objects.get(email=email)
    sent = OutboxMail.objects.filter(to=email).values("subject", "text", "html", "sensitive")
    told = {
        "posted": (posted.status_code, headers(posted), posted.content),
        "shown": (shown.status_code, headers(shown), shown.text),
        "mails": list(sent),
        "row": (invitation.status, invitation.invited_by),
    }
    client.post(reverse("studio:withdraw_invitation", args=[course.pk, invitation.pk]), follow=True)
    return told


def test_a_producer_a_moderator_an_admin_a_learner_and_nobody_get_one_answer(
    ada, bruno, mira, ivo, dana, course
):
    somebody(email="shut@example.com", role=Role.PRODUCER)
    User.objects.filter(email="shut@example.com").update(is_active=False)
    addresses = [person.email for person in (bruno, mira, ivo, dana)]

    def without(told: dict, email: str) -> str:
        new_each_time = r"'Content-Length': '\d+'|invitations/\d+/|\b\w{64}\b"
        return re.sub(new_each_time, "", str(told).replace(email, ""))

    with time_machine.travel(timezone.now(), tick=False):
        first = without(asked(ada, course, "nobody@example.com"), "nobody@example.com")
        for email in [*addresses, "shut@example.com"]:
            assert without(asked(ada, course, email), email) == first, email
    assert team_of(course) == [ada]


def test_the_mail_repeats_nothing_that_somebody_typed(ada, course, commit):
    with commit():
        invite(course=course, email="Stranger@Example.com", by=ada)

    (sent,) = mail.outbox
    assert sent.to == ["stranger@example.com"]
    assert sent.subject == "You are invited to write a course together"
    for typed in (ada.name, course.title, "Sewing"):
        assert typed not in sent.body
    assert "/admin/my-courses/" in sent.body


def test_asking_again_writes_one_row_and_one_mail_a_day(ada, course):
    first = invite(course=course, email="x@example.com", by=ada)
    again = invite(course=course, email=" X@example.com", by=ada)
    withdraw_invitation(invitation=first, by=ada)
    anew = invite(course=course, email="x@example.com", by=ada)

    assert first == again != anew
    assert OutboxMail.objects.filter(to="x@example.com").count() == 1


# The person who is asked


def test_who_is_asked_reads_who_asks_and_for_what_and_joins_by_themself(
    client, ada, bruno, course, invitation
):
    logged_in(client, bruno)
    for page in ("studio:my_courses", "wagtailadmin_home"):
        shown = client.get(reverse(page)).text
        assert "is a course that Ada Okafor would like to write with you." in " ".join(
            shown.split()
        )
        assert "Sewing by hand" in shown

    response = client.post(answer(invitation, "accept"), follow=True)

    assert "You are on the team of “Sewing by hand”." in response.text
    assert team_of(course) == [ada, bruno]
    assert not invitations_to(bruno).exists()


def test_an_address_of_another_spelling_is_the_same_address(ada, course):
    nora = somebody(email="Nora@example.com", name="Nora Lind", role=Role.PRODUCER)

    invite(course=course, email="NORA@example.com", by=ada)

    accept_invitation(invitation=invitations_to(nora).get(), by=nora)
    assert team_of(course) == [ada, nora]


def test_who_declines_is_asked_no_more_and_the_lead_reads_no_name(
    client, ada, bruno, course, invitation
):
    response = logged_in(client, bruno).post(answer(invitation, "decline"), follow=True)

    assert "You declined the invitation to “Sewing by hand”." in response.text
    assert code_of(accept_invitation, invitation=invitation, by=bruno) == "invitation_gone"
    assert team_of(course) == [ada]
    page = logged_in(client, ada).get(reverse("studio:team", args=[course.pk])).text
    assert "bruno@example.com" not in page


@pytest.mark.parametrize("verb", ["accept", "decline"])
def test_twice_is_once(ada, bruno, course, invitation, verb, caplog):
    doing = {"accept": accept_invitation, "decline": decline_invitation}[verb]
    first = doing(invitation=invitation, by=bruno)
    before = rows()
    caplog.clear()
    caplog.set_level("INFO")

    assert doing(invitation=invitation, by=bruno) == first

    assert rows() == before
    assert [record for record in caplog.records if hasattr(record, "event")] == []


@pytest.mark.parametrize("verb", ["accept", "decline", "dismiss"])
@pytest.mark.parametrize("who", ["dana", "cleo", "mira", "ada", "ivo"])
def test_an_invitation_to_somebody_else_is_not_there(client, request, invitation, who, verb):
    logged_in(client, request.getfixturevalue(who))
    before = rows()

    there = client.post(answer(invitation, verb))
    invitation.pk = 987_654
    nowhere = client.post(answer(invitation, verb))

    assert (there.status_code, there.content) == (nowhere.status_code, nowhere.content)
    assert (
        headers(there).get("Location", "").split("?")[0]
        == headers(nowhere).get("Location", "").split("?")[0]
    )
    assert there.status_code != 200
    assert rows() == before


# What closes an invitation


def test_each_reason_for_not_joining_has_a_code_and_writes_nothing(
    ada, bruno, dana, mira, course, invitation
):
    to_dana = invite(course=course, email=dana.email, by=ada)
    to_mira = invite(course=course, email=mira.email, by=ada)
    before = rows()

    assert code_of(accept_invitation, invitation=to_dana, by=bruno) == "invitation_gone"
    assert code_of(accept_invitation, invitation=to_dana, by=dana) == "only_producers_join"
    assert code_of(accept_invitation, invitation=to_mira, by=mira) == "reviews_courses"
    assert code_of(decline_invitation, invitation=to_dana, by=bruno) == "invitation_gone"
    assert code_of(withdraw_invitation, invitation=to_dana, by=bruno) == "only_lead_changes_team"
    assert code_of(invite, course=course, email="x@example.com", by=bruno) == (
        "only_lead_changes_team"
    )
    assert code_of(invite, course=course, email=" ADA@example.com", by=ada) == "own_address"
    assert rows() == before


def test_a_learner_who_may_teach_later_still_finds_it(ada, ivo, dana, course):
    invitation = invite(course=course, email=dana.email, by=ada)
    dana = set_role(user=dana, role=Role.PRODUCER, by=ivo)

    accept_invitation(invitation=invitation, by=dana)

    assert team_of(course) == [ada, dana]


def test_after_thirty_days_nobody_joins_and_the_lead_may_ask_anew(ada, bruno, course, invitation):
    with time_machine.travel(timezone.now() + timedelta(days=30, seconds=1), tick=False):
        assert code_of(accept_invitation, invitation=invitation, by=bruno) == "invitation_gone"
        assert code_of(decline_invitation, invitation=invitation, by=bruno) == "invitation_gone"
        assert not invitations_to(bruno).exists()

        anew = invite(course=course, email=bruno.email, by=ada)

        assert anew != invitation
        accept_invitation(invitation=anew, by=bruno)
    assert team_of(course) == [ada, bruno]


def test_what_was_withdrawn_is_not_accepted(ada, bruno, course, invitation):
    withdraw_invitation(invitation=invitation, by=ada)

    assert code_of(accept_invitation, invitation=invitation, by=bruno) == "invitation_gone"
    assert team_of(course) == [ada]


def test_what_was_accepted_is_not_withdrawn(ada, bruno, course, invitation):
    accept_invitation(invitation=invitation, by=bruno)

    assert code_of(withdraw_invitation, invitation=invitation, by=ada) == "invitation_answered"
    assert team_of(course) == [ada, bruno]


def test_who_was_removed_does_not_come_back_by_the_old_invitation(ada, bruno, course, invitation):
    accept_invitation(invitation=invitation, by=bruno).delete()

    assert code_of(accept_invitation, invitation=invitation, by=bruno) == "invitation_gone"
    assert team_of(course) == [ada]


@pytest.mark.parametrize("who", ["ada", "bruno"])
def test_who_lost_the_role_neither_invites_nor_joins(request, ivo, bruno, course, invitation, who):
    set_role(user=request.getfixturevalue(who), role=Role.CONSUMER, by=ivo)

    code = code_of(accept_invitation, invitation=invitation, by=User.objects.get(pk=bruno.pk))

    assert code == {"ada": "invitation_gone", "bruno": "only_producers_join"}[who]
    assert course.team.count() == 1


def test_a_new_lead_asks_in_the_place_of_the_former(ada, bruno, course, invitation):
    nora = somebody(email="nora@example.com", name="Nora Lind", role=Role.PRODUCER)
    second = invite(course=course, email=nora.email, by=ada)
    member = accept_invitation(invitation=second, by=nora)

    make_lead(member=member, by=ada)

    invitation.refresh_from_db()
    assert invitation.invited_by == nora
    accept_invitation(invitation=invitation, by=bruno)
    assert bruno in team_of(course)


def test_a_reviewer_joins_only_when_an_admin_asked(ada, bruno, ivo, course, invitation):
    bruno = set_moderator(user=bruno, moderator=True, by=ivo)
    assert code_of(accept_invitation, invitation=invitation, by=bruno) == "reviews_courses"
    assert team_of(course) == [ada]
    withdraw_invitation(invitation=invitation, by=ada)

    accept_invitation(invitation=invite(course=course, email=bruno.email, by=ivo), by=bruno)

    assert team_of(course) == [ada, bruno]


def test_co_instructors_do_not_read_who_is_invited(client, ada, bruno, course, invitation):
    accept_invitation(invitation=invitation, by=bruno)
    invite(course=course, email="secret@example.com", by=ada)

    page = logged_in(client, bruno).get(reverse("studio:team", args=[course.pk])).text

    assert "secret@example.com" not in page
    assert TeamInvitation.objects.filter(status=InvitationStatus.WAITING).count() == 1
