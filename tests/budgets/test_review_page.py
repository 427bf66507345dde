"""What reading a submission may cost, with thirty lessons rewritten and with three hundred."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courses.models import LessonPage
from courses.moderation import changes
from courses.moderation.views import CHANGES_ON_A_PAGE, CHANGES_OPENED
from tests.builders import a_course, a_lesson, a_released_course, a_submission
from tests.bulk import lessons_everywhere, many_items
from tests.people import logged_in

pytestmark = pytest.mark.django_db
MOST_BYTES = 150_000


def rewritten(*, ada, title: str, lessons: int):
    """A released course, submitted again with a new word in each of its lessons."""
    course = a_course(by=ada, title=title, syllabus=[])
    text = "<p>Begin with the needle, and let the thread follow it.</p>" * 20
    first = a_lesson(under=course, title="Stitch 0", body=[("rich_text", text)])
    a_released_course(by=ada, course=course)
    first = LessonPage.objects.get(pk=first.pk)
    first.body = [("rich_text", text.replace("needle", "hook", 3))]
    first.save_revision(user=ada)
    submission = a_submission(by=ada, course=course)
    lessons_everywhere(like=first, each=lessons - 1, under=course)
    shown = course.releases.get(status="current")
    for release in (shown, submission):
        like = release.items.get(page=first)
        many_items(like=like, count=lessons - 1, changed=release == submission)
    return submission


def visit(client, address: str):
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    assert answer.status_code == 200
    return answer, len(captured)


def test_a_review_costs_the_same_with_thirty_lessons_and_with_three_hundred(
    client, ada, mira, monkeypatch
):
    small = rewritten(ada=ada, title="Thirty lessons", lessons=30)
    large = rewritten(ada=ada, title="Three hundred lessons", lessons=300)
    compared = []
    compare_lines = changes.compared
    monkeypatch.setattr(
        changes, "compared", lambda *texts: compared.append(texts) or compare_lines(*texts)
    )
    logged_in(client, mira)

    of_thirty = visit(client, reverse("moderation:review", args=[small.pk]))[1]
    compared.clear()
    page, of_all = visit(client, reverse("moderation:review", args=[large.pk]))

    assert of_all == of_thirty
    assert len(compared) == 2 * CHANGES_OPENED  # two visits
    assert len(page.content) < MOST_BYTES
    parsed = BeautifulSoup(page.content, "html.parser")
    told = parsed.select(".review-changes > li")
    assert len(told) == CHANGES_ON_A_PAGE
    assert [bool(one.select(".review-diff")) for one in told[:4]] == [True, True, True, False]
    assert len(parsed.select(".review-outline a")) == 300

    compared.clear()
    link = told[CHANGES_OPENED].select_one("a[data-part]")["href"]
    opened, statements = visit(client, link)
    part = client.get(link, {"part": "1"})

    assert len(compared) == 3  # one a visit
    assert statements <= of_thirty
    for answer in (opened, part):
        difference = BeautifulSoup(answer.content, "html.parser").select_one(".review-diff")
        assert "hook" in difference.text
    assert "<html" not in part.text

    compared.clear()
    lesson = large.items.get(title="Stitch 200")
    visit(client, reverse("moderation:lesson", args=[large.pk, lesson.pk]))
    assert len(compared) == 2

    second = client.get(reverse("moderation:review", args=[large.pk]), {"changes": "2"})
    shown = [change.subject.title for change in second.context["changes"]]
    assert shown[0] == f"Stitch {CHANGES_ON_A_PAGE}"


def test_a_change_is_not_there_for_others_nor_where_nothing_changed(client, ada, bruno, mira):
    release = rewritten(ada=ada, title="Two lessons", lessons=2)
    same = release.items.get(kind="course")
    lesson = release.items.get(title="Stitch 0")
    there = reverse("moderation:change", args=[release.pk, lesson.pk])

    assert logged_in(client, mira).get(there).status_code == 200
    assert client.get(reverse("moderation:change", args=[release.pk, same.pk])).status_code == 404
    assert client.get(reverse("moderation:change", args=[release.pk, 10**9])).status_code == 404
    assert logged_in(client, bruno).get(there).status_code in (302, 404)
    assert logged_in(client, ada).get(there).status_code in (302, 404)
