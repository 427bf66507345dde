"""Publishing in bulk leaves behind what Wagtail leaves behind one page at a time."""

import re
from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from django.forms.models import model_to_dict
from django.test.utils import CaptureQueriesContext
from wagtail import signals
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Comment, Page, PageLogEntry, ReferenceIndex, Revision
from wagtail.search.models import IndexEntry

from courses import releases
from courses.models import CoursePage, CourseRelease, LessonPage, ReleaseItem
from courses.releases.publishing import show_release
from tests.builders import (
    a_chapter,
    a_course,
    a_lesson,
    a_released_course,
    a_submission,
    lesson_called,
)
from tests.media import a_picture

STAMPS = {"last_published_at", "first_published_at", "latest_revision_created_at"}
PAGE_SIGNALS = ("page_published", "published", "page_unpublished", "unpublished")


@pytest.fixture
def rewritten(ada, mira):
    """A released course and its next submission: edits, a rename, a move, a new lesson, one
    retired, one untouched, a new tag, a picture, a comment."""
    course = a_released_course(by=ada)
    straight = lesson_called("Cutting straight", course=course)
    straight.title = "Cutting a straight line"
    straight.body = [
        ("rich_text", f'<p>Chalk first. <a linktype="page" id="{course.pk}">The course</a></p>'),
        ("image", {"image": a_picture("Chalk"), "alt": "Chalk", "caption": ""}),
    ]
    straight.minutes = 9
    straight.save_revision(user=ada)
    Comment.objects.create(page=straight, user=ada, text="Which chalk?", contentpath="title")
    chapter = course.get_children().get(title="Tools").specific
    chapter.description = "What lies on the table."
    chapter.save_revision(user=ada)
    measure = lesson_called("Measure yourself", course=course)
    measure.move(chapter, pos="first-child")
    a_lesson(under=course.get_children().get(title="The first garment"), title="Press the seams")
    a_chapter(under=course, title="Finishing")
    a_lesson(under=course.get_children().get(title="Finishing"), title="Hem")
    releases.retire_page(page=lesson_called("Sew the side seams", course=course), user=ada)
    course = CoursePage.objects.get(pk=course.pk)
    course.title, course.slug, course.price = "Hand sewing", "hand-sewing", 31
    course.tags.add("textiles")
    course.save_revision(user=ada)
    return a_submission(by=ada, course=course)


def page_by_page(release, user):
    """The way that Wagtail's own finish action would take."""
    for item in release.items.select_related("revision"):
        if item.page.live_revision_id != item.revision_id or not item.page.live:
            PublishPageRevisionAction(item.revision, user=user).execute(skip_permission_checks=True)
    shown = release.items.values("page_id")
    for page in Page.objects.descendant_of(release.course).filter(live=True):
        if not shown.filter(page_id=page.pk).exists():
            UnpublishPageAction(page.specific, user=user).execute(skip_permission_checks=True)


@contextmanager
def signals_heard():
    heard = []
    receivers = []
    for name in PAGE_SIGNALS:

        def receive(sender, instance, revision=None, name=name, **kwargs):
            heard.append((name, sender, instance.pk, type(instance), revision and revision.pk))

        getattr(signals, name).connect(receive, weak=False)
        receivers.append((name, receive))
    yield heard
    for name, receive in receivers:
        getattr(signals, name).disconnect(receive)


def what_stands(course, last_log):
    """Everything that publishing writes, in comparable form."""
    pages = [course, *(page.specific for page in Page.objects.descendant_of(course))]
    pages = [type(page).objects.get(pk=page.pk) for page in pages]
    rows = {}
    for page in pages:
        row = {field.attname: field.value_to_string(page) for field in page._meta.concrete_fields}
        for stamp in STAMPS:
            row[stamp] = bool(row[stamp])
        rows[page.pk] = row
    keys = [str(page.pk) for page in pages]
    return {
        "rows": rows,
        "tags": sorted(CoursePage.objects.get(pk=course.pk).tags.names()),
        "comments": [model_to_dict(comment) for comment in Comment.objects.order_by("pk").all()],
        "log": sorted(
            PageLogEntry.objects.filter(pk__gt=last_log).values_list(
                "page_id",
                "action",
                "label",
                "user_id",
                "revision_id",
                "content_changed",
                "deleted",
                "content_type_id",
                "data",
            ),
            key=str,
        ),
        "search": sorted(
            IndexEntry.objects.filter(object_id__in=keys).values_list(
                "object_id", "content_type_id", "title", "body", "autocomplete", "title_text"
            )
        ),
        "references": sorted(_references(keys)),
        "schedules": Revision.objects.filter(approved_go_live_at__isnull=False).count(),
    }


def _references(keys):
    """What refers to what; the key of a row that each publishing writes anew is left out."""
    for *reference, path in ReferenceIndex.objects.filter(object_id__in=keys).values_list(
        "object_id",
        "content_type_id",
        "base_content_type_id",
        "to_content_type_id",
        "to_object_id",
        "model_path",
        "content_path",
    ):
        yield *reference, re.sub(r"^tagged_items\.\d+", "tagged_items.*", path)


def played(release, commit, publish, user):
    """What ``publish`` leaves behind and tells; everything is undone afterwards."""
    course = CoursePage.objects.get(pk=release.course_id)
    last_log = PageLogEntry.objects.order_by("-pk").values_list("pk", flat=True).first()
    with transaction.atomic(), signals_heard() as heard:
        with commit():
            publish(CourseRelease.objects.get(pk=release.pk), user)
        stands = what_stands(course, last_log)
        transaction.set_rollback(True)
    return stands, sorted(heard, key=str)


def test_in_bulk_and_page_by_page_leave_the_same(rewritten, mira, commit, settings):
    settings.WAGTAIL_WORKFLOW_CANCEL_ON_PUBLISH = False

    slow, slow_signals = played(rewritten, commit, page_by_page, mira)
    fast, fast_signals = played(
        rewritten, commit, lambda release, user: show_release(release, user=user), mira
    )

    assert fast_signals == slow_signals
    assert len([name for name, *_ in fast_signals if name == "page_published"]) == 6
    for part in slow:
        assert fast[part] == slow[part], part
    assert [entry[1] for entry in fast["log"]].count("wagtail.publish") == 6
    assert [entry[1] for entry in fast["log"]].count("wagtail.rename") == 2
    assert [entry[1] for entry in fast["log"]].count("wagtail.unpublish") == 1


def test_what_did_not_change_is_not_published_again(rewritten, mira):
    untouched = lesson_called("Two needles and a thread", course=rewritten.course)

    releases.approve_release(release=rewritten, user=mira)

    again = LessonPage.objects.get(pk=untouched.pk)
    assert again.last_published_at == untouched.last_published_at
    assert ReleaseItem.objects.filter(page=untouched).values("revision_id").distinct().count() == 1


@pytest.mark.parametrize("verb", ["submit", "approve"])
def test_queries_do_not_grow_with_the_lessons(ada, mira, commit, verb):
    counts = []
    for size in (5, 10, 30):
        course = a_course(by=ada, syllabus={"All": [f"Lesson {n}" for n in range(size)]})
        if verb == "approve":
            release = releases.submit_course(course=course, user=ada)
        with CaptureQueriesContext(connection) as queries, commit():
            if verb == "submit":
                releases.submit_course(course=course, user=ada)
            else:
                releases.approve_release(release=release, user=mira)
        counts.append(len(queries))

    # With the very first release a worker writes the first sitemap.
    assert counts[1] == counts[2]
