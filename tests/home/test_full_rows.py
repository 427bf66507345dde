"""Grids of cards and of subjects at small numbers: every row is full, whatever the width."""

from itertools import groupby

import pytest
from django.template.loader import render_to_string
from django.utils import timezone
from playwright.sync_api import Page

from storefront.models import CatalogueEntry
from tests.builders import a_category

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

COUNTS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 100]
# A pixel for rounding.
SLACK = 1.5
MEASURE = """() => {
  const grid = document.querySelector('.full-rows');
  const box = grid.getBoundingClientRect();
  return {
    left: box.left, right: box.right, gap: parseFloat(getComputedStyle(grid).columnGap) || 0,
    overflow: document.documentElement.scrollWidth - document.documentElement.clientWidth,
    items: [...grid.children].map((item) => {
      const one = item.getBoundingClientRect();
      const parts = [...item.children].map((part) => part.getBoundingClientRect());
      return {
        left: one.left, right: one.right, top: Math.round(one.top), bottom: one.bottom,
        spills: parts.some((part) => part.right > one.right + 1 || part.bottom > one.bottom + 1),
      };
    }),
  };
}"""


@pytest.fixture
def shown(live_site, page: Page):
    """Opens a page of the site, and puts so many cards into its middle."""
    page.goto(f"{live_site}/help/")
    subject = a_category()

    def show(count: int) -> dict:
        entries = [
            CatalogueEntry(
                pk=pk,
                slug=f"sewing-{pk}",
                title="Sewing by hand" + " with a needle and patience" * (pk % 3),
                producer_name="Ada Okafor",
                category=subject,
                cover_url="data:,",
                level="beginner",
                minutes=60,
                price=24,
                published_at=timezone.now(),
                currency="EUR",
            )
            for pk in range(1, count + 1)
        ]
        html = render_to_string("components/cards.html", {"entries": entries})
        page.evaluate("html => { document.querySelector('main').innerHTML = html }", html)
        page.evaluate("document.querySelector('main').className = 'wrap'")
        return page.evaluate(MEASURE)

    return show


def rows_of(measured: dict) -> list[list[dict]]:
    return [list(row) for _, row in groupby(measured["items"], key=lambda item: item["top"])]


@pytest.mark.parametrize("width", [390, 700, 1024, 1440])
def test_every_row_is_full(page, shown, width):
    page.set_viewport_size({"width": width, "height": 900})
    for count in COUNTS:
        measured = shown(count)
        rows = rows_of(measured)

        assert sum(map(len, rows)) == count
        assert measured["overflow"] <= 0
        for row in rows:
            assert abs(row[0]["left"] - measured["left"]) <= SLACK, (count, width)
            assert abs(row[-1]["right"] - measured["right"]) <= SLACK, (count, width)
            wide = {round(item["right"] - item["left"]) for item in row}
            assert max(wide) - min(wide) <= 1, (count, width)
        assert not any(item["spills"] for item in measured["items"]), (count, width)
        # Wider ones stand above narrower ones, never below.
        lengths = [len(row) for row in rows]
        assert lengths == sorted(lengths), (count, width)


@pytest.mark.parametrize(("width", "most"), [(390, 1), (700, 2), (1024, 3), (1440, 4)])
def test_a_page_of_the_catalogue_fills_rows_of_one_length(page, shown, width, most):
    page.set_viewport_size({"width": width, "height": 900})

    assert [len(row) for row in rows_of(shown(12))] == [most] * (12 // most)


def test_one_card_alone_lies_across_its_row(page, shown):
    page.set_viewport_size({"width": 1440, "height": 900})
    (alone,) = shown(1)["items"]

    assert alone["bottom"] - alone["top"] < (alone["right"] - alone["left"]) / 2
