"""Parts of a page are swapped in place: nothing is loaded anew, the focus goes to what was said."""

import re
from base64 import b64encode
from hashlib import sha256

import pytest
from django.contrib.sessions.backends.cached_db import SessionStore
from django.contrib.sessions.models import Session
from django.template.loader import render_to_string
from playwright.sync_api import expect

from courses.models import LessonPage
from learners.enrollment.enrollments import enroll, revoke
from learners.models import LessonProgress, QuizAttempt
from tests.builders import a_course, a_lesson, a_released_course
from tests.storefront.shop import a_coupon
from tests.teams import add_instructor

from .steps import arrive

pytestmark = pytest.mark.browser

NEEDLE = {
    "question": "<p>Which needle is thinner?</p>",
    "options": [
        {"text": "Number nine", "correct": True, "feedback": ""},
        {"text": "Number five", "correct": False, "feedback": "Numbers fall as needles grow."},
    ],
    "explanation": "",
}
# The one script that stands in a page is the same on every page, and allowed by what it says.
STRICT = "default-src 'self'; script-src 'self' 'sha256-{}'; style-src 'self'; object-src 'none'"


@pytest.fixture
def course(catalogue, ada):
    """A lesson to read and a lesson with a quiz."""
    draft = a_course(by=ada, title="Sewing by hand", syllabus=["Two needles and a thread"])
    a_lesson(under=draft, title="Which needle", body=[("single_choice", NEEDLE)])
    return a_released_course(by=ada, course=draft)


@pytest.fixture
def enrollment(cleo, course):
    return enroll(user=cleo, course=course)


@pytest.fixture
def learner(window, live_site, enrollment):
    """Cleo, signed in, in a browser."""
    return arrive(window(), live_site, "cleo")


def learn(title: str) -> str:
    return f"/learn/{LessonPage.objects.get(title=title).uuid}/"


def stay(page) -> None:
    """From here on the page may change, and must not be loaded again."""
    page.evaluate("window.stayed = true")


def expect_stayed(page) -> None:
    assert page.evaluate("window.stayed === true"), "the page was loaded again"


def test_answers_are_graded_in_place(learner, live_site):
    page = learner
    page.goto(live_site + learn("Which needle"))
    stay(page)

    page.get_by_role("button", name="Check my answers").click()
    refusal = page.get_by_role("alert")
    expect(refusal).to_have_text("Pick an answer first.")
    expect(refusal).to_be_focused()
    assert not QuizAttempt.objects.exists()

    page.get_by_role("radio", name="Number five").check()
    page.get_by_role("button", name="Check my answers").click()
    verdict = page.locator(".quiz-result")
    expect(verdict).to_contain_text("0 of 1 right.")
    expect(verdict).to_be_focused()
    expect(verdict).to_have_attribute("role", "status")
    expect(page.get_by_text("Numbers fall as needles grow.")).to_be_visible()

    page.get_by_role("link", name="Try again").click()
    expect(page.get_by_role("heading", name="Check yourself")).to_be_focused()
    page.get_by_role("radio", name="Number nine").check()
    page.get_by_role("button", name="Check my answers").click()
    expect(verdict).to_contain_text("Passed: 1 of 1 right.")
    expect(verdict).to_be_focused()
    expect(page.locator("#lesson-where")).to_contain_text("1 of 2")
    expect(page.locator("#finish")).to_contain_text("This lesson is done.")
    expect_stayed(page)
    assert page.url == live_site + learn("Which needle")
    assert [attempt.passed for attempt in QuizAttempt.objects.order_by("number")] == [False, True]


def test_a_lesson_is_marked_in_place_and_that_is_read_aloud(learner, live_site):
    page = learner
    page.goto(live_site + learn("Two needles and a thread"))
    stay(page)

    page.get_by_role("button", name="Mark as done").click()
    expect(page.get_by_role("button", name="Not done after all")).to_be_focused()
    expect(page.locator("body > [role=status].sr")).to_have_text("This lesson is done.")
    expect(page.locator("#lesson-outline .done")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Mark as done")).to_be_focused()
    expect(page.locator("#lesson-outline .done")).to_have_count(0)
    expect_stayed(page)
    assert not LessonProgress.objects.filter(status="completed").exists()


def test_a_lesson_that_is_marked_without_a_press_leaves_the_focus_where_it_is(learner, live_site):
    """As a film does that has run to its end while its learner is elsewhere on the page."""
    page = learner
    page.goto(live_site + learn("Two needles and a thread"))
    stay(page)
    elsewhere = page.locator("header a").first
    elsewhere.focus()

    page.locator("form[data-complete]").evaluate("form => form.requestSubmit()")

    expect(page.locator("body > [role=status].sr")).to_have_text("This lesson is done.")
    expect(page.get_by_role("button", name="Not done after all")).to_be_visible()
    expect(elsewhere).to_be_focused()
    expect_stayed(page)


def test_two_presses_send_one_request(learner, live_site):
    page = learner
    page.goto(live_site + learn("Which needle"))
    sent = []
    page.on("request", lambda request: sent.append(request.url) if in_place(request) else None)
    held = []

    def hold(route):
        held.append(route)

    page.route("**/quiz/", hold)

    page.get_by_role("radio", name="Number nine").check()
    button = page.get_by_role("button", name="Check my answers")
    button.click()
    expect(button).to_be_disabled()
    expect(button).to_have_attribute("aria-busy", "true")
    page.locator("#quiz").evaluate("form => form.requestSubmit()")
    page.get_by_role("radio", name="Number nine").press("Enter")
    held[0].continue_()

    expect(page.locator(".quiz-result")).to_contain_text("Passed")
    assert [url for url in sent if url.endswith("/quiz/")] == sent[:1]
    assert len(held) == 1
    assert QuizAttempt.objects.count() == 1


def in_place(request) -> bool:
    return request.method == "POST" and "hx-request" in request.headers


def test_a_door_that_closed_meanwhile_is_shown_as_the_page_it_is(learner, live_site, enrollment):
    page = learner
    page.goto(live_site + learn("Which needle"))
    revoke(enrollment=enrollment)

    page.get_by_role("radio", name="Number nine").check()
    page.get_by_role("button", name="Check my answers").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Which needle")
    expect(page.get_by_role("link", name="Buy it again")).to_be_visible()
    assert not QuizAttempt.objects.exists()


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        (lambda route: route.abort(), "No answer came, so this may not be saved."),
        (lambda route: route.fulfill(status=502, body="Bad gateway"), "Something went wrong"),
    ],
    ids=["nothing", "broken"],
)
def test_what_fails_is_said_and_can_be_sent_again(learner, live_site, fault, says):
    page = learner
    page.goto(live_site + learn("Which needle"))
    stay(page)
    page.get_by_role("radio", name="Number nine").check()
    page.route("**/quiz/", fault)
    button = page.get_by_role("button", name="Check my answers")

    button.click()
    expect(page.locator(".toast")).to_contain_text(says)
    expect(button).to_be_enabled()
    expect(button).to_be_focused()
    expect(page.get_by_role("radio", name="Number nine")).to_be_checked()

    page.unroute("**/quiz/")
    button.click()
    expect(page.locator(".quiz-result")).to_contain_text("Passed")
    expect(page.locator(".toast")).to_have_count(0)
    expect_stayed(page)


def test_a_strict_policy_for_content_leaves_swaps_alone(learner, live_site):
    page = learner
    complaints = []
    page.on(
        "console",
        lambda said: complaints.append(said.text) if "Content Security" in said.text else None,
    )
    page.route(f"**{learn('Which needle')}", with_policy)
    page.goto(live_site + learn("Which needle"))
    stay(page)

    page.get_by_role("radio", name="Number nine").check()
    page.get_by_role("button", name="Check my answers").click()

    expect(page.locator(".quiz-result")).to_be_focused()
    expect_stayed(page)
    assert complaints == []


def with_policy(route) -> None:
    answer = route.fetch()
    script = "".join(render_to_string(f"components/frame/{name}.js") for name in ("faces", "fades"))
    policy = STRICT.format(b64encode(sha256(script.encode()).digest()).decode())
    route.fulfill(response=answer, headers={**answer.headers, "content-security-policy": policy})


@pytest.fixture
def team_page(window, live_site, ada, bruno, course):
    """Ada at the team of her course."""
    address = f"/admin/my-courses/{course.pk}/team/"
    return arrive(window(), live_site, "ada", onward=address)


def test_a_team_changes_in_place(team_page, ada, course):
    page = team_page
    stay(page)
    people = page.get_by_role("list", name="Team")
    invited = page.get_by_role("list", name="Invited")
    address = page.get_by_label("E-mail address")
    messages = page.locator(".messages > ul > li")

    address.fill("ada@example.com")
    page.get_by_role("button", name="Send the invitation").click()
    expect(page.get_by_text("This is your own address.")).to_be_visible()
    expect(address).to_be_focused()
    expect(address).to_have_value("ada@example.com")

    address.fill("bruno@example.com")
    address.press("Enter")
    expect(messages).to_have_text(
        ["bruno@example.com is invited. Whoever has this address decides."]
    )
    expect(people).to_be_focused()
    expect(people.locator("b")).to_have_text(["Ada Okafor"])
    expect(invited.locator("b")).to_have_text(["bruno@example.com"])
    expect(address).to_have_value("")

    page.get_by_role("button", name="Take back the invitation to bruno@example.com").click()
    expect(messages).to_have_text(["The invitation to bruno@example.com is taken back."])
    expect(invited).to_have_count(0)

    add_instructor(course=course, email="bruno@example.com", by=ada)
    page.reload()
    stay(page)
    expect(people.locator("b")).to_have_text(["Ada Okafor", "Bruno Keller"])

    page.get_by_role("button", name="Remove Bruno Keller").click()
    expect(messages).to_have_text(["Bruno Keller is no longer on the team."])
    expect(people.locator("b")).to_have_text(["Ada Okafor"])

    add_instructor(course=course, email="bruno@example.com", by=ada)
    page.reload()
    stay(page)
    page.get_by_role("button", name="Make lead").click()
    expect(messages).to_have_text(["Bruno Keller leads the course now."])
    expect(page.get_by_text("Only the lead can invite or remove people.")).to_be_visible()
    expect_stayed(page)
    assert course.team.get(role="lead").user.email == "bruno@example.com"

    page.get_by_role("button", name="Leave the team").click()
    expect(messages).to_have_text(["Ada Okafor is no longer on the team."])
    expect(page.get_by_role("heading", level=1)).to_contain_text("Courses")


def test_an_address_stays_while_another_form_of_the_team_is_sent(team_page, ada, course):
    page = team_page
    add_instructor(course=course, email="bruno@example.com", by=ada)
    page.reload()
    stay(page)
    address = page.get_by_label("E-mail address")
    address.fill("dana@example.com")

    page.get_by_role("button", name="Remove Bruno Keller").click()

    expect(page.get_by_role("list", name="Team").locator("b")).to_have_text(["Ada Okafor"])
    expect(address).to_have_value("dana@example.com")
    expect_stayed(page)


def test_whoever_was_signed_out_signs_in_and_is_back_at_the_team(team_page, live_site, ada, course):
    page = team_page
    for session in Session.objects.all():
        SessionStore(session.session_key).delete()  # from the cache, too

    page.get_by_label("E-mail address").fill("bruno@example.com")
    page.get_by_role("button", name="Send the invitation").click()

    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Sign in|Welcome"))
    assert page.url.endswith(f"?next=/admin/my-courses/{course.pk}/team/")
    assert course.team.count() == 1


def test_what_fails_in_the_studio_is_said_in_its_own_messages(team_page):
    page = team_page
    page.route("**/team/", lambda route: route.abort())

    page.get_by_label("E-mail address").fill("bruno@example.com")
    page.get_by_role("button", name="Send the invitation").click()

    expect(page.locator(".messages > ul > li")).to_contain_text("No answer came")


def test_a_code_is_applied_refused_and_removed_in_place(window, live_site, course, cleo):
    a_coupon("FIELDBOOK", 25)
    checkout = f"{live_site}/courses/sewing-by-hand/checkout/"
    page = arrive(window(), live_site, "cleo")
    page.goto(checkout)
    stay(page)
    code, totals = page.get_by_label("Code"), page.locator("#checkout-totals")

    code.fill("NONESUCH")
    code.press("Enter")
    expect(page.get_by_role("alert")).to_have_text("That code is not valid for this course.")
    expect(code).to_be_focused()

    code.fill("fieldbook")
    page.get_by_role("button", name="Apply").click()
    expect(totals).to_contain_text("−€6.00")
    expect(page.get_by_role("button", name="Pay €18.00")).to_be_visible()
    expect(page.locator("body > [role=status].sr")).to_have_text("Total €18.00")
    expect(code).to_be_focused()
    assert page.url == f"{checkout}?code=fieldbook"

    page.get_by_role("link", name="Remove the code").click()
    expect(page.get_by_role("button", name="Pay €24.00")).to_be_visible()
    expect_stayed(page)

    page.go_back()
    expect(page.get_by_role("button", name="Pay €18.00")).to_be_visible()
    expect(page.get_by_role("heading", name="Checkout")).to_be_visible()


def test_all_of_it_works_without_a_script(new_context, live_site, enrollment, ada, bruno, course):
    page = arrive(new_context(java_script_enabled=False).new_page(), live_site, "cleo")
    page.goto(live_site + learn("Which needle"))
    page.get_by_role("button", name="Check my answers").click()
    expect(page.get_by_role("alert")).to_have_text("Pick an answer first.")
    page.get_by_role("radio", name="Number nine").check()
    page.get_by_role("button", name="Check my answers").click()
    expect(page.get_by_text("Passed: 1 of 1 right.")).to_be_visible()
    page.get_by_role("button", name="Not done after all").click()
    expect(page.get_by_role("button", name="Mark as done")).to_be_visible()

    address = f"/admin/my-courses/{course.pk}/team/"
    page = arrive(
        new_context(java_script_enabled=False).new_page(), live_site, "ada", onward=address
    )
    page.get_by_label("E-mail address").fill("bruno@example.com")
    page.get_by_role("button", name="Send the invitation").click()
    expect(page.get_by_text("bruno@example.com is invited.")).to_be_visible()
    page.get_by_role("button", name="Take back the invitation to bruno@example.com").click()
    expect(page.get_by_text("The invitation to bruno@example.com is taken back.")).to_be_visible()
    assert course.team.count() == 1
