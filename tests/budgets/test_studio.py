"""What a producer's pages in the editor may cost, whatever stands around their courses."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courses.editor.my_courses import ON_A_PAGE, own_courses
from courses.models import CoursePage, CourseTeamMember, LessonPage
from courses.records.counting import count_all_anew
from learners.models import Enrollment
from tests.builders import a_course, a_lesson, a_released_course, an_enrollment
from tests.bulk import lessons_everywhere, many_courses
from tests.people import logged_in
from tests.plans import most_rows_scanned, most_rows_sorted, read_whole

pytestmark = pytest.mark.django_db
MOST_BYTES = 150_000


def teach_all(user) -> None:
    """The person leads every course that nobody leads."""
    led = CourseTeamMember.objects.values("course_id")
    CourseTeamMember.objects.bulk_create(
        CourseTeamMember(course=course, user=user, role="lead")
        for course in CoursePage.objects.exclude(pk__in=led)
    )


def visit(client, address: str) -> tuple[int, int]:
    """Statements and bytes, of a second visit: what is kept from the first is nobody's growth."""
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    assert answer.status_code == 200
    return len(captured), len(answer.content)


def test_a_producers_pages_cost_the_same_with_five_courses_and_with_sixty(client, ada):
    like = a_released_course(by=ada, syllabus={"Tools": ["Needles"], "Stitches": ["Running"]})
    addresses = [
        reverse("wagtailadmin_home"),
        reverse("studio:my_courses"),
        reverse("wagtailadmin_explore", args=[like.get_parent().pk]),
    ]
    logged_in(client, ada)
    many_courses(like=like, count=4)
    teach_all(ada)
    with_five = [visit(client, address)[0] for address in addresses]

    many_courses(like=like, count=55, after=4)
    teach_all(ada)
    with_sixty = [visit(client, address) for address in addresses]

    assert [statements for statements, _ in with_sixty] == with_five
    assert max(size for _, size in with_sixty) < MOST_BYTES


# Whose session it is and what they are to the editor: of every page in the admin.
FRAME = 2
COSTS = {
    "home": FRAME + 6,  # their root and its site, courses, lessons, categories, what waits
    "explorer": FRAME + 22,
    "editor": FRAME + 38,
}


def test_a_producers_pages_cost_what_they_show(client, ada):
    like = a_released_course(by=ada, syllabus={"Tools": ["Needles"], "Stitches": ["Running"]})
    addresses = {
        "home": reverse("wagtailadmin_home"),
        "explorer": reverse("wagtailadmin_explore", args=[like.get_parent().pk]),
        "editor": reverse("wagtailadmin_pages:edit", args=[like.pk]),
    }
    logged_in(client, ada)
    many_courses(like=like, count=20)
    teach_all(ada)

    assert {name: visit(client, address)[0] for name, address in addresses.items()} == COSTS


def test_an_explorer_walks_through_nobody_elses_courses(client, ada, bruno):
    like = a_released_course(by=bruno, syllabus=["Needles"])
    many_courses(like=like, count=3000)
    CourseTeamMember.objects.bulk_create(
        CourseTeamMember(course=course, user=ada)
        for course in CoursePage.objects.exclude(pk=like.pk).order_by("pk")[::50]
    )
    count_all_anew()
    address = reverse("wagtailadmin_explore", args=[like.get_parent().pk])

    logged_in(client, ada).get(address)
    with CaptureQueriesContext(connection) as captured:
        page = client.get(address)

    assert page.context["paginator"].count == 60
    beyond_the_frame = captured[FRAME:]
    assert most_rows_scanned(beyond_the_frame, "wagtailcore_page", "courses_coursepage") < 1000


@pytest.mark.parametrize("who", ["ada", "ivo"])
def test_the_outline_of_a_course_costs_the_same_with_two_lessons_and_with_twenty(
    client, ada, ivo, who
):
    course = a_released_course(by=ada, syllabus=["Needles", "Running"])
    address = reverse("wagtailadmin_explore", args=[course.pk])
    logged_in(client, {"ada": ada, "ivo": ivo}[who])
    of_two, _ = visit(client, address)

    for number in range(18):
        a_lesson(under=course, title=f"Stitch {number}")
    of_twenty, _ = visit(client, address)

    assert of_twenty == of_two


def test_each_row_of_a_list_still_offers_what_may_be_done_with_it(client, ada, bruno):
    """Asked together, the answers are those of each page alone."""
    released = a_released_course(by=ada, title="Released", syllabus=["Needles"])
    draft = a_course(by=ada, title="Never submitted", syllabus=["Needles"])
    helped = a_course(by=bruno, title="Of Bruno", syllabus=["Needles"])
    CourseTeamMember.objects.create(course=helped, user=ada, role="instructor")

    page = logged_in(client, ada).get(
        reverse("wagtailadmin_explore", args=[released.get_parent().pk])
    )
    outline = client.get(reverse("wagtailadmin_explore", args=[released.pk]))

    def offered(answer, course) -> bool:
        return reverse("wagtailadmin_pages:delete", args=[course.pk]) in answer.text

    assert [offered(page, course) for course in (released, draft, helped)] == [False, True, False]
    lesson = LessonPage.objects.descendant_of(released).get()
    assert not offered(outline, lesson)
    assert reverse("moderation:remove", args=[lesson.pk]) in outline.text


def test_the_courses_of_a_producer_are_counted_from_indexes(ada, bruno, cleo, dana):
    like = a_released_course(by=bruno, syllabus=["Needles"])
    an_enrollment(user=dana, course=like)
    many_courses(like=like, count=400)
    own = a_released_course(by=ada, title="Sewing", syllabus=["Needles", "Running"])
    kept, refunded = an_enrollment(user=cleo, course=own), an_enrollment(user=dana, course=own)
    Enrollment.objects.filter(pk=refunded.pk).update(status="refunded")
    lessons_everywhere(like=LessonPage.objects.descendant_of(own).first(), each=10)
    count_all_anew()

    with CaptureQueriesContext(connection) as captured:
        (course,) = own_courses(user=ada).rows

    assert (course.lessons, course.learners) == (12, 1)
    assert len(captured) == 3
    large = ("wagtailcore_page", "courses_coursepage", "courses_lessonpage", "learners_enrollment")
    assert read_whole(captured, *large) == []
    assert kept.course_id == own.pk


def test_a_producer_with_many_courses_turns_the_pages(client, ada):
    many_courses(like=a_released_course(by=ada, syllabus=["Needles"]), count=ON_A_PAGE)
    teach_all(ada)
    logged_in(client, ada)

    first = client.get(reverse("studio:my_courses"))
    second = client.get(first.context["older"])
    again = client.get(second.context["newer"])
    nonsense = client.get(reverse("studio:my_courses"), {"at": "x"})

    titles = [[item.title for item in page.context["courses"]] for page in (first, second, again)]
    assert (len(titles[0]), len(titles[1])) == (ON_A_PAGE, 1)
    assert not set(titles[0]) & set(titles[1])
    assert titles[2] == titles[0]
    assert second.context["older"] == ""
    assert nonsense["Location"] == reverse("studio:my_courses")


def test_the_dashboard_leads_to_the_courses_it_does_not_show(client, ada):
    like = a_released_course(by=ada, syllabus=["Needles"])
    assert "All my courses" not in logged_in(client, ada).get(reverse("wagtailadmin_home")).text

    many_courses(like=like, count=12)
    teach_all(ada)

    assert "All my courses" in client.get(reverse("wagtailadmin_home")).text


@pytest.mark.parametrize("who", ["ada", "ivo"])
def test_the_catalogue_is_explored_without_reading_it(client, ada, ivo, who):
    like = a_released_course(by=ada, syllabus=["Needles"])
    many_courses(like=like, count=2000)
    lessons_everywhere(like=LessonPage.objects.get(), each=3)
    own = a_course(by=ada, title="Touched last", syllabus=["Needles"])
    count_all_anew()
    person = {"ada": ada, "ivo": ivo}[who]
    address = reverse("wagtailadmin_explore", args=[like.get_parent().pk])

    logged_in(client, person).get(address)
    with CaptureQueriesContext(connection) as captured:
        page = client.get(address)

    listed = [course.pk for course in page.context["object_list"]]
    assert listed[0] == own.pk
    assert len(listed) == {"ada": 2, "ivo": 20}[who]
    assert page.context["paginator"].count == {"ada": 2, "ivo": 2002}[who]
    assert read_whole(captured, "wagtailcore_page", "courses_coursepage") == []
    assert most_rows_sorted(captured) < 1000


def test_a_chooser_asks_no_more_for_a_row_than_wagtail_for_its_parent(client, ada):
    like = a_released_course(by=ada, syllabus=["Needles"])
    address = reverse("wagtailadmin_choose_page_child", args=[like.get_parent().pk])
    logged_in(client, ada)
    many_courses(like=like, count=4)
    teach_all(ada)
    with_five, _ = visit(client, address)

    many_courses(like=like, count=10, after=4)
    teach_all(ada)

    assert visit(client, address)[0] - with_five <= 10
