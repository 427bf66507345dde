"""The parts of a course page, each drawn once for what it tells.

A new price is another next step, a new review one article more and another head: everything else
on the page is what it was, and is not drawn again. What a part says is all that it is given, so
none can be old (``courses.freshness.fragments``); the contents are a release's, which nobody edits.
"""

from collections.abc import Sequence
from datetime import datetime
from sys import getsizeof
from threading import Lock
from typing import Any

from cachetools import LRUCache
from django.template.loader import render_to_string
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import get_language

from courses.freshness.fragments import drawn
from courses.freshness.links import addresses_in
from courses.releases.outline import Outline, kept_outline
from storefront.models import CatalogueEntry
from storefront.seller.current import seller_now
from storefront.seller.rule_words import rule_for_buyers

from .contents import included
from .course_reading import CourseRow, ToldReview
from .indents import unindented

FOLDER = "storefront/catalogue/course/"
# Bytes in each process: contents of two hundred courses, or of thirty with 300 lessons.
MOST = 8 * 1024 * 1024
FRAME = 500


def opening(row: CourseRow, *, owns: bool, trail: Sequence[tuple[str, str]]) -> SafeString:
    """Where the page stands, and whether the course is sold."""
    return drawn(
        f"{FOLDER}opening.html",
        trail=tuple(trail),
        language=row.entry.language,
        listed=row.entry.listed,
        archived=row.archived,
        owns=owns,
    )


def title(row: CourseRow) -> SafeString:
    """What the course is called, and its figures."""
    entry, producer = row.entry, row.producer
    return drawn(
        f"{FOLDER}title.html",
        title=entry.title,
        subtitle=entry.subtitle,
        language=entry.language,
        level=entry.level_label,
        language_label=entry.language_label,
        lessons=entry.lessons,
        minutes=entry.minutes,
        rating=entry.rating,
        rating_count=entry.rating_count,
        students=entry.students,
        producer=_key(entry.producer_id),
        producer_name=entry.producer_name,
        avatar=producer.avatar if producer and producer.teaches else "",
        revised_on=_told(row.revised_at, "Y-m-d"),
        revised=_told(row.revised_at, "j F Y"),
    )


def buy_box(entry: CatalogueEntry, outline: Outline, *, enter: bool, gap: SafeString) -> SafeString:
    """What is in the course, around a ``gap`` for the reader's next step."""
    held, preview = included(outline), outline.preview
    of_preview: dict[str, Any] = {"preview": ""}
    if preview and not enter:
        of_preview = {
            "preview": str(preview.uuid),
            "preview_title": preview.title,
            "preview_type": str(preview.content_type),
            "preview_has_video": preview.has_video,
            "preview_seconds": preview.video_seconds,
            "preview_minutes": preview.minutes,
        }
    may_be_returned = not (entry.is_free or entry.why_unpayable or enter)
    return drawn(
        f"{FOLDER}buy_box.html",
        enter=enter,
        next_step=gap,
        slug=entry.slug,
        cover=entry.cover,
        cover_srcset=entry.cover_srcset,
        videos=held.videos,
        video_minutes=held.video_minutes,
        readings=held.readings,
        reading_minutes=held.reading_minutes,
        quizzes=held.quizzes,
        captions=tuple(entry.caption_labels),
        returning=rule_for_buyers(seller_now().return_rule) if may_be_returned else "",
        **of_preview,
    )


def about(row: CourseRow) -> SafeString:
    """The course in its author's words, and what one can do afterwards."""
    given: dict[str, Any] = {
        "description": row.description,
        "outcomes": row.outcomes,
        "language": row.entry.language,
    }
    if addresses_in(row.description):  # where its links lead is looked up
        return render_to_string(f"{FOLDER}about.html", given)
    return drawn(f"{FOLDER}about.html", **given)


def people(row: CourseRow, *, producer_href: str) -> SafeString:
    """What one needs, and who teaches."""
    entry, producer = row.entry, row.producer
    of_producer: dict[str, Any] = {"producer": ""}
    if producer:
        facts = producer.facts
        of_producer = {
            "producer": _key(entry.producer_id),
            "producer_name": entry.producer_name,
            "producer_href": producer_href,
            "teaches": producer.teaches,
            "avatar": producer.avatar if producer.teaches else "",
            "bio": producer.bio if producer.teaches else "",
            "courses": facts.courses,
            "students": facts.students,
            # As it is told, so that a sum of any number of ratings is drawn once.
            "rating": str(facts.rating),
            "rating_count": facts.rating_count,
        }
    return drawn(
        f"{FOLDER}people.html",
        requirements=row.requirements,
        language=entry.language,
        **of_producer,
    )


def reviews_head(row: CourseRow, *, owns: bool, reviewed: bool) -> SafeString:
    """The figure, how it is spread, and the way to one's own."""
    return drawn(
        f"{FOLDER}reviews_head.html",
        owns=owns,
        reviewed=reviewed,
        uuid=str(row.entry.uuid) if owns else "",
        rating=row.entry.rating,
        total=row.histogram.total,
        bars=row.histogram.bars,
    )


def review(told: ToldReview) -> SafeString:
    """What one learner says."""
    progress = told.progress or {}
    return drawn(
        f"{FOLDER}review.html",
        name=told.name,
        seed=str(told.user_id),
        avatar=told.avatar,
        rating=told.rating,
        content=told.content,
        moment=_told(told.created_at, "c"),
        date=_told(told.created_at, "j F Y"),
        finished=told.finished,
        done=progress.get("completed", 0),
        total=progress.get("total", 0),
    )


_contents: LRUCache[tuple[Any, ...], SafeString] = LRUCache(
    MOST, getsizeof=lambda html: getsizeof(html) + FRAME
)
_lock = Lock()


def outline_of(row: CourseRow) -> Outline:
    """What was released last. One SQL for the first reader of a release.

    Its minutes may be reckoned anew without a release; then the entry is written, too.
    """
    return kept_outline(row.release, version=row.entry.updated_at) if row.release else Outline()


def contents(row: CourseRow, outline: Outline, *, enter: bool) -> SafeString:
    """The outline, drawn once for a release."""
    language = row.entry.language
    key = (row.release, row.entry.updated_at, enter, language, get_language())
    with _lock:
        found = _contents.get(key)
    if found is None:
        found = unindented(
            render_to_string(
                f"{FOLDER}contents.html",
                {"outline": outline, "enter": enter, "language": language, "drafts": ""},
            )
        )
        if getsizeof(found) < MOST / 2:
            with _lock:
                _contents[key] = found
    return found


def forget() -> None:
    """For tests, which write releases over."""
    with _lock:
        _contents.clear()


def _key(pk: Any) -> str:
    return str(pk) if pk else ""


def _told(at: datetime | None, form: str) -> str:
    """By the reader's clock, as a template tells it."""
    return date_format(localtime(at), form) if at else ""
