"""The reviewers' desk: the queue, the course as one thing, the decision."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Comment, CommentReply

from courses import releases
from courses.comments.places import WHOLE
from courses.models import (
    ChapterPage,
    CoursePage,
    CourseRelease,
    CourseTeamMember,
    LessonPage,
)
from courses.moderation.changes import changes_between, compare, compared
from courses.moderation.comments import comment_on
from courses.moderation.selectors import queue_page
from courses.moderation.text import lines_of
from tests.builders import (
    a_course,
    a_lesson,
    a_released_course,
    a_submission,
    an_enrollment,
    lesson_called,
)
from tests.courses.isolation.evidence import rows
from tests.editor import a_whole_lesson, lesson_post
from tests.media import an_image
from tests.people import logged_in


@pytest.fixture
def at_mira(client, mira):
    client.force_login(mira)
    return client


@pytest.fixture
def update(ada):
    """A released course, rewritten and submitted again."""
    course = a_released_course(by=ada)
    lesson = lesson_called("Cutting straight", course=course)
    lesson.body = [("rich_text", "<p>Cutting straight: begin with chalk.</p>")]
    lesson.save_revision(user=ada)
    tools = ChapterPage.objects.get(title="Tools")
    lesson_called("Measure yourself", course=course).move(tools, pos="first-child")
    a_lesson(under=ChapterPage.objects.get(title="The first garment"), title="Press the seams")
    releases.retire_page(page=lesson_called("Sew the side seams", course=course), user=ada)
    return a_submission(by=ada, course=course)


def page(name, *args):
    return reverse(f"moderation:{name}", args=args)


# Who finds what


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


# Reading


def test_the_review_shows_the_course_as_one_thing(at_mira, update):
    html = at_mira.get(page("review", update.pk)).content.decode()

    for words in ("Make one garment that fits", "Sew a straight seam by hand", "€24<"):
        assert words in html
    for title in ("Two needles and a thread", "Press the seams", "Measure yourself"):
        assert title in html
    assert "Approve and release" in html


def test_what_changed_is_told_page_by_page(update):
    old = CourseRelease.objects.get(course=update.course, status="current")

    changes = {change.subject.title: change for change in changes_between(old, update)}
    compare(changes.values())

    assert {title: change.states for title, change in changes.items()} == {
        "Measure yourself": ["moved"],
        "Cutting straight": ["edited"],
        "Press the seams": ["new"],
        "Sew the side seams": ["retired"],
    }
    gone, new = [
        "".join(piece.text for piece in line.pieces if piece.state != "same")
        for line in changes["Cutting straight"].lines
        if line.state != "same"
    ]
    assert (gone, new) == ("what you have at hand.", "chalk.")


def test_a_picture_is_told_by_its_title(ada, mira):
    course = a_released_course(by=ada)
    lesson = lesson_called("Cutting straight", course=course)
    for title in ("Chalk line", "Pinned line"):
        picture = an_image(title=title, course=course, by=ada)
        lesson.body = [("image", {"image": picture, "alt": "A line", "caption": ""})]
        lesson.save_revision(user=ada)
        release = a_submission(by=ada, course=course)
        if title == "Chalk line":
            releases.approve_release(release=release, user=mira)

    (change,) = changes_between(course.releases.get(status="current"), release)
    compare([change])

    told = {line.state: "".join(piece.text for piece in line.pieces) for line in change.lines}
    assert "Chalk" in told["gone"] and "Pinned" in told["new"]


def test_a_comparison_keeps_a_line_around_and_skips_the_rest():
    before = [f"Line {n}" for n in range(9)]
    after = [*before[:4], "Line four", *before[5:]]

    lines = compared(before, after)

    assert [(line.state, "".join(piece.text for piece in line.pieces)) for line in lines] == [
        ("same", "Line 3"),
        ("gone", "Line 4"),
        ("new", "Line four"),
        ("same", "Line 5"),
    ]


def test_a_pinned_lesson_is_read_as_it_was_submitted(at_mira, update, ada):
    lesson = LessonPage.objects.get(title="Cutting straight")
    lesson.body = [("rich_text", "<p>Typed after submitting.</p>")]
    lesson.save_revision(user=ada)
    item = update.items.get(page=lesson)

    outside = at_mira.get(page("lesson", update.pk, item.pk))
    inside = at_mira.get(page("read", update.pk, item.pk))

    assert page("read", update.pk, item.pk) in outside.content.decode()
    assert "begin with chalk" in inside.content.decode()
    assert "Typed after submitting" not in inside.content.decode()
    assert "It stands here as it was submitted." in inside.content.decode()
    assert "This is the draft" not in inside.content.decode()
    assert inside["X-Frame-Options"] == "SAMEORIGIN"


def test_a_review_shows_the_picture_that_was_submitted_to_whoever_reads_it(
    at_mira, client, ada, bruno
):
    course = a_course(by=ada)
    course.thumbnail = an_image(title="Seam", course=course, by=ada)
    course.save_revision(user=ada)
    release = a_submission(by=ada, course=CoursePage.objects.get(pk=course.pk))
    address = page("picture", release.pk)

    shown = BeautifulSoup(at_mira.get(page("review", release.pk)).text, "html.parser")

    assert shown.select_one(".review__cover img")["src"] == address
    picture = at_mira.get(address)
    assert picture["Content-Type"] == "image/webp"
    assert "private, no-store" in picture["Cache-Control"]
    client.force_login(bruno)
    assert client.get(address).status_code == 404


def test_a_review_without_a_picture_shows_its_drawn_cover(at_mira, ada):
    release = a_submission(by=ada)

    shown = BeautifulSoup(at_mira.get(page("review", release.pk)).text, "html.parser")

    assert str(release.course.uuid) in shown.select_one(".review__cover img")["src"]
    assert at_mira.get(page("picture", release.pk)).status_code == 404


def test_a_second_submission_tells_what_was_asked_of_the_first(at_mira, ada, mira):
    first = a_submission(by=ada)
    releases.ask_for_changes(release=first, user=mira, note="Say more about thread.")
    again = a_submission(by=ada, course=CoursePage.objects.get(pk=first.course_id))

    shown = BeautifulSoup(at_mira.get(page("review", again.pk)).text, "html.parser")
    of_first = BeautifulSoup(at_mira.get(page("review", first.pk)).text, "html.parser")

    asked = " ".join(shown.select_one(".review-asked").text.split())
    assert "Sent back by Mira" in asked
    assert asked.endswith("Say more about thread.")
    assert of_first.select(".review-asked") == []


def test_what_a_release_answered_is_not_asked_again(at_mira, ada, mira):
    first = a_submission(by=ada)
    releases.ask_for_changes(release=first, user=mira, note="Say more about thread.")
    course = CoursePage.objects.get(pk=first.course_id)
    releases.approve_release(release=a_submission(by=ada, course=course), user=mira)
    update = a_submission(by=ada, course=course)

    shown = BeautifulSoup(at_mira.get(page("review", update.pk)).text, "html.parser")

    assert shown.select(".review-asked") == []
    assert "back after changes were asked" not in shown.text


def test_whoever_reads_what_comes_back_finds_what_was_answered(at_mira, ada, mira):
    first = a_submission(by=ada)
    item = first.items.get(title="Cutting straight")
    answered = comment_on(item=item, path=WHOLE, text="Which chalk?", user=mira)
    settled = comment_on(item=item, path=WHOLE, text="A picture would help.", user=mira)
    releases.ask_for_changes(release=first, user=mira, note="See beside the lesson.")
    CommentReply.objects.create(comment=answered, user=ada, text="Tailor's chalk.")
    Comment.objects.filter(pk=settled.pk).update(resolved_at=timezone.now(), resolved_by=ada)
    Comment.objects.create(page=item.page, user=ada, text="Ours alone.", contentpath="title")
    again = a_submission(by=ada, course=CoursePage.objects.get(pk=first.course_id))

    shown = BeautifulSoup(at_mira.get(page("review", again.pk)).text, "html.parser")
    home = " ".join(BeautifulSoup(at_mira.get("/admin/").text, "html.parser").text.split())

    said = shown.select_one(".review-said")
    told = " ".join(said.text.split())
    assert told.endswith("2 comments, 1 answered, 1 settled by the team")
    pinned = again.items.get(title="Cutting straight")
    assert said.select_one("a")["href"] == page("lesson", again.pk, pinned.pk) + "#comments"
    facts = " ".join(shown.select_one(".review-facts").text.split())
    assert "New course, back after changes were asked" in facts
    assert "new course, back after changes were asked" in home


def test_minutes_that_nobody_set_are_no_line_of_a_comparison(ada):
    lesson = lesson_called("Cutting straight", course=a_course(by=ada))

    assert [line for line in lines_of(lesson) if line.startswith("Minutes")] == []
    lesson.minutes = 12
    assert "Minutes: 12" in lines_of(lesson)


def test_reading_costs_the_same_at_any_size(at_mira, ada, django_assert_max_num_queries):
    small = a_submission(by=ada, syllabus=["One"])
    large = a_submission(by=ada, title="Long", syllabus=[f"Lesson {n}" for n in range(25)])
    at_mira.get(page("review", small.pk))

    for release in (small, large):
        with django_assert_max_num_queries(40):
            assert at_mira.get(page("review", release.pk)).status_code == 200


# Deciding


def test_approving_releases_the_course(at_mira, ada, mira):
    release = a_submission(by=ada)

    response = at_mira.post(page("approve", release.pk), {"comment": ""}, follow=True)

    release.refresh_from_db()
    assert (release.status, release.decided_by) == ("current", mira)
    assert "is released" in response.content.decode()


def test_sending_back_without_a_word_is_refused_where_one_stands(at_mira, ada):
    release = a_submission(by=ada)

    response = at_mira.post(page("send_back", release.pk), {"note": " "})

    assert response.status_code == 422
    assert "Say what should change" in response.content.decode()
    release.refresh_from_db()
    assert release.status == "in_review"


def test_a_second_moderator_is_told_that_it_is_decided(client, ada, mira, ivo):
    release = a_submission(by=ada)
    releases.approve_release(release=release, user=mira)
    client.force_login(ivo)

    response = client.post(page("send_back", release.pk), {"note": "Too long."}, follow=True)

    assert "decided or taken back" in response.content.decode()
    release.refresh_from_db()
    assert release.status == "current"


def test_history_lists_releases_and_restores_one(at_mira, ada, update, mira):
    first = update.course.releases.get(number=1)
    releases.approve_release(release=update, user=mira)

    html = at_mira.get(page("history", update.course_id)).content.decode()
    assert page("restore", first.pk) in html
    at_mira.post(page("restore", first.pk))

    assert update.course.releases.get(status="current").number == 3


def test_wagtails_own_view_of_a_review_tells_who_comes_second(client, ada, mira, ivo):
    release = a_submission(by=ada)
    stale = release.workflow_state.current_task_state
    releases.ask_for_changes(release=release, user=mira, note="Shorter.")
    again = releases.submit_course(course=release.course, user=ada)
    client.force_login(ivo)
    address = reverse(
        "wagtailadmin_pages:workflow_action", args=[release.course_id, "approve", stale.pk]
    )

    response = client.post(address, {"comment": "A pleasure to <read>."}, follow=True)

    assert "already decided on this submission" in response.content.decode()
    assert "it was not sent: “A pleasure to &lt;read&gt;.”" in response.content.decode()
    again.refresh_from_db()
    assert again.status == "in_review"


def test_wagtails_preview_shows_a_reviewer_no_draft_that_was_not_submitted(at_mira, ada):
    release = a_submission(by=ada)
    lesson = LessonPage.objects.descendant_of(release.course).first()
    lesson.title = "Not yet for anybody"
    lesson.save_revision(user=ada)
    task = release.workflow_state.current_task_state.task_id
    address = reverse("wagtailadmin_pages:workflow_preview", args=[release.course_id, task])

    answer = at_mira.get(address)

    assert answer.status_code == 404
    assert "Not yet for anybody" not in answer.content.decode()


# Words that were typed


WORDS = {"comment": "A pleasure to read.", "note": "Say which chalk."}


def test_what_stands_in_the_other_box_stays_when_a_note_is_missing(at_mira, ada):
    release = a_submission(by=ada)

    answer = at_mira.post(page("send_back", release.pk), WORDS | {"note": " "})

    assert answer.status_code == 422
    assert ">\nA pleasure to read.</textarea>" in answer.content.decode()


def test_what_stands_in_the_other_box_stays_when_a_comment_is_too_long(at_mira, ada):
    release = a_submission(by=ada)

    answer = at_mira.post(page("approve", release.pk), WORDS | {"comment": "a" * 2001})

    assert answer.status_code == 422
    assert ">\nSay which chalk.</textarea>" in answer.content.decode()
    release.refresh_from_db()
    assert release.status == "in_review"


@pytest.mark.parametrize("verb", ["approve", "send_back"])
@pytest.mark.parametrize("meanwhile", ["decided", "withdrawn"])
def test_words_for_a_submission_that_waits_no_more_are_given_back(
    client, ada, mira, ivo, verb, meanwhile
):
    release = a_submission(by=ada)
    if meanwhile == "decided":
        releases.ask_for_changes(release=release, user=mira, note="Shorter.")
    else:
        releases.withdraw_release(release=release, user=ada)
    client.force_login(ivo)
    before = rows()

    answer = client.post(page(verb, release.pk), WORDS)

    html = answer.content.decode()
    assert answer.status_code == 409
    assert "decided or taken back" in html
    assert "readonly>A pleasure to read.\n\nSay which chalk.</textarea>" in html
    assert rows() == before


def test_a_comment_on_a_submission_that_waits_no_more_is_given_back(at_mira, ada):
    release = a_submission(by=ada)
    item = release.items.get(title="Cutting straight")
    releases.withdraw_release(release=release, user=ada)
    before = rows()

    answer = at_mira.post(
        page("comment", release.pk, item.pk), {"place": "title", "text": "Which chalk?"}
    )

    assert answer.status_code == 409
    assert "readonly>Which chalk?</textarea>" in answer.content.decode()
    assert rows() == before


# What is read, and where to comment on it


def test_blocks_are_called_in_the_lesson_as_in_the_form_beside_it(at_mira, client, ada, mira):
    course = a_course(by=ada)
    lesson = lesson_called("Cutting straight", course=course)
    address = reverse("wagtailadmin_pages:edit", args=[lesson.pk])
    logged_in(client, ada).post(address, lesson_post(lesson, a_whole_lesson(course, ada)))
    release = a_submission(by=ada, course=course)
    item = release.items.get(page=lesson)
    logged_in(client, mira)

    outside = BeautifulSoup(client.get(page("lesson", release.pk, item.pk)).content, "html.parser")
    inside = BeautifulSoup(client.get(page("read", release.pk, item.pk)).content, "html.parser")

    offered = [option.get_text(strip=True) for option in outside.select("select option")]
    read = [place.get_text(strip=True) for place in inside.select(".block-place")]
    assert read == offered[1:]
    assert (read[0], read[-1]) == ("Block 1: Heading", "Block 14: Table")


def test_learners_and_the_team_read_no_numbers_of_blocks(client, ada, cleo):
    course = a_released_course(by=ada)
    lesson = lesson_called("Cutting straight", course=course)
    an_enrollment(user=cleo, course=course)
    address = reverse("learners:lesson", args=[lesson.uuid])

    for reader in (cleo, ada):
        answer = logged_in(client, reader).get(address)
        assert answer.status_code == 200
        assert "block-place" not in answer.content.decode()
