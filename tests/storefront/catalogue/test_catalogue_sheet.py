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
from courses.freshness.kept import NOW, Kept
from courses.freshness.pages import SECONDS
from courses.freshness.watch import the_watch
from courses.models import Category, CoursePage
from courses.releases import approve_release, submit_course
from courses.releases.archiving import archive_course
from learners.reviews.writing import write_review
from storefront.catalogue import catalogue_sheet
from storefront.catalogue.entries import refresh_entry
from storefront.catalogue.views import catalogue as view
from storefront.models import CatalogueEntry, Synonyms
from tests.builders import a_category, a_course, a_released_course, an_enrollment
from tests.bulk import many_courses
from tests.forgetting import forget_what_is_kept
from tests.people import logged_in

pytestmark = pytest.mark.django_db

OWN = 1  # query: the person
ADDRESS, SEARCH = "/courses/", "/courses/?q=sewing"


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


def one_more_like_it(course, ada, mira, cleo):
    a_released_course(by=ada, title="Sewing out of leather", price="9.75")


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


ADDED_OR_TAKEN = (a_title, one_more_course, a_course_less)


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


@pytest.mark.parametrize("address", [ADDRESS, SEARCH])
def test_each_host_has_pages_that_name_itself(reader, settings, address):
    settings.ALLOWED_HOSTS = ["testserver", "shop.example"]
    page_of(reader, address)

    elsewhere = reader.get(address, headers={"host": "shop.example"}).text

    assert 'href="http://shop.example/courses/' in elsewhere
    assert "http://testserver" not in elsewhere


def test_later_pages_are_made_each_time(reader, course):
    many_courses(like=course, count=30)
    for first in (ADDRESS, SEARCH):
        forget_what_is_kept()
        older = reader.get(first).context["older"]
        page_of(reader, older)

        assert cost_of(reader, older) == OWN + 2
        assert kept() == 1


# With words


def kept() -> int:
    stores = (catalogue_sheet._sheets, catalogue_sheet._of_words)
    return sum(len(store._store) for store in stores)


def words_that_say_the_same(course, ada, mira, cleo):
    Synonyms.objects.create(words="sewing, knots")


CHANGES_OF_A_SEARCH = [
    *((change, new, old) for change, new, old in CHANGES if change not in ADDED_OR_TAKEN),
    (a_title, "</mark> without haste", "</mark> by hand"),
    (one_more_like_it, "out of leather", None),
    (a_course_less, "No course on “sewing” yet", "by hand"),
]


@pytest.mark.parametrize(("change", "new", "old"), CHANGES_OF_A_SEARCH)
def test_a_change_is_on_the_very_next_answer_of_a_search(
    course, ada, mira, cleo, reader, commit, change, new, old
):
    with commit():
        an_enrollment(user=cleo, course=course)
    before = page_of(reader, SEARCH)
    assert cost_of(reader, SEARCH) == OWN
    assert new not in before
    assert old is None or old in before

    with commit():
        change(course, ada, mira, cleo)

    after = page_of(reader, SEARCH)
    assert new in after
    assert old is None or old not in after


def test_unless_a_search_were_not_dropped(course, ada, mira, cleo, reader, commit, monkeypatch):
    """The control of the test above."""
    page_of(reader, SEARCH)
    monkeypatch.setattr(the_watch(), "_listeners", [])
    with commit():
        a_price(course, ada, mira, cleo)

    assert "24.50" in page_of(reader, SEARCH)


def test_a_synonym_holds_at_once(course, ada, mira, cleo, reader, commit):
    found, address = "<mark>Sewing</mark> by hand", "/courses/?q=knots"
    for _ in range(2):
        assert found not in page_of(reader, address)
    with commit():
        words_that_say_the_same(course, ada, mira, cleo)

    assert found in page_of(reader, address)


def test_what_may_have_been_meant_is_meant_while_there_is_such_a_course(
    course, ada, mira, cleo, reader, commit
):
    meant = "Showing results for <b>“sewing”</b>"
    assert meant in page_of(reader, "/courses/?q=sewign")
    assert cost_of(reader, "/courses/?q=sewign") == OWN

    with commit():
        a_course_less(course, ada, mira, cleo)

    assert meant not in page_of(reader, "/courses/?q=sewign")


def test_a_search_is_counted_anew_after_a_minute(reader, course, monkeypatch):
    page_of(reader, SEARCH)
    later = time.monotonic() + SECONDS
    monkeypatch.setattr("courses.freshness.kept.time.monotonic", lambda: later)
    the_watch().look(again=True)

    assert cost_of(reader, SEARCH) == OWN + 2


def test_each_way_to_write_a_word_is_told_as_it_was_written(reader, course):
    for _ in range(2):
        assert "“SEWING”" in apart_of(page_of(reader, "/courses/?q=SEWING"))
        assert "“sewing”" in apart_of(page_of(reader, "/courses/?q=sewing"))


def apart_of(page: str) -> str:
    """Without the signs that keep a foreign text apart."""
    return re.sub("[\u2066-\u2069]", "", page)


def test_searches_without_end_take_no_more_room_and_no_filters_place(reader, course, monkeypatch):
    few = Kept(30_000)
    monkeypatch.setattr(catalogue_sheet, "_of_words", few)
    page_of(reader)
    for number in range(20):
        page_of(reader, f"/courses/?q=sewing+{number}")

    assert 1 < len(few._store) < 20
    assert few.size <= 30_000
    assert cost_of(reader) == OWN


def test_a_search_takes_the_room_that_it_says(reader, course):
    page = page_of(reader, SEARCH)
    [entry] = catalogue_sheet._of_words._store._values.values()

    sheet = entry.value.unpacked()
    assert sheet.head in page
    assert sheet.main.html in page
    assert len(entry.value._main._bytes) < len(sheet.main.html) / 2
    assert entry.size > len(entry.value._main._bytes) + len(sheet.head) + len(sheet.heading)
    assert catalogue_sheet._of_words.size == entry.size
    assert catalogue_sheet._of_words._store._values.maxsize == catalogue_sheet.MOST_OF_WORDS


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
