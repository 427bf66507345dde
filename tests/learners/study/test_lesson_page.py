"""The lesson page: what it shows, to whom, and what opening it leaves behind."""

import re

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone

from learners.enrollment.enrollments import enroll, revoke
from learners.enrollment.progress import mark_complete, save_position
from learners.models import Enrollment, LessonProgress
from tests.builders import a_lesson, lesson_called
from tests.media import a_file, video_with
from tests.people import logged_in
from tests.study import a_course_to_study, a_flat_course, in_review, lessons_of, released

pytestmark = pytest.mark.django_db
SECRET = "MARKER-the-line-is-cut-on-paper-first"
BODY = [("rich_text", f"<p>{SECRET}</p>")]


def without_tokens(response):
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.text)


def page(lesson, query=""):
    return reverse("learners:lesson", args=[lesson.uuid]) + query


@pytest.fixture
def course(ada):
    return a_flat_course(("Cut the line", BODY), ("Sew it", BODY), by=ada)


@pytest.fixture
def lesson(course):
    return lessons_of(course)[0]


def test_a_learner_reads_the_lesson_in_the_player(client, cleo, course, lesson):
    enroll(user=cleo, course=course)

    response = logged_in(client, cleo).get(page(lesson))

    assert response.status_code == 200
    assert SECRET in response.text
    assert "Next: Sew it" in response.text
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("done", [False, True])
def test_the_end_of_a_lesson_says_first_what_of_this_one_then_what_of_the_next(
    client, cleo, course, lesson, done
):
    enrollment = enroll(user=cleo, course=course)
    if done:
        mark_complete(enrollment=enrollment, lesson=lesson)

    html = BeautifulSoup(logged_in(client, cleo).get(page(lesson)).text, "html.parser")

    this, after = html.select("#finish p")
    if done:
        assert this.get_text(strip=True) == "This lesson is done."
    else:
        assert this.get_text(strip=True) == "This lesson counts as done when you mark it so."
    assert this.has_attr("data-said") and len(html.select("[data-said]")) == 1
    assert " ".join(after.get_text().split()) == "Next: Sew it, 1 min"


def test_opening_a_lesson_is_remembered_once(client, cleo, course, lesson):
    enrollment = enroll(user=cleo, course=course)
    logged_in(client, cleo)

    client.get(page(lesson))
    client.get(page(lesson))

    row = LessonProgress.objects.get()
    assert (row.enrollment, row.lesson, row.status) == (enrollment, lesson, "in_progress")
    enrollment.refresh_from_db()
    assert enrollment.last_accessed == row.last_accessed


def test_a_browser_that_fetches_ahead_opens_nothing(client, cleo, course, lesson):
    enroll(user=cleo, course=course)

    logged_in(client, cleo).get(page(lesson), headers={"Sec-Purpose": "prefetch;prerender"})

    assert not LessonProgress.objects.exists()


def test_a_closed_lesson_of_a_free_course_opens_with_one_press(client, ada, cleo):
    free = a_flat_course(("Cut the line", BODY), ("Sew it", BODY), by=ada, price="0")
    lesson = lessons_of(free)[1]
    opens = "This lesson opens when you start the course, which is free."
    visitor = client.get(page(lesson))

    closed = logged_in(client, cleo).get(page(lesson))

    assert (visitor.status_code, closed.status_code) == (403, 403)
    assert opens in visitor.text and "start-free" not in visitor.text
    html = BeautifulSoup(closed.text, "html.parser")
    assert opens in html.get_text() and "bought" not in html.main.get_text()
    (form,) = html.select("form.start-free")
    client.post(form["action"], {field["name"]: field["value"] for field in form.select("input")})
    assert client.get(page(lesson)).status_code == 200


def test_a_visitor_finds_a_closed_door_that_says_why(client, lesson, course):
    response = client.get(page(lesson))

    assert response.status_code == 403
    assert SECRET not in response.text
    assert "This lesson belongs to a course you have to buy first." in response.text
    assert reverse("storefront:course", args=[course.slug]) in response.text
    assert response["Cache-Control"] == "private, no-store"


def test_a_stranger_cannot_open_a_paid_lesson(client, dana, lesson):
    response = logged_in(client, dana).get(page(lesson))

    assert response.status_code == 403
    assert SECRET not in response.text
    assert "Buy it for" in response.text
    assert not Enrollment.objects.exists()
    assert not LessonProgress.objects.exists()


def test_a_refund_closes_the_lesson_on_the_next_request(client, cleo, course, lesson):
    enrollment = enroll(user=cleo, course=course)
    logged_in(client, cleo)
    assert client.get(page(lesson)).status_code == 200

    revoke(enrollment=enrollment)
    response = client.get(page(lesson))

    assert response.status_code == 403
    assert SECRET not in response.text
    assert "refunded" in response.text


def test_a_missing_lesson_and_a_draft_answer_the_same(client, cleo, course):
    enroll(user=cleo, course=course)
    draft = a_lesson(under=course, title="Not yet", body=BODY)
    logged_in(client, cleo)

    missing = client.get("/learn/00000000-0000-4000-8000-000000000000/")
    hidden = client.get(page(draft))

    assert (missing.status_code, hidden.status_code) == (404, 404)
    assert without_tokens(missing) == without_tokens(hidden)


def test_a_preview_is_open_to_everyone_and_leaves_no_trace(client, ada):
    course = a_course_to_study(
        by=ada, syllabus=["Measure yourself", "Cut"], previews=["Measure yourself"]
    )
    lesson = lesson_called("Measure yourself", course=course)

    whole, alone = client.get(page(lesson)), client.get(page(lesson, "?preview=1"))

    assert (whole.status_code, alone.status_code) == (200, 200)
    for response in (whole, alone):
        assert "begin with what you have at hand" in response.text
    assert "<html" not in alone.text
    # The next lesson is named but not linked.
    cut = lesson_called("Cut", course=course)
    assert "Cut" in whole.text
    assert str(cut.uuid) not in whole.text
    assert not LessonProgress.objects.exists()


def test_the_preview_of_a_closed_lesson_is_closed(client, dana, lesson):
    response = logged_in(client, dana).get(page(lesson, "?preview=1"))

    assert response.status_code == 403
    assert SECRET not in response.text


def test_a_suspended_learner_is_a_visitor(client, cleo, course, lesson):
    enroll(user=cleo, course=course)
    logged_in(client, cleo)
    cleo.is_active = False
    cleo.save(update_fields=["is_active"])

    response = client.get(page(lesson))

    assert response.status_code == 403
    assert SECRET not in response.text


def test_buyers_keep_an_archived_course_and_others_cannot_start_it(
    client, cleo, dana, course, lesson
):
    enroll(user=cleo, course=course)
    type(course).objects.filter(pk=course.pk).update(archived_at=timezone.now())

    assert logged_in(client, cleo).get(page(lesson)).status_code == 200
    closed = logged_in(client, dana).get(page(lesson))
    assert closed.status_code == 403
    assert "not for sale" in closed.text


@pytest.mark.parametrize("who", ["ada", "mira", "ivo"])
def test_team_moderator_and_admin_look_on_and_nothing_is_recorded(
    client, request, course, lesson, who
):
    viewer = request.getfixturevalue(who)

    response = logged_in(client, viewer).get(page(lesson))

    assert response.status_code == 200
    assert SECRET in response.text
    assert "Nothing is recorded." in response.text
    assert not Enrollment.objects.exists()
    assert not LessonProgress.objects.exists()


def test_another_producer_is_a_stranger(client, bruno, lesson):
    response = logged_in(client, bruno).get(page(lesson))

    assert response.status_code == 403
    assert SECRET not in response.text


def test_the_team_reads_its_draft_and_learners_do_not(client, ada, cleo, course, lesson):
    enroll(user=cleo, course=course)
    lesson.body = [("rich_text", "<p>MARKER-draft</p>")]
    lesson.save_revision()

    team = logged_in(client, ada)
    assert "MARKER-draft" not in team.get(page(lesson)).text
    assert "MARKER-draft" in team.get(page(lesson, "?draft=1")).text
    learner = logged_in(client, cleo)
    assert "MARKER-draft" not in learner.get(page(lesson, "?draft=1")).text


def test_a_moderator_reads_what_waits_for_review_and_no_other_draft(client, mira, ada, course):
    waiting = a_lesson(under=course, title="Waits", body=BODY)
    in_review(waiting, course)
    lying = a_lesson(under=course, title="Lies in a drawer", body=BODY)
    logged_in(client, mira)

    assert SECRET in client.get(page(waiting)).text
    assert client.get(page(lying)).status_code == 404


def test_who_studied_a_retired_lesson_still_reads_it_as_it_was(client, cleo, dana, course, lesson):
    enroll(user=cleo, course=course)
    enroll(user=dana, course=course)
    logged_in(client, cleo).get(page(lesson))
    released(course, without=[lesson])
    # The row of a page that is not live is written on by the editor.
    type(lesson).objects.filter(pk=lesson.pk).update(live=False, body="[]")

    kept = logged_in(client, cleo).get(page(lesson))
    assert kept.status_code == 200
    assert SECRET in kept.text
    assert "This lesson has left the course." in kept.text

    never = logged_in(client, dana).get(page(lesson))
    assert never.status_code == 403
    assert SECRET not in never.text


def test_a_new_lesson_is_shown_as_new(client, cleo, course, lesson):
    enroll(user=cleo, course=course)
    a_lesson(under=course, title="Added later", body=BODY)
    released(course)

    response = logged_in(client, cleo).get(page(lesson))

    assert "Added later" in response.text
    assert response.text.count(">New</span>") == 1


def test_resuming_goes_where_one_stopped(client, cleo, course):
    enroll(user=cleo, course=course)
    first, second = lessons_of(course)
    logged_in(client, cleo)
    resume = reverse("learners:resume", args=[course.uuid])

    assert client.get(resume)["Location"] == page(first)
    client.get(page(second))
    assert client.get(resume)["Location"] == page(second)


def test_resuming_a_course_one_does_not_have_leads_to_its_shop_page(client, course):
    response = client.get(reverse("learners:resume", args=[course.uuid]))

    assert response.status_code == 302
    assert response["Location"].endswith(reverse("storefront:course", args=[course.slug]))


@pytest.mark.parametrize(("left_at", "starts"), [(7, 7), (14, 14), (15, 0), (20, 0)])
def test_a_film_goes_on_where_it_was_left_and_begins_again_after_its_end(
    client, ada, cleo, left_at, starts
):
    course = a_flat_course(("Watch", [video_with(a_file())]), by=ada)
    enrollment = enroll(user=cleo, course=course)
    (lesson,) = lessons_of(course)
    save_position(enrollment=enrollment, lesson=lesson, second=left_at)
    logged_in(client, cleo)

    assert f'data-start="{starts}"' in client.get(page(lesson)).text
    assert ("Continue at" in client.get("/my-learning/").text) == bool(starts)
