"""The first page of the studio: what waits, then the courses with what is next."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.admin.menu import admin_menu
from wagtail.models import Comment, CommentReply

from courses import releases
from courses.checks.ready import readiness_of
from courses.covers.addresses import generated_cover_url
from courses.editor.tabs import outline_address
from courses.models import ChapterPage, CoursePage, LessonPage
from courses.teams.invitations import invite
from tests.builders import a_course, a_lesson, a_released_course, a_submission, lesson_called
from tests.editor import course_post
from tests.media import an_image
from tests.people import logged_in
from tests.teams import add_instructor

pytestmark = pytest.mark.django_db


def home(client) -> BeautifulSoup:
    answer = client.get(reverse("wagtailadmin_home"))
    assert answer.status_code == 200
    return BeautifulSoup(answer.text, "html.parser")


def words(element) -> str:
    return " ".join(element.text.split())


def rows(page: BeautifulSoup) -> list[str]:
    return [words(one.p) for one in page.select(".st-rows > li")]


def steps(page: BeautifulSoup) -> list[tuple[str, str]]:
    found = page.select(".st-course > .button, .st-course > form .button")
    return [(words(one), one.get("href") or one.find_parent("form")["action"]) for one in found]


def test_a_new_producer_reads_how_to_begin(client, ada):
    page = home(logged_in(client, ada))

    assert words(page.h1) == "Nobody waits for an answer from you"
    assert page.select_one(".st-empty a")["href"] == reverse("studio:new_course")
    assert rows(page) == []


def test_an_invitation_is_answered_right_here(client, ada, bruno):
    course = a_course(by=ada)
    invite(course=course, email=bruno.email, by=ada)

    page = home(logged_in(client, bruno))

    assert words(page.h1) == "One thing waits for you"
    (row,) = page.select(".st-rows > li")
    assert "is a course that Ada Okafor would like to write with you." in words(row.p)
    accept, decline = row.select("form")
    client.post(accept["action"])
    assert course.team.filter(user=bruno).exists()
    assert decline["action"].endswith("/decline/")


def test_what_a_moderator_asked_waits_until_it_is_submitted_again(client, ada, mira):
    release = a_submission(by=ada)
    releases.ask_for_changes(release=release, user=mira, note="Say more about thread.")
    course = release.course

    page = home(logged_in(client, ada))

    # The note is a comment of the editor's too, and one thing all the same.
    assert rows(page) == [
        "Sewing by hand was sent back: a moderator asks for changes. Say more about thread."
    ]
    assert words(page.h1) == "One thing waits for you"
    before = reverse("studio:before_you_submit", args=[course.pk])
    assert page.select_one(".st-rows > li > a")["href"] == before
    assert [way for _, way in steps(page)] == [before]
    # What is told above is not told once more in the list; elsewhere it is.
    (listed,) = page.select(".st-course")
    assert words(listed.select_one(".st-state")) == "Changes requested"
    assert "Say more about thread." not in words(listed)
    elsewhere = client.get(reverse("studio:my_courses")).text
    assert elsewhere.count("Say more about thread.") == 1

    a_submission(by=ada, course=CoursePage.objects.get(pk=course.pk))
    assert rows(home(client)) == []


def test_a_comment_waits_for_those_who_did_not_have_the_last_word(client, ada, bruno):
    course = a_course(by=ada)
    add_instructor(course=course, email=bruno.email, by=ada)
    lesson = lesson_called("Cutting straight", course=course)
    thread = Comment.objects.create(
        page_id=lesson.pk, user=bruno, text="May we show the scissors?", contentpath="title"
    )

    page = home(logged_in(client, ada))
    assert rows(page) == ["Bruno Keller wrote in “Cutting straight”: May we show the scissors?"]
    edit = reverse("wagtailadmin_pages:edit", args=[lesson.pk])
    answer = page.select_one(".st-rows > li > a")["href"]
    assert answer == f"{edit}?answer={thread.pk}#:w:contentpath=title"
    assert rows(home(logged_in(client, bruno))) == []

    CommentReply.objects.create(comment=thread, user=ada, text="Yes.")
    assert rows(home(logged_in(client, ada))) == []
    assert len(rows(home(logged_in(client, bruno)))) == 1


def test_comments_on_courses_of_others_wait_for_nobody_else(client, ada, bruno, mira):
    course = a_course(by=ada)
    Comment.objects.create(page_id=course.pk, user=mira, text="Why?", contentpath="title")
    a_course(by=bruno, title="Bread from rye")

    assert rows(home(logged_in(client, bruno))) == []


def test_a_moderator_reads_what_waits_for_review_the_longest_first(client, ada, bruno, mira):
    first = a_submission(by=ada)
    a_submission(by=bruno, title="Bread from rye")

    page = home(logged_in(client, mira))

    assert words(page.h1) == "Two things wait for you"
    assert [row.split(" waits")[0] for row in rows(page)] == ["Sewing by hand", "Bread from rye"]
    assert page.select_one(".st-rows > li > a")["href"] == reverse(
        "moderation:review", args=[first.pk]
    )
    assert page.select(".st-course") == []


def test_the_sentence_counts_what_is_not_shown_too(client, ada, mira):
    for number in range(9):
        a_submission(by=ada, title=f"Course {number}")

    page = home(logged_in(client, mira))

    assert words(page.h1) == "Nine things wait for you"
    assert len(rows(page)) == 8
    assert reverse("moderation:queue") in [one["href"] for one in page.select("main a")]


def test_each_course_has_its_state_its_facts_and_its_next_step(client, ada):
    ready = a_course(by=ada, title="Ready")
    lacking = a_course(by=ada, title="Lacking", subtitle="")
    unknown = a_course(by=ada, title="Unknown")
    live = a_released_course(by=ada, title="Live one")
    waiting = a_submission(by=ada, title="Waiting").course
    for course in (ready, lacking):
        readiness_of(CoursePage.objects.get(pk=course.pk))

    page = home(logged_in(client, ada))

    shown = {words(one.h3): one for one in page.select(".st-course")}
    assert {title: words(one.select_one(".button")).split()[0] for title, one in shown.items()} == {
        "Ready": "Submit",
        "Lacking": "Mend",
        "Unknown": "Submit",
        "Live one": "Go",
        "Waiting": "Go",
    }
    assert shown["Ready"].form["action"] == reverse("studio:submit", args=[ready.pk])
    assert "9 of 9 ready" in words(shown["Ready"])
    assert "8 of 9 ready" in words(shown["Lacking"])
    assert "9 of 9 ready" in words(shown["Unknown"])  # it is read when it is first shown
    assert words(shown["Live one"].select_one(".st-state")) == "Live"
    assert words(shown["Waiting"].select_one(".st-state")) == "In review"
    for title, course in (("Unknown", unknown), ("Live one", live), ("Waiting", waiting)):
        assert shown[title].h3.a["href"] == outline_address(course.pk)


@pytest.mark.parametrize("page", ["wagtailadmin_home", "studio:my_courses"])
def test_a_course_is_shown_with_the_picture_of_its_draft(client, ada, commit, page):
    course = a_released_course(by=ada)
    image = an_image(title="Seam", course=course, by=ada)
    logged_in(client, ada)
    edit = reverse("wagtailadmin_pages:edit", args=[course.pk])

    saved = client.post(edit, course_post(course, thumbnail=image.pk))
    assert saved.status_code == 302
    assert image.renditions.count() == 0  # the editor answers before it is made

    with commit():
        client.post(edit, course_post(course, thumbnail=image.pk))

    listed = BeautifulSoup(client.get(reverse(page)).text, "html.parser")
    shown = listed.select_one(".st-course img")
    widths = [each.split()[1] for each in shown["srcset"].split(", ")]
    assert widths == ["320w", "640w", "960w"]
    assert client.get(shown["src"])["Content-Type"] == "image/webp"
    assert CoursePage.objects.get(pk=course.pk).thumbnail is None  # learners have it not yet


def test_a_course_without_a_picture_is_shown_with_its_drawn_cover(client, ada):
    course = a_course(by=ada)

    page = home(logged_in(client, ada))

    assert page.select_one(".st-course img")["src"] == generated_cover_url(
        seed=course.uuid, pattern="craft"
    )


def test_what_lies_in_the_bin_is_counted_nowhere(client, ada):
    course = a_course(by=ada, syllabus={"Tools": ["Needles", "Thread"], "Seams": ["Running"]})
    ChapterPage.objects.filter(title="Tools").update(retired=True)
    LessonPage.objects.filter(title="Running").update(retired=True)
    a_lesson(under=ChapterPage.objects.get(title="Seams"), title="Backstitch")

    page = home(logged_in(client, ada))

    assert "1 lesson" in words(page.select_one(".st-course .at"))
    assert readiness_of(course).lessons == 1


def test_a_course_is_submitted_from_home(client, ada):
    course = a_course(by=ada)
    readiness_of(course)
    page = home(logged_in(client, ada))

    answer = client.post(page.select_one(".st-course form")["action"], follow=True)

    assert "is submitted." in answer.text
    assert course.releases.get().status == "in_review"


@pytest.mark.parametrize(
    ("who", "items"),
    [
        ("ada", ["studio-home", "my-courses"]),
        ("mira", ["studio-home", "course-reviews"]),
    ],
)
def test_the_menu_is_that_of_the_role(client, request, ada, who, items):
    person = request.getfixturevalue(who)
    a_course(by=ada)

    names = menu(logged_in(client, person))

    assert [name for name in names if name in items] == items
    assert not {"explorer", "reports", "settings", "help", "new-course"} & set(names)


def test_an_admin_keeps_the_explorer(client, ivo):
    names = menu(logged_in(client, ivo))

    assert names[0] == "studio-home"
    assert {"explorer", "reports", "settings"} <= set(names)


def menu(client) -> list[str]:
    request = client.get(reverse("wagtailadmin_home")).wsgi_request
    items = admin_menu.menu_items_for_request(request)
    return [item.name for item in sorted(items, key=lambda item: item.order)]


def test_an_admins_home_has_what_stood_there_before(client, ivo):
    page = home(logged_in(client, ivo))

    assert words(page.h1) == "Nobody waits for an answer from you"
    assert "The place" in [words(one) for one in page.find_all("h2")]
    assert page.select(".st-empty") == []
