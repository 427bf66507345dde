"""What Chromium makes ready ahead, as it says itself: pages for everybody, and nothing else."""

import re

import pytest

from courses.models import LessonPage
from learners.enrollment.enrollments import enroll
from learners.models import LessonProgress
from tests.builders import a_released_course

from .steps import arrive

pytestmark = pytest.mark.browser
FOR_EVERYBODY = re.compile(
    r"/|/courses/|/courses/[\w-]+/|/producers/[\w-]+/|/(terms|refunds|privacy)/"
)


@pytest.fixture
def courses(catalogue, ada):
    return [a_released_course(by=ada, title=f"Sewing by hand {number}") for number in (1, 2)]


@pytest.fixture
def said(page):
    """What the browser says: the pages it would make ready, and those it tries to."""
    told = {"would": set(), "wrong": [], "tried": set()}
    session = page.context.new_cdp_session(page)

    def would(event):
        found = event["preloadingAttemptSources"]
        told["would"] = {(each["key"]["action"], each["key"]["url"]) for each in found}

    def rules(event):
        told["wrong"].append(event["ruleSet"].get("errorMessage"))

    session.on("Preload.preloadingAttemptSourcesUpdated", would)
    session.on("Preload.ruleSetUpdated", rules)
    session.on(
        "Preload.prerenderStatusUpdated",
        lambda event: told["tried"].add(event["key"]["url"]),
    )
    session.send("Preload.enable")
    return told


def open_and_listen(page, said, address: str) -> set[str]:
    """The paths that would be made ready from ``address``."""
    said["would"], said["wrong"] = set(), []
    page.goto(address)
    for _ in range(100):
        if said["would"]:
            break
        page.wait_for_timeout(100)
    # Of the page before, its rules may be told late.
    assert set(said["wrong"]) == {None}
    assert {action for action, _url in said["would"]} == {"Prerender"}
    return {url.removeprefix(address.partition("/courses/")[0]) for _action, url in said["would"]}


def test_courses_of_the_catalogue_are_and_whatever_asks_a_question_is_not(
    page, live_site, said, courses
):
    paths = open_and_listen(page, said, f"{live_site}/courses/?sort=newest")

    assert {"/courses/sewing-by-hand-1/", "/courses/sewing-by-hand-2/", "/"} <= paths
    assert all(FOR_EVERYBODY.fullmatch(path) for path in paths)


def test_neither_checkout_nor_lesson_nor_account_is_when_somebody_is_signed_in(
    page, live_site, said, courses, cleo
):
    arrive(page, live_site, "cleo")

    paths = open_and_listen(page, said, f"{live_site}/courses/sewing-by-hand-1/")

    assert page.locator("a[href*='/checkout/']").count() > 0
    assert page.locator("a[href^='/learn/']").count() > 0
    assert all(FOR_EVERYBODY.fullmatch(path) for path in paths)


def test_a_page_is_made_ready_when_somebody_points_at_it(page, live_site, said, courses):
    """Chromium tries; whoever steers it from outside, as a test does, is refused the rest."""
    open_and_listen(page, said, f"{live_site}/courses/")
    assert said["tried"] == set()

    page.get_by_role("link", name="Sewing by hand 2").hover()
    for _ in range(100):
        if said["tried"]:
            break
        page.wait_for_timeout(100)

    assert said["tried"] == {f"{live_site}/courses/sewing-by-hand-2/"}


def test_fetching_a_lesson_ahead_is_not_reading_it(client, courses, cleo):
    """Whoever fetches ahead without being asked to, such as an extension."""
    enroll(user=cleo, course=courses[0])
    client.force_login(cleo)
    lesson = LessonPage.objects.descendant_of(courses[0]).filter(live=True).first()

    for purpose in ("prefetch", "prefetch;prerender", "prefetch;anonymous-client-ip"):
        client.get(f"/learn/{lesson.uuid}/", headers={"Sec-Purpose": purpose})

    assert not LessonProgress.objects.exists()
