"""Words of teams, reviews, releases and the front page are marked where Python writes them."""

import re

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils.translation import override

from courses import releases
from courses.drafts.structure import refusal_to_switch
from courses.errors import CourseError
from courses.isolation.foreign_ids import REFUSALS
from courses.models import ChapterPage
from courses.moderation.text import lines_of
from home.front.contents import teaching_facts
from home.models import HomePage
from perfomix.languages import pseudo
from tests.builders import a_course, a_released_course, a_submission, lesson_called
from tests.people import logged_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def accented(client, user):
    logged_in(client, user).get(f"/language/{pseudo.ACCENTED}/")
    return client


def soup_of(response) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def unmarked(texts) -> list[str]:
    told = [" ".join(str(text).split()) for text in texts]
    return [text for text in told if re.search("[A-Za-z]", text) and "⟦" not in text]


def said(response) -> list[str]:
    """What the editor says at the top of a page after something was done."""
    found = [message.get_text() for message in soup_of(response).select(".messages li")]
    assert found
    return found


def test_the_page_of_a_team_is_marked(client, ada, bruno):
    course = a_course(by=ada)
    address = reverse("studio:team", args=[course.pk])
    accented(client, ada)

    joined = client.post(address, {"email": bruno.email}, follow=True)
    refused = client.post(address, {"email": ada.email})

    assert unmarked(said(joined)) == []
    assert unmarked(label.get_text() for label in soup_of(joined).select("label")) == []
    errors = [error.get_text() for error in soup_of(refused).select(".error-message")]
    assert errors
    assert unmarked(errors) == []


def test_what_a_reviewer_reads_and_is_told_is_marked(client, ada, mira):
    release = a_submission(by=ada)
    accented(client, mira)

    page = client.get(f"/admin/reviews/{release.pk}/")
    refused = client.post(f"/admin/reviews/{release.pk}/changes/", {"note": ""})
    done = client.post(f"/admin/reviews/{release.pk}/approve/", {"comment": ""}, follow=True)

    labels = [label.get_text() for label in soup_of(page).select("form label")]
    assert len(labels) >= 2
    assert unmarked(labels) == []
    assert unmarked(error.get_text() for error in soup_of(refused).select(".error-message")) == []
    assert unmarked(said(done)) == []
    assert unmarked([soup_of(done).find("h2", class_="w-sr-only") or ""]) == []


def test_each_line_of_a_comparison_is_led_by_a_marked_word(ada):
    course = a_course(by=ada)
    lesson = lesson_called("Cutting straight", course=course)
    lesson.minutes = 12

    with override(pseudo.ACCENTED):
        lines = [*lines_of(course), *lines_of(lesson)[:3]]

    led = [line for line in lines if ": " in line]
    assert len(led) >= 14
    assert unmarked(line.partition(": ")[0] for line in led) == []
    assert lines_of(lesson)[:3] == [
        "Title: Cutting straight",
        "Open preview: no",
        "Minutes: 12",
    ]


def test_refusals_of_releases_and_drafts_are_marked(ada, bruno):
    course = a_released_course(by=ada)

    with override(pseudo.ACCENTED):
        with pytest.raises(CourseError) as refusal:
            releases.submit_course(course=course, user=bruno)
        switching = refusal_to_switch(course, "flat")
        foreign = list(REFUSALS.values())

        assert unmarked([refusal.value, switching, *foreign]) == []
    assert refusal.value.code == "only_team_submits"


def test_removing_a_chapter_asks_and_answers_in_the_readers_language(client, ada):
    course = a_released_course(by=ada)
    chapter = ChapterPage.objects.get(title="Tools")
    accented(client, ada)

    asked = client.get(f"/admin/reviews/part/{chapter.pk}/remove/")
    archive = client.get(f"/admin/reviews/course/{course.pk}/archive/")
    done = client.post(f"/admin/reviews/course/{course.pk}/archive/", follow=True)

    for page in (asked, archive):
        form = soup_of(page).select_one("main form[method=post]")
        assert unmarked([form.find("button").get_text(), soup_of(page).title.get_text()]) == []
    assert unmarked(said(done)) == []


def test_facts_for_producers_on_the_front_page_are_marked(catalogue):
    with override(pseudo.ACCENTED):
        facts = teaching_facts()

    assert len(facts) >= 3
    assert unmarked(word for fact in facts for word in fact) == []


def test_the_forms_of_the_front_page_and_of_plain_pages_are_marked(client, ivo):
    home = HomePage.objects.get()
    accented(client, ivo)

    for address in (
        f"/admin/pages/{home.pk}/edit/",
        f"/admin/pages/add/home/plainpage/{home.pk}/",
    ):
        headings = soup_of(client.get(address)).select("[data-panel-heading-text]")
        assert len(headings) >= 3
        assert unmarked(heading.get_text() for heading in headings) == []
