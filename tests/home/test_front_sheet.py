"""The front page of somebody who is signed in: kept but for what is theirs, and never old.

The page cache's tests walk the same changes for visitors (``tests/site/page_cache``).
"""

import time
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction, Site

from courses.freshness.clock import the_clock
from courses.freshness.watch import the_watch
from courses.models import Category, CoursePage, LessonPage
from courses.releases import approve_release, submit_course
from courses.releases.archiving import archive_course
from home.front import sheet as sheets
from home.models import HomePage
from learners.enrollment.progress import open_lesson
from storefront.models import CatalogueEntry, Seller
from tests.builders import a_category, a_course, a_released_course, an_enrollment
from tests.people import logged_in

pytestmark = pytest.mark.django_db

OWN = 2  # queries: the person, and that they have no course to go on with


@pytest.fixture
def course(ada, mira):
    draft = a_course(by=ada, title="Sewing by hand", price="24.75", category=a_category("Craft"))
    return a_released_course(by=ada, course=draft)


@pytest.fixture
def reader(client, dana, course):
    """Somebody with an account, for whom the page is kept already."""
    logged_in(client, dana)
    client.get("/")
    return client


def page_of(client) -> str:
    response = client.get("/")
    assert response.status_code == 200
    return response.content.decode()


def kept_page_of(client) -> str:
    with CaptureQueriesContext(connection) as asked:
        page = page_of(client)
    assert len(asked) == OWN
    return page


def a_price(course, ada, bruno, mira):
    draft = CoursePage.objects.get(pk=course.pk).get_latest_revision_as_object()
    draft.price = Decimal("31.50")
    draft.save_revision(user=ada)
    approve_release(release=submit_course(course=draft, user=ada), user=mira)


def a_new_course(course, ada, bruno, mira):
    a_released_course(by=bruno, title="Knots that hold")


def one_course_less(course, ada, bruno, mira):
    archive_course(course=course, user=ada)


def other_settings(course, ada, bruno, mira):
    Seller.objects.create(name="Perfomix Guild", return_days=14)


def another_subject(course, ada, bruno, mira):
    subject = Category.objects.get()
    subject.name = "Handcraft"
    subject.save()


def another_headline(course, ada, bruno, mira):
    home = HomePage.objects.get()
    home.headline = "Courses by hand"
    home.save_revision().publish()


CHANGES = [
    (a_price, "31.50", "24.75"),
    (a_new_course, "Knots that hold", "1 course from"),
    (one_course_less, "Your share of each sale", "Sewing by hand"),
    (other_settings, "14 days", "30 days"),
    (another_subject, "Handcraft", "Craft</"),
    (another_headline, "Courses by hand", "Courses by people who do the work</h1>"),
]


@pytest.mark.parametrize(("change", "new", "old"), CHANGES)
def test_a_change_is_on_the_very_next_answer(
    reader, course, ada, bruno, mira, commit, change, new, old
):
    before = " ".join(kept_page_of(reader).split()).replace("Craft <", "Craft</")
    assert old in before

    with commit():
        change(course, ada, bruno, mira)

    after = page_of(reader)
    assert new in after
    assert old not in after


def test_unless_what_is_kept_were_not_dropped(
    reader, course, ada, bruno, mira, commit, monkeypatch
):
    """The control of the test above."""
    monkeypatch.setattr(the_watch(), "_listeners", [])
    with commit():
        a_price(course, ada, bruno, mira)

    assert "24.75" in kept_page_of(reader)


def test_a_change_that_another_process_told_is_seen_within_a_moment(reader, course):
    assert "24.75" in kept_page_of(reader)
    CatalogueEntry.objects.filter(pk=course.pk).update(price=Decimal("31.50"))
    the_clock().tick(["catalogue"])
    time.sleep(0.021)

    page = page_of(reader)

    assert "31.50" in page
    assert "24.75" not in page


def test_without_redis_the_page_is_made_each_time(reader, course, settings):
    settings.FRESHNESS_CLOCK = ""
    for price in ("31.50", "32.50"):
        CatalogueEntry.objects.filter(pk=course.pk).update(price=Decimal(price))
        assert price in page_of(reader)


def test_a_headline_that_changes_while_the_page_is_on_its_way_is_not_old(
    client, dana, course, commit, monkeypatch
):
    """Wagtail reads the page first, and asks who may see it; meanwhile it is published anew."""
    serve, late = HomePage.serve, []

    def meanwhile(page, request, *args, **kwargs):
        if not late:
            late.append(page)
            with commit():
                another_headline(None, None, None, None)
        return serve(page, request, *args, **kwargs)

    monkeypatch.setattr(HomePage, "serve", meanwhile)
    logged_in(client, dana)
    page_of(client)

    assert "Courses by hand" in kept_page_of(client)


@pytest.mark.parametrize("theirs_first", [True, False])
def test_nobody_reads_where_another_stopped(client, course, cleo, dana, commit, theirs_first):
    lesson = LessonPage.objects.descendant_of(course).order_by("path")[1]
    with commit():
        open_lesson(enrollment=an_enrollment(user=cleo, course=course), lesson=lesson)
    own, others = logged_in(client, cleo), (logged_in(Client(), dana), Client())

    if not theirs_first:
        for other in others:
            page_of(other)
    theirs = page_of(own)

    assert "You opened this course" in theirs
    assert "Cleo Marchetti" in theirs
    for other in others:
        page = page_of(other)
        assert "You opened this course" not in page
        assert "Cleo" not in page
        assert "cleo@example.com" not in page
    assert "Dana Whitfield" not in page_of(own)
    for entry in sheets._sheets._store._values.values():
        kept = entry.value.head + entry.value.main.html
        assert not any(mark in kept for mark in ("Cleo", "Dana", "You opened this course", "csrf"))


def test_a_front_page_that_is_closed_is_closed_though_somebody_may_see_it(
    reader, course, dana, commit
):
    kept_page_of(reader)
    with commit():
        PageViewRestriction.objects.create(
            page=HomePage.objects.get(), restriction_type=PageViewRestriction.LOGIN
        )
    page_of(reader)
    page_of(reader)

    assert Client().get("/").status_code == 302


def test_unless_it_were_taken_for_open(reader, course, commit):
    """The control of the test above."""
    with commit():
        PageViewRestriction.objects.create(
            page=HomePage.objects.get(), restriction_type=PageViewRestriction.LOGIN
        )
    page_of(reader)
    [entry] = sheets._sheets._store._values.values()
    object.__setattr__(entry.value, "is_open", True)

    assert Client().get("/").status_code == 200


def test_a_draft_is_seen_by_whoever_previews_it_alone(reader, course):
    kept_page_of(reader)
    home = HomePage.objects.get()
    home.headline = "Nobody has approved this"

    preview = home.make_preview_request()

    assert "Nobody has approved this" in preview.rendered_content
    assert "Nobody has approved this" not in page_of(reader)
    assert "Nobody has approved this" not in page_of(Client())


def test_another_site_or_a_page_that_is_taken_back_is_asked_of_wagtail(reader, course, commit):
    kept_page_of(reader)
    with commit():
        Site.objects.all().delete()
    assert reader.get("/").status_code == 404


def test_only_reading_is_answered_from_what_is_kept(reader, course):
    with CaptureQueriesContext(connection) as asked:
        assert reader.head("/").status_code == 200
    assert len(asked) == OWN

    with CaptureQueriesContext(connection) as asked:
        reader.post("/", {})
    assert any("wagtailcore_site" in query["sql"] for query in asked)


def test_a_page_takes_the_room_that_it_says(reader, course):
    [entry] = sheets._sheets._store._values.values()

    assert entry.size > len(entry.value.main.html.encode()) + len(entry.value.head.encode())
    assert sheets._sheets.size == entry.size
    assert sheets._sheets._store._values.maxsize == sheets.MOST
