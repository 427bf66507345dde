"""What the lists of the admin may cost, with a few rows and with more than are counted."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from courses.models import CoursePage
from courses.records import counting, lists, searching
from courses.records.counting import count_all_anew
from learners.models import Enrollment, LessonProgress
from storefront.models import Order
from tests.builders import a_released_course, an_enrollment, lesson_called
from tests.bulk import many_courses, many_learners, many_orders
from tests.people import logged_in
from tests.plans import most_rows_sorted, read_whole

pytestmark = pytest.mark.django_db
MOST = 100
MOST_BYTES = 150_000
LISTS = {"enrollment": "learners_enrollment", "lessonprogress": "learners_lessonprogress"}
LARGE = (*LISTS.values(), "wagtailcore_page", "courses_coursepage", "learners_user")


@pytest.fixture
def counted_to_a_hundred(monkeypatch):
    for module in (counting, lists):
        monkeypatch.setattr(module, "MOST", MOST)


@pytest.fixture
def progress(ada, cleo):
    course = a_released_course(by=ada, syllabus=["Threads"])
    return LessonProgress.objects.create(
        enrollment=an_enrollment(user=cleo, course=course),
        lesson=lesson_called("Threads", course=course),
        status="completed",
    )


def fill(progress, count: int, *, after: int = 0) -> None:
    """As many courses more, each with a learner of its own."""
    many_courses(like=progress.lesson.get_parent().specific, count=count, after=after)
    copies = Enrollment.objects.filter(user=progress.enrollment.user)
    copies.exclude(pk=progress.enrollment_id).delete()
    many_learners(like=progress, count=count, after=after)


def visit(client, address: str, asked: dict | None = None):
    client.get(address, asked)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address, asked)
    assert answer.status_code == 200
    return answer, captured


def rows_of(answer) -> int:
    return len(answer.context["object_list"])


@pytest.mark.usefixtures("counted_to_a_hundred")
@pytest.mark.parametrize("name", LISTS)
def test_a_list_costs_the_same_with_hundreds_of_rows_and_with_thousands(
    client, ivo, progress, name
):
    address = f"/admin/learners/{name}/"
    logged_in(client, ivo)
    fill(progress, 200)
    of_hundreds = len(visit(client, address)[1])

    fill(progress, 3000, after=200)
    answer, captured = visit(client, address)

    assert len(captured) == of_hundreds
    assert rows_of(answer) == 50
    assert len(answer.content) < MOST_BYTES
    assert read_whole(captured, *LARGE) == []
    assert most_rows_sorted(captured) < 1000
    assert "about 3,200" in answer.text


@pytest.mark.usefixtures("counted_to_a_hundred")
@pytest.mark.parametrize("name", LISTS)
def test_filters_and_searches_of_a_long_list_read_what_they_show(client, ivo, progress, name):
    fill(progress, 3000)
    logged_in(client, ivo)
    some_course = CoursePage.objects.get(title__endswith=" 77")
    rare = {"enrollment": "refunded", "lessonprogress": "in_progress"}[name]
    asked = [  # 77 begins eleven of 3,000 numbers
        ({"course": str(some_course.pk)}, 1),
        ({"status__exact": rare}, 6),
        ({"q": "loren77"}, 11),
        ({"q": "L77 Learner"}, 11),
        ({"q": "l77@example.org"}, 11),
        ({"q": "hand 77"}, 11),
        ({"course_words": "sewing 77"}, 50),
        ({"p": "2"}, 50),
    ]

    for parameters, found in asked:
        answer, captured = visit(client, f"/admin/learners/{name}/", parameters)
        assert rows_of(answer) == found, parameters
        assert len(answer.content) < MOST_BYTES
        assert read_whole(captured, *LARGE) == [], parameters
        assert most_rows_sorted(captured) < 1000, parameters


@pytest.mark.usefixtures("counted_to_a_hundred")
def test_a_long_list_ends_where_nobody_turns_on_and_says_so(client, ivo, progress):
    fill(progress, 300)
    logged_in(client, ivo)

    first = client.get("/admin/learners/enrollment/")
    last = client.get("/admin/learners/enrollment/", {"p": "2"})
    past = client.get("/admin/learners/enrollment/", {"p": "9"})

    assert "The list ends here" not in first.text
    assert "The list ends here" in last.text
    assert past.context["page_obj"].number == 2


@pytest.mark.usefixtures("counted_to_a_hundred")
def test_a_long_list_keeps_its_order_and_a_short_one_takes_any(client, ivo, progress):
    fill(progress, 300)
    logged_in(client, ivo)

    def names(**asked) -> list[str]:
        answer = client.get("/admin/learners/enrollment/", asked)
        return [row.user.name for row in answer.context["object_list"]]

    assert names(o="0") == names()
    assert "?o=" not in client.get("/admin/learners/enrollment/").text
    found = names(q="learner", o="0")
    assert found == sorted(found)
    assert found != names(q="learner")


def test_the_filter_of_courses_finds_them_by_their_words(client, ada, bruno, ivo, progress):
    fill(progress, 30)
    logged_in(client, ivo)

    def offered(**asked) -> list[str]:
        answer = client.get("/admin/learners/enrollment/", asked)
        parsed = BeautifulSoup(answer.content, "html.parser")
        assert parsed.find("input", {"name": "course_words"})["value"] == asked.get(
            "course_words", ""
        )
        chosen = parsed.select(".searched-filter + ul a")
        return [link.text for link in chosen]

    some = CoursePage.objects.get(title__endswith=" 17")
    assert offered() == ["All"]
    assert offered(course_words="hand 17") == ["All", some.title]
    assert len(offered(course_words="sewing")) == 11
    assert offered(course=str(some.pk)) == ["All", some.title]
    part = client.get("/admin/learners/enrollment/", {"course_words": "hand 17", "part": "choices"})
    assert part.text.count("<li") == 2
    assert "<html" not in part.text
    nothing = client.get("/admin/learners/enrollment/", {"course_words": "xylophone"})
    assert "Nothing is called so." in nothing.text


def test_the_filter_of_courses_finds_no_course_of_others(client, ada, bruno, progress):
    fill(progress, 30)
    for course in CoursePage.objects.exclude(team__user=ada)[:15]:
        course.team.create(user=ada, role="instructor")
    foreign = a_released_course(by=bruno, title="Sewing of Bruno", syllabus=["Threads"])

    page = logged_in(client, ada).get(
        "/admin/learners/enrollment/", {"course_words": "sewing", "course": str(foreign.pk)}
    )

    assert 'name="course_words"' in page.text
    assert "Sewing of Bruno" not in page.text
    assert rows_of(page) == 0


@pytest.mark.usefixtures("counted_to_a_hundred")
def test_a_long_list_of_orders_reads_what_it_shows(client, ada, cleo, ivo, progress):
    fill(progress, 3000)
    course = progress.enrollment.course
    order = Order.objects.create(
        number="N-0", buyer=cleo, status="pending", currency="EUR", subtotal=9, total=9
    )
    order.lines.create(course=course, title="Title T0", price=9, total=9, share=7, producer=ada)
    many_orders(like=order, count=3000)
    logged_in(client, ivo)
    asked = [
        ({}, 50),
        ({"p": "2"}, 50),
        ({"status__exact": "expired"}, 6),
        ({"currency": "JPY"}, 6),
        ({"q": "N-3000"}, 1),
        ({"q": "buyer b3000"}, 1),
        ({"q": "b3000@example.org"}, 1),
        ({"q": "t3000 title"}, 1),
    ]

    for parameters, found in asked:
        answer, captured = visit(client, "/admin/storefront/order/", parameters)
        assert rows_of(answer) == found, parameters
        assert len(answer.content) < MOST_BYTES
        assert read_whole(captured, "storefront_order", "storefront_orderline") == [], parameters
        assert most_rows_sorted(captured) < 1000, parameters


def test_a_search_that_finds_more_than_it_shows_says_so(client, ivo, progress, monkeypatch):
    for module in (lists, searching):
        monkeypatch.setattr(module, "MOST_FOUND", 20)
    fill(progress, 60)
    logged_in(client, ivo)

    many = client.get("/admin/learners/enrollment/", {"q": "learner"})
    few = client.get("/admin/learners/enrollment/", {"q": "loren60"})

    assert "more than 20 of 61" in many.text
    assert "A search shows the first rows that match." in many.text
    assert "1 of 61" in few.text
    assert "A search shows" not in few.text


@pytest.mark.parametrize("name", LISTS)
def test_the_list_of_a_producer_reads_their_own_rows(client, ada, bruno, progress, name):
    fill(progress, 3000)
    some = CoursePage.objects.get(title__endswith=" 77")
    some.team.create(user=bruno, role="lead")
    count_all_anew()
    logged_in(client, bruno)

    for parameters in ({}, {"q": "learner"}, {"course": str(some.pk)}):
        answer, captured = visit(client, f"/admin/learners/{name}/", parameters)
        assert rows_of(answer) == 1, parameters
        assert read_whole(captured, *LISTS.values(), "wagtailcore_page") == [], parameters
