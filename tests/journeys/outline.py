"""The course on one screen, as hands and eyes meet it."""

import re

from playwright.sync_api import Locator, Page, expect
from wagtail.users.models import UserProfile

from courses.models import CoursePage
from courses.outline.tour import DISMISSED
from tests.people import person

from .steps import arrive

# What waits to be sent, as the screen keeps it.
UNSENT = "(key) => JSON.parse(sessionStorage.getItem(key) ?? '[]').length"


def open_outline(
    page: Page, site: str, course: CoursePage, *, of: str = "ada", knows_it: bool = True
) -> Page:
    """``of`` opens the outline of ``course``; who ``knows_it`` is not led around."""
    if knows_it:
        profile = UserProfile.get_for_user(person(of))
        profile.dismissibles[DISMISSED] = True
        profile.save()
    arrive(page, site, of, onward=f"/admin/my-courses/{course.pk}/outline/")
    until_drawn(page)
    return page


def until_drawn(page: Page) -> None:
    """Waits until the script has drawn the rows, and hears keys and presses."""
    expect(page.locator("#outline-sums")).to_contain_text(re.compile("lesson|Nothing"))


def rows(page: Page) -> Locator:
    return page.locator("#outline-rows > .st-row")


def row(page: Page, title: str) -> Locator:
    """The row with exactly this title."""
    return rows(page).filter(has=page.locator(".name > a").get_by_text(title, exact=True))


def shown(page: Page) -> list[str]:
    """``["1 Tools", "1.1 Needles"]``: number and title of every row, as they stand."""
    script = """(rows) => rows.map((row) => {
      const number = row.querySelector(".no").firstChild?.textContent ?? ""
      return `${number} ${row.querySelector(".name > a").textContent}`.trim()
    })"""
    found: list[str] = rows(page).evaluate_all(script)
    return found


def expect_rows(page: Page, *expected: str) -> None:
    """Waits until these are the rows, in this order."""
    names = [" ".join(each.split(" ")[1:]) if each[0].isdigit() else each for each in expected]
    expect(rows(page).locator(".name > a")).to_have_text(names)
    assert shown(page) == list(expected)


def saved(page: Page, course: CoursePage) -> None:
    """Waits until nothing is on its way."""
    page.wait_for_function(f"({UNSENT})('outline-unsent-{course.pk}') === 0")


def unsent(page: Page, course: CoursePage) -> int:
    found: int = page.evaluate(UNSENT, f"outline-unsent-{course.pk}")
    return found


def heard(page: Page) -> Locator:
    """What a screen reader was told last."""
    return page.locator("#outline-voice")


def focus(page: Page, title: str) -> Locator:
    """The row with this title gets the focus, as if somebody had come to it."""
    found = row(page, title)
    found.focus()
    return found
