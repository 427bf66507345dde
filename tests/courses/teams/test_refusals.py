"""What the verbs of a team refuse, by its code."""

import pytest

from courses.errors import CourseError
from courses.models import CataloguePage, CourseTeamMember, TeamRole
from courses.teams.members import create_course, make_lead, remove_member
from learners.accounts.roles import set_moderator
from learners.models import Role, User
from tests.teams import add_instructor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


@pytest.fixture
def course(ada):
    return create_course(producer=ada, title="Sewing by hand")


def code_of(verb, **given) -> str:
    with pytest.raises(CourseError) as refusal:
        verb(**given)
    return refusal.value.code


def test_a_course_needs_a_producer_and_a_catalogue(ada, dana):
    assert code_of(create_course, producer=dana, title="Sewing") == "only_producers_create"

    CataloguePage.objects.get().delete()

    assert code_of(create_course, producer=ada, title="Sewing") == "no_catalogue"


def test_each_reason_for_not_joining_a_team_has_a_code(ada, bruno, dana, mira, ivo, course):
    def code(email, by):
        return code_of(add_instructor, course=course, email=email, by=by)

    assert code(ada.email, bruno) == "only_lead_changes_team"
    assert code(ada.email, ada) == "own_address"
    assert code(dana.email, ada) == "only_producers_join"
    assert code(mira.email, ada) == "reviews_courses"
    # Reviewing without teaching is no way onto a team, also when an admin asks.
    assert code(mira.email, ivo) == "only_producers_join"
    set_moderator(user=bruno, moderator=True)
    assert code(bruno.email, ada) == "reviews_courses"
    User.objects.filter(pk=bruno.pk).update(is_active=False)
    assert code(bruno.email, ivo) == "only_producers_join"
    assert course.team.count() == 1


def test_each_reason_for_not_leaving_or_leading_a_team_has_a_code(ada, bruno, course):
    lead = course.team.get()
    member = add_instructor(course=course, email=bruno.email, by=ada)

    assert code_of(remove_member, member=lead, by=bruno) == "only_lead_changes_team"
    assert code_of(remove_member, member=lead, by=ada) == "lead_stays"
    assert code_of(make_lead, member=member, by=bruno) == "only_lead_hands_over"
    User.objects.filter(pk=bruno.pk).update(role=Role.CONSUMER)
    assert code_of(make_lead, member=member, by=ada) == "does_not_teach"
    CourseTeamMember.objects.filter(pk=member.pk).delete()
    assert code_of(make_lead, member=member, by=ada) == "left_the_team"
    assert course.team.get().role == TeamRole.LEAD


def test_making_the_lead_the_lead_changes_nothing(ada, course, caplog):
    caplog.set_level("INFO")

    assert make_lead(member=course.team.get(), by=ada).role == TeamRole.LEAD

    assert [record for record in caplog.records if hasattr(record, "event")] == []
