"""A word of sixty letters or a sum of millions never pushes a phone's page aside."""

from decimal import Decimal

import pytest
from playwright.sync_api import expect

from courses.models import LessonPage
from learners.enrollment.progress import mark_complete
from learners.models import Certificate
from storefront.models import CatalogueEntry
from tests.builders import a_category, a_chapter, a_course, a_lesson, a_released_course
from tests.people import person
from tests.storefront.shelf import a_review
from tests.storefront.shop import a_paid_order

from .steps import arrive

pytestmark = pytest.mark.browser

LONG = "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft"
QUESTION = {
    "question": f"<p>{LONG}?</p>",
    "options": [
        {"text": LONG, "correct": True, "feedback": LONG},
        {"text": LONG[::-1], "correct": False, "feedback": LONG},
    ],
    "explanation": f"<p>{LONG}</p>",
}
BODY = [
    ("heading", {"text": LONG, "level": "2"}),
    ("rich_text", f"<p>{LONG}</p><ul><li><b>{LONG}</b></li></ul>"),
    ("quote", {"text": LONG, "source": LONG}),
    ("code", {"language": "text", "code": LONG * 2, "caption": LONG}),
    ("callout", {"kind": "note", "title": LONG, "text": f"<p>{LONG}</p>"}),
]


@pytest.fixture
def course(live_shop, stripesim, ada, cleo):
    """Long in every word that stands anywhere, bought, finished, reviewed and certified."""
    for who in (ada, cleo):
        type(who).objects.filter(pk=who.pk).update(name=LONG, bio=LONG)
        who.refresh_from_db()
    draft = a_course(
        by=ada,
        title=LONG,
        subtitle=LONG,
        description=f"<p>{LONG}</p>",
        price="9999.99",
        category=a_category(LONG[:60]),
        what_you_will_learn=[("item", LONG)],
        requirements=[("item", LONG)],
        syllabus={},
    )
    chapter = a_chapter(under=draft, title=LONG)
    a_lesson(under=chapter, title=LONG, body=BODY, is_preview=True)
    a_lesson(under=chapter, title=LONG, body=[("single_choice", QUESTION)])
    course = a_released_course(by=ada, course=draft)
    a_paid_order(stripesim, buyer=cleo, course=course)
    CatalogueEntry.objects.update(students=1_234_567, rating=Decimal("4.57"), rating_count=987_654)
    a_review(course=course, by=LONG, content=LONG)
    return course


def too_wide(page, site, addresses) -> dict[str, list[str]]:
    """{address: what stands out of the screen}; empty is good."""
    found = {}
    for address in addresses:
        answer = page.goto(site + address)
        assert answer.ok, address
        if page.evaluate("document.documentElement.scrollWidth") > 320:
            found[address] = page.evaluate(STANDING_OUT)
    return found


STANDING_OUT = """() => [...document.querySelectorAll("body *")]
  .filter((element) => element.getBoundingClientRect().right > 321)
  .slice(-8)
  .map((element) => `${element.tagName} ${element.className}`)"""


def test_no_page_of_the_public_site_is_wider_than_a_small_phone(course, live_shop, dana, page):
    page.set_viewport_size({"width": 320, "height": 640})
    read, asked = LessonPage.objects.descendant_of(course).order_by("path")
    shop = [
        "/",
        "/courses/",
        f"/courses/?q={LONG}",
        f"/courses/{course.slug}/",
        f"/producers/{person('ada').pk}/",
        f"/learn/{read.uuid}/",
    ]
    assert too_wide(page, live_shop, shop) == {}

    arrive(page, live_shop, "dana")
    assert too_wide(page, live_shop, [f"/courses/{course.slug}/checkout/"]) == {}
    page.get_by_role("button", name="Pay").click()
    expect(page.get_by_text("Pay with a test card")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.context.clear_cookies()

    arrive(page, live_shop, "cleo")
    enrollment = person("cleo").enrollments.get()
    order = person("cleo").orders.get()
    own = [
        "/",
        "/my-learning/",
        f"/my-learning/{course.uuid}/history/",
        f"/my-learning/{course.uuid}/review/",
        f"/learn/{read.uuid}/",
        f"/learn/{asked.uuid}/",
        f"/courses/{course.slug}/",
        "/purchases/",
        f"/purchases/{order.pk}/",
        f"/purchases/{order.pk}/return/",
        "/account/",
        "/account/teach/",
    ]
    assert too_wide(page, live_shop, own) == {}

    mark_complete(enrollment=enrollment, lesson=read)
    page.goto(f"{live_shop}/learn/{asked.uuid}/")
    page.locator(".quiz input").first.check()
    page.get_by_role("button", name="Check my answers").click()
    page.get_by_text("Passed: 1 of 1 right.").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    proof = f"/certificates/{Certificate.objects.get().code}/"
    assert too_wide(page, live_shop, [proof, "/my-learning/", f"/courses/{course.slug}/"]) == {}
