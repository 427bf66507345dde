"""What is written at once is what is written under the lock, and nothing once anything changed."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from learners.access.facts import access_facts
from learners.enrollment import at_once
from learners.enrollment.enrollments import enroll, revoke
from learners.enrollment.progress import mark_complete, mark_incomplete, open_lesson
from learners.errors import LearnerError
from learners.models import Enrollment, LessonProgress, QuizAttempt
from learners.quizzes.attempts import submit_quiz
from tests.learners.quizzes.quiz import QUIZ, RIGHT, TWO_RIGHT, answers
from tests.study import a_flat_course, lessons_of, released

pytestmark = pytest.mark.django_db
TEXT = [("rich_text", "<p>Begin with what you have at hand.</p>")]


@pytest.fixture
def course(ada):
    return a_flat_course(("Cut", TEXT), ("Ask", QUIZ), ("Sew", TEXT), ("Press", TEXT), by=ada)


class Learner:
    """Does what one does, with what their door has read or without."""

    def __init__(self, user, course, *, reads: bool):
        self.user, self.reads = user, reads
        self.enrollment = enroll(user=user, course=course)

    def given(self, lesson) -> dict:
        facts = access_facts(self.user, lesson.uuid) if self.reads else None
        return {"enrollment": self.enrollment, "lesson": lesson, "facts": facts}

    def opens(self, lesson):
        open_lesson(enrollment=self.enrollment, lesson=lesson)

    def does(self, lesson):
        mark_complete(**self.given(lesson))

    def takes_back(self, lesson):
        mark_incomplete(**self.given(lesson))

    def answers(self, lesson, *texts):
        submit_quiz(answers=answers(lesson, *texts), token=uuid.uuid4(), **self.given(lesson))

    def stands(self) -> tuple:
        """All that is kept of them but keys and times."""
        done = LessonProgress.objects.filter(enrollment=self.enrollment).order_by("lesson__path")
        tried = QuizAttempt.objects.filter(enrollment=self.enrollment).order_by("number")
        now = Enrollment.objects.get(pk=self.enrollment.pk)
        return (
            now.status,
            now.progress,
            now.studied_percent,
            [
                (row.lesson.title, row.status, row.last_second)
                + (row.completion_date is None, row.first_completed_at is None)
                for row in done.select_related("lesson")
            ],
            list(tried.values_list("number", "score", "pass_mark", "passed", "answers")),
        )


@pytest.fixture
def both(course, cleo, dana):
    return Learner(cleo, course, reads=True), Learner(dana, course, reads=False)


DAYS = {
    "done": lambda who, cut, ask, sew, press: [who.does(cut)],
    "opened and done": lambda who, cut, ask, sew, press: [who.opens(cut), who.does(cut)],
    "taken back": lambda who, cut, ask, sew, press: [
        who.does(cut), who.does(sew), who.takes_back(cut)
    ],
    "done again": lambda who, cut, ask, sew, press: [
        who.does(cut), who.takes_back(cut), who.does(cut), who.does(cut)
    ],
    "failed twice, passed, passed again": lambda who, cut, ask, sew, press: [
        who.answers(ask, *TWO_RIGHT),
        who.answers(ask, *TWO_RIGHT),
        who.answers(ask, *RIGHT),
        who.answers(ask, *RIGHT),
    ],
    "passed, taken back, marked": lambda who, cut, ask, sew, press: [
        who.answers(ask, *RIGHT), who.takes_back(ask), who.does(ask)
    ],
    "the whole course, and on": lambda who, cut, ask, sew, press: [
        *(who.does(one) for one in (cut, sew, press)),
        who.answers(ask, *RIGHT),
        who.takes_back(sew),
        who.does(sew),
        who.answers(ask, *TWO_RIGHT),
    ],
}  # fmt: skip


@pytest.mark.parametrize("day", DAYS.values(), ids=DAYS)
def test_the_two_ways_leave_the_same(both, course, day):
    for who in both:
        day(who, *lessons_of(course))

    at_once, in_turn = (who.stands() for who in both)
    assert at_once == in_turn


def test_a_lesson_that_left_counts_as_studied_on_both_ways(both, course):
    cut, _ask, sew, press = lessons_of(course)
    for who in both:
        who.does(cut)
    released(course, without=[cut])
    for who in both:
        who.does(sew)
        who.takes_back(sew)
        who.does(press)

    at_once, in_turn = (who.stands() for who in both)
    assert at_once == in_turn
    assert (at_once[1]["completed"], at_once[1]["total"], at_once[2]) == (1, 3, 75)


@pytest.mark.parametrize("verb", ["does", "takes_back", "answers"])
def test_it_is_one_round_and_takes_no_turn(both, course, verb):
    who, _other = both
    cut, ask, _sew, _press = lessons_of(course)
    who.does(cut)
    deeds = {
        "does": lambda: who.does(lessons_of(course)[2]),
        "takes_back": lambda: who.takes_back(cut),
        "answers": lambda: who.answers(ask, *RIGHT),
    }

    with CaptureQueriesContext(connection) as captured:
        deeds[verb]()

    written = [query["sql"] for query in captured if "UPDATE learners_enrollment" in query["sql"]]
    assert len(written) == 1
    assert "SAVEPOINT" not in " ".join(query["sql"] for query in captured)


def rows() -> tuple[int, int, list]:
    return (
        LessonProgress.objects.count(),
        QuizAttempt.objects.count(),
        list(Enrollment.objects.values_list("progress", "updated_at")),
    )


# What may have happened since the door was asked.
CHANGES = {
    "a refund": lambda who, course: revoke(enrollment=who.enrollment),
    "another lesson": lambda who, course: mark_complete(
        enrollment=who.enrollment, lesson=lessons_of(course)[3]
    ),
    "a failed attempt": lambda who, course: submit_quiz(
        enrollment=who.enrollment,
        lesson=lessons_of(course)[1],
        answers=answers(lessons_of(course)[1], *TWO_RIGHT),
    ),
    "a release": lambda who, course: released(course),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_nothing_is_written_at_once_by_what_was_read_before_a_change(both, course, change):
    who, _other = both
    cut, ask, *_ = lessons_of(course)
    of_cut, of_ask = (access_facts(who.user, one.uuid) for one in (cut, ask))
    change(who, course)
    before = rows()
    attempt = QuizAttempt(
        enrollment=who.enrollment, lesson=ask, score=100, pass_mark=50, passed=True, answers=[]
    )

    assert at_once.complete_at_once(of_cut) is False
    assert at_once.submit_at_once(of_ask, attempt) is False

    assert rows() == before


def test_whoever_is_late_is_answered_as_under_the_lock(both, course):
    who, _other = both
    cut = lessons_of(course)[0]
    given = who.given(cut)
    revoke(enrollment=who.enrollment)

    with pytest.raises(LearnerError) as refusal:
        mark_complete(**given)

    assert refusal.value.code == "course_refunded"
    assert not LessonProgress.objects.exists()


def test_what_was_done_meanwhile_is_counted(both, course):
    who, _other = both
    cut, _ask, sew, _press = lessons_of(course)
    given = who.given(cut)
    mark_complete(enrollment=who.enrollment, lesson=sew)

    mark_complete(**given)

    assert Enrollment.objects.get(pk=who.enrollment.pk).progress["completed"] == 2


def test_a_quiz_that_was_not_passed_is_left_to_the_lock(both, course):
    who, _other = both
    ask = lessons_of(course)[1]
    facts = access_facts(who.user, ask.uuid)
    before = rows()

    assert at_once.complete_at_once(facts) is False

    assert rows() == before


def test_what_stands_so_already_is_not_written_again(both, course):
    who, _other = both
    cut, _ask, sew, _press = lessons_of(course)
    who.does(cut)
    given = [who.given(lesson) for lesson in (cut, sew)]
    before = rows()

    with CaptureQueriesContext(connection) as captured:
        mark_complete(**given[0])
        mark_incomplete(**given[1])

    assert rows() == before
    assert len(captured) == 0


def test_a_form_that_was_sent_is_one_attempt_at_once_too(both, course):
    who, _other = both
    ask = lessons_of(course)[1]
    token = uuid.uuid4()

    first, second = (
        submit_quiz(answers=answers(ask, *texts), token=token, **who.given(ask))
        for texts in (TWO_RIGHT, RIGHT)
    )

    assert first == second == QuizAttempt.objects.get()
    assert not second.passed
