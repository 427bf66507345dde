"""The course page of somebody who is signed in: kept but for what is theirs, and never old.

The page cache's tests walk the same changes for visitors (``tests/site/page_cache``).
"""

import re
import time
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from courses.freshness import kept
from courses.freshness.clock import the_clock
from courses.freshness.kept import NOW
from courses.freshness.watch import the_watch
from courses.models import Category, CoursePage, CourseTeamMember, ReleaseItem
from courses.releases import approve_release, submit_course
from courses.releases.archiving import archive_course
from courses.teams.members import make_lead
from learners.models import EnrollmentStatus, Review
from learners.reviews.writing import write_review
from storefront.catalogue import course_sheet
from storefront.catalogue.entries import refresh_entry
from storefront.catalogue.selectors import standing
from storefront.catalogue.views import course as view
from storefront.models import CatalogueEntry, Seller
from tests.builders import a_category, a_course, a_released_course, an_enrollment
from tests.people import logged_in

pytestmark = pytest.mark.django_db

OWN = 2  # queries: person, standing
ADDRESS = "/courses/sewing-by-hand/"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


@pytest.fixture
def course(ada, mira):
    draft = a_course(by=ada, title="Sewing by hand", price="24.00", category=a_category("Craft"))
    return a_released_course(by=ada, course=draft)


@pytest.fixture
def reader(client, dana, course):
    """Somebody with an account, for whom the page is kept already."""
    logged_in(client, dana)
    client.get(ADDRESS)
    return client


def page_of(client) -> str:
    response = client.get(ADDRESS)
    assert response.status_code == 200
    return response.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def kept_page_of(client) -> str:
    """The page, which was there already."""
    with CaptureQueriesContext(connection) as asked:
        page = page_of(client)
    assert len(asked) == OWN
    return page


def release(course, by, mira, **values) -> None:
    draft = CoursePage.objects.get(pk=course.pk).get_latest_revision_as_object()
    for name, value in values.items():
        setattr(draft, name, value)
    draft.save_revision(user=by)
    approve_release(release=submit_course(course=draft, user=by), user=mira)


def a_price(course, ada, bruno, mira, cleo):
    release(course, ada, mira, price=Decimal("31.50"))


def a_title(course, ada, bruno, mira, cleo):
    release(course, ada, mira, title="Sewing without haste")


def a_review(course, ada, bruno, mira, cleo):
    write_review(user=cleo, course=course, rating=2, content="Too slow for me.")


def a_review_removed(course, ada, bruno, mira, cleo):
    Review.objects.get().delete()


def another_name(course, ada, bruno, mira, cleo):
    cleo.name = "Clea Bianchi"
    cleo.save(update_fields=["name"])


def other_settings(course, ada, bruno, mira, cleo):
    Seller.objects.create(name="Perfomix Guild", return_days=14)


def another_subject(course, ada, bruno, mira, cleo):
    subject = Category.objects.get()
    subject.name = "Handcraft"
    subject.save()


def another_bio(course, ada, bruno, mira, cleo):
    ada.bio = "Thirty years at the cutting table."
    ada.save(update_fields=["bio"])


def another_lead(course, ada, bruno, mira, cleo):
    make_lead(member=CourseTeamMember.objects.create(course=course, user=bruno), by=ada)


def the_price_of_another_course(course, ada, bruno, mira, cleo):
    release(CoursePage.objects.get(title="Knots that hold"), bruno, mira, price=Decimal("7.25"))


CHANGES = [
    (a_price, "31.50", "24.00"),
    (a_title, "Sewing without haste", "Sewing by hand"),
    (a_review, "Too slow for me.", "Every seam holds."),
    (a_review_removed, "Nobody has reviewed this course yet.", "Every seam holds."),
    (another_name, "Clea B.", "Cleo M."),
    (other_settings, "within 14 days", "within 30 days"),
    (another_subject, "Handcraft", ">Craft<"),
    (another_bio, "Thirty years at the cutting table.", "Ten years at it."),
    (another_lead, '"name": "Bruno Keller"', '"name": "Ada Okafor"'),
    (the_price_of_another_course, "7.25", "9.75"),
]


@pytest.fixture
def everything(course, ada, bruno, mira, cleo, commit):
    ada.bio = "Ten years at it."
    ada.save(update_fields=["bio"])
    a_released_course(by=bruno, title="Knots that hold", price="9.75")
    an_enrollment(user=cleo, course=course)
    with commit():
        write_review(user=cleo, course=course, rating=4, content="Every seam holds.")
    return course, ada, bruno, mira, cleo


@pytest.mark.parametrize(("change", "new", "old"), CHANGES)
def test_a_change_is_on_the_very_next_answer(everything, reader, commit, change, new, old):
    before = kept_page_of(reader)
    assert new not in before
    assert old in before

    with commit():
        change(*everything)

    after = page_of(reader)
    assert new in after
    assert old not in after


def test_unless_what_is_kept_were_not_dropped(everything, reader, commit, monkeypatch):
    """The control of the test above."""
    monkeypatch.setattr(the_watch(), "_listeners", [])
    with commit():
        a_price(*everything)

    assert "24.00" in kept_page_of(reader)


@pytest.fixture
def changes_meanwhile(everything, commit, monkeypatch):
    """The price changes between what the page reads first, and its being made."""
    told = []

    def late(user, course_id):
        if not told:
            told.append(course_id)
            with commit():
                a_price(*everything)
        return standing(user, course_id)

    monkeypatch.setattr(view, "standing", late)


def test_what_was_read_before_a_change_is_not_kept(changes_meanwhile, client, dana):
    logged_in(client, dana)
    assert "24.00" in page_of(client)

    assert "24.00" not in page_of(client)


def test_unless_it_were_marked_too_late(changes_meanwhile, client, dana, monkeypatch):
    """The control of the test above."""
    monkeypatch.setattr(course_sheet._sheets, "mark", lambda: NOW)
    logged_in(client, dana)
    assert "24.00" in page_of(client)

    assert "24.00" in page_of(client)


def test_a_course_that_leaves_the_shop_is_gone_from_the_next_answer_on(
    reader, course, ada, cleo, commit
):
    an_enrollment(user=cleo, course=course)
    kept_page_of(reader)

    with commit():
        archive_course(course=course, user=ada)

    gone = reader.get(ADDRESS)
    assert gone.status_code == 404
    assert "not sold any more" in gone.content.decode()
    assert "You keep it" in page_of(logged_in(reader, cleo))


def test_a_change_that_another_process_told_is_seen_within_a_moment(reader, course):
    assert "24.00" in kept_page_of(reader)
    CatalogueEntry.objects.filter(pk=course.pk).update(price=Decimal("31.50"))
    the_clock().tick([f"course-{course.pk}"])
    time.sleep(0.021)

    page = page_of(reader)

    assert "31.50" in page
    assert "24.00" not in page


def test_without_redis_the_page_is_made_each_time(reader, course, settings):
    settings.FRESHNESS_CLOCK = ""
    CatalogueEntry.objects.filter(pk=course.pk).update(price=Decimal("31.50"))

    assert "31.50" in page_of(reader)
    CatalogueEntry.objects.filter(pk=course.pk).update(price=Decimal("32.50"))
    assert "32.50" in page_of(reader)


def a_learner(client, course, cleo):
    enrollment = an_enrollment(user=cleo, course=course)
    enrollment.progress = {"completed": 3, "total": 4, "percent": 75}
    enrollment.save()
    return logged_in(client, cleo), "3 of 4 lessons"


def somebody_who_returned_it(client, course, cleo):
    enrollment = an_enrollment(user=cleo, course=course)
    enrollment.status, enrollment.refunded_at = EnrollmentStatus.REFUNDED, timezone.now()
    enrollment.save()
    return logged_in(client, cleo), "You returned this course"


def its_teacher(client, course, cleo):
    CourseTeamMember.objects.create(course=course, user=cleo)
    cleo.role = "producer"
    cleo.save(update_fields=["role"])
    return logged_in(client, cleo), "You teach this course"


@pytest.mark.parametrize("who", [a_learner, somebody_who_returned_it, its_teacher])
@pytest.mark.parametrize("theirs_first", [True, False])
def test_nobody_reads_what_is_anothers(client, course, cleo, dana, commit, who, theirs_first):
    with commit():
        own, mark = who(client, course, cleo)
    stranger, visitor = logged_in(Client(), dana), Client()
    others = (stranger, visitor)

    if not theirs_first:
        for other in others:
            page_of(other)
    theirs = page_of(own)

    assert mark in theirs
    assert "Cleo Marchetti" in theirs
    for other in others:
        page = page_of(other)
        assert mark not in page
        assert "Cleo" not in page
        assert "cleo@example.com" not in page
        assert "Buy this course" in page
    assert "Dana Whitfield" not in page_of(own)


def test_what_is_kept_holds_nothing_of_whoever_was_there_first(client, course, cleo, commit):
    with commit():
        own, mark = a_learner(client, course, cleo)
    page_of(own)

    entries = list(course_sheet._sheets._store._values.values())
    assert entries
    for entry in entries:
        kept = entry.value.head + entry.value.main.html
        assert not re.search(f"Cleo|cleo@|{mark}|csrfmiddlewaretoken", kept)


def test_each_reader_of_a_free_course_has_a_token_of_their_own(client, ada, cleo, dana):
    free = a_released_course(by=ada, title="A first stitch", price="0")
    seen = []
    for who in (cleo, dana):
        page = logged_in(Client(), who).get(f"/courses/{free.slug}/").content.decode()
        seen.append(set(TOKEN.findall(page)))

    assert all(seen)
    assert not seen[0] & seen[1]


def test_what_somebody_may_do_changes_at_once_though_the_page_is_kept(reader, course, dana, commit):
    assert "Buy this course" in kept_page_of(reader)

    with commit():
        enrollment = an_enrollment(user=dana, course=course)
    assert "This course is yours" in page_of(reader)

    enrollment.status, enrollment.refunded_at = EnrollmentStatus.REFUNDED, timezone.now()
    enrollment.save()
    assert "Buy this course" in page_of(reader)


def test_colours_are_the_readers_own(reader, course):
    reader.cookies["theme"] = "dark"
    assert 'data-theme="dark"' in kept_page_of(reader)

    del reader.cookies["theme"]
    assert "data-theme=" not in kept_page_of(reader)


def test_another_language_and_another_clock_have_their_own_page(reader, course, dana, settings):
    settings.LANGUAGES = [("en", "English"), ("de", "Deutsch")]
    CoursePage.objects.filter(pk=course.pk).update(
        last_published_at=timezone.datetime(2026, 5, 1, 23, 30, tzinfo=timezone.timezone.utc)
    )
    course_sheet._sheets._store.drop(None)
    english = page_of(reader)
    reader.cookies[settings.LANGUAGE_COOKIE_NAME] = "de"
    german = page_of(reader)
    del reader.cookies[settings.LANGUAGE_COOKIE_NAME]
    dana.time_zone = "Asia/Tokyo"
    dana.save()
    late = page_of(reader)

    assert "1 May 2026" in english
    assert "1 Mai 2026" in german
    assert "2 May 2026" in late


def seconds_pass(monkeypatch, seconds: float) -> None:
    later = time.monotonic() + seconds
    monkeypatch.setattr(kept.time, "monotonic", lambda: later)


@pytest.fixture
def an_old_card_beside(everything, client, dana, commit, monkeypatch):
    """The page is made anew for a review half a minute later; the card beside it is not."""
    logged_in(client, dana)
    page_of(client)
    CatalogueEntry.objects.filter(title="Knots that hold").update(minutes=91)  # tells nobody
    seconds_pass(monkeypatch, 40)
    with commit():
        a_review(*everything)
    assert "1 h 31 min" not in page_of(client)
    seconds_pass(monkeypatch, 21)


def test_what_is_counted_on_a_card_is_a_minute_old_at_most(an_old_card_beside, client):
    assert "1 h 31 min" in page_of(client)


def test_unless_the_page_had_a_minute_of_its_own(everything, client, request, monkeypatch):
    """The control of the test above."""
    made = course_sheet.CourseSheet

    def lasting(**values):
        return made(**values | {"until": time.monotonic() + kept.SECONDS})

    monkeypatch.setattr(course_sheet, "CourseSheet", lasting)
    request.getfixturevalue("an_old_card_beside")

    assert "1 h 31 min" not in page_of(client)


def test_minutes_that_are_reckoned_anew_are_on_the_next_answer(reader, course, commit):
    [lesson] = ReleaseItem.objects.filter(release__course=course, number="1.1")
    assert "7 h 7 min" not in kept_page_of(reader)

    ReleaseItem.objects.filter(pk=lesson.pk).update(minutes=427)
    with commit():
        refresh_entry(course=course)

    assert "7 h 7 min" in page_of(reader)


def test_a_page_takes_the_room_that_it_says(reader, course):
    [entry] = course_sheet._sheets._store._values.values()

    assert entry.size > len(entry.value.main.html.encode()) + len(entry.value.head.encode())
    assert course_sheet._sheets.size == entry.size
    assert course_sheet._sheets._store._values.maxsize == course_sheet.MOST
