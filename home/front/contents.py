"""What the front page shows: the window, the rooms, and an open page."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.blocks.openings import opening
from courses.models import Category, ItemKind, LessonKind, LessonPage, ReleaseItem, ReleaseStatus
from courses.releases.promptness import median_review_days
from courses.wording.shares import format_share
from storefront.catalogue.categories import the_categories
from storefront.catalogue.selectors import (
    ShelfSummary,
    listed_entries,
    shelf_summary,
)
from storefront.catalogue.shelves import BOOKS, CARDS, part
from storefront.seller.current import seller_now
from storefront.seller.rule_words import rule_for_producers

# How many popular courses the window chooses from, so that its books differ.
CHOICE = 40
# Among how many of the most popular courses an open reading is looked for.
LOOKED_THROUGH = 200


def front_page() -> dict[str, Any]:
    """What stands on the front page for everybody; about nine SQL."""
    listed = listed_entries()
    enough = BOOKS + CARDS
    summary = shelf_summary()
    shelves = part(
        popular=list(listed.order_by("-students", "-pk")[:CHOICE]),
        finished=list(listed.filter(completions__gt=0).order_by("-completions", "-pk")[:enough]),
        newest=listed.order_by("-published_at", "-pk")[:enough],
    )
    return {
        "window": shelves.window,
        "rooms": _rooms(summary),
        "summary": summary,
        "shelf_title": _("Finished most") if shelves.finished else _("New on the shelf"),
        "shelf_sort": "" if shelves.finished else "?sort=newest",
        "shelf": shelves.cards,
        "open_page": open_page(),
        "teaching": teaching_facts(),
    }


def _rooms(summary: ShelfSummary) -> list[tuple[Category, int]]:
    """Subjects in which something is sold, and how much."""
    counted = summary.by_subject
    return [
        (category, counted[str(category.pk)])
        for category in the_categories()
        if str(category.pk) in counted
    ]


@dataclass(frozen=True)
class OpenPage:
    """The beginning of a lesson that anybody may read."""

    uuid: UUID
    course: str
    course_slug: str
    language: str
    number: str
    title: str
    minutes: int
    paragraphs: list[str]


FIRST_READING = """
SELECT reading.id FROM (
    SELECT course_id, students FROM storefront_catalogueentry
    WHERE listed ORDER BY students DESC, course_id DESC LIMIT %s
) popular, LATERAL (
    SELECT item.id FROM courses_releaseitem item
    JOIN courses_courserelease release ON release.id = item.release_id
    WHERE release.course_id = popular.course_id AND release.status = %s
    AND item.kind = %s AND item.content_type = %s AND item.preview
    ORDER BY item.position LIMIT 1
) reading ORDER BY popular.students DESC, popular.course_id DESC LIMIT 1
"""


def open_page() -> OpenPage | None:
    """The first open reading of the most popular course that has one. Two SQL.

    Of the ``LOOKED_THROUGH`` most popular ones: they are asked one by one, down to the first.
    """
    params = [LOOKED_THROUGH, ReleaseStatus.CURRENT, ItemKind.LESSON, LessonKind.ARTICLE]
    item = (
        ReleaseItem.objects.filter(pk=RawSQL(FIRST_READING, params))
        .select_related("release__course__catalogue_entry")
        .first()
    )
    if item is None:
        return None
    lesson = LessonPage.objects.filter(pk=item.page_id).first()
    paragraphs = opening(lesson.body) if lesson else []
    if not paragraphs:
        return None
    entry = item.release.course.catalogue_entry
    return OpenPage(
        uuid=item.uuid,
        course=entry.title,
        course_slug=entry.slug,
        language=entry.language,
        number=item.number,
        title=item.title,
        minutes=item.minutes,
        paragraphs=paragraphs,
    )


def teaching_facts() -> list[tuple[str, str]]:
    """What a producer may count on, as it is set or measured now. One SQL."""
    facts = [(_("Your share of each sale"), format_share(settings.PRODUCER_SHARE_PERCENT))]
    days = median_review_days()
    if days is not None:
        told = ngettext("%(days)s day", "%(days)s days", days) % {"days": days}
        facts.append((_("Median time to review"), told if days else _("less than a day")))
    facts.append((_("Learners may return a course"), rule_for_producers(seller_now().return_rule)))
    facts.append((_("Who owns the course"), _("You do")))
    return facts
