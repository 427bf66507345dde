"""The sitemap is written by a worker, part by part, and only read when it is asked for."""

from datetime import timedelta
from urllib.parse import urlsplit
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from courses.models import CoursePage, Promise
from courses.promises.keeping import sweep
from courses.releases import archive_course, unarchive_course
from home.founding import found_site
from home.models import PlainPage, SitemapPart
from home.sitemap import building
from home.sitemap.building import build, keep_sitemap
from storefront.models import CatalogueEntry
from tests.builders import a_released_course
from tests.bulk import many_courses
from tests.plans import most_rows_sorted, read_whole
from tests.sitemaps import NAMES, read

pytestmark = pytest.mark.django_db

HOST = "http://testserver"


@pytest.fixture
def unhurried(monkeypatch):
    """Written at once, however lately it was."""
    monkeypatch.setattr(building, "PAUSE", timedelta(0))


@pytest.fixture
def course(catalogue, ada):
    return a_released_course(by=ada, title="Sewing by hand", syllabus=["Threads"])


def address_of(course) -> str:
    return f"{HOST}/courses/{course.slug}/"


# Before the first was written


def test_before_the_first_is_written_robots_are_asked_to_come_back(client, course):
    SitemapPart.objects.all().delete()

    answer = client.get("/sitemap.xml")

    assert (answer.status_code, answer["Retry-After"]) == (503, "60")
    assert client.get("/sitemap-courses-1.xml").status_code == 404
    assert not SitemapPart.objects.exists()


def test_a_site_that_is_founded_has_one_soon(client, db, commit):
    with commit():
        found_site()

    assert f"{HOST}/courses/" in read(client)


def test_without_a_broker_the_sweeper_writes_the_first(client, db):
    found_site()  # nobody tells a worker of it
    assert client.get("/sitemap.xml").status_code == 503

    sweep(now=timezone.now() + timedelta(minutes=2))

    assert f"{HOST}/courses/" in read(client)


# What is true


def test_a_course_is_named_when_it_is_approved_and_forgotten_when_it_is_archived(
    client, ada, ivo, catalogue, commit, unhurried
):
    with commit():
        course = a_released_course(by=ada, title="Sewing by hand", syllabus=["Threads"])
        course.save()
    assert address_of(course) in read(client)
    assert f"{HOST}/producers/{ada.pk}/" in read(client)

    with commit():
        archive_course(course=course, user=ivo)
    assert address_of(course) not in read(client)
    assert f"{HOST}/producers/{ada.pk}/" not in read(client)

    with commit():
        unarchive_course(course=course, user=ivo)
    assert address_of(course) in read(client)


def test_a_page_that_is_closed_to_visitors_or_taken_back_is_forgotten(
    client, db, commit, unhurried
):
    with commit():
        found_site()
    terms, refunds = (f"{HOST}/{slug}/" for slug in ("terms", "refunds"))
    assert {terms, refunds} <= set(read(client))

    with commit():
        closed = PageViewRestriction.objects.create(
            page=PlainPage.objects.get(slug="terms"), restriction_type="login"
        )
    assert terms not in read(client)
    with commit():
        PlainPage.objects.get(slug="refunds").unpublish()
    assert refunds not in read(client)
    with commit():
        closed.delete()
    assert terms in read(client)


def test_changes_one_after_the_other_are_written_once_and_not_forgotten(client, course, commit):
    build()
    entry = CatalogueEntry.objects.get(course=course)
    entry.listed = False
    with commit():
        entry.save()

    assert address_of(course) in read(client)  # it was written less than a minute ago
    assert Promise.objects.filter(key="sitemap").count() == 0

    SitemapPart.objects.update(made_at=timezone.now() - timedelta(minutes=2))
    sweep(now=timezone.now() + timedelta(minutes=2))

    assert address_of(course) not in read(client)
    assert not Promise.objects.filter(name="home.sitemap").exists()


def test_lastmod_is_when_the_page_changed_and_that_of_a_part_its_newest(client, course, ada):
    other = a_released_course(by=ada, title="Rye bread", syllabus=["Leaven"])
    moments = {
        course: timezone.now().replace(microsecond=0) - timedelta(days=9),
        other: timezone.now().replace(microsecond=0) - timedelta(days=2),
    }
    for each, moment in moments.items():
        CatalogueEntry.objects.filter(course=each).update(updated_at=moment)
    build()

    part = ET.fromstring(client.get("/sitemap-courses-1.xml").content)
    found = {
        url.findtext("s:loc", None, NAMES): url.findtext("s:lastmod", None, NAMES) for url in part
    }
    index = ET.fromstring(client.get("/sitemap.xml").content)
    parts = {
        one.findtext("s:loc", None, NAMES): one.findtext("s:lastmod", None, NAMES) for one in index
    }

    assert found == {address_of(each): moment.isoformat() for each, moment in moments.items()}
    assert parts[f"{HOST}/sitemap-courses-1.xml"] == moments[other].isoformat()
    assert parts[f"{HOST}/sitemap-producers-1.xml"] == moments[other].isoformat()
    assert parts[f"{HOST}/sitemap-subjects-1.xml"] is None


def test_robots_are_led_to_the_index(client, course):
    robots = RobotFileParser()
    robots.parse(client.get("/robots.txt").text.splitlines())

    assert robots.site_maps() == [f"{HOST}/sitemap.xml"]


def test_addresses_are_those_of_the_name_under_which_it_is_asked(client, course, settings):
    settings.ALLOWED_HOSTS = ["courses.example.org", "testserver"]
    build()

    answer = client.get("/sitemap-courses-1.xml", headers={"Host": "courses.example.org"})

    assert f"<loc>http://courses.example.org/courses/{course.slug}/</loc>" in answer.text
    assert "{origin}" not in answer.text


def test_names_that_xml_would_stumble_over_are_written_well(client, course):
    CatalogueEntry.objects.filter(course=course).update(slug="a-b")
    SitemapPart.objects.all().delete()
    build()

    for address in ["/sitemap.xml", *(urlsplit(one).path for one in index_of(client))]:
        assert ET.fromstring(client.get(address).content) is not None


def index_of(client) -> list[str]:
    tree = ET.fromstring(client.get("/sitemap.xml").content)
    return [one.text for one in tree.findall("s:sitemap/s:loc", NAMES)]


# At any size


def fill(course: CoursePage, count: int, *, after: int = 0) -> None:
    many_courses(like=course, count=count, after=after)


def test_parts_hold_so_many_addresses_and_all_of_them_together(client, course, monkeypatch):
    monkeypatch.setattr(building, "PART", 100)
    fill(course, 249)
    build()

    sizes = [
        client.get(urlsplit(one).path).text.count("<url>")
        for one in index_of(client)
        if "courses" in one
    ]
    named = [one for one in read(client) if one.startswith(f"{HOST}/courses/sewing")]

    assert sizes == [100, 100, 50]
    assert len(named) == len(set(named)) == 250

    CatalogueEntry.objects.filter(title__endswith="7").update(listed=False)
    CatalogueEntry.objects.exclude(pk=course.pk).filter(title__endswith="1").update(listed=False)
    build()

    assert len([one for one in index_of(client) if "courses" in one]) == 2
    CatalogueEntry.objects.exclude(pk=course.pk).update(listed=False)
    build()
    assert len([one for one in index_of(client) if "courses" in one]) == 1


def test_reading_it_costs_the_same_at_any_size(client, course):
    def cost() -> list[int]:
        build()
        counted = []
        for address in ("/sitemap.xml", "/sitemap-courses-1.xml"):
            with CaptureQueriesContext(connection) as captured:
                assert client.get(address).status_code == 200
            assert [q["sql"] for q in captured if "home_sitemappart" not in q["sql"]] == []
            counted.append(len(captured))
        return counted

    fill(course, 100)
    of_hundreds = cost()
    fill(course, 2000, after=100)

    assert cost() == of_hundreds == [1, 1]


def test_each_part_is_written_from_an_index(course, monkeypatch):
    monkeypatch.setattr(building, "PART", 200)
    fill(course, 4000)

    with CaptureQueriesContext(connection) as captured:
        build()

    of_courses = [
        query for query in captured if '"storefront_catalogueentry"."slug"' in query["sql"]
    ]
    assert len(of_courses) == 22
    assert read_whole(of_courses, "storefront_catalogueentry") == []
    assert most_rows_sorted(of_courses) < 1000  # of four thousand


def test_a_worker_that_comes_too_soon_leaves_it_for_later(course):
    build()
    made = SitemapPart.objects.first().made_at

    keep_sitemap()

    assert SitemapPart.objects.first().made_at == made
    assert Promise.objects.get(key="sitemap:later").due_at > timezone.now()
