"""Progress: opened, left, done, taken back; and a course that is complete."""

import pytest
from django.core import mail
from django.urls import reverse

from learners.enrollment.enrollments import enroll, revoke
from learners.enrollment.following import follow_release
from learners.enrollment.progress import (
    mark_complete,
    mark_incomplete,
    open_lesson,
    save_position,
)
from learners.errors import LearnerError
from learners.models import Certificate, LessonProgress
from tests.builders import a_lesson
from tests.people import logged_in
from tests.study import a_flat_course, lessons_of, released

pytestmark = pytest.mark.django_db
FILM = [
    (
        "video",
        {
            "title": "Drawing a profile",
            "url": "https://vimeo.com/76979871",
            "file": None,
            "thumbnail": None,
            "duration": 600,
            "captions": [],
            "transcript": "",
        },
    )
]
TEXT = [("rich_text", "<p>Begin with what you have at hand.</p>")]


@pytest.fixture
def course(ada):
    return a_flat_course(("Watch", FILM), ("Read", TEXT), by=ada)


@pytest.fixture
def enrollment(cleo, course):
    return enroll(user=cleo, course=course)


def rows():
    return list(
        LessonProgress.objects.order_by("lesson__path").values_list("lesson__title", "status")
    )


def test_a_lesson_done_twice_is_done_once_with_its_first_date(enrollment, course):
    watch, _ = lessons_of(course)

    mark_complete(enrollment=enrollment, lesson=watch)
    first = LessonProgress.objects.get().completion_date
    enrollment = mark_complete(enrollment=enrollment, lesson=watch)

    row = LessonProgress.objects.get()
    assert (row.status, row.completion_date) == ("completed", first)
    assert enrollment.progress == {
        "completed": 1,
        "total": 2,
        "percent": 50,
        "minutes_left": 1,
    }
    assert enrollment.status == "active"


def test_done_can_be_taken_back(enrollment, course):
    watch, _ = lessons_of(course)
    mark_complete(enrollment=enrollment, lesson=watch)

    enrollment = mark_incomplete(enrollment=enrollment, lesson=watch)

    row = LessonProgress.objects.get()
    assert (row.status, row.completion_date) == ("in_progress", None)
    assert enrollment.progress["completed"] == 0


def test_opening_a_lesson_again_does_not_undo_it(enrollment, course):
    watch, _ = lessons_of(course)
    mark_complete(enrollment=enrollment, lesson=watch)

    open_lesson(enrollment=enrollment, lesson=watch)
    save_position(enrollment=enrollment, lesson=watch, second=10)

    assert rows() == [("Watch", "completed")]


def test_the_last_lesson_completes_the_course_and_certifies_it_once(
    enrollment, course, cleo, commit
):
    watch, read = lessons_of(course)

    with commit():
        mark_complete(enrollment=enrollment, lesson=watch)
        finished = mark_complete(enrollment=enrollment, lesson=read)
    with commit():
        mark_complete(enrollment=enrollment, lesson=read)

    assert finished.status == "completed"
    assert finished.progress["percent"] == 100
    certificate = Certificate.objects.get()
    assert certificate.issued_at == finished.completed_at
    assert [(m.to, m.subject) for m in mail.outbox] == [
        ([cleo.email], "You have finished Sewing by hand")
    ]
    assert f"/certificates/{certificate.code}/" in mail.outbox[0].body


def test_a_course_once_completed_stays_completed(enrollment, course):
    for lesson in lessons_of(course):
        mark_complete(enrollment=enrollment, lesson=lesson)

    back = mark_incomplete(enrollment=enrollment, lesson=lessons_of(course)[0])
    a_lesson(under=course, title="Added later", body=TEXT)
    released(course)
    follow_release(course_id=course.pk)

    back.refresh_from_db()
    assert back.status == "completed"
    assert back.progress["total"] == 3
    assert Certificate.objects.count() == 1


def test_a_release_without_the_last_missing_lesson_completes_the_course(enrollment, course):
    watch, read = lessons_of(course)
    mark_complete(enrollment=enrollment, lesson=watch)

    released(course, without=[read])
    assert follow_release(course_id=course.pk) is None

    enrollment.refresh_from_db()
    assert enrollment.status == "completed"
    assert Certificate.objects.get().lessons == 1


def test_completions_survive_a_release_that_drops_the_lesson(enrollment, course):
    watch, _ = lessons_of(course)
    mark_complete(enrollment=enrollment, lesson=watch)

    released(course, without=[watch])
    follow_release(course_id=course.pk)

    assert rows() == [("Watch", "completed")]
    enrollment.refresh_from_db()
    assert enrollment.progress["completed"] == 0
    assert enrollment.progress["total"] == 1


def test_a_lesson_of_another_course_cannot_be_marked(enrollment, bruno):
    other = a_flat_course(("Foreign", TEXT), by=bruno, title="Another course")
    [foreign] = lessons_of(other)

    with pytest.raises(LearnerError, match="not part of the course") as refusal:
        mark_complete(enrollment=enrollment, lesson=foreign)

    assert refusal.value.code == "lesson_not_in_course"
    assert rows() == []


def test_nothing_is_saved_after_a_refund(enrollment, course):
    watch, _ = lessons_of(course)
    closed = revoke(enrollment=enrollment)

    for verb in (mark_complete, mark_incomplete, open_lesson):
        with pytest.raises(LearnerError, match="refunded") as refusal:
            verb(enrollment=closed, lesson=watch)
        assert refusal.value.code == "course_refunded"
    with pytest.raises(LearnerError, match="refunded") as refusal:
        save_position(enrollment=closed, lesson=watch, second=5)

    assert refusal.value.code == "course_refunded"
    assert rows() == []


@pytest.mark.parametrize(
    ("sent", "kept"), [(462, 462), (0, 0), (-5, 0), (600, 600), (601, 600), (10**12, 600)]
)
def test_a_position_is_held_inside_the_video(enrollment, course, sent, kept):
    watch, _ = lessons_of(course)

    assert save_position(enrollment=enrollment, lesson=watch, second=sent) == kept

    assert LessonProgress.objects.get().last_second == kept


def test_a_lesson_without_a_video_has_no_position(enrollment, course):
    _, read = lessons_of(course)

    assert save_position(enrollment=enrollment, lesson=read, second=30) == 0


# Through the doors


def test_marking_and_taking_back_work_without_scripts(client, cleo, enrollment, course):
    watch, _ = lessons_of(course)
    logged_in(client, cleo)

    done = client.post(reverse("learners:complete", args=[watch.uuid]), follow=True)
    assert done.redirect_chain == [(reverse("learners:lesson", args=[watch.uuid]) + "#finish", 302)]
    assert "Not done after all" in done.text
    assert rows() == [("Watch", "completed")]

    back = client.post(reverse("learners:incomplete", args=[watch.uuid]), follow=True)
    assert "Mark as done" in back.text
    assert rows() == [("Watch", "in_progress")]


def test_the_position_comes_back_with_the_lesson(client, cleo, enrollment, course):
    watch, _ = lessons_of(course)
    logged_in(client, cleo)

    saved = client.post(reverse("learners:position", args=[watch.uuid]), {"second": "462"})
    page = client.get(reverse("learners:lesson", args=[watch.uuid]))

    assert saved.status_code == 204
    assert 'data-start="462"' in page.text
    assert "from 7:42" in page.text


@pytest.mark.parametrize("second", ["", "half", "1.5", "NaN"])
def test_a_position_that_is_no_number_is_refused(client, cleo, enrollment, course, second):
    watch, _ = lessons_of(course)

    response = logged_in(client, cleo).post(
        reverse("learners:position", args=[watch.uuid]), {"second": second}
    )

    assert response.status_code == 400
    assert rows() == []


@pytest.mark.parametrize("door", ["complete", "incomplete", "position", "quiz"])
def test_strangers_change_nothing(client, dana, course, door):
    watch, _ = lessons_of(course)

    response = logged_in(client, dana).post(
        reverse(f"learners:{door}", args=[watch.uuid]), {"second": "5"}
    )

    assert response.status_code == 403
    assert rows() == []


@pytest.mark.parametrize("who", ["ada", "mira", "ivo"])
@pytest.mark.parametrize("door", ["complete", "incomplete", "position"])
def test_who_looks_on_records_nothing(client, request, course, door, who):
    watch, _ = lessons_of(course)

    response = logged_in(client, request.getfixturevalue(who)).post(
        reverse(f"learners:{door}", args=[watch.uuid]), {"second": "5"}
    )

    assert response.status_code in (204, 302)
    assert rows() == []


def test_posts_take_no_fields_but_their_own(client, cleo, enrollment, course):
    watch, _ = lessons_of(course)
    forged = {
        "second": "5",
        "status": "completed",
        "progress": '{"percent": 100}',
        "completed_at": "2020-01-01",
        "enrollment": "11111111-1111-4111-8111-111111111111",
    }

    logged_in(client, cleo).post(reverse("learners:position", args=[watch.uuid]), forged)

    enrollment.refresh_from_db()
    assert (enrollment.status, enrollment.completed_at) == ("active", None)
    assert rows() == [("Watch", "in_progress")]
