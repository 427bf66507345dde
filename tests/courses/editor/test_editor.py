"""Writing in the editor: each block saves, errors are clear, drafts may be half written."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.blocks import StreamBlockValidationError
from wagtail.models import Page

from courses.editor.my_courses import own_courses
from courses.errors import CourseError
from courses.models import ChapterPage, CoursePage, LessonPage, TeamRole
from courses.teams.members import create_course, make_lead, remove_member
from tests.builders import a_chapter, a_course, a_lesson
from tests.editor import a_whole_lesson, course_post, lesson_post
from tests.people import logged_in
from tests.teams import add_instructor

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(ada, catalogue):
    return create_course(producer=ada, title="Sewing by hand")


@pytest.fixture
def lesson(course):
    return a_lesson(under=course, title="Threads")


def edit(client, page, data):
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)


def draft_of(page):
    return Page.objects.get(pk=page.pk).get_latest_revision_as_object()


def test_a_lesson_with_every_block_is_saved(client, ada, course, lesson):
    blocks = a_whole_lesson(course, ada)

    response = edit(logged_in(client, ada), lesson, lesson_post(lesson, blocks))

    assert response.status_code == 302
    draft = draft_of(lesson)
    assert [block.block_type for block in draft.body] == [name for name, _ in blocks]
    draft.body.stream_block.clean(draft.body)  # whole, as submitting will demand
    assert draft.kind == "mixed"
    assert len(draft.questions) == 3


def test_a_draft_may_be_half_written(client, ada, lesson):
    half = [
        ("video", {"title": "", "url": "", "file": "", "thumbnail": "", "captions": []}),
        ("resource", {"type": "file", "title": "", "url": "", "file": ""}),
        (
            "single_choice",
            {
                "question": "<p></p>",
                "options": [{"text": ""}, {"text": ""}],
                "explanation": "<p></p>",
            },
        ),
        ("image", {"image": "", "alt": ""}),
    ]

    response = edit(logged_in(client, ada), lesson, lesson_post(lesson, half))

    assert response.status_code == 302
    draft = draft_of(lesson)
    with pytest.raises(StreamBlockValidationError):
        draft.body.stream_block.clean(draft.body)


@pytest.mark.parametrize(
    ("block", "sentence"),
    [
        (
            (
                "video",
                {
                    "title": "A",
                    "url": "https://example.org/film",
                    "file": "",
                    "thumbnail": "",
                    "captions": [],
                },
            ),
            "This is not the address of a YouTube or Vimeo video.",
        ),
        (
            (
                "resource",
                {"type": "embed", "title": "A", "url": "https://example.org/", "file": ""},
            ),
            "Only YouTube and Vimeo videos can be embedded.",
        ),
        (
            (
                "multiple_choice",
                {
                    "question": "<p>Which?</p>",
                    "explanation": "<p></p>",
                    "options": [{"text": "Same"}, {"text": "Same "}],
                },
            ),
            "Two options say the same.",
        ),
    ],
    ids=["video", "embed", "options"],
)
def test_what_is_wrong_is_said_in_a_sentence_at_once(client, ada, lesson, block, sentence):
    before = lesson.latest_revision_id

    response = edit(logged_in(client, ada), lesson, lesson_post(lesson, [block]))

    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert Page.objects.get(pk=lesson.pk).latest_revision_id == before


def test_a_producer_makes_a_course_from_the_menu(client, ada, catalogue):
    logged_in(client, ada)
    assert "Your first course begins" in client.get("/admin/").content.decode()

    response = client.post(
        reverse("studio:new_course"), {"title": "Sewing", "structure_type": "flat"}
    )

    course = CoursePage.objects.get()
    assert response["Location"] == reverse("studio:outline", args=[course.pk])
    assert (course.title, course.slug, course.structure_type) == ("Sewing", "sewing", "flat")
    assert not course.live
    assert course.owner == ada
    assert course.team.get().user == ada
    assert course.team.get().role == TeamRole.LEAD
    assert course.collection.name == "Sewing"


def test_a_learner_cannot_make_a_course(client, dana, catalogue):
    response = logged_in(client, dana).post(
        reverse("studio:new_course"), {"title": "Sewing", "structure_type": "flat"}
    )

    assert response.status_code == 302
    with pytest.raises(CourseError, match="Only producers"):
        create_course(producer=dana, title="Sewing")
    assert CoursePage.objects.count() == 0


def test_an_address_in_use_is_said_in_a_sentence(client, ada, course):
    other = create_course(producer=ada, title="Knitting")

    response = edit(logged_in(client, ada), other, course_post(other, slug=course.slug))

    assert "Another page here already has this address." in response.content.decode()


def test_the_editor_of_a_course_has_three_tabs_and_leads_to_its_team(client, ada, course):
    page = (
        logged_in(client, ada)
        .get(reverse("wagtailadmin_pages:edit", args=[course.pk]))
        .content.decode()
    )

    for tab in ("What it is", "For whom", "Price"):
        assert tab in page
    assert reverse("studio:team", args=[course.pk]) in page


def test_chapters_and_lessons_are_made_without_a_slug(client, ada, course):
    logged_in(client, ada)
    for name, fields in (
        ("chapterpage", {"title": "Tools", "description": ""}),
        ("lessonpage", {"title": "Tools", "minutes": "", "pass_mark": "70", "body-count": "0"}),
    ):
        response = client.post(
            reverse("wagtailadmin_pages:add", args=["courses", name, course.pk]), fields
        )
        assert response.status_code == 302

    assert ChapterPage.objects.get().slug == "tools"
    assert LessonPage.objects.get().slug == "tools-2"


def test_lessons_are_reordered_by_the_team(client, ada, course):
    first, second = (a_lesson(under=course, title=title) for title in ("First", "Second"))

    response = logged_in(client, ada).post(
        reverse("wagtailadmin_pages:set_page_position", args=[second.pk]) + "?position=0"
    )

    assert response.status_code == 200
    order = [page.pk for page in CoursePage.objects.get().get_children()]
    assert order == [second.pk, first.pk]


def test_the_lead_invites_and_removes_a_co_instructor(client, ada, bruno, course):
    client.force_login(ada)
    client.post(reverse("studio:team", args=[course.pk]), {"email": "BRUNO@example.com"})
    invitation = course.invitations.get()
    assert not course.team.filter(user=bruno).exists()

    client.force_login(bruno)
    client.post(reverse("studio:answer_invitation", args=[invitation.pk, "accept"]))
    member = course.team.get(user=bruno)
    assert member.role == TeamRole.INSTRUCTOR

    client.force_login(ada)
    client.post(reverse("studio:change_member", args=[course.pk, member.pk, "remove"]))
    assert not course.team.filter(user=bruno).exists()


def test_an_instructor_may_leave_but_not_change_the_team(ada, bruno, course):
    member = add_instructor(course=course, email=bruno.email, by=ada)

    with pytest.raises(CourseError, match="Only the lead"):
        add_instructor(course=course, email=bruno.email, by=bruno)
    with pytest.raises(CourseError, match="Only the lead"):
        make_lead(member=member, by=bruno)
    with pytest.raises(CourseError, match="needs its lead"):
        remove_member(member=course.team.get(user=ada), by=ada)
    remove_member(member=member, by=bruno)
    assert [person.user for person in course.team.all()] == [ada]


def test_whoever_was_made_the_lead_a_moment_ago_does_not_leave(ada, bruno, course):
    seen_before = add_instructor(course=course, email=bruno.email, by=ada)
    make_lead(member=course.team.get(user=bruno), by=ada)

    with pytest.raises(CourseError, match="needs its lead"):
        remove_member(member=seen_before, by=bruno)

    assert course.team.get(role=TeamRole.LEAD).user == bruno


def test_whoever_left_a_moment_ago_is_not_made_the_lead(ada, bruno, course):
    seen_before = add_instructor(course=course, email=bruno.email, by=ada)
    remove_member(member=course.team.get(user=bruno), by=bruno)

    with pytest.raises(CourseError, match="has left the team"):
        make_lead(member=seen_before, by=ada)
    remove_member(member=seen_before, by=ada)

    assert [(person.user, person.role) for person in course.team.all()] == [(ada, TeamRole.LEAD)]


def test_the_lead_hands_the_course_over(ada, bruno, course):
    member = add_instructor(course=course, email=bruno.email, by=ada)

    make_lead(member=member, by=ada)

    assert {person.user: person.role for person in course.team.all()} == {
        bruno: TeamRole.LEAD,
        ada: TeamRole.INSTRUCTOR,
    }


def test_the_list_of_courses_says_what_is_missing_and_in_what_state(client, ada):
    a_course(by=ada, title="Sewing by hand", syllabus=[], subtitle="")

    page = logged_in(client, ada).get(reverse("studio:my_courses")).content.decode()

    note = BeautifulSoup(page, "html.parser").select_one(".st-course .st-note")
    assert " ".join(note.text.split()) == "Still missing: a subtitle, a first lesson"
    edit = reverse("wagtailadmin_pages:edit", args=[CoursePage.objects.get().pk])
    assert note.a["href"] == f"{edit}#:w:contentpath=subtitle"
    assert "0 lessons" not in page
    assert "Draft" in page


def test_the_dashboard_tells_a_new_producer_how_to_begin_and_no_admin(client, ada, ivo):
    dashboard = reverse("wagtailadmin_home")

    assert "Your first course begins" in logged_in(client, ada).get(dashboard).text
    assert "Your first course begins" not in logged_in(client, ivo).get(dashboard).text


def test_the_list_of_courses_asks_as_many_queries_for_many_courses_as_for_one(
    client, ada, django_assert_num_queries
):
    a_course(by=ada, title="Course 0", syllabus=["Threads"])
    with CaptureQueriesContext(connection) as one:
        own_courses(user=ada)
    for number in range(1, 5):
        course = a_course(by=ada, title=f"Course {number}", syllabus={})
        a_chapter(under=course, title="Tools")
    with django_assert_num_queries(len(one)):
        assert len(own_courses(user=ada).rows) == 5
