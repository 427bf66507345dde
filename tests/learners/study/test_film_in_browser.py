"""A film in the player, played by a real browser."""

from pathlib import Path

import pytest

from learners.enrollment.enrollments import enroll
from learners.models import LessonProgress
from tests.journeys.steps import sign_in
from tests.media import a_file, video_with
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
    sign_in(page, live_site, "cleo")
    page.goto(f"{live_site}/learn/{lesson.uuid}/")

    def play_from(second: int, *, until: str) -> None:
        page.evaluate(
            "second => { const film = document.querySelector('video');"
            "film.muted = true; film.currentTime = second; return film.play() }",
            second,
        )
        page.wait_for_function(
            f"() => {{ const film = document.querySelector('video'); return {until} }}"
        )
        with page.expect_response("**/position/"):
            page.evaluate("document.querySelector('video').pause()")

    play_from(9, until="film.currentTime > 10 && !film.seeking")
    assert LessonProgress.objects.get().last_second in (10, 11)

    play_from(22, until="film.ended")
    assert LessonProgress.objects.get().last_second == 0
