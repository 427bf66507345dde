"""What the editor says at its fields and beside its form."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.urls import reverse
from wagtail.models import Page

from courses.teams.members import create_course
from tests.builders import a_lesson
from tests.editor import lesson_post
from tests.people import logged_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(ada, catalogue):
    return create_course(producer=ada, title="Sewing by hand")


def editor(client, person, page):
    at = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return BeautifulSoup(logged_in(client, person).get(at).content, "html.parser")


def panel(page, field):
    return page.select_one(f"section[id$=-{field}-section]")


@pytest.mark.parametrize("field", ["subtitle", "description", "category", "what_you_will_learn"])
def test_what_is_needed_to_submit_says_so(client, ada, course, field):
    page = editor(client, ada, course)

    assert "Needed to submit." in panel(page, field).decode()


def test_the_title_has_a_label_like_every_field(client, ada, course):
    page = editor(client, ada, course)

    heading = panel(page, "title").select_one(".w-panel__heading")
    assert " ".join(heading.get_text().split()) in ("Title *", "Title*")
    assert "title" not in panel(page, "title")["class"]


def test_no_category_reads_as_a_choice_to_make(client, ada, course):
    page = editor(client, ada, course)

    assert page.select_one("#id_category option[value='']").get_text() == "Choose a category"


def test_each_list_says_what_its_plus_adds(client, ada, course):
    lesson = a_lesson(under=course, title="Threads")

    told = editor(client, ada, course).decode() + editor(client, ada, lesson).decode()

    for added in ("a line", "a block", "an option", "a hint", "a file", "captions"):
        assert f"Add {added}" in told


def test_the_panel_of_a_lesson_tells_nothing_that_holds_of_no_lesson(client, ada, course):
    lesson = a_lesson(under=course, title="Threads")

    told = editor(client, ada, lesson).get_text()

    assert "Not restricted" not in told
    assert "Used in 0 places" not in told
    assert "No publishing schedule set" not in told
    assert "No comments yet. Point at a field" in told


def test_no_field_is_marked_wrong_by_a_browser_which_says_nothing():
    sheets = list((Path(settings.BASE_DIR) / "static/css/courses").rglob("*.css"))

    assert len(sheets) > 20
    assert [sheet.name for sheet in sheets if "invalid {" in sheet.read_text()] == []


@pytest.mark.parametrize(
    ("kind", "fields"),
    [
        ("video", {"title": "A hem", "url": "youtube.com/watch?v=bdKyMD3ZLJ0"}),
        ("resource", {"title": "A hem", "type": "link", "url": "example.org/hem"}),
    ],
)
def test_an_address_without_its_beginning_is_taken_and_completed(client, ada, course, kind, fields):
    lesson = a_lesson(under=course, title="Threads")
    at = reverse("wagtailadmin_pages:edit", args=[lesson.pk])

    response = logged_in(client, ada).post(at, lesson_post(lesson, [(kind, fields)]))

    assert response.status_code == 302
    (block,) = Page.objects.get(pk=lesson.pk).get_latest_revision_as_object().body
    assert block.value["url"] == f"https://{fields['url']}"
