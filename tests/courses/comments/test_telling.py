"""Who is told of comments: once each, by the outbox, and never of their own."""

from importlib import import_module

import pytest
from django.apps import apps
from django.core import mail
from django.urls import reverse
from wagtail.models import Comment, CommentReply, Page, PageSubscription
from wagtail.users.models import UserProfile

from courses.comments.news import ThreadNews
from courses.comments.places import place_of
from courses.comments.telling import tell_of_comments
from courses.models import CoursePage, LessonPage, OutboxMail
from courses.moderation.comments import comment_on
from tests.builders import a_course, a_submission, lesson_called
from tests.editor import lesson_post
from tests.people import logged_in
from tests.teams import add_instructor

pytestmark = pytest.mark.django_db

QUOTE = ("quote", {"text": "Measure twice.", "source": ""})


@pytest.fixture
def lesson(ada, bruno):
    """A lesson of Ada's and Bruno's."""
    course = a_course(by=ada, title="Sewing by hand")
    add_instructor(course=course, email=bruno.email, by=ada)
    lesson = lesson_called("Cutting straight", course=course)
    lesson.body = [("heading", {"text": "Chalk", "level": "2"}), QUOTE]
    lesson.save_revision(user=ada)
    return lesson


def edit_address(page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def draft_of(page) -> Page:
    return Page.objects.get(pk=page.pk).get_latest_revision_as_object()


def told() -> list[OutboxMail]:
    return list(OutboxMail.objects.filter(key__startswith="course_comments:").order_by("pk"))


def post(page, *comments, replies=(), notifications="on"):
    """The editor's form with new comments and answers to those that stand there."""
    standing = list(Comment.objects.filter(page_id=page.pk, resolved_at=None).order_by("pk"))
    data = {
        "comment_notifications": notifications,
        "comments-TOTAL_FORMS": str(len(standing) + len(comments)),
        "comments-INITIAL_FORMS": str(len(standing)),
    }
    rows = [(one.pk, one.contentpath, one.text) for one in standing]
    rows += [("", path, words) for path, words in comments]
    for number, (pk, path, words) in enumerate(rows):
        new = [words for thread, words in replies if thread == pk]
        form = {"id": pk, "contentpath": path, "text": words, "position": "", "resolved": ""}
        form |= {"replies-TOTAL_FORMS": str(len(new)), "replies-INITIAL_FORMS": "0"}
        for place, reply in enumerate(new):
            form |= {f"replies-{place}-id": "", f"replies-{place}-text": reply}
        data |= {f"comments-{number}-{name}": str(value) for name, value in form.items()}
    body = list(draft_of(page).body.raw_data)
    blocks = [(block["type"], block["value"]) for block in body]
    ids = {f"body-{number}-id": block["id"] for number, block in enumerate(body)}
    return lesson_post(page, blocks, **data) | ids


def test_everybody_else_on_the_team_gets_one_mail_for_all_that_was_saved(
    client, ada, bruno, lesson
):
    quote = f"body.{draft_of(lesson).body[1].id}"
    logged_in(client, ada)

    answer = client.post(
        edit_address(lesson), post(lesson, (quote, "Who said so?"), ("title", "Too <long>?"))
    )

    assert answer.status_code == 302
    (sent,) = told()
    assert sent.to == bruno.email
    assert sent.subject == "Ada Okafor commented on “Cutting straight”"
    for part in (sent.text, sent.html):
        assert "Who said so?" in part
        assert "Block 2: Quote" in part
        assert f"{edit_address(lesson)}#:w:contentpath={quote}" in part
        assert f"{edit_address(lesson)}#:w:contentpath=title" in part
    assert "Too <long>?" in sent.text
    assert "Too &lt;long&gt;?" in sent.html


def test_nothing_is_sent_while_the_page_is_being_saved(client, ada, lesson):
    logged_in(client, ada).post(edit_address(lesson), post(lesson, ("title", "Hm.")))

    assert len(told()) == 1
    assert mail.outbox == []  # the worker is nudged on commit, which a test never reaches


def test_opening_the_editor_is_no_wish_for_silence_and_its_switch_is(client, ada, bruno, lesson):
    logged_in(client, bruno).get(edit_address(lesson))
    assert PageSubscription.objects.get(user=bruno, page=lesson).comment_notifications

    client.post(edit_address(lesson), post(lesson, notifications=""))
    logged_in(client, ada).post(edit_address(lesson), post(lesson, ("title", "Hm.")))

    assert not PageSubscription.objects.get(user=bruno, page=lesson).comment_notifications
    assert told() == []


def test_the_switch_of_the_account_silences_every_page(client, ada, bruno, mira, lesson):
    UserProfile.objects.create(user=bruno, updated_comments_notifications=False)

    logged_in(client, ada).post(edit_address(lesson), post(lesson, ("title", "Hm.")))

    assert told() == []


def test_a_silent_member_hears_nothing_of_a_thread_either(client, ada, bruno, lesson):
    thread = Comment.objects.create(page=lesson, user=bruno, text="Chalk?", contentpath="body")
    PageSubscription.objects.create(user=bruno, page=lesson, comment_notifications=False)

    logged_in(client, ada).post(edit_address(lesson), post(lesson, replies=[(thread.pk, "Yes.")]))

    assert CommentReply.objects.get().text == "Yes."
    assert told() == []


def test_whoever_left_the_team_or_may_not_teach_any_more_hears_nothing(client, ada, bruno, lesson):
    thread = Comment.objects.create(page=lesson, user=bruno, text="Chalk?", contentpath="body")
    PageSubscription.objects.create(user=bruno, page=lesson, comment_notifications=True)
    CoursePage.objects.get().team.get(user=bruno).delete()

    logged_in(client, ada).post(
        edit_address(lesson), post(lesson, ("title", "Hm."), replies=[(thread.pk, "Yes.")])
    )

    assert told() == []


def test_a_moderator_is_told_of_an_answer_and_led_to_the_submission(client, ada, mira, lesson):
    release = a_submission(by=ada, course=CoursePage.objects.get())
    item = release.items.get(page=lesson)
    thread = comment_on(item=item, path="body", text="Who said so?", user=mira)
    OutboxMail.objects.all().delete()

    logged_in(client, ada).post(
        edit_address(lesson), post(lesson, ("title", "Hm."), replies=[(thread.pk, "My tailor.")])
    )

    to_bruno, to_mira = sorted(told(), key=lambda one: one.to)
    assert to_bruno.to == "bruno@example.com"
    assert "Hm." in to_bruno.text and "My tailor." in to_bruno.text
    assert to_mira.to == mira.email
    assert to_mira.subject == "Ada Okafor answered a comment on “Cutting straight”"
    for part in (to_mira.text, to_mira.html):
        assert "Who said so?" in part and "My tailor." in part
        assert reverse("moderation:lesson", args=[release.pk, item.pk]) in part
        assert edit_address(lesson) not in part
        assert "Hm." not in part  # the team's among itself


def test_the_team_is_told_what_a_moderator_wrote(ada, bruno, mira, lesson):
    item = a_submission(by=ada, course=CoursePage.objects.get()).items.get(page=lesson)

    comment_on(item=item, path="title", text="Who said so?", user=mira)

    assert sorted(one.to for one in told()) == [ada.email, bruno.email]
    for sent in told():
        assert sent.subject == "A moderator commented on “Cutting straight” in “Sewing by hand”"
        assert "The lesson as a whole" in sent.text


def test_a_thread_that_was_resolved_is_told_once(ada, bruno, lesson):
    thread = Comment.objects.create(page=lesson, user=bruno, text="Chalk?", contentpath="body")

    for _time in range(2):
        tell_of_comments(page=draft_of(lesson), by=ada, said=ThreadNews(resolved=[thread]))

    (sent,) = told()
    assert sent.subject == "Ada Okafor resolved a comment on “Cutting straight”"
    assert "Resolved: Chalk?" in sent.text


def test_comments_written_before_a_page_is_saved_are_told_too(client, ada, bruno, lesson):
    chapter = lesson.get_parent()
    address = reverse("wagtailadmin_pages:add", args=["courses", "chapterpage", chapter.pk])
    first = {"id": "", "contentpath": "title", "text": "Or “Seams”?", "position": ""}
    first |= {"replies-TOTAL_FORMS": "0", "replies-INITIAL_FORMS": "0"}
    data = {"comments-TOTAL_FORMS": "1", "comments-INITIAL_FORMS": "0"}
    data |= {f"comments-0-{name}": value for name, value in first.items()}

    logged_in(client, ada).post(address, {"title": "Sewing", "description": "", **data})

    (sent,) = told()
    assert sent.to == bruno.email
    assert "Or “Seams”?" in sent.text


@pytest.mark.parametrize(
    ("path", "called"),
    [
        ("title", "Title"),
        ("body", ""),
        ("body.gone", ""),
        ("nothing", ""),
    ],
)
def test_a_place_is_called_as_the_editor_calls_it(lesson, path, called):
    assert place_of(LessonPage.objects.get(pk=lesson.pk), path) == called


def test_whoever_opened_a_page_of_their_course_before_is_told_from_now_on(ada, ivo, lesson):
    for person in (ada, ivo):
        PageSubscription.objects.create(user=person, page=lesson, comment_notifications=False)

    import_module("courses.migrations.0015_teams_hear_of_comments").turn_on(apps, None)

    told_of = PageSubscription.objects.filter(page=lesson, comment_notifications=True)
    assert [one.user for one in told_of] == [ada]
