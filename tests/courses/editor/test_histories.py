"""What the studio tells of one page: since when learners see it, and all that was done to it."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.ui.tables import Table
from wagtail.admin.ui.tables.pages import PageTitleColumn
from wagtail.models import Revision

from courses import releases
from tests.builders import a_course, a_submission, lesson_called
from tests.people import logged_in


@pytest.fixture
def lesson(ada, mira):
    course = a_course(by=ada)
    lesson = lesson_called("Cutting straight", course=course)
    written = timezone.now() - timedelta(days=40)
    Revision.page_revisions.filter(object_id=str(lesson.pk)).update(created_at=written, user=ada)
    releases.approve_release(release=a_submission(by=ada, course=course), user=mira)
    lesson.refresh_from_db()
    return lesson


def shown(client, name, page):
    return BeautifulSoup(client.get(reverse(name, args=[page.pk])).content, "html.parser")


def test_live_is_since_a_release_by_whoever_decided_it(client, ada, mira, lesson):
    panel = shown(logged_in(client, ada), "wagtailadmin_pages:edit", lesson).select_one(
        "#status-sidebar-live"
    )

    told = " ".join(panel.parent.text.split())
    assert mira.get_full_name() in told
    assert ada.get_full_name() not in told
    assert "month" not in told
    assert "ago" not in told


def test_a_release_stands_in_the_history_of_each_of_its_pages(client, ada, lesson):
    logged_in(client, ada)
    other = lesson_called("Measure yourself", course=lesson.get_parent().get_parent())

    for page in (lesson, other):
        told = shown(client, "wagtailadmin_pages:history", page).select_one("#listing-results")
        assert "Published" in told.text


@pytest.mark.parametrize(("count", "word"), [(1, "page"), (3, "pages")])
def test_a_list_whose_view_names_no_model_counts_pages(rf, count, word):
    around = {
        "table": Table([], []),
        "request": rf.get("/"),
        "items_count": count,
        "verbose_name": None,
        "verbose_name_plural": None,
    }

    told = PageTitleColumn("title").get_header_context_data(around)

    assert str(told["model_name"]) == word
