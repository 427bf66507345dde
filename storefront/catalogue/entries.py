"""Upkeep of the catalogue: one row per course, written from what was released.

``refresh_entry`` belongs in the transaction that changes what is released;
``refresh_counts`` runs after the transaction that enrolled or reviewed, so that a
counter never makes a buyer wait.
"""

import logging
from collections.abc import Iterable
from itertools import accumulate
from typing import Any

from django.db import transaction
from django.db.models import Avg, Count, Q
from django.utils import timezone
from wagtail.rich_text import get_text_for_indexing

from courses.covers.pictures import CoverImage, make_thumbnail, thumbnail_of
from courses.freshness import keys
from courses.freshness.changed import changed
from courses.models import CoursePage, ItemKind, ReleaseItem, ReleaseStatus, TeamRole
from courses.people import Person
from courses.promises.keeping import keeper
from courses.promises.queues import INDEX
from courses.releases.rereading import read_lessons_again
from learners.models import Enrollment, EnrollmentStatus, Review
from storefront.models import CatalogueEntry
from storefront.models.catalogue import Proof

from .search import search_vector
from .synonyms import taught_in

logger = logging.getLogger(__name__)

# Letters of outcomes and titles that an entry keeps to be shown; of more, a search finds the words.
MOST_TOLD = 6_000
ENTRIES_AT_ONCE = 25  # of one lead, in one part of a promise


@transaction.atomic
def refresh_entry(*, course: CoursePage) -> CatalogueEntry | None:
    """Write the row of ``course`` from its live page and its current release.

    Called when a release is approved, when a course is archived or brought back, and when
    another lead is named or the lead is renamed, closed, demoted or brought back.
    A course that was never released has no row, and None is returned. Costs about ten
    SQL, at any number of lessons.
    """
    # Read again, locked: the caller's page may be a revision or carry unsaved changes.
    course = (
        CoursePage.objects.select_for_update(of=("self",))
        .select_related("category", "thumbnail")
        .get(pk=course.pk)
    )
    entry = CatalogueEntry.objects.select_for_update().filter(pk=course.pk).first()
    if entry is None and not course.live:
        return None
    entry = entry or CatalogueEntry(course=course, published_at=timezone.now())
    lead, before = _lead(course), entry.producer_id
    moved = [keys.ADDRESSES] if entry.slug != course.slug else []
    lessons = list(
        ReleaseItem.objects.filter(
            release__course=course, release__status=ReleaseStatus.CURRENT, kind=ItemKind.LESSON
        ).only("minutes", "captions", "has_quiz")
    )
    entry.uuid = course.uuid
    entry.slug = course.slug
    entry.title = course.title
    entry.subtitle = course.subtitle
    entry.producer = lead
    entry.producer_name = str(lead) if lead else ""
    entry.category = course.category
    entry.tags = sorted(course.tags.names())
    entry.level = course.level
    entry.language = course.language
    entry.price = course.price
    entry.currency = course.currency
    cover = thumbnail_of(course) or CoverImage()
    entry.cover_url, entry.cover_srcset = cover.src, cover.srcset
    entry.minutes = sum(lesson.minutes for lesson in lessons)
    entry.lessons = len(lessons)
    entry.captions = _captions(lessons)
    entry.certificate = (
        Proof.QUIZZES if any(lesson.has_quiz for lesson in lessons) else Proof.LESSONS
    )
    entry.listed = CoursePage.objects.on_sale().filter(pk=course.pk).exists()
    if course.first_published_at:
        entry.published_at = course.first_published_at
    entry.save()
    _index(entry, course)
    refresh_counts(course=course)
    leads = {pk for pk in (before, entry.producer_id) if pk}
    changed(keys.CATALOGUE, keys.course(course.pk), *map(keys.producer, leads), *moved)
    entry.refresh_from_db()
    logger.info(
        "catalogue entry refreshed",
        extra={"event": "entry.refreshed", "course": course.pk, "listed": entry.listed},
    )
    return entry


@keeper("storefront.refresh_entry", queue=INDEX)
def keep_entry(*, course_id: int) -> None:
    course = CoursePage.objects.filter(pk=course_id).first()
    if course is not None:  # a draft may be deleted meanwhile
        make_thumbnail(course)
        refresh_entry(course=course)


@keeper("storefront.refresh_entries_of", queue=INDEX)
def keep_entries_of(*, lead: str, after: int = 0) -> dict[str, Any] | None:
    """Bring the entries of the courses that a person leads in line, a few at a time."""
    theirs = CoursePage.objects.filter(
        team__user=lead, team__role=TeamRole.LEAD, catalogue_entry__isnull=False, pk__gt=after
    )
    courses = list(theirs.order_by("pk")[:ENTRIES_AT_ONCE])
    for course in courses:
        refresh_entry(course=course)
    if len(courses) < ENTRIES_AT_ONCE:
        return None
    return {"lead": lead, "after": courses[-1].pk}


@keeper("storefront.refresh_all_entries", queue=INDEX)
def keep_all_entries(*, after: int = 0) -> dict[str, Any] | None:
    """Index every course anew and read its lessons again, a few at a time.

    Promised by the migration that comes with a change of what a word is, or of what an entry tells.
    """
    shown = CoursePage.objects.filter(catalogue_entry__isnull=False, pk__gt=after)
    courses = list(shown.order_by("pk")[:ENTRIES_AT_ONCE])
    for course in courses:
        read_lessons_again(course=course)
        make_thumbnail(course)
        refresh_entry(course=course)
    return {"after": courses[-1].pk} if len(courses) == ENTRIES_AT_ONCE else None


@keeper("storefront.refresh_counts", queue=INDEX)
def keep_counts(*, course_id: int) -> None:
    refresh_counts(course=CoursePage(pk=course_id))


@transaction.atomic
def refresh_counts(*, course: CoursePage) -> None:
    """Count the ratings, students and completions of a course again.

    The row is locked before anything is counted: of two that enroll at once the second
    counts after the first, so nobody is lost. A course without a row is left alone.
    """
    entry = CatalogueEntry.objects.select_for_update().filter(pk=course.pk).first()
    if entry is None:
        return
    reviews = (
        Review.objects.by_learners()
        .filter(course_id=course.pk)
        .aggregate(rating=Avg("rating"), count=Count("pk"))
    )
    students = (
        Enrollment.objects.filter(course_id=course.pk)
        .exclude(status=EnrollmentStatus.REFUNDED)
        .aggregate(
            count=Count("pk"),
            completed=Count("pk", filter=Q(status=EnrollmentStatus.COMPLETED)),
        )
    )
    rating = round(reviews["rating"] or 0, 2)
    if (rating, reviews["count"]) != (float(entry.rating), entry.rating_count):
        # Who learns and who has finished is counted all day: kept pages may tell it a minute late.
        changed(keys.CATALOGUE, keys.course(course.pk))
    CatalogueEntry.objects.filter(pk=entry.pk).update(
        rating=rating,
        rating_count=reviews["count"],
        students=students["count"],
        completions=students["completed"],
    )


def _lead(course: CoursePage) -> Person | None:
    """Who is named beside the course: the lead of its team, else who joined first."""
    team = list(course.team.select_related("user"))
    leads = [member.user for member in team if member.role == TeamRole.LEAD]
    return next(iter(leads or [member.user for member in team]), None)


def _captions(lessons: Iterable[ReleaseItem]) -> str:
    """The languages in which each film of the course has captions, with spaces between."""
    filmed = [set(lesson.captions) for lesson in lessons if lesson.captions is not None]
    return " ".join(sorted(set.intersection(*filmed))) if filmed else ""


def _index(entry: CatalogueEntry, course: CoursePage) -> None:
    """Weigh what is searched: title, then promise and names, then outcomes, then lessons."""
    titles = ReleaseItem.objects.filter(
        release__course=course, release__status=ReleaseStatus.CURRENT
    ).exclude(kind=ItemKind.COURSE)
    names = [*entry.tags, entry.producer_name, entry.category.name if entry.category else ""]
    outcomes = [("C", text) for text in course.outcome_list]
    lines = [*outcomes, *(("D", title) for title in titles.values_list("title", flat=True))]
    shown = _as_much_as_is_told(lines)
    said = [get_text_for_indexing(course.description), *course.requirement_list]
    CatalogueEntry.objects.filter(pk=entry.pk).update(
        told=[text for _weight, text in shown],
        # What is shown comes first: by their places its words are found again (``marking``).
        search=search_vector(
            language=entry.language,
            weighted=[
                ("A", entry.title),
                ("B", entry.subtitle),
                *shown,
                ("B", " ".join(names)),
                ("C", " ".join(said)),
                *lines[len(shown) :],
            ],
            features=[taught_in(entry.language)],
        ),
        producer_words=search_vector(language="", weighted=[("A", entry.producer_name)]),
    )


def _as_much_as_is_told(lines: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The first of ``lines``, whole ones, as far as an entry keeps them."""
    ends = accumulate(len(text) for _weight, text in lines)
    return [line for line, end in zip(lines, ends, strict=True) if end <= MOST_TOLD]
