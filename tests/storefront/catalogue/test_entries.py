"""One row of the catalogue per course, written from what was released."""

from decimal import Decimal

import pytest
from django.core.management import call_command

from courses.releases import archive_course, unarchive_course
from learners.enrollment.enrollments import enroll, revoke
from learners.models import Enrollment, EnrollmentStatus
from storefront.catalogue.course_reading import course_reviews, read_course
from storefront.catalogue.entries import refresh_counts, refresh_entry
from storefront.models import CatalogueEntry
from tests.builders import (
    a_category,
    a_course,
    a_lesson,
    a_released_course,
    an_enrollment,
)
from tests.storefront.shelf import a_review

pytestmark = pytest.mark.django_db


def test_a_draft_is_not_in_the_catalogue(ada):
    course = a_course(by=ada)

    assert refresh_entry(course=course) is None
    assert not CatalogueEntry.objects.exists()


def test_a_released_course_stands_in_the_catalogue_with_all_that_a_card_shows(ada):
    course = a_released_course(
        by=ada,
        title="Sewing by hand",
        price="24.00",
        category=a_category("Craft", pattern="craft"),
        level="beginner",
    )

    entry = CatalogueEntry.objects.get()
    assert entry.course_id == course.pk
    assert (entry.title, entry.slug, entry.uuid) == ("Sewing by hand", course.slug, course.uuid)
    assert (entry.producer, entry.producer_name) == (ada, "Ada Okafor")
    assert (entry.price, entry.currency, entry.is_free) == (Decimal("24.00"), "EUR", False)
    assert (entry.lessons, entry.minutes) == (4, 4)
    assert (entry.level_label, entry.language_label) == ("Beginner", "English")
    assert entry.listed
    assert entry.published_at == course.first_published_at
    assert entry.cover == f"/covers/{course.uuid}.svg?pattern=craft&v=1"


def test_a_draft_after_a_release_changes_nothing_in_the_catalogue(ada):
    course = a_released_course(by=ada, title="Sewing by hand", price="24.00")
    before = CatalogueEntry.objects.values().get()

    course.title, course.price = "Sewing by machine", Decimal(99)
    course.save_revision(user=ada)
    refresh_entry(course=course)

    after = CatalogueEntry.objects.values().get()
    assert {**after, "updated_at": None} == {**before, "updated_at": None}


def test_the_next_release_brings_new_lessons_and_a_new_price(ada):
    course = a_released_course(by=ada)
    a_lesson(under=course.get_children().first(), title="Thread without knots", minutes=12)
    course.price = Decimal(30)
    course.save_revision(user=ada)

    a_released_course(by=ada, course=course)

    entry = CatalogueEntry.objects.get()
    assert (entry.lessons, entry.minutes, entry.price) == (5, 16, Decimal("30.00"))


def test_an_archived_course_leaves_the_shelf_and_may_come_back(ada):
    course = a_released_course(by=ada)

    archive_course(course=course, user=ada)
    assert not CatalogueEntry.objects.get().listed

    unarchive_course(course=course, user=ada)
    assert CatalogueEntry.objects.get().listed


def test_reviews_and_students_are_counted_when_they_come(ada, cleo, dana, commit):
    course = a_released_course(by=ada)

    with commit():
        an_enrollment(user=cleo, course=course)
        enrollment = an_enrollment(user=dana, course=course)
        a_review(course=course, by="Jonna Aalto", rating=5)
        a_review(course=course, by="Priyan Mehta", rating=4)
    with commit():
        enrollment.status = EnrollmentStatus.COMPLETED
        enrollment.save(update_fields=["status"])

    entry = CatalogueEntry.objects.get()
    assert (entry.students, entry.completions) == (4, 1)
    assert (entry.rating, entry.rating_count) == (Decimal("4.50"), 2)


def test_progress_is_saved_without_counting_anything(ada, cleo, commit, django_assert_num_queries):
    enrollment = an_enrollment(user=cleo, course=a_released_course(by=ada))

    with commit() as waiting:
        enrollment.progress = {"completed": 1}
        enrollment.save(update_fields=["progress", "updated_at"])

    assert waiting == []


def test_a_refunded_student_is_not_counted(ada, cleo):
    course = a_released_course(by=ada)
    enrollment = an_enrollment(user=cleo, course=course)
    enrollment.status = EnrollmentStatus.REFUNDED
    enrollment.save(update_fields=["status"])

    refresh_counts(course=course)

    assert CatalogueEntry.objects.get().students == 0


def test_the_stars_of_who_gave_the_course_back_count_once_they_come_again(ada, commit):
    course = a_released_course(by=ada)
    stays = a_review(course=course, by="Jonna Aalto", rating=2, content="Short.")
    leaves = a_review(course=course, by="Priyan Mehta", rating=5, content="Long.")
    enrollment = Enrollment.objects.get(user=leaves.user)

    def shown() -> tuple:
        entry = CatalogueEntry.objects.get()
        histogram = read_course(course.slug).histogram
        bars = {stars: count for stars, count, _percent in histogram.bars}
        written = [review.pk for review in course_reviews(course.pk).rows]
        return entry.rating, entry.rating_count, bars[5], written

    with commit():
        revoke(enrollment=enrollment)
    without = shown()
    with commit():
        enroll(user=leaves.user, course=course)

    assert without == (Decimal("2.00"), 1, 0, [stays.pk])
    assert shown() == (Decimal("3.50"), 2, 1, [leaves.pk, stays.pk])


def test_rebuilding_the_catalogue_writes_what_the_releases_wrote(ada, bruno, capsys):
    a_released_course(by=ada, title="Sewing by hand")
    a_released_course(by=bruno, title="Rye bread", price="0", category=a_category("Kitchen"))
    a_course(by=bruno, title="Only a draft")
    # How popular it is among all is told once an hour, and by the rebuilding.
    known = {f.name for f in CatalogueEntry._meta.fields}
    names = known - {"updated_at", "tier"}
    before = list(CatalogueEntry.objects.order_by("pk").values(*names))
    CatalogueEntry.objects.all().delete()

    call_command("rebuild_catalogue")

    assert list(CatalogueEntry.objects.order_by("pk").values(*names)) == before
    assert "2 courses stand in the catalogue." in capsys.readouterr().out
