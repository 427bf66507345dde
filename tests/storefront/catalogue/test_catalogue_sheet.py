"""The catalogue without words: kept as one page for everybody, and never old.

The page cache's tests walk the same changes for visitors (``tests/site/page_cache``).
"""

import re
import time
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from courses.freshness.clock import the_clock
from courses.freshness.kept import NOW
from courses.freshness.watch import the_watch
from courses.models import Category, CoursePage
from courses.releases import approve_release, submit_course
from courses.releases.archiving import archive_course
from learners.reviews.writing import write_review
from storefront.catalogue import catalogue_sheet
from storefront.catalogue.entries import refresh_entry
from storefront.catalogue.views import catalogue as view
from storefront.models import CatalogueEntry
from tests.builders import a_category, a_course, a_released_course, an_enrollment
from tests.bulk import many_courses
from tests.people import logged_in

pytestmark = pytest.mark.django_db

OWN = 1  # query: the person
ADDRESS = "/courses/"


@pytest.fixture
def course(ada, mira):
    draft = a_course(by=ada, title="Sewing by hand", price="24.50", category=a_category("Craft"))
    return a_released_course(by=ada, course=draft)


@pytest.fixture
def reader(client, dana, course):
    """Somebody with an account, for whom the page is kept already."""
    logged_in(client, dana)
    client.get(ADDRESS)
    return client


def page_of(client, address: str = ADDRESS) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def cost_of(client, address: str = ADDRESS) -> int:
    with CaptureQueriesContext(connection) as asked:
        page_of(client, address)
    return len(asked)


def release(course, by, mira, **values) -> None:
    draft = CoursePage.objects.get(pk=course.pk).get_latest_revision_as_object()
    for name, value in values.items():
        setattr(draft, name, value)
    draft.save_revision(user=by)
    approve_release(release=submit_course(course=draft, user=by), user=mira)


def a_price(course, ada, mira, cleo):
    release(course, ada, mira, price=Decimal("31.50"))


def a_title(course, ada, mira, cleo):
    release(course, ada, mira, title="Sewing without haste")


def a_level(course, ada, mira, cleo):
    release(course, ada, mira, level="advanced")


def a_language(course, ada, mira, cleo):
    release(course, ada, mira, language="de")


def another_subject(course, ada, mira, cleo):
    subject = Category.objects.get()
    subject.name = "Handcraft"
    subject.save()


def another_name(course, ada, mira, cleo):
    ada.name = "Ada Lovell"
    ada.save(update_fields=["name"])
    refresh_entry(course=course)


def a_review(course, ada, mira, cleo):
    write_review(user=cleo, course=course, rating=4, content="Every seam holds.")


def one_more_course(course, ada, mira, cleo):
    a_released_course(by=ada, title="Knots that hold", price="9.75")


def a_course_less(course, ada, mira, cleo):
    archive_course(course=course, user=ada)


CHANGES = [
    (a_price, "31.50", "24.50"),
    (a_title, "Sewing without haste", "Sewing by hand"),
    (a_level, "Advanced", "All levels"),
    (a_language, 'lang="de"', None),
    (another_subject, "Handcraft", ">Craft<"),
    (another_name, "Ada Lovell", "Ada Okafor"),
    (a_review, "<b>4.0</b>", "Not rated yet"),
    (one_more_course, "Knots that hold", None),
    (a_course_less, "No course is on the shelf yet", "Sewing by hand"),
]


@pytest.mark.parametrize(("change", "new", "old"), CHANGES)
def test_a_change_is_on_the_very_next_answer(
    course, ada, mira, cleo, reader, commit, change, new, old
):
    with commit():
        an_enrollment(user=cleo, course=course)
    before = page_of(reader)
    assert cost_of(reader) == OWN
    assert new not in before
    assert old is None or old in before

    with commit():
        change(course, ada, mira, cleo)

    after = page_of(reader)
    assert new in after
    assert old is None or old not in after


def test_unless_what_is_kept_were_not_dropped(course, ada, mira, cleo, reader, commit, monkeypatch):
    """The control of the test above."""
    monkeypatch.setattr(the_watch(), "_listeners", [])
    with commit():
        a_price(course, ada, mira, cleo)

    assert "24.50" in page_of(reader)


@pytest.fixture
def changes_meanwhile(course, ada, mira, cleo, commit, monkeypatch):
    """A subject is named anew between what the page reads first, and its being made."""
    told = []
    read = view.the_categories

    def late():
        subjects = read()
        if not told:
            told.append(subjects)
            with commit():
                another_subject(course, ada, mira, cleo)
        return subjects

    monkeypatch.setattr(view, "the_categories", late)


def test_what_was_read_before_a_change_is_not_kept(changes_meanwhile, client):
    assert ">Craft<" in page_of(client)

    assert ">Craft<" not in page_of(client)


def test_unless_it_were_marked_too_late(changes_meanwhile, client, monkeypatch):
    """The control of the test above."""
    monkeypatch.setattr(view, "mark", lambda: NOW)
    assert ">Craft<" in page_of(client)

    assert ">Craft<" in page_of(client)


def test_a_change_that_another_process_told_is_seen_within_a_moment(reader, course):
    assert "24.50" in page_of(reader)
    CatalogueEntry.objects.filter(pk=course.pk).update(price=Decimal("31.50"))
    the_clock().tick(["catalogue"])
    time.sleep(0.021)

    assert "31.50" in page_of(reader)


def test_without_redis_the_page_is_made_each_time(reader, course, settings):
    settings.FRESHNESS_CLOCK = ""
    for price in ("31.50", "32.50"):
        CatalogueEntry.objects.filter(pk=course.pk).update(price=Decimal(price))
        assert price in page_of(reader)


def test_each_choice_of_filters_and_each_order_is_a_page_of_its_own(reader, ada, commit):
    with commit():
        a_released_course(by=ada, title="Knots that hold", price="0", level="advanced")
    addresses = ("/courses/?price=free", "/courses/?price=paid", "/courses/?sort=newest")
    titles = {"Sewing by hand", "Knots that hold"}
    shown = [{"Knots that hold"}, {"Sewing by hand"}, titles]

    for pages in (addresses, addresses):
        found = [page_of(reader, address) for address in pages]
        assert [{title for title in titles if title in page} for page in found] == shown
    assert [cost_of(reader, address) for address in addresses] == [OWN] * 3


def test_words_and_later_pages_are_made_each_time(reader, course):
    many_courses(like=course, count=30)
    catalogue_sheet._sheets._store.drop(None)
    older = reader.get(ADDRESS).context["older"]
    kept = len(catalogue_sheet._sheets._store)

    for address in ("/courses/?q=sewing", older):
        page_of(reader, address)
        assert cost_of(reader, address) == OWN + 2
    assert len(catalogue_sheet._sheets._store) == kept == 1


def test_what_is_kept_holds_nothing_of_whoever_was_there_first(client, course, cleo, dana):
    logged_in(client, cleo)
    theirs = page_of(client)
    visitor, stranger = page_of(Client()), page_of(logged_in(Client(), dana))

    assert "Cleo Marchetti" in theirs
    assert "Cleo" not in visitor + stranger
    entries = list(catalogue_sheet._sheets._store._values.values())
    assert len(entries) == 1
    kept = entries[0].value.head + entries[0].value.main.html
    assert not re.search("Cleo|cleo@|Dana|csrfmiddlewaretoken", kept)


def test_colours_and_language_are_the_readers_own(reader, settings):
    settings.LANGUAGES = [("en", "English"), ("de", "Deutsch")]
    reader.cookies["theme"] = "dark"
    assert 'data-theme="dark"' in page_of(reader)
    del reader.cookies["theme"]
    english = page_of(reader)
    assert "data-theme=" not in english
    reader.cookies[settings.LANGUAGE_COOKIE_NAME] = "de"

    assert page_of(reader) != english


def test_a_page_takes_the_room_that_it_says(reader, course):
    [entry] = catalogue_sheet._sheets._store._values.values()

    assert entry.size > len(entry.value.main.html.encode()) + len(entry.value.head.encode())
    assert catalogue_sheet._sheets.size == entry.size
    assert catalogue_sheet._sheets._store._values.maxsize == catalogue_sheet.MOST
