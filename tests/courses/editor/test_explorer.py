"""The editor's list of what stands in a course."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from courses.models import ChapterPage, LessonPage
from tests.builders import a_course, a_lesson
from tests.people import logged_in

pytestmark = pytest.mark.django_db


def listed(client, user, page) -> str:
    address = reverse("wagtailadmin_explore", args=[page.pk])
    return logged_in(client, user).get(address).content.decode()


def add(model: str, page) -> str:
    return reverse("wagtailadmin_pages:add", args=["courses", model, page.pk])


def test_chapters_are_listed_without_a_word_about_addresses(client, ada):
    a_course(by=ada)

    outline = listed(client, ada, ChapterPage.objects.first())

    assert "Two needles and a thread" in outline
    assert "accessible" not in outline


def test_an_empty_course_says_what_comes_next(client, ada):
    course = a_course(by=ada, syllabus={})

    outline = listed(client, ada, course)

    assert "Nothing in this course yet" in outline
    assert add("chapterpage", course) in outline
    assert " of 0 " not in outline


def test_an_empty_flat_course_asks_for_a_lesson_alone(client, ada):
    course = a_course(by=ada, syllabus=[])

    outline = listed(client, ada, course)

    assert "Write the first lesson." in outline
    assert add("lessonpage", course) in outline
    assert add("chapterpage", course) not in outline


def test_an_empty_chapter_asks_for_a_lesson(client, ada):
    a_course(by=ada, syllabus={"Tools": []})
    chapter = ChapterPage.objects.get()

    outline = listed(client, ada, chapter)

    assert "Nothing in this chapter yet" in outline
    assert add("lessonpage", chapter) in outline


def test_a_search_that_finds_nothing_is_not_an_empty_course(client, ada):
    course = a_course(by=ada)
    address = reverse("wagtailadmin_explore", args=[course.pk])

    found = logged_in(client, ada).get(address, {"q": "xylophone"}).content.decode()

    assert "Nothing in this course yet" not in found
    assert "No results in" in found


def test_a_course_lists_its_chapters_and_lessons_in_order(client, ada):
    course = a_course(by=ada)
    a_lesson(under=course, title="Welcome")

    outline = listed(client, ada, course)

    assert outline.index("The first garment") < outline.index("Welcome")
    assert "Article" in outline
    assert "1\u00a0min" in outline


def test_a_chapter_is_as_long_as_it_has_lessons(client, ada):
    """Of chapters in it as well, and without what was retired."""
    course = a_course(
        by=ada,
        syllabus={
            "Tools": ["Needles", "Thread", "Chalk"],
            "Garments": {"Shirts": ["Sleeves", "Collars"], "Skirts": ["Hems"]},
            "Later": [],
        },
    )
    LessonPage.objects.filter(title="Chalk").update(retired=True)

    assert lengths(listed(client, ada, course)) == {
        "Tools": "2 lessons",
        "Garments": "3 lessons",
        "Later": "No lessons yet",
    }
    assert lengths(listed(client, ada, ChapterPage.objects.get(title="Garments"))) == {
        "Shirts": "2 lessons",
        "Skirts": "1 lesson",
    }


def lengths(outline: str) -> dict[str, str]:
    """What stands under "Length", by title."""
    table = BeautifulSoup(outline, "html.parser").select_one("table.listing")
    place = [head.get_text(strip=True) for head in table.select("thead th")].index("Length")
    told = {}
    for row in table.select("tbody tr"):
        cells = row.select("td")
        title = row.select_one(".title-wrapper").get_text(strip=True)
        told[title] = cells[place].get_text(" ", strip=True)
    return told
