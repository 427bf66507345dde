"""A filled site is a site: its rows hold together as those that verbs write."""

from random import Random

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.db.models import Avg, Count, F, Sum
from wagtail.models import Collection, Page, Revision

from bench.filling import swiftly
from bench.filling.patterns import PRICE, mark
from bench.filling.sheets import Sheet, write
from bench.filling.stencils import Stencil, _rows_of
from bench.filling.words import MEANT, MISSPELT, RAREST, Words
from courses.models import Category, CoursePage, CourseRelease, ReleaseStatus
from courses.releases import approve_release
from learners.models import Certificate, Enrollment, EnrollmentStatus, LessonProgress, Review, User
from storefront.catalogue.entries import refresh_entry
from storefront.catalogue.search import matches
from storefront.catalogue.spelling import did_you_mean
from storefront.catalogue.terms import find_terms
from storefront.models import CatalogueEntry, Findable, LedgerEntry, Order

from .conftest import TINY

FOREIGN_KEYS = """
SELECT c.conrelid::regclass::text, a.attname, c.confrelid::regclass::text, b.attname
FROM pg_constraint c
JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
JOIN pg_attribute b ON b.attrelid = c.confrelid AND b.attnum = c.confkey[1]
WHERE c.contype = 'f'
"""


def printed():
    """Courses that no verb wrote."""
    return CatalogueEntry.objects.filter(producer__email__startswith="producer")


def test_no_time_of_day_is_taken_for_a_price():
    whole, _dot, _cents = str(PRICE).partition(".")

    assert whole not in {f"{second:02d}" for second in range(60)}


def test_every_foreign_key_leads_to_a_row(filled):
    with connection.cursor() as cursor:
        cursor.execute(FOREIGN_KEYS)
        keys = cursor.fetchall()
        lost = {}
        for table, column, other, key in keys:
            cursor.execute(
                f'SELECT count(*) FROM {table} t LEFT JOIN {other} o ON o."{key}" = t."{column}"'
                f' WHERE t."{column}" IS NOT NULL AND o."{key}" IS NULL'
            )
            if count := cursor.fetchone()[0]:
                lost[f"{table}.{column}"] = count

    assert len(keys) > 50
    assert lost == {}


def test_pages_and_collections_stand_right_in_their_trees(filled):
    assert Page.find_problems() == ([], [], [], [], [])
    assert Collection.find_problems() == ([], [], [], [], [])


def test_there_is_as_much_as_the_size_says(filled):
    patterns_and_long = 3
    assert CatalogueEntry.objects.count() == TINY.courses + patterns_and_long
    waiting = CourseRelease.objects.filter(status=ReleaseStatus.IN_REVIEW)
    assert waiting.count() == TINY.waiting + 2  # the pattern of these, and the long course
    assert User.objects.filter(email__startswith="learner").count() == TINY.learners
    busy = Enrollment.objects.filter(user__email__startswith="busy")
    assert busy.count() == TINY.of_one_learner
    star = Enrollment.objects.filter(course__team__user__email__startswith="star")
    by_course = star.exclude(user__email__startswith="busy").values("course").annotate(Count("pk"))
    assert [row["pk__count"] for row in by_course] == [TINY.followers // 4] * 4
    assert LessonProgress.objects.count() > TINY.enrollments


def test_an_entry_is_what_the_product_would_write(filled):
    entry = printed().order_by("pk")[3]
    before = CatalogueEntry.objects.filter(pk=entry.pk).values().get()

    refresh_entry(course=CoursePage.objects.get(pk=entry.pk))

    after = CatalogueEntry.objects.filter(pk=entry.pk).values().get()
    del before["updated_at"], after["updated_at"]
    assert words_of(after.pop("search")) == words_of(before.pop("search"))
    assert after == before


def words_of(vector: str) -> set[str]:
    """Lexemes with their weights; where they stand shifts with the length of other titles."""
    return {
        f"{lexeme}{place[-1] if place[-1].isalpha() else 'D'}"
        for lexeme, places in (one.rsplit(":", 1) for one in vector.split())
        for place in places.split(",")
    }


def test_every_table_that_verbs_leave_rows_of_a_course_in_is_printed(filled):
    """A model that comes later belongs into `bench/filling/stencils.py`, or this fails."""
    pattern = CoursePage.objects.get(title=mark("s", 0))
    stencil = Stencil("s", pattern)
    printed = {rows.model for rows in stencil.tables}
    keys = {rows.model: set(rows_of(rows.model, pattern)) for rows in stencil.tables}

    left_out = set()
    for model in apps.get_models():
        for field in model._meta.concrete_fields:
            pointed = keys.get(field.related_model) if field.is_relation else None
            if pointed and model._base_manager.filter(**{f"{field.attname}__in": pointed}).exists():
                left_out.add(model)

    # Written anew from the entries, once all courses are there.
    left_out.discard(Findable)
    assert {model._meta.label for model in left_out - printed} == set()
    assert Findable.objects.count() == CatalogueEntry.objects.filter(listed=True).count()
    assert {Page, Revision, CourseRelease, CatalogueEntry} <= printed


def rows_of(model, course) -> list:
    return dict(_rows_of(course, pages_of(course)))[model]


def pages_of(course) -> list[int]:
    return list(Page.objects.filter(path__startswith=course.path).values_list("pk", flat=True))


def test_counts_are_exact(filled):
    wrong = [
        entry.pk
        for entry in CatalogueEntry.objects.all()
        if (entry.students, entry.completions, entry.rating_count, float(entry.rating))
        != counted(entry.pk)
    ]
    assert wrong == []


def counted(course: int) -> tuple[int, int, int, float]:
    enrollments = Enrollment.objects.filter(course=course)
    reviews = Review.objects.filter(course=course).aggregate(n=Count("pk"), rating=Avg("rating"))
    completed = enrollments.filter(status=EnrollmentStatus.COMPLETED).count()
    return enrollments.count(), completed, reviews["n"], round(reviews["rating"] or 0, 2)


def test_whoever_has_finished_has_a_certificate_and_all_lessons_done(filled):
    finished = Enrollment.objects.filter(status=EnrollmentStatus.COMPLETED)

    assert finished.count() == Certificate.objects.count() > 0
    for enrollment in finished:
        done = enrollment.lessons.filter(status="completed").count()
        assert enrollment.progress["completed"] == enrollment.progress["total"] == done


def test_the_ledger_balances(filled):
    by_transaction = LedgerEntry.objects.values("transaction").annotate(sum=Sum("amount"))

    assert Order.objects.exists()
    assert {row["sum"] for row in by_transaction} == {0}
    assert not Order.objects.exclude(total=F("subtotal") - F("discount")).exists()


def test_a_submission_can_be_approved(filled):
    waiting = CourseRelease.objects.filter(status=ReleaseStatus.IN_REVIEW)
    release = waiting.filter(submitted_by__email__startswith="producer").order_by("pk")[1]

    with transaction.atomic():
        approve_release(release=release, user=User.objects.get(email__startswith="moderator"))
        approved = CourseRelease.objects.get(pk=release.pk).status
        shown = CatalogueEntry.objects.filter(pk=release.course_id, listed=True).exists()
        transaction.set_rollback(True)

    assert (approved, shown) == (ReleaseStatus.CURRENT, True)


def test_the_rarest_word_stands_in_one_title_and_the_misspelt_one_is_mended(filled):
    entries = CatalogueEntry.objects.filter(matches(find_terms(RAREST)))

    assert [entry.title for entry in entries] == [f"{RAREST.capitalize()} cordial"]
    assert did_you_mean(MISSPELT) == MEANT


def test_titles_are_the_same_whenever_they_are_drawn():
    first, second = (Words(Random(7)) for _ in range(2))
    titles, others = first.titles(), second.titles()

    drawn = [next(titles) for _ in range(500)]

    assert drawn == [next(others) for _ in range(500)]
    words = [word for title in drawn for word in title.words]
    assert words.count(first.commonest) > 20 * words.count(first.all[800])


@pytest.mark.django_db
def test_indexes_hold_what_was_written_while_they_were_away():
    sheet = Sheet(Category, ("name", "slug"))
    with swiftly.unchecked(), swiftly.without_indexes(["courses_category"]):
        write(sheet.target, [sheet.line % ("Bookbinding", "bookbinding")])

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(
            "SELECT bool_and(indisready AND indisvalid) FROM pg_index"
            " WHERE indrelid = 'courses_category'::regclass"
        )
        assert cursor.fetchone() == (True,)
    assert Category.objects.get(slug="bookbinding").name == "Bookbinding"
    with pytest.raises(IntegrityError), transaction.atomic():
        Category.objects.create(name="Bookbinding", slug="another")


@pytest.mark.django_db
def test_a_line_has_the_defaults_of_what_it_does_not_name_and_keeps_signs():
    sheet = Sheet(Category, ("name", "slug"), order=7)

    write(sheet.target, [sheet.line % (r"Glass\\Metal", "glass")])

    category = Category.objects.get(slug="glass")
    assert (category.name, category.order, category.pattern) == ("Glass\\Metal", 7, "science")
