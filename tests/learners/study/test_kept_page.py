"""A lesson page is drawn once for all who study it; what is one reader's own is put into it."""

import re
import uuid

import pytest
from bs4 import BeautifulSoup
from django.middleware import csrf
from django.test import Client
from django.urls import reverse

from courses.models import CoursePage, LessonPage
from learners.enrollment.enrollments import enroll
from learners.enrollment.progress import mark_complete, save_position
from learners.models import User
from learners.quizzes.attempts import submit_quiz
from learners.study import kept_page
from learners.study.views import lessons
from tests.learners.quizzes.quiz import QUIZ, RIGHT, TWO_RIGHT, answers
from tests.media import a_file, video_with
from tests.people import logged_in
from tests.study import a_flat_course, lessons_of

pytestmark = pytest.mark.django_db
TEXT = [("rich_text", "<p>Begin with what you have at hand.</p>")]
# New in every answer.
TOKENS = re.compile(
    r'(data-pass|data-token|name="csrf-token" content|name="csrfmiddlewaretoken" value'
    r'|name="token" value)="[^"]+"'
)


@pytest.fixture
def course(ada):
    film = video_with(a_file("film.mp4"))
    return a_flat_course(("Watch", [film, *TEXT]), ("Ask", QUIZ), ("Sew", TEXT), by=ada)


def page(user, lesson) -> str:
    response = logged_in(Client(), user).get(reverse("learners:lesson", args=[lesson.uuid]))
    assert response.status_code == 200
    return response.text


def words(html: str) -> list[str]:
    """Without what is new in every answer, and whatever way lines are broken."""
    return TOKENS.sub(r'\1=""', html).replace("><", "> <").split()


def nothing(enrollment, watch, ask, sew):
    pass


def some(enrollment, watch, ask, sew):
    save_position(enrollment=enrollment, lesson=watch, second=12)
    mark_complete(enrollment=enrollment, lesson=sew)
    submit_quiz(enrollment=enrollment, lesson=ask, answers=answers(ask, *TWO_RIGHT))


def all_of_it(enrollment, watch, ask, sew):
    for lesson in (watch, sew):
        mark_complete(enrollment=enrollment, lesson=lesson)
    submit_quiz(enrollment=enrollment, lesson=ask, answers=answers(ask, *RIGHT))


@pytest.mark.parametrize("done", [nothing, some, all_of_it])
def test_it_reads_as_if_it_were_drawn_for_its_reader(course, cleo, dana, monkeypatch, done):
    for user, deeds in ((dana, some), (cleo, done)):
        deeds(enroll(user=user, course=course), *lessons_of(course))
    for lesson in lessons_of(course):
        page(dana, lesson)  # drawn for somebody else
        kept = page(cleo, lesson)
        with monkeypatch.context() as drawn_anew:
            drawn_anew.setattr(lessons, "_kept_page", lambda *_: None)
            anew = page(cleo, lesson)

        assert words(kept) == words(anew)
        assert kept_page.OPENS not in kept


def test_its_tokens_are_those_of_the_reader(course, cleo, dana):
    ask = lessons_of(course)[1]
    for user in (cleo, dana):
        enroll(user=user, course=course)
    page(dana, ask)
    client = logged_in(Client(enforce_csrf_checks=True), cleo)
    html = BeautifulSoup(
        client.get(reverse("learners:lesson", args=[ask.uuid])).text, "html.parser"
    )
    form = html.select_one("form#quiz")
    sent = {field["name"]: field["value"] for field in form.select("input[type=hidden]")}
    picked = {f"q-{key}": keys for key, keys in answers(ask, *RIGHT).items()}

    response = client.post(form["action"], {**sent, **picked})

    assert response.status_code == 302
    assert uuid.UUID(sent["token"])
    [attempt] = cleo.enrollments.get().quiz_attempts.all()
    assert (str(attempt.pk), attempt.passed) == (sent["token"], True)


def test_the_next_reader_has_nothing_of_the_lesson_drawn(course, cleo, dana):
    watch, *_ = lessons_of(course)
    for user in (cleo, dana):
        enroll(user=user, course=course)
    page(cleo, watch)
    client = logged_in(Client(), dana)
    client.get(reverse("learners:lesson", args=[watch.uuid]))

    again = client.get(reverse("learners:lesson", args=[watch.uuid]))

    assert [template.name for template in again.templates] == []


def test_a_token_is_masked_once_for_a_page(course, cleo, monkeypatch):
    watch, *_ = lessons_of(course)
    enroll(user=cleo, course=course)
    page(cleo, watch)
    masked, really = [], csrf._mask_cipher_secret
    monkeypatch.setattr(
        csrf, "_mask_cipher_secret", lambda secret: masked.append(1) or really(secret)
    )

    assert "data-zone-unknown" in page(cleo, watch)  # a form of the frame, with a token too

    assert len(masked) == 1


def test_its_frame_is_in_the_colours_of_the_reader(course, cleo, dana):
    watch, *_ = lessons_of(course)
    for user in (cleo, dana):
        enroll(user=user, course=course)
    page(dana, watch)
    client = logged_in(Client(), cleo)
    client.cookies["theme"] = "dark"

    html = client.get(reverse("learners:lesson", args=[watch.uuid])).text

    assert 'data-theme="dark"' in html
    assert "data-theme=" not in page(dana, watch)


def test_what_was_told_one_reader_stands_on_their_page_once(course, cleo, dana):
    _watch, ask, _sew = lessons_of(course)
    for user in (cleo, dana):
        enroll(user=user, course=course)
    page(cleo, ask)
    client = logged_in(Client(), cleo)
    client.post(reverse("learners:complete", args=[ask.uuid]))  # a quiz waits

    told = client.get(reverse("learners:lesson", args=[ask.uuid])).text

    refused = "This lesson is done once you pass its quiz."
    assert refused in told
    assert refused not in page(dana, ask)
    assert refused not in client.get(reverse("learners:lesson", args=[ask.uuid])).text


def test_only_whoever_told_no_clock_is_asked_for_one(course, cleo, dana):
    watch, *_ = lessons_of(course)
    for user in (cleo, dana):
        enroll(user=user, course=course)
    User.objects.filter(pk=dana.pk).update(time_zone="Europe/Berlin")

    assert "data-zone-unknown" in page(cleo, watch)
    assert "data-zone-unknown" not in page(dana, watch)


def test_it_leads_to_the_course_where_that_stands_now(course, cleo):
    watch, *_ = lessons_of(course)
    enroll(user=cleo, course=course)
    page(cleo, watch)
    CoursePage.objects.filter(pk=course.pk).update(slug="sewing-anew")

    html = page(cleo, watch)

    assert reverse("storefront:course", args=["sewing-anew"]) in html
    assert reverse("storefront:course", args=[course.slug]) not in html


def test_whoever_looks_on_and_whoever_reads_a_preview_have_it_drawn_for_them(course, ada, cleo):
    watch, *_ = lessons_of(course)
    enroll(user=cleo, course=course)
    page(cleo, watch)

    assert "Nothing is recorded" in page(ada, watch)
    assert "data-pass" not in page(ada, watch)


def test_a_text_that_looks_like_a_hole_is_a_text(course, ada, cleo):
    course = a_flat_course(("Cut \ue030csrf_token\ue031", TEXT), by=ada, title="Cutting")
    [cut] = lessons_of(course)
    enroll(user=cleo, course=course)

    html = BeautifulSoup(page(cleo, LessonPage.objects.get(pk=cut.pk)), "html.parser")

    assert html.h1.get_text() == "Cut \ue030csrf_token\ue031"
