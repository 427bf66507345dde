"""The frame of a course: trail, state, tabs, and the ways on from a lesson."""

import pytest
from bs4 import BeautifulSoup
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from courses import releases
from courses.editor.frame import course_in_frame
from courses.editor.tabs import outline_address
from courses.models import ChapterPage, CoursePage, LessonPage
from tests.builders import a_course, a_released_course, a_submission, lesson_called
from tests.editor import lesson_post
from tests.people import logged_in
from tests.teams import add_instructor

pytestmark = pytest.mark.django_db

TEXT = [("rich_text", "<p>Begin with a thread.</p>")]
TABS = ["Outline", "Before you submit", "Price and page", "Team", "Releases"]


@pytest.fixture
def course(ada):
    return a_course(by=ada)


def shown(client, name: str, *args) -> BeautifulSoup:
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return BeautifulSoup(answer.text, "html.parser")


def words(element) -> str:
    return " ".join(element.text.split())


def trail(page: BeautifulSoup) -> list[str]:
    return [words(one) for one in page.select("[data-w-breadcrumbs] li")]


def tabs(page: BeautifulSoup) -> list[str]:
    return [words(one) for one in page.select(".st-frame__tabs a:not(.st-frame__small)")]


def current(page: BeautifulSoup) -> str:
    return words(page.select_one(".st-frame__tabs [aria-current=page]"))


def state(page: BeautifulSoup) -> tuple[str, str]:
    mark = page.select_one(".st-frame__end .st-state")
    return mark["class"][1], words(mark)


@pytest.mark.parametrize(
    ("name", "tab"),
    [
        ("wagtailadmin_pages:edit", "Price and page"),
        ("studio:team", "Team"),
        ("studio:before_you_submit", "Before you submit"),
        ("moderation:history", "Releases"),
    ],
)
def test_each_page_of_a_course_stands_in_its_frame(client, ada, course, name, tab):
    page = shown(logged_in(client, ada), name, course.pk)

    assert trail(page) == ["Courses", "Sewing by hand"]
    assert tabs(page) == TABS
    assert current(page) == tab
    assert state(page) == ("draft", "Draft")
    assert len(page.find_all("h1")) == 1


def test_a_chapter_and_a_lesson_are_edited_in_the_frame_of_their_course(client, ada, course):
    logged_in(client, ada)
    for page in (*ChapterPage.objects.all(), *LessonPage.objects.all()):
        edited = shown(client, "wagtailadmin_pages:edit", page.pk)

        assert trail(edited) == ["Courses", "Sewing by hand", page.title]
        assert current(edited) == "Outline"
        crumbs = edited.select("[data-w-breadcrumbs] li a")
        assert crumbs[1]["href"] == outline_address(course.pk)


def test_a_new_lesson_is_written_in_the_frame_too(client, ada, course):
    chapter = ChapterPage.objects.first()

    page = shown(
        logged_in(client, ada), "wagtailadmin_pages:add", "courses", "lessonpage", chapter.pk
    )

    assert trail(page)[:2] == ["Courses", "Sewing by hand"]
    assert current(page) == "Outline"


def test_a_course_is_called_by_the_title_of_its_latest_draft(client, ada, course):
    draft = course.get_latest_revision_as_object()
    draft.title = "Sewing by machine"
    draft.save_revision()

    assert trail(shown(logged_in(client, ada), "studio:team", course.pk))[1] == "Sewing by machine"


def test_the_state_follows_the_course_through_its_life(client, ada, mira, course):
    logged_in(client, ada)

    def now() -> tuple[str, str]:
        return state(shown(client, "studio:team", course.pk))

    assert now() == ("draft", "Draft")
    release = a_submission(by=ada, course=course)
    assert now() == ("review", "In review")
    releases.ask_for_changes(release=release, user=mira, note="Say more about thread.")
    assert now() == ("changed", "Changes requested")
    release = a_submission(by=ada, course=course)
    releases.approve_release(release=release, user=mira)
    assert now() == ("live", "Live")
    lesson = lesson_called("Cutting straight", course=course).get_latest_revision_as_object()
    lesson.title = "Cutting true"
    lesson.save_revision()
    assert now() == ("changed", "Changed since release 1")
    releases.archive_course(course=CoursePage.objects.get(pk=course.pk), user=ada)
    assert now() == ("retired", "Archived")


def test_what_happened_to_a_lesson_is_told_in_the_frame_of_its_course(client, ada, course):
    lesson = lesson_called("Cutting straight", course=course)

    page = shown(logged_in(client, ada), "wagtailadmin_pages:history", lesson.pk)

    assert tabs(page)[:2] == ["Outline", "Before you submit"]
    assert current(page) == "Outline"


def test_a_course_that_learners_have_is_one_press_away(client, ada, mira, course):
    logged_in(client, ada)
    assert public_ways(client, course) == []

    released = a_released_course(by=ada, title="Bread from rye")
    assert public_ways(client, released) == ["/courses/bread-from-rye/"]

    CoursePage.objects.filter(pk=released.pk).update(archived_at=timezone.now())
    assert public_ways(client, released) == []


def public_ways(client, course) -> list[str]:
    page = shown(client, "studio:outline", course.pk)
    ways = page.select(".st-frame__end a")
    return [way["href"] for way in ways if words(way) == "See it on the site"]


def test_a_lesson_that_leaves_is_a_change_and_one_that_left_is_none(client, ada, mira):
    course = a_released_course(by=ada)
    lesson = lesson_called("Cutting straight", course=course)
    logged_in(client, ada)

    releases.retire_page(page=lesson, user=ada)
    assert state(shown(client, "studio:team", course.pk)) == ("changed", "Changed since release 1")

    release = a_submission(by=ada, course=course)
    releases.approve_release(release=release, user=mira)
    assert state(shown(client, "studio:team", course.pk)) == ("live", "Live")


def test_a_number_on_a_tab_is_what_is_to_mend(client, ada):
    course = a_course(by=ada, subtitle="", description="")

    page = shown(logged_in(client, ada), "studio:team", course.pk)

    assert tabs(page)[1] == "Before you submit 2 to mend"
    assert words(page.select_one(".st-submission button")) == "7 of 9 ready"
    edit = reverse("wagtailadmin_pages:edit", args=[course.pk])
    assert [one["href"] for one in page.select(".st-submission__missing li a")] == [
        f"{edit}#:w:contentpath=subtitle",
        f"{edit}#:w:contentpath=description",
    ]


def test_an_admin_sees_the_frame_and_no_button_that_is_the_teams(client, ivo, course):
    page = shown(logged_in(client, ivo), "studio:before_you_submit", course.pk)

    assert tabs(page) == TABS
    assert page.select("form[action$='/submit/']") == []


def test_a_reviewer_reads_the_history_without_a_frame(client, ada, mira):
    release = a_submission(by=ada)

    page = shown(logged_in(client, mira), "moderation:history", release.course_id)

    assert page.select(".st-frame__tabs") == []


@pytest.mark.parametrize("who", ["bruno", "mira", "cleo"])
def test_a_course_of_others_is_not_there(request, who, ada, course):
    with pytest.raises(Http404):
        course_in_frame(user=request.getfixturevalue(who), course_id=course.pk)


def test_whoever_helps_has_the_same_frame(client, ada, bruno, course):
    add_instructor(course=course, email=bruno.email, by=ada)

    page = shown(logged_in(client, bruno), "studio:team", course.pk)

    assert tabs(page) == TABS
    assert page.select_one(".st-submission form")["action"] == reverse(
        "studio:submit", args=[course.pk]
    )


# From a lesson on


def ways(page: BeautifulSoup) -> list[tuple[str, str]]:
    return [(words(one), one["href"]) for one in page.select(".st-onward a")]


def edit(title: str, course) -> str:
    return reverse("wagtailadmin_pages:edit", args=[lesson_called(title, course=course).pk])


def test_from_a_lesson_one_comes_to_the_outline_and_to_the_lessons_beside_it(client, ada, course):
    lesson = lesson_called("Cutting straight", course=course)

    page = shown(logged_in(client, ada), "wagtailadmin_pages:edit", lesson.pk)

    assert ways(page) == [
        ("Back to the outline", outline_address(course.pk)),
        ("Before: Two needles and a thread", edit("Two needles and a thread", course)),
        ("Next: Measure yourself", edit("Measure yourself", course)),
    ]


def test_a_retired_lesson_is_passed_over(client, ada, course):
    LessonPage.objects.filter(title="Cutting straight").update(retired=True)
    lesson = lesson_called("Two needles and a thread", course=course)

    page = shown(logged_in(client, ada), "wagtailadmin_pages:edit", lesson.pk)

    assert [way for way, _ in ways(page)] == ["Back to the outline", "Next: Measure yourself"]


@pytest.mark.parametrize(
    ("name", "leads_to"), [("go-on-outline", "outline"), ("go-on-another", "add")]
)
def test_saving_goes_on_where_one_wants(client, ada, course, name, leads_to):
    lesson = lesson_called("Cutting straight", course=course)
    address = reverse("wagtailadmin_pages:edit", args=[lesson.pk])
    posted = lesson_post(lesson, TEXT, title="Cutting true") | {name: "on"}

    answer = logged_in(client, ada).post(address, posted)

    onward = {
        "outline": outline_address(course.pk),
        "add": reverse(
            "wagtailadmin_pages:add", args=["courses", "lessonpage", lesson.get_parent().pk]
        ),
    }[leads_to]
    assert answer["Location"] == onward
    assert LessonPage.objects.get(pk=lesson.pk).draft_title == "Cutting true"


def test_a_new_lesson_that_is_saved_goes_on_to_another(client, ada, course):
    chapter = ChapterPage.objects.first()
    address = reverse("wagtailadmin_pages:add", args=["courses", "lessonpage", chapter.pk])

    answer = logged_in(client, ada).post(
        address, lesson_post(LessonPage(title="Pins"), TEXT) | {"go-on-another": "on"}
    )

    assert answer["Location"] == address
    assert LessonPage.objects.filter(title="Pins").count() == 1


def test_the_ways_on_are_offered_for_lessons_and_not_for_courses(client, ada, course):
    logged_in(client, ada)

    assert 'name="go-on-another"' in client.get(edit("Cutting straight", course)).text
    assert (
        'name="go-on-another"'
        not in client.get(reverse("wagtailadmin_pages:edit", args=[course.pk])).text
    )


def test_the_trail_of_the_course_stays_after_the_editor_saved_by_itself(client, ada, course):
    lesson = lesson_called("Cutting straight", course=course)

    answer = logged_in(client, ada).post(
        reverse("wagtailadmin_pages:edit", args=[lesson.pk]),
        lesson_post(lesson, TEXT, title="Cutting true"),
        headers={"accept": "application/json"},
    )

    told = answer.json()["html"].replace("template", "div")  # a template's own words are no text
    assert trail(BeautifulSoup(told, "html.parser")) == [
        "Courses",
        "Sewing by hand",
        "Cutting true",
    ]
