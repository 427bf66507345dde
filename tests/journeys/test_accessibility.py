"""No axe violation and nothing too wide, narrow and wide, light and dark; keys are enough.

The shop, its checkout and its receipts are looked at where they are tested
(``tests/storefront``); here is everything around them.
"""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from courses.models import LessonPage
from courses.releases import ask_for_changes
from courses.teams.invitations import invite
from learners.enrollment.enrollments import enroll
from learners.enrollment.progress import mark_complete
from learners.models import Certificate, Enrollment
from storefront.returns.requests import decide_request, request_return
from tests.builders import a_chapter, a_course, a_lesson, a_released_course, a_submission
from tests.storefront.shop import a_course_on_sale, a_paid_order

from .steps import arrive

pytestmark = pytest.mark.browser

SETTLED = "Promise.all(document.getAnimations().map(each => each.finished.catch(() => null)))"
SIZES = [(390, 844), (1440, 900)]
VIDEO = {
    "title": "Waxing a thread",
    "url": "https://vimeo.com/76979871",
    "file": None,
    "thumbnail": None,
    "duration": 120,
    "captions": [],
    "transcript": "Draw the thread over the wax twice.",
}
QUESTION = {
    "question": "<p>Which needle is thicker?</p>",
    "options": [
        {"text": "Number five", "correct": True, "feedback": ""},
        {"text": "Number nine", "correct": False, "feedback": "Numbers fall as needles grow."},
    ],
    "explanation": "<p>Numbers fall as needles grow.</p>",
}


TABLE = {
    "cells": {
        "columns": [
            {"type": "text", "heading": "Needle"},
            {"type": "number", "heading": "Length"},
        ],
        "rows": [{"values": ["<p>Number five</p>", "30 mm"]}],
        "caption": "Needles",
    },
    "row_heads": False,
}


@pytest.fixture
def course(catalogue, ada):
    """A text, a video and a quiz; the text is open to everybody."""
    draft = a_course(by=ada, title="Sewing by hand", syllabus={})
    tools = a_chapter(under=draft, title="Tools")
    a_lesson(under=tools, title="Two needles and a thread", is_preview=True)
    a_lesson(under=tools, title="Waxing a thread", body=[("video", VIDEO)])
    a_lesson(under=tools, title="Which needle", body=[("single_choice", QUESTION)])
    return a_released_course(by=ada, course=draft)


def learn(title: str) -> str:
    return f"/learn/{LessonPage.objects.get(title=title).uuid}/"


def faults(page, site, addresses) -> dict[str, list[str]]:
    """{page, width and colours: what is wrong there}; empty is good."""
    found = {}
    for address in addresses:
        page.goto(site + address)
        for width, height in [*SIZES, (320, 640)]:
            page.set_viewport_size({"width": width, "height": height})
            wrong = []
            if page.evaluate("document.documentElement.scrollWidth") > width:
                wrong.append("too wide")
            for scheme in ("light", "dark") if width != 320 else ():
                page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
                page.evaluate(SETTLED)  # Wagtail's buttons fade from one scheme to the other
                wrong += [
                    f"{scheme}: {each['id']}: {node['target']}"
                    for each in Axe().run(page).response["violations"]
                    for node in each["nodes"]
                ]
            if wrong:
                found[f"{address} {width}"] = wrong
    return found


def test_pages_of_a_guest_are_for_everybody(window, live_site, course):
    addresses = [
        "/",
        "/courses/",
        "/courses/?q=harpsichord",
        "/courses/sewing-by-hand/",
        "/accounts/signup/",
        "/accounts/login/",
        "/accounts/password/reset/",
        "/certificates/verify/",
        "/help/",
        "/help/sent/",
        "/nothing-here/",
        learn("Two needles and a thread"),
        learn("Which needle"),  # closed to a guest
    ]
    assert faults(window(), live_site, addresses) == {}


def test_pages_of_a_learner_are_for_everybody(window, live_site, course, cleo):
    page = arrive(window(), live_site, "cleo")
    assert faults(page, live_site, ["/my-learning/", "/purchases/"]) == {}  # empty yet

    enrollment = enroll(user=cleo, course=course)
    lessons = ["Two needles and a thread", "Waxing a thread", "Which needle"]
    addresses = [
        *map(learn, lessons),
        "/my-learning/",
        f"/my-learning/{course.uuid}/history/",
        f"/my-learning/{course.uuid}/review/",
        "/account/",
        "/account/teach/",
        "/help/",
    ]
    assert faults(page, live_site, addresses) == {}

    mark_complete(enrollment=enrollment, lesson=LessonPage.objects.get(title=lessons[0]))
    assert faults(page, live_site, ["/my-learning/"]) == {}


def test_pages_of_a_return_are_for_everybody(window, live_site, stripesim, ada, cleo, ivo):
    orders = [
        a_paid_order(
            stripesim, buyer=cleo, course=a_course_on_sale(by=ada, price="24.00", title=title)
        )
        for title in ("Sewing by hand", "Darning", "A shirt in a weekend")
    ]
    Enrollment.objects.exclude(course__title="Sewing by hand").update(studied_percent=60)
    _at_once, declined, waiting = orders
    asked = request_return(order=declined, by=cleo, words="It darns nothing.")
    decide_request(request=asked, by=ivo, grant=False, answer="Lesson 2 darns a sock.")
    asked = request_return(order=waiting, by=cleo, words="My weekend was shorter.")

    page = arrive(window(), live_site, "cleo")
    addresses = ["/purchases/"]
    for order in orders:
        addresses += [f"/purchases/{order.pk}/", f"/purchases/{order.pk}/return/"]
    assert faults(page, live_site, addresses) == {}


def test_invitations_are_for_everybody(window, live_site, course, ada, bruno):
    invite(course=course, email=bruno.email, by=ada)
    team = f"/admin/my-courses/{course.pk}/team/"

    assert faults(arrive(window(), live_site, "ada"), live_site, [team]) == {}
    assert faults(arrive(window(), live_site, "bruno"), live_site, ["/admin/my-courses/"]) == {}


def test_what_waits_and_what_is_missing_is_for_everybody(window, live_site, ada, bruno, mira):
    asked = a_submission(by=ada, title="A shirt in a weekend")
    ask_for_changes(release=asked, user=mira, note="My weekend was shorter.")
    lacking = a_course(by=ada, title="Darning", subtitle="", description="")
    invite(course=a_course(by=bruno, title="Bread from rye"), email=ada.email, by=bruno)
    addresses = ["/admin/", "/admin/my-courses/", f"/admin/reviews/course/{asked.course_id}/"]
    addresses += [
        f"/admin/my-courses/{key}/before-you-submit/" for key in (lacking.pk, asked.course_id)
    ]

    assert faults(arrive(window(), live_site, "ada"), live_site, addresses) == {}


def test_the_studio_of_a_producer_is_for_everybody(window, live_site, course):
    page = arrive(window(), live_site, "ada")
    addresses = [
        "/admin/",
        "/admin/shop/sales/",
        f"/admin/pages/{course.pk}/",
        f"/admin/pages/{course.pk}/edit/",
        f"/admin/pages/{LessonPage.objects.get(title='Which needle').pk}/edit/",
    ]
    found = faults(page, live_site, addresses)

    # Wagtail's own editor is wider than a phone in places; here it is asked for names.
    assert {where: named for where, wrong in found.items() if (named := unnamed(wrong))} == {}


def test_the_picker_of_blocks_tells_its_groups(window, live_site, course):
    page = arrive(window(), live_site, "ada")
    lesson = LessonPage.objects.get(title="Which needle")
    page.goto(f"{live_site}/admin/pages/{lesson.pk}/edit/")
    page.locator("button.c-sf-add-button").first.click()

    for group in ("Text", "Media"):
        expect(page.get_by_role("group", name=group, exact=True)).to_be_visible()


def test_cells_of_a_table_are_named_by_column_and_row(window, live_site, course):
    lesson = LessonPage.objects.get(title="Which needle")
    lesson.body = [("table", TABLE)]
    lesson.save_revision()
    page = arrive(window(), live_site, "ada")
    page.goto(f"{live_site}/admin/pages/{lesson.pk}/edit/")

    expect(page.get_by_role("textbox", name="Length, 1", exact=True)).to_have_value("30 mm")
    expect(page.get_by_role("textbox", name="Needle, 1", exact=True)).to_have_text("Number five")
    page.locator(".column-heading").nth(1).fill("Weight")
    expect(page.get_by_role("textbox", name="Weight, 1", exact=True)).to_have_value("30 mm")
    page.get_by_role("button", name="Insert row").last.click()
    expect(page.get_by_role("textbox", name="Weight, 2", exact=True)).to_be_visible()


def test_decisions_on_a_course_are_for_everybody(window, live_site, course, mira):
    page = arrive(window(), live_site, "mira")
    assert faults(page, live_site, [f"/admin/reviews/course/{course.pk}/"]) == {}


def unnamed(wrong: list[str]) -> list[str]:
    return [fault for fault in wrong if "label" in fault or "name" in fault]


def test_the_player_and_the_certificate_are_reached_by_keys_alone(window, live_site, course, cleo):
    enroll(user=cleo, course=course)
    page = arrive(window(), live_site, "cleo")
    page.goto(live_site + learn("Two needles and a thread"))

    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    reach(page, page.get_by_role("button", name="Mark as done"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Not done after all")).to_be_focused()
    reach(page, page.get_by_role("link", name="Next lesson"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Waxing a thread")
    reach(page, page.get_by_role("button", name="Mark as done"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Not done after all")).to_be_focused()
    reach(page, page.get_by_role("link", name="Next lesson"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Which needle")
    reach(page, page.get_by_role("radio", name="Number five"))
    page.keyboard.press("Space")
    reach(page, page.get_by_role("button", name="Check my answers"))
    page.keyboard.press("Enter")
    expect(page.get_by_text("Passed: 1 of 1 right.")).to_be_visible()
    reach(page, page.get_by_role("link", name="Your certificate"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Certificate of Cleo Marchetti")

    address = f"/certificates/{Certificate.objects.get().code}/"
    assert faults(page, live_site, [address, "/my-learning/"]) == {}


def reach(page, wanted) -> None:
    """Tab to what is wanted; whatever has the focus on the way can be seen to have it."""
    expect(wanted).to_be_visible()
    for _ in range(60):
        page.keyboard.press("Tab")
        assert page.evaluate(FOCUS_SHOWS), page.evaluate("document.activeElement.outerHTML")
        if wanted.evaluate("element => element === document.activeElement"):
            return
    pytest.fail(f"{wanted} cannot be reached by Tab.")


FOCUS_SHOWS = """() => {
  const focused = document.activeElement;
  if (focused === document.body || focused.tagName === "IFRAME") return true;
  return [focused, focused.closest("label"), focused.parentElement].some((element) => {
    if (!element) return false;
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
    const outlined = outlineStyle !== "none" && parseFloat(outlineWidth) > 0;
    return outlined || boxShadow !== "none";
  });
}"""
