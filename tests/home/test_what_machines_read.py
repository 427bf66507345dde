"""Sitemap, robots, canonical addresses and descriptions say the same of each public page."""

from collections import Counter
from collections.abc import Iterable, Iterator
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.models import PageViewRestriction

from courses import releases
from courses.models import LessonPage
from home.founding import found_site
from home.models import PlainPage
from storefront.models import CatalogueEntry
from tests.builders import a_category, a_course, a_released_course
from tests.people import person
from tests.sitemaps import named

pytestmark = pytest.mark.django_db

HOST = "http://testserver"


@pytest.fixture
def site(catalogue, ada):
    """A founded site with two courses; the first and the last lesson of one are open."""
    found_site()
    draft = a_course(
        by=ada, title="Sewing by hand", subtitle="Mend what you wear.", category=a_category("Craft")
    )
    first = LessonPage.objects.descendant_of(draft).order_by("path").first()
    first.is_preview = True
    first.body = [("rich_text", "<p>A seam is two stitches that agree.</p>")]
    first.save_revision()
    a_released_course(by=ada, course=draft)
    bread = {"title": "Rye bread", "subtitle": "Flour, water, salt and time."}
    a_released_course(by=ada, syllabus=["Feed the leaven", "Bake two loaves"], **bread)
    return first


class Read:
    """What a machine reads of a page, as somebody without an account."""

    def __init__(self, client, address: str) -> None:
        self.response = client.get(address)
        self.soup = BeautifulSoup(self.response.content, "html.parser")
        self.title = self.soup.title.get_text(strip=True) if self.soup.title else ""

    def meta(self, name: str, by: str = "name") -> str:
        found = self.soup.find("meta", {by: name})
        return found["content"].strip() if found else ""

    @property
    def canonical(self) -> str:
        found = self.soup.find("link", rel="canonical")
        return found["href"] if found else ""

    @property
    def is_indexed(self) -> bool:
        said = self.response.headers.get("X-Robots-Tag", "") + self.meta("robots")
        return self.response.status_code == 200 and "noindex" not in said

    def links(self, address: str) -> Iterator[str]:
        for link in self.soup.find_all("a", href=True):
            where = urljoin(address, link["href"]).split("#")[0]
            if where.startswith(HOST):
                yield where


def repeated(texts: Iterable[str]) -> list[str]:
    return [text for text, times in Counter(texts).items() if times > 1]


def test_what_the_sitemap_names_may_be_indexed_and_names_itself(site, client):
    robots = RobotFileParser()
    robots.parse(client.get("/robots.txt").text.splitlines())
    pages = {address: Read(client, address) for address in named(client)}

    assert f"{HOST}/learn/{site.uuid}/" in pages
    assert len(pages) > 10
    for address, page in pages.items():
        assert page.is_indexed, address
        assert robots.can_fetch("*", address), address
        assert page.canonical == page.meta("og:url", "property") == address
        assert page.meta("description") == page.meta("og:description", "property") != "", address


def test_no_two_pages_of_the_sitemap_tell_the_same(site, client):
    pages = [Read(client, address) for address in named(client)]

    assert repeated(page.title for page in pages) == []
    assert repeated(page.meta("description") for page in pages) == []


def test_every_public_page_that_may_be_indexed_is_in_the_sitemap(site, client):
    robots = RobotFileParser()
    robots.parse(client.get("/robots.txt").text.splitlines())
    known, ahead, found = set(), [f"{HOST}/"], set()
    while ahead:
        address = ahead.pop()
        if address in known or not robots.can_fetch("*", address):
            continue
        known.add(address)
        page = Read(client, address)
        if "html" not in page.response.headers["Content-Type"]:
            continue
        if page.is_indexed:
            found.add(page.canonical or f"{address} names no canonical address")
        if not urlsplit(address).query:
            ahead += page.links(address)

    assert found == set(named(client))


def test_an_open_lesson_begins_in_its_description(site, client):
    page = Read(client, f"/learn/{site.uuid}/")

    assert page.meta("description") == "A seam is two stitches that agree."
    assert page.response.headers["Cache-Control"] == "private, no-store"


def test_what_is_shown_of_an_open_lesson_elsewhere_is_not_indexed(site, client):
    assert not Read(client, f"/learn/{site.uuid}/?preview=1").is_indexed


def test_a_sitemap_longer_than_one_page_is_named_in_full(site, client, monkeypatch):
    monkeypatch.setattr("home.sitemap.building.PART", 1)

    assert {f"{HOST}/courses/{slug}/" for slug in ("rye-bread", "sewing-by-hand")} <= set(
        named(client)
    )


def test_the_sitemap_names_no_course_that_is_not_on_sale(site, client):
    CatalogueEntry.objects.filter(slug="sewing-by-hand").update(listed=False)
    sold = set(named(client))

    assert f"{HOST}/courses/rye-bread/" in sold
    assert f"{HOST}/courses/sewing-by-hand/" not in sold
    assert f"{HOST}/learn/{site.uuid}/" not in sold
    assert len([address for address in sold if "/learn/" in address]) == 1

    CatalogueEntry.objects.update(listed=False)
    left = {urlsplit(address).path for address in named(client)}

    assert "/courses/" in left and f"{HOST}/courses/" in named(client)
    assert not [path for path in left if path.startswith(("/learn/", "/courses/s", "/courses/r"))]
    assert not [address for address in named(client) if "category=" in address]
    assert reverse("storefront:producer", args=[person("ada").pk]) not in left


def test_the_sitemap_names_the_lessons_that_are_open_now(site, client, ada, mira):
    course = site.get_parent().get_parent().specific
    draft = site.get_latest_revision_as_object()
    draft.is_preview = False
    draft.save_revision(user=ada)
    last = LessonPage.objects.descendant_of(course).order_by("path").last()
    draft = last.get_latest_revision_as_object()
    draft.is_preview = True
    draft.save_revision(user=ada)
    release = releases.submit_course(course=course, user=ada)
    releases.approve_release(release=release, user=mira)

    lessons = [address for address in named(client) if "/learn/" in address]

    assert sorted(lessons) == sorted(
        f"{HOST}/learn/{lesson.uuid}/" for lesson in LessonPage.objects.filter(is_preview=True)
    )
    assert f"{HOST}/learn/{site.uuid}/" not in lessons


def test_the_sitemap_names_no_page_that_is_a_draft_or_for_some_only(site, client):
    refunds, terms = (PlainPage.objects.get(slug=slug) for slug in ("refunds", "terms"))
    assert {f"{HOST}/refunds/", f"{HOST}/terms/"} <= set(named(client))

    refunds.unpublish()
    PageViewRestriction.objects.create(page=terms, restriction_type="login")

    assert not {f"{HOST}/refunds/", f"{HOST}/terms/"} & set(named(client))


def test_a_course_of_nobody_puts_no_producer_into_the_sitemap(site, client):
    CatalogueEntry.objects.update(producer=None)

    assert not [address for address in named(client) if "None" in address]
    assert reverse("storefront:producer", args=[person("ada").pk]) not in "".join(named(client))
