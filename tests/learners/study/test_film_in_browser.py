"""A film in the player, played by a real browser."""

from pathlib import Path

import pytest

from learners.enrollment.enrollments import enroll
from learners.enrollment.progress import save_position
from learners.models import LessonProgress
from tests.journeys.steps import arrive
from tests.media import a_file, a_picture, video_with
from tests.people import person
from tests.study import a_flat_course, lessons_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ROOT = Path(__file__).resolve().parents[3]
FILM = ROOT / "home/demo/content/maps-people-can-trust/files/drawing-a-profile.webm"


def test_a_film_of_unknown_length_watched_to_its_end_begins_again(live_site, page):
    kind, video = video_with(a_file("film.webm", FILM.read_bytes()))
    course = a_flat_course(("Watch", [(kind, video | {"duration": None})]), by=person("ada"))
    enroll(user=person("cleo"), course=course)
    (lesson,) = lessons_of(course)
    arrive(page, live_site, "cleo")
    page.goto(f"{live_site}/learn/{lesson.uuid}/")

    def stands_at() -> int | None:
        return LessonProgress.objects.values_list("last_second", flat=True).first()

    def play_from(second: int, *, until: str, leaves: set[int]) -> None:
        page.evaluate(
            "second => { const film = document.querySelector('video');"
            "film.muted = true; film.currentTime = second; return film.play() }",
            second,
        )
        page.wait_for_function(
            f"() => {{ const film = document.querySelector('video'); return {until} }}"
        )
        page.evaluate("document.querySelector('video').pause()")
        # A film that has ended has told so already, before anybody could wait for its answer.
        for _ in range(100):
            if stands_at() in leaves:
                break
            page.wait_for_timeout(100)
        assert stands_at() in leaves

    play_from(9, until="film.currentTime > 10 && !film.seeking", leaves={10, 11})
    play_from(22, until="film.ended", leaves={0})


@pytest.mark.parametrize("left_at", [0, 9])
def test_a_film_with_a_still_is_fetched_when_it_is_pressed_or_goes_on(live_site, page, left_at):
    film = a_file("film.webm", FILM.read_bytes())
    course = a_flat_course(("Watch", [video_with(film, thumbnail=a_picture())]), by=person("ada"))
    enrollment = enroll(user=person("cleo"), course=course)
    (lesson,) = lessons_of(course)
    save_position(enrollment=enrollment, lesson=lesson, second=left_at)
    arrive(page, live_site, "cleo")
    fetched = []
    page.on("request", lambda request: fetched.append(request.resource_type))

    page.goto(f"{live_site}/learn/{lesson.uuid}/")
    page.wait_for_load_state("networkidle")
    assert ("media" in fetched) == bool(left_at)

    page.evaluate(
        "() => { const film = document.querySelector('video');"
        "film.muted = true; return film.play() }"
    )
    page.wait_for_function(f"document.querySelector('video').currentTime > {left_at}")
    assert fetched.count("media") >= 1


def test_a_line_of_the_transcript_begins_a_film_that_was_not_fetched_yet(live_site, page):
    film = a_file("film.webm", FILM.read_bytes())
    kind, video = video_with(film, thumbnail=a_picture())
    body = [(kind, video | {"transcript": "0:00 One line\n0:10 And another"})]
    course = a_flat_course(("Watch", body), by=person("ada"))
    enroll(user=person("cleo"), course=course)
    (lesson,) = lessons_of(course)
    arrive(page, live_site, "cleo")
    page.goto(f"{live_site}/learn/{lesson.uuid}/")
    page.evaluate("document.querySelector('video').muted = true")

    page.locator("[data-second='10']").click()

    page.wait_for_function("document.querySelector('video').currentTime > 10")
