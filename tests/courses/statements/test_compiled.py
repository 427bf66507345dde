"""A statement that is worked out once answers as the queryset it was made of, for any values."""

from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.db.models import Exists, OuterRef
from django.test.utils import CaptureQueriesContext

from courses.models import CoursePage
from courses.statements.compiled import Compiled
from learners.enrollment.enrollments import enroll
from learners.models import Enrollment, LessonProgress
from tests.study import a_flat_course

pytestmark = pytest.mark.django_db
TEXT = [("rich_text", "<p>Begin with what you have at hand.</p>")]
FIELDS = ("pk", "progress", "purchased_at", "completed_at", "course__title", "begun")


@pytest.fixture
def enrollments(ada, cleo, dana):
    course = a_flat_course(("Cut", TEXT), by=ada)
    return [enroll(user=user, course=course) for user in (cleo, dana)]


def written(person: UUID, course: int):
    begun = LessonProgress.objects.filter(enrollment=OuterRef("pk"))
    return (
        Enrollment.objects.studying()
        .filter(user=person, course=course)
        .annotate(begun=Exists(begun))
        .values_list(*FIELDS)
    )


def test_it_answers_as_the_queryset_does_for_one_after_the_other(enrollments):
    statement = Compiled(written, person=UUID, course=int)

    for one in enrollments:
        values = {"person": one.user_id, "course": one.course_id}
        assert statement(**values) == list(written(**values))
        assert statement(**values)[0][0] == one.pk
    assert statement(person=uuid4(), course=enrollments[0].course_id) == []


def test_it_is_worked_out_once_and_asks_once(enrollments):
    times = []

    def counted(person: UUID):
        times.append(person)
        return Enrollment.objects.filter(user=person).values_list("pk")

    statement = Compiled(counted, person=UUID)
    with CaptureQueriesContext(connection) as captured:
        found = [statement(person=one.user_id) for one in enrollments]

    assert found == [[(one.pk,)] for one in enrollments]
    assert (len(times), len(captured)) == (1, 2)


def test_text_is_a_value_and_never_sql(ada):
    course = a_flat_course(("Cut", TEXT), by=ada)
    statement = Compiled(
        lambda slug: CoursePage.objects.filter(slug=slug).values_list("pk"), slug=str
    )

    assert statement(slug=course.slug) == [(course.pk,)]
    assert statement(slug="' OR true --") == []
    assert statement(slug="%s") == []


def test_a_value_that_is_nowhere_in_the_statement_is_told(db):
    statement = Compiled(lambda person: Enrollment.objects.values_list("pk"), person=UUID)

    with pytest.raises(LookupError, match="person is nowhere"):
        statement(person=uuid4())
