"""Comments where the text is: by the team in the editor, by moderators beside the submission."""

import json

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Comment, CommentReply, Page, Revision

from courses import releases
from courses.errors import CourseError
from courses.models import ItemKind, OutboxMail, ReleaseItem, TeamRole
from courses.moderation.comments import comment_on, open_comments, places_of, with_places
from tests.builders import a_course, a_submission, lesson_called
from tests.courses.isolation.evidence import rows
from tests.editor import lesson_post
from tests.people import logged_in
from tests.teams import add_instructor

QUOTE = ("quote", {"text": "Measure twice.", "source": ""})


@pytest.fixture
def lesson(ada):
    lesson = lesson_called("Cutting straight", course=a_course(by=ada))
    lesson.body = [QUOTE]
    lesson.save_revision()
    return lesson


def edit_address(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def block_of(page) -> str:
    return Page.objects.get(pk=page.pk).get_latest_revision_as_object().body[0].id


def comment(words, path, position=""):
    first = {
        "id": "",
        "contentpath": path,
        "text": words,
        "position": position,
        "resolved": "",
        "DELETE": "",
        "replies-TOTAL_FORMS": "0",
        "replies-INITIAL_FORMS": "0",
    }
    return {
        "comment_notifications": "on",
        "comments-TOTAL_FORMS": "1",
        "comments-INITIAL_FORMS": "0",
    } | {f"comments-0-{name}": value for name, value in first.items()}


def post(page, words, path, position=""):
    data = lesson_post(page, [QUOTE], **comment(words, path, position))
    return data | {"body-0-id": block_of(page)}


def test_a_block_of_a_lesson_is_commented_on_and_the_team_reads_it_there(
    client, ada, bruno, lesson
):
    course = lesson.get_ancestors().type(lesson.get_parent().get_parent().specific_class).get()
    add_instructor(course=course.specific, email=bruno.email, by=ada)
    path = f"body.{block_of(lesson)}.source"

    answer = logged_in(client, ada).post(edit_address(lesson), post(lesson, "Who said so?", path))

    assert answer.status_code == 302
    (kept,) = Comment.objects.all()
    assert (kept.page_id, kept.user, kept.contentpath) == (lesson.pk, ada, path)
    assert "Who said so?" in logged_in(client, bruno).get(edit_address(lesson)).content.decode()
    assert [told.to for told in OutboxMail.objects.all() if "comments" in told.key] == [bruno.email]


def test_a_chapter_can_be_commented_on(client, ada, lesson):
    chapter = lesson.get_parent()
    data = {"title": chapter.title, "description": "", **comment("Too long?", "description")}

    assert logged_in(client, ada).post(edit_address(chapter), data).status_code == 302

    assert Comment.objects.get().page_id == chapter.pk


def test_a_comment_changes_neither_what_is_pinned_nor_its_digest(client, ada, mira, lesson):
    course = lesson.get_parent().get_parent().specific
    first = a_submission(by=ada, course=course)
    logged_in(client, ada).post(edit_address(lesson), post(lesson, "Who said so?", "body"))
    releases.withdraw_release(release=first, user=ada)

    second = releases.submit_course(course=course, user=ada)

    digests = ReleaseItem.objects.filter(page=lesson).order_by("release_id")
    before, after = digests.values_list("digest", flat=True)
    assert Comment.objects.exists()
    assert before == after
    pinned = second.items.get(page=lesson).revision.as_object()
    assert "Who said so?" not in json.dumps(list(pinned.body.raw_data))


def test_a_stranger_neither_comments_nor_reads(client, ada, bruno, lesson):
    Comment.objects.create(page=lesson, user=ada, text="Between us.", contentpath="body")
    strange = logged_in(client, bruno)
    before = rows()

    assert strange.get(edit_address(lesson)).status_code == 404
    assert strange.post(edit_address(lesson), post(lesson, "Hello", "body")).status_code == 404
    assert rows() == before


@pytest.mark.parametrize(
    ("path", "position"),
    [
        ("", ""),
        ("body..", ""),
        ("body.<script>", ""),
        ("a" * 501, ""),
        ("body", "["),
        ("body", '{"key": "a", "start": 0, "end": 1}'),
        ("body", '[{"key": 1, "start": 0, "end": 1}]'),
        ("body", '[{"key": "a", "start": -1, "end": 1}]'),
        ("body", '[{"key": "a", "start": 0}]'),
        ("body", "[" * 30 + "]" * 30),
        ("body", '[{"key": "a\\u0000", "start": 0, "end": 1}]'),
    ],
)
def test_a_comment_that_stands_nowhere_is_refused(client, ada, lesson, path, position):
    before = Revision.objects.count()

    response = logged_in(client, ada).post(
        edit_address(lesson), post(lesson, "Hello", path, position)
    )

    assert response.status_code == (400 if path else 200)
    assert not Comment.objects.exists()
    assert Revision.objects.count() == before


def test_a_comment_on_words_keeps_its_place(client, ada, lesson):
    place = '[{"key":"abc12","start":0,"end":7}]'

    logged_in(client, ada).post(edit_address(lesson), post(lesson, "Hm.", "body", place))

    assert Comment.objects.get().position == place


# Moderators, beside the submission


@pytest.fixture
def submitted(ada, mira, lesson):
    release = a_submission(by=ada, course=lesson.get_parent().get_parent().specific)
    return release.items.get(page=lesson)


def comment_address(item):
    return reverse("moderation:comment", args=[item.release_id, item.pk])


def test_a_moderator_comments_beside_a_block_and_the_team_is_told(client, ada, mira, submitted):
    (_, whole), (block, called) = places_of(submitted)
    assert (whole, called) == ("The lesson as a whole", "Block 1: Quote")
    logged_in(client, mira)
    data = {"place": block, "text": "Who said so?"}

    client.post(comment_address(submitted), data)
    client.post(comment_address(submitted), data)  # pressed twice

    (kept,) = Comment.objects.all()
    assert (kept.user, kept.contentpath, kept.page_id) == (mira, block, submitted.page_id)
    (told,) = OutboxMail.objects.filter(key__startswith="course_comments:")
    assert told.to == ada.email
    assert f"{edit_address(submitted.page)}#:w:contentpath={block}" in told.text
    assert "Who said so?" in told.text and "Who said so?" in told.html
    page = client.get(reverse("moderation:lesson", args=[submitted.release_id, submitted.pk]))
    assert "Block 1: Quote" in page.content.decode()
    assert (
        "Who said so?" in logged_in(client, ada).get(edit_address(submitted.page)).content.decode()
    )


def test_what_a_team_says_among_itself_is_not_read_beside_the_submission(
    client, ada, mira, ivo, submitted
):
    whole = {"page_id": submitted.page_id, "contentpath": "body"}
    Comment.objects.create(user=ada, text="Nobody will notice.", **whole)
    asked = Comment.objects.create(user=ivo, text="Who said so?", **whole)
    CommentReply.objects.create(comment=asked, user=ada, text="My tailor.")

    address = reverse("moderation:lesson", args=[submitted.release_id, submitted.pk])
    page = logged_in(client, mira).get(address).content.decode()

    assert "Who said so?" in page
    assert "My tailor." in page
    assert "Nobody will notice." not in page


def test_an_admin_who_writes_along_speaks_with_the_team(client, mira, ivo, submitted):
    submitted.release.course.team.create(user=ivo, role=TeamRole.INSTRUCTOR)
    Comment.objects.create(
        user=ivo, text="Nobody will notice.", page_id=submitted.page_id, contentpath="body"
    )

    address = reverse("moderation:lesson", args=[submitted.release_id, submitted.pk])

    assert "Nobody will notice." not in logged_in(client, mira).get(address).content.decode()


@pytest.mark.parametrize("data", [{"place": "slug", "text": "x"}, {"place": "title", "text": " "}])
def test_a_comment_without_words_or_a_place_is_refused(client, mira, submitted, data):
    logged_in(client, mira)
    before = rows()

    response = client.post(comment_address(submitted), data)

    assert response.status_code == 422
    assert rows() == before


@pytest.mark.parametrize("who", ["ada", "bruno", "cleo"])
def test_nobody_else_comments_beside_a_submission(client, submitted, who, request):
    logged_in(client, request.getfixturevalue(who))
    before = rows()

    response = client.post(comment_address(submitted), {"place": "title", "text": "Hello"})

    assert response.status_code in (302, 404)
    assert not Comment.objects.exists()
    assert rows() == before


def test_a_decided_submission_takes_no_comment(ada, mira, submitted):
    releases.ask_for_changes(release=submitted.release, user=mira, note="Say who it is for.")
    before = Comment.objects.count()

    with pytest.raises(CourseError) as refusal:
        comment_on(item=submitted, path="body", text="And this.", user=mira)

    assert refusal.value.code == "review_over"
    assert Comment.objects.count() == before


@pytest.mark.parametrize("who", ["ada", "cleo", "bruno", "ivo"])
def test_only_who_may_decide_on_a_submission_comments_on_it(ada, ivo, submitted, who, request):
    submitted.release.course.team.create(user=ivo, role=TeamRole.INSTRUCTOR)
    user = request.getfixturevalue(who)
    before = rows()

    with pytest.raises(CourseError) as refusal:
        comment_on(item=submitted, path="body", text="And this.", user=user)

    assert refusal.value.code == "review_over"
    assert rows() == before


def test_what_is_no_lesson_takes_no_comment_beside_the_submission(mira, submitted):
    chapter = submitted.release.items.filter(kind=ItemKind.CHAPTER).first()
    before = rows()

    with pytest.raises(CourseError) as refusal:
        comment_on(item=chapter, path="body", text="Too long?", user=mira)

    assert refusal.value.code == "review_over"
    assert rows() == before


def test_what_the_team_ticked_off_is_no_longer_read_beside_the_submission(
    client, ada, mira, submitted
):
    done = comment_on(item=submitted, path="body", text="Who said so?", user=mira)
    comment_on(item=submitted, path="body", text="When was that?", user=mira)
    Comment.objects.filter(pk=done.pk).update(resolved_at=timezone.now(), resolved_by=ada)

    address = reverse("moderation:lesson", args=[submitted.release_id, submitted.pk])
    page = logged_in(client, mira).get(address).content.decode()

    assert "When was that?" in page
    assert "Who said so?" not in page


def test_what_was_ticked_off_is_asked_again_in_the_same_words(ada, mira, submitted):
    done = comment_on(item=submitted, path="body", text="Who said so?", user=mira)
    Comment.objects.filter(pk=done.pk).update(resolved_at=timezone.now(), resolved_by=ada)

    again = comment_on(item=submitted, path="body", text="Who said so?", user=mira)

    assert again.pk != done.pk
    assert OutboxMail.objects.filter(key__startswith="course_comments:").count() == 2


def test_two_moderators_may_say_the_same(mira, ivo, submitted):
    said = [
        comment_on(item=submitted, path="body", text="Who said so?", user=user)
        for user in (mira, ivo)
    ]

    assert [comment.user for comment in said] == [mira, ivo]
    assert OutboxMail.objects.filter(key__startswith="course_comments:").count() == 2


def test_the_same_words_are_said_of_two_places(mira, submitted):
    (whole, _), (block, _) = places_of(submitted)

    for place in (whole, block):
        comment_on(item=submitted, path=place, text="Who said so?", user=mira)

    said = Comment.objects.order_by("pk").values_list("contentpath", flat=True)
    assert list(said) == [whole, block]


def test_comments_beside_a_submission_stand_in_the_order_they_were_made(mira, ivo, submitted):
    for user, words in ((mira, "Who said so?"), (ivo, "When was that?")):
        comment_on(item=submitted, path="body", text=words, user=user)

    assert [comment.text for comment in open_comments(submitted)] == [
        "Who said so?",
        "When was that?",
    ]


def test_a_comment_on_a_part_of_a_block_is_read_at_its_block(mira, submitted):
    (_, _), (block, called) = places_of(submitted)
    comment = Comment(contentpath=f"{block}.source")

    assert with_places([comment], submitted) == [(comment, called)]


def test_a_block_that_has_gone_since_leaves_the_comment_at_the_lesson(ada, mira, submitted):
    block = places_of(submitted)[1][0]
    draft = submitted.page.get_latest_revision_as_object()
    draft.body = [("heading", {"text": "Anew", "level": "2"})]
    draft.save_revision()

    assert comment_on(item=submitted, path=block, text="Why?", user=mira).contentpath == "title"
