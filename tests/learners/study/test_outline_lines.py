"""The outline beside a lesson: one reader's ticks in lines that all readers share."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from courses.models import LessonPage
from learners.enrollment.enrollments import enroll
from learners.enrollment.progress import mark_complete, open_lesson
from learners.models import Enrollment
from learners.study import outline_lines
from perfomix.languages import pseudo
from tests.builders import lesson_called
from tests.people import logged_in
from tests.study import a_course_to_study, a_flat_course, lessons_of

pytestmark = pytest.mark.django_db
TEXT = [("rich_text", "<p>Begin with what you have at hand.</p>")]


def beside(user, lesson) -> BeautifulSoup:
    page = logged_in(Client(), user).get(reverse("learners:lesson", args=[lesson.uuid]))
    return BeautifulSoup(page.text, "html.parser").select_one("#lesson-outline")


def left_of_chapters(html: BeautifulSoup) -> list[str]:
    texts = [left.get_text(strip=True) for left in html.select(".outline-left")]
    return [text.replace("\xa0", " ") for text in texts]


@pytest.fixture
def course(ada):
    course = a_course_to_study(
        by=ada, syllabus={"Maps": ["Lines", "Shades"], "Tents": ["Poles", "Pegs"]}
    )
    course.releases.get().items.filter(kind="lesson").update(minutes=10)
    return course


def test_a_chapter_says_what_is_left_of_it_to_each_reader(course, cleo, dana):
    lines, shades, poles, _pegs = lessons_of(course)
    of_cleo, of_dana = (enroll(user=user, course=course) for user in (cleo, dana))
    for lesson in (lines, shades, poles):
        mark_complete(enrollment=of_cleo, lesson=lesson)
    open_lesson(enrollment=of_dana, lesson=lines)

    told = [left_of_chapters(beside(user, lines)) for user in (cleo, dana, cleo)]

    assert told == [["done", "10 min left"], ["20 min left", "20 min left"]] + told[:1]


def test_letters_for_private_use_in_a_title_take_no_readers_place(ada, cleo):
    letters = "".join(map(chr, range(0xE010, 0xE032)))
    course = a_course_to_study(by=ada, syllabus={f"Maps {letters}": [f"Lines {letters}"]})
    enroll(user=cleo, course=course)

    html = beside(cleo, *lessons_of(course))

    [name, title] = [html.select_one(one) for one in (".outline-name", "li li a > span:not(.ring)")]
    assert name.get_text(strip=True) == f"1. Maps {letters}"
    assert title.get_text(strip=True) == f"Lines {letters}"
    assert len(html.select(".outline-chapter > h2 > .outline-left")) == 1
    assert len(html.select("li li a[aria-current=page] > .ring")) == 1


def test_each_language_of_readers_has_lines_of_its_own(course, cleo, dana):
    lines, *_ = lessons_of(course)
    for user in (cleo, dana):
        enroll(user=user, course=course)
    client = logged_in(Client(), dana)
    client.get(f"/language/{pseudo.ACCENTED}/", secure=True)
    beside(cleo, lines)

    page = client.get(reverse("learners:lesson", args=[lines.uuid]))

    assert left_of_chapters(beside(cleo, lines)) == ["20 min left"] * 2
    html = BeautifulSoup(page.text, "html.parser").select_one("#lesson-outline")
    assert [left[0] + left[-1] for left in left_of_chapters(html)] == ["⟦⟧"] * 2


def test_a_lesson_that_came_after_the_purchase_is_new_until_it_is_opened(course, cleo, dana):
    lines, shades, *_ = lessons_of(course)
    for user in (cleo, dana):
        enroll(user=user, course=course)
    Enrollment.objects.filter(user=cleo).update(purchased_at=timezone.now() - timedelta(days=9))
    LessonPage.objects.filter(pk=shades.pk).update(first_published_at=timezone.now())
    others = LessonPage.objects.exclude(pk=shades.pk)
    others.update(first_published_at=timezone.now() - timedelta(days=30))
    Enrollment.objects.filter(user=dana).update(purchased_at=timezone.now())

    def new(user, lesson) -> list[str]:
        badges = beside(user, lesson).select(".badge.warm")
        return [badge.find_parent("a")["href"] for badge in badges]

    address = reverse("learners:lesson", args=[shades.uuid])
    assert (new(cleo, lines), new(dana, lines)) == ([address], [])
    assert (new(cleo, shades), new(cleo, lines)) == ([], [])


def test_the_lesson_one_reads_is_marked_and_no_other(course, cleo):
    enroll(user=cleo, course=course)
    for lesson in lessons_of(course)[:2]:
        [here] = beside(cleo, lesson).select("[aria-current=page]")
        assert here["href"] == reverse("learners:lesson", args=[lesson.uuid])


def put_together(monkeypatch, *, lessons: int, opened: int, ada, cleo, bought=0) -> int:
    """How many lines are put together for a reader, once the outline stands.

    ``bought``: how many days before all lessons came.
    """
    titles = [(f"Lesson {n}", TEXT) for n in range(lessons)]
    course = a_flat_course(*titles, by=ada, title=f"Course of {lessons}")
    enrollment = enroll(user=cleo, course=course)
    if bought:
        before = timezone.now() - timedelta(days=bought)
        Enrollment.objects.filter(pk=enrollment.pk).update(purchased_at=before)
    first, *others = lessons_of(course)
    for lesson in others[:opened]:
        open_lesson(enrollment=enrollment, lesson=lesson)
    beside(cleo, first)
    lines, really = [], outline_lines.Lines._line
    monkeypatch.setattr(
        outline_lines.Lines,
        "_line",
        lambda self, *a, **kw: lines.append(a) or really(self, *a, **kw),
    )
    assert len(beside(cleo, first).select("a[href^='/learn/']")) >= lessons
    monkeypatch.undo()
    return len(lines)


def test_a_reader_costs_what_they_opened_whatever_the_length(monkeypatch, ada, cleo):
    told = {"monkeypatch": monkeypatch, "ada": ada, "cleo": cleo}

    short, long = (put_together(lessons=n, opened=3, **told) for n in (10, 60))

    # Three that were opened, the one that is read, and that it is the place.
    assert short == long == 5


def test_a_reader_for_whom_all_is_new_costs_no_more(monkeypatch, ada, cleo):
    told = {"monkeypatch": monkeypatch, "ada": ada, "cleo": cleo, "opened": 0, "bought": 9}

    # The one that is read, and that it is the place.
    assert [put_together(lessons=n, **told) for n in (10, 60)] == [2, 2]


@pytest.fixture
def three_chapters(ada):
    syllabus = {f"Part {n}": [f"Lesson {n}{letter}" for letter in "abc"] for n in range(3)}
    return a_course_to_study(by=ada, syllabus=syllabus, title="Three parts")


@pytest.mark.parametrize(
    ("done", "begun"),
    [((), ()), ((0, 1, 2), ()), ((3, 4, 5), (0,)), ((0, 1, 2, 4), (8,)), (range(8), ())],
)
def test_chapters_that_are_kept_read_as_if_they_were_put_together(
    three_chapters, monkeypatch, cleo, dana, done, begun
):
    lessons = lessons_of(three_chapters)
    of_cleo, of_dana = (enroll(user=user, course=three_chapters) for user in (cleo, dana))
    for lesson in lessons[:6]:  # somebody else, of whom nothing may be kept
        mark_complete(enrollment=of_dana, lesson=lesson)
    for n in done:
        mark_complete(enrollment=of_cleo, lesson=lessons[n])
    for n in begun:
        open_lesson(enrollment=of_cleo, lesson=lessons[n])
    monkeypatch.setattr(outline_lines, "TOGETHER", 1)  # a chapter each
    outline_lines.forget()
    beside(dana, lessons[8])

    kept = str(beside(cleo, lessons[7]))

    monkeypatch.setattr(outline_lines, "TOGETHER", 10_000)
    outline_lines.forget()
    assert kept == str(beside(cleo, lessons[7]))


def test_a_chapter_that_is_done_is_put_together_once_for_all(three_chapters, monkeypatch, cleo):
    monkeypatch.setattr(outline_lines, "TOGETHER", 1)
    outline_lines.forget()
    *first, last = lessons_of(three_chapters)
    enrollment = enroll(user=cleo, course=three_chapters)
    for lesson in first[:6]:
        mark_complete(enrollment=enrollment, lesson=lesson)
    beside(cleo, last)
    looked_at, really = [], outline_lines.Lines._marked
    monkeypatch.setattr(
        outline_lines.Lines,
        "_marked",
        lambda self, stretch, *a: looked_at.append(stretch) or really(self, stretch, *a),
    )

    beside(cleo, last)

    assert [last.pk in stretch.pages for stretch in looked_at] == [True]


def test_a_lesson_called_after_a_chapter_is_found_below_it(course, cleo):
    enroll(user=cleo, course=course)
    html = beside(cleo, lesson_called("Pegs", course=course))

    below = [
        [link.select_one("span:not(.ring)").get_text(strip=True) for link in one.select("a")]
        for one in html.select(".outline-chapter")
    ]
    assert below == [["Lines", "Shades"], ["Poles", "Pegs"]]
