"""The queue of reviewers: who finds what, and whom it is hidden from."""

import pytest
from django.urls import reverse

from courses import releases
from courses.models import (
    CourseTeamMember,
)
from courses.moderation.selectors import queue_page
from tests.builders import (
    a_course,
    a_released_course,
    a_submission,
)

from .addresses import page


def test_the_queue_shows_what_waits_for_the_moderator(at_mira, ada, bruno, mira):
    waiting = a_submission(by=ada)
    own = a_course(by=bruno, title="Maps you can trust")
    CourseTeamMember.objects.create(course=own, user=mira)
    a_submission(by=bruno, course=own)

    html = at_mira.get(page("queue")).content.decode()

    assert page("review", waiting.pk) in html
    assert "Sewing by hand" in html
    assert "Maps you can trust" not in html


def test_the_longest_waiting_stands_first_and_only_a_shown_course_is_an_update(
    at_mira, ada, bruno, mira
):
    again = a_submission(by=ada)
    releases.ask_for_changes(release=again, user=mira, note="Say more about thread.")
    update = a_submission(by=bruno, course=a_released_course(by=bruno, title="Bread from rye"))
    again = releases.submit_course(course=again.course, user=ada)

    waiting = queue_page(mira).rows

    assert [(release.pk, release.is_update) for release in waiting] == [
        (update.pk, True),
        (again.pk, False),
    ]


def test_the_dashboard_says_what_waits_and_links_to_no_editor(at_mira, ada):
    release = a_submission(by=ada)

    html = at_mira.get(reverse("wagtailadmin_home")).content.decode()

    assert "One thing waits for you" in html
    assert page("review", release.pk) in html
    assert reverse("wagtailadmin_pages:edit", args=[release.course_id]) not in html
    assert "Reviews (1)" in html


@pytest.mark.parametrize("name", ["queue", "review", "lesson", "read", "history"])
@pytest.mark.parametrize("who", ["bruno", "dana"])
def test_a_review_is_not_there_for_others(name, who, client, ada, request):
    release = a_submission(by=ada)
    item = release.items.get(title="Cutting straight")
    client.force_login(request.getfixturevalue(who))
    args = {
        "queue": [],
        "review": [release.pk],
        "lesson": [release.pk, item.pk],
        "read": [release.pk, item.pk],
        "history": [release.course_id],
    }[name]

    response = client.get(page(name, *args))

    assert response.status_code in (302, 404)
    assert "Cutting straight" not in response.content.decode()


@pytest.mark.parametrize("verb", ["approve", "send_back"])
def test_a_moderator_on_the_team_finds_no_review_and_decides_nothing(at_mira, ada, mira, verb):
    release = a_submission(by=ada)
    CourseTeamMember.objects.create(course=release.course, user=mira)

    assert at_mira.get(page("review", release.pk)).status_code == 404
    assert at_mira.post(page(verb, release.pk), {"note": "Mine."}).status_code == 404

    release.refresh_from_db()
    assert release.status == "in_review"


def test_an_admin_who_wrote_part_of_it_reads_it_and_learns_who_decides(client, ada, ivo):
    course = a_course(by=ada)
    course.save_revision(user=ivo)
    release = releases.submit_course(course=course, user=ada)
    client.force_login(ivo)

    review = client.get(page("review", release.pk)).content.decode()

    assert "You wrote part of it, so another moderator decides." in review
    assert "Approve and release" not in review
    assert "Nothing waits for you." in client.get(reverse("moderation:queue")).content.decode()


def test_a_foreign_and_a_missing_review_answer_alike(client, ada, bruno):
    release = a_submission(by=ada)
    client.force_login(bruno)

    foreign, missing = (client.get(page("review", pk)) for pk in (release.pk, 987654))

    assert (foreign.status_code, foreign.content) == (missing.status_code, missing.content)
