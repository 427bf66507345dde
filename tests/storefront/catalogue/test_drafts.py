"""A draft of a course, as its team sees it."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courses.editor.tabs import outline_address
from courses.models import ChapterPage
from tests.builders import a_course, a_lesson, lesson_called
from tests.courses.isolation.evidence import rows
from tests.editor import course_post, lesson_post
from tests.media import an_image
from tests.people import logged_in

pytestmark = pytest.mark.django_db

SYLLABUS = {"Tools": ["Needles", "Thread"], "Seams": ["Running"]}


def draft_of(page) -> str:
    return reverse("wagtailadmin_pages:view_draft", args=[page.pk])


def words(element) -> str:
    return " ".join(element.text.split())


@pytest.fixture
def course(ada):
    return a_course(by=ada, syllabus=SYLLABUS)


@pytest.fixture
def shown(client, ada):
    logged_in(client, ada)

    def open_draft(page) -> BeautifulSoup:
        answer = client.get(draft_of(page))
        assert answer.status_code == 200
        return BeautifulSoup(answer.text, "html.parser")

    return open_draft


def test_a_draft_shows_chapters_and_lessons_as_the_public_page_does(shown, course):
    page = shown(course)

    chapters = [words(one.select_one(".title")) for one in page.select(".toc summary")]
    assert chapters == ["Tools", "Seams"]
    lessons = [
        (words(one.select_one(".no")), words(one.a), one.a["href"])
        for one in page.select(".toc details li")
    ]
    assert lessons == [
        ("1.1", "Needles", draft_of(lesson_called("Needles", course=course))),
        ("1.2", "Thread", draft_of(lesson_called("Thread", course=course))),
        ("2.1", "Running", draft_of(lesson_called("Running", course=course))),
    ]


def test_a_draft_shows_what_is_written_now_and_not_what_leaves(shown, ada, course):
    lesson = lesson_called("Running", course=course)
    lesson.title = "The running stitch"
    lesson.save_revision(user=ada)
    ChapterPage.objects.filter(title="Tools").update(retired=True)

    page = shown(course)

    assert [words(one.a) for one in page.select(".toc details li")] == ["The running stitch"]


def test_a_draft_has_its_picture_and_says_what_it_will_cost(client, shown, ada, course):
    drawn = shown(course).select_one(".buy .cover img")["src"]
    image = an_image(title="Seam", course=course, by=ada)
    edit = reverse("wagtailadmin_pages:edit", args=[course.pk])
    client.post(edit, course_post(course, thumbnail=image.pk))

    page = shown(course)

    assert str(course.uuid) in drawn
    assert client.get(page.select_one(".buy .cover img")["src"])["Content-Type"] == "image/webp"
    assert "€24" in words(page.select_one(".buy"))
    assert page.select(".buy button, .buy form") == []


def test_a_draft_says_what_it_is_and_leads_back_to_the_studio(shown, course):
    bar = shown(course).select_one(".visit")

    assert "This is the draft, as your team sees it." in words(bar)
    assert [way["href"] for way in bar.select("a")] == [
        outline_address(course.pk),
        reverse("wagtailadmin_pages:edit", args=[course.pk]),
        draft_of(lesson_called("Needles", course=course)),
    ]


def test_the_draft_of_a_lesson_leads_back_and_to_the_lessons_beside_it(shown, course):
    lesson = lesson_called("Thread", course=course)

    bar = shown(lesson).select_one(".visit")

    assert [way["href"] for way in bar.select("a")] == [
        outline_address(course.pk),
        reverse("wagtailadmin_pages:edit", args=[lesson.pk]),
        draft_of(lesson_called("Needles", course=course)),
        draft_of(lesson_called("Running", course=course)),
    ]


def test_beside_the_form_nothing_leads_away_from_it(client, ada, course):
    logged_in(client, ada)
    lesson = lesson_called("Thread", course=course)
    for page, form in ((course, course_post(course)), (lesson, lesson_post(lesson, []))):
        address = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
        assert client.post(address, form).json()["is_valid"]

        answer = client.get(address, {"mode": "", "in_preview_panel": "true"})

        shown = BeautifulSoup(answer.text, "html.parser")
        assert answer.status_code == 200
        assert shown.select_one("h1").text.strip() == page.title
        assert shown.select(".visit a, .toc li a") == []


def test_a_chapter_is_seen_within_its_course(client, ada, course):
    chapter = ChapterPage.objects.get(title="Tools")

    editor = logged_in(client, ada).get(reverse("wagtailadmin_pages:edit", args=[chapter.pk]))

    page = BeautifulSoup(editor.text, "html.parser")
    assert page.select_one(".st-frame__view")["href"] == draft_of(course)


def test_looking_at_drafts_writes_nothing(client, shown, course):
    lesson = lesson_called("Thread", course=course)
    before = rows()

    shown(course)
    shown(lesson)

    assert rows() == before


def test_strangers_and_learners_see_no_draft(client, bruno, dana, course):
    for person in (bruno, dana):
        logged_in(client, person)
        for page in (course, lesson_called("Thread", course=course)):
            assert "Needles" not in client.get(draft_of(page), follow=True).text


def test_a_draft_costs_the_same_with_three_lessons_and_with_thirty(client, ada, course):
    logged_in(client, ada)

    def cost() -> int:
        client.get(draft_of(course))
        with CaptureQueriesContext(connection) as captured:
            assert client.get(draft_of(course)).status_code == 200
        return len(captured)

    of_three = cost()
    for number in range(27):
        a_lesson(under=ChapterPage.objects.get(title="Seams"), title=f"Stitch {number}")

    assert cost() == of_three
