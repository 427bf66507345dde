"""Lines of a list on which nobody wrote: dropped when they come, and shown nowhere."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.models import Page

from courses.editor.my_courses import missing
from courses.teams.members import create_course
from storefront.catalogue.course_reading import _lines
from tests.editor import course_post, posted_stream
from tests.people import logged_in

pytestmark = pytest.mark.django_db

LISTS = ["what_you_will_learn", "requirements"]


@pytest.fixture
def course(ada, catalogue):
    return create_course(producer=ada, title="Sewing by hand")


def with_blanks(*written):
    return [("item", line) for line in written]


@pytest.mark.parametrize("name", LISTS)
def test_an_empty_line_is_dropped_when_a_draft_is_saved(client, ada, course, name):
    block = course._meta.get_field(name).stream_block
    lines = posted_stream(block, name, with_blanks("", "Sew a seam", "   ", "Darn a sock", ""))
    at = reverse("wagtailadmin_pages:edit", args=[course.pk])

    response = logged_in(client, ada).post(at, course_post(course, **lines))

    assert response.status_code == 302
    draft = Page.objects.get(pk=course.pk).get_latest_revision_as_object()
    assert [block.value for block in getattr(draft, name)] == ["Sew a seam", "Darn a sock"]


@pytest.mark.parametrize("name", LISTS)
def test_an_empty_line_of_an_older_course_is_shown_nowhere(course, name):
    setattr(course, name, with_blanks("", "Sew a seam", " "))

    shown = {"what_you_will_learn": course.outcome_list, "requirements": course.requirement_list}
    assert shown[name] == ["Sew a seam"]
    assert _lines(name, course._meta.get_field(name).value_to_string(course)) == ("Sew a seam",)


def test_a_list_of_empty_lines_is_still_missing(course):
    draft = {"what_you_will_learn": '[{"type": "item", "value": " "}]'}

    names = [part.name for part in missing(draft, course_id=course.pk, lessons=1)]
    assert "what learners will be able to do" in names


def test_no_panel_beside_a_form_counts_what_it_cannot_know(client, ada, course):
    at = reverse("wagtailadmin_pages:edit", args=[course.pk])

    page = BeautifulSoup(logged_in(client, ada).get(at).content, "html.parser")

    panels = {panel["data-side-panel"] for panel in page.select("[data-side-panel]")}
    assert "checks" not in panels
    assert {"status", "comments", "preview"} <= panels
