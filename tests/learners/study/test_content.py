"""What stands in a lesson is drawn once for a release; what is a reader's own is put beside it."""

from sys import getsizeof

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courses.models import LessonPage, ReleaseItem
from learners.enrollment.enrollments import enroll, revoke
from learners.enrollment.progress import mark_complete, save_position
from learners.models import LessonProgress
from learners.study import content
from learners.study.views import lessons
from tests.learners.quizzes.quiz import QUIZ
from tests.media import a_file, video_with
from tests.people import logged_in
from tests.study import a_flat_course, lessons_of, released

pytestmark = pytest.mark.django_db
OLD, NEW = "MARKER-as-it-was", "MARKER-as-it-is"


def text(words: str) -> list:
    return [("rich_text", f"<p>{words}</p>")]


def page(lesson) -> str:
    return reverse("learners:lesson", args=[lesson.uuid])


def read(user, lesson) -> BeautifulSoup:
    response = logged_in(Client(), user).get(page(lesson))
    assert response.status_code == 200
    return BeautifulSoup(response.text, "html.parser")


def ticks(html: BeautifulSoup) -> list[str]:
    """Class of the ring beside each lesson of the outline."""
    return [" ".join(ring["class"]) for ring in html.select("#lesson-outline .ring")]


@pytest.fixture
def course(ada):
    return a_flat_course(("Cut", text(OLD)), ("Sew", text("Sew it.")), by=ada)


def test_each_learner_finds_their_own_ticks_and_place(course, cleo, dana):
    cut, sew = lessons_of(course)
    first, second = (enroll(user=user, course=course) for user in (cleo, dana))
    mark_complete(enrollment=first, lesson=sew)

    of_cleo, of_dana, again = read(cleo, cut), read(dana, sew), read(cleo, cut)

    assert ticks(of_cleo) == ticks(again) == ["ring p-8", "ring done"]
    assert ticks(of_dana) == ["ring p-0", "ring p-8"]
    here = [html.select_one("#lesson-outline [aria-current=page]") for html in (of_cleo, of_dana)]
    assert [link["href"] for link in here] == [page(cut), page(sew)]
    assert second.course == course
    assert of_cleo.select_one("#lesson-where").get_text(strip=True).endswith("1 of 2")
    assert of_dana.select_one("#lesson-where").get_text(strip=True).endswith("0 of 2")


def test_the_next_release_shows_at_once(course, cleo):
    cut, _sew = lessons_of(course)
    enroll(user=cleo, course=course)
    assert OLD in read(cleo, cut).text

    cut.body, cut.title = text(NEW), "Cut it well"
    cut.save()
    cut.save_revision()
    released(course)
    after = read(cleo, cut)

    assert NEW in after.text and OLD not in after.text
    assert after.h1.get_text() == "Cut it well"


def test_the_second_reader_of_a_lesson_reads_nothing_of_it(course, cleo, dana):
    cut, _sew = lessons_of(course)
    for user in (cleo, dana):
        enroll(user=user, course=course)
    read(cleo, cut)
    client = logged_in(Client(), dana)

    with CaptureQueriesContext(connection) as captured:
        assert OLD in client.get(page(cut)).text

    assert not [one for one in captured.captured_queries if '"body"' in one["sql"]]


def test_a_lesson_that_names_a_page_of_the_site_is_drawn_with_its_address_of_now(ada, cleo):
    other = a_flat_course(("Hem", text("Hem it.")), by=ada, title="Hemming")
    link = f'<p><a linktype="page" id="{other.pk}">Hemming</a></p>'
    course = a_flat_course(("Cut", [("rich_text", link)]), by=ada, title="Cutting")
    [cut] = lessons_of(course)
    enroll(user=cleo, course=course)
    before = read(cleo, cut).select_one(".rich-text a")["href"]

    other.refresh_from_db()
    other.slug = "hemming-anew"
    other.save()
    after = read(cleo, cut).select_one(".rich-text a")["href"]

    assert "hemming-anew" not in before and "hemming-anew" in after


def test_a_lesson_whose_file_is_missing_is_drawn_each_time(ada, cleo):
    film = a_file("film.mp4")
    course = a_flat_course(("Watch", [video_with(film)]), by=ada)
    [watch] = lessons_of(course)
    enroll(user=cleo, course=course)
    key = film.pk
    film.delete()
    assert "not available any more" in read(cleo, watch).text

    back = a_file("film.mp4")
    type(back).objects.filter(pk=back.pk).update(id=key)

    assert read(cleo, watch).select_one("video source")


def test_a_film_goes_on_where_each_of_two_left_it(ada, cleo, dana):
    course = a_flat_course(("Watch", [video_with(a_file("film.mp4"))]), by=ada)
    [watch] = lessons_of(course)
    for user, second in ((cleo, 12), (dana, 7)):
        kept = save_position(
            enrollment=enroll(user=user, course=course), lesson=watch, second=second
        )
        assert kept == second

    starts = [
        read(user, watch).select_one("[data-lead]")["data-start"] for user in (cleo, dana, cleo)
    ]

    assert starts == ["12", "7", "12"]


def test_a_refund_between_the_door_and_the_note_closes_the_lesson(course, cleo, monkeypatch):
    cut, _sew = lessons_of(course)
    enrollment = enroll(user=cleo, course=course)
    really_open = lessons.open_lesson

    def refunded_before(**told):
        revoke(enrollment=enrollment)
        really_open(**told)

    monkeypatch.setattr(lessons, "open_lesson", refunded_before)
    response = logged_in(Client(), cleo).get(page(cut))

    assert response.status_code == 403
    assert OLD not in response.text and "refunded" in response.text
    assert not LessonProgress.objects.exists()


def test_what_was_read_while_a_release_ended_is_not_kept_for_it(course, cleo, monkeypatch):
    cut, _sew = lessons_of(course)
    old = ReleaseItem.objects.get(page=cut, release__status="current").revision
    enroll(user=cleo, course=course)
    really_read = content.content_of

    def released_meanwhile(lesson, course_in_brief):
        monkeypatch.setattr(content, "content_of", really_read)
        lesson.body = text(NEW)
        lesson.save()
        lesson.save_revision()
        released(course)
        return really_read(LessonPage.objects.get(pk=lesson.pk), course_in_brief)

    monkeypatch.setattr(content, "content_of", released_meanwhile)
    assert NEW in read(cleo, cut).text  # committed before it was read

    # The earlier release is shown again: the same revision as before.
    cut.body = text(OLD)
    cut.save()
    ReleaseItem.objects.filter(page=cut, release__status="current").update(revision=old)

    assert OLD in read(cleo, cut).text


def test_a_lesson_of_many_questions_takes_the_room_of_many(ada, cleo):
    course = a_flat_course(("Many", QUIZ * 12), by=ada)
    enroll(user=cleo, course=course)

    read(cleo, *lessons_of(course))

    [kept] = content._kept.values()
    drawn = sum(getsizeof(html) for html in kept._drawn.values())
    assert len(kept.lesson.questions) == 36
    assert kept.size > 3 * drawn


def test_words_of_any_script_take_the_room_that_they_take(ada, cleo):
    course = a_flat_course(("Long", text("\N{DEVANAGARI LETTER A}" * 50_000)), by=ada)
    enroll(user=cleo, course=course)

    read(cleo, *lessons_of(course))

    [kept] = content._kept.values()
    assert kept.size > 100_000


def test_letters_for_private_use_in_the_name_of_a_film_stay_what_they_are(ada, cleo):
    kind, film = video_with(a_file("film.mp4"))
    film["title"] = "Film \ue020 \ue021"
    course = a_flat_course(("Watch", [(kind, film)]), by=ada)
    [watch] = lessons_of(course)
    save_position(enrollment=enroll(user=cleo, course=course), lesson=watch, second=7)

    stage = read(cleo, watch).select_one("[data-lead]")

    assert stage["data-start"] == "7"
    assert stage.video["aria-label"] == "Film \ue020 \ue021"
