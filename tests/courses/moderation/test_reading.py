"""A submission is read as one thing, with what changed and what was asked before."""

from bs4 import BeautifulSoup
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Comment, CommentReply

from courses import releases
from courses.comments.places import WHOLE
from courses.models import (
    CoursePage,
    CourseRelease,
    LessonPage,
)
from courses.moderation.changes import changes_between, compare, compared
from courses.moderation.comments import comment_on
from courses.moderation.text import lines_of
from tests.builders import (
    a_course,
    a_released_course,
    a_submission,
    an_enrollment,
    lesson_called,
)
from tests.editor import a_whole_lesson, lesson_post
from tests.media import an_image
from tests.people import logged_in

from .addresses import page


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
