"""The outline of a long course has pages, and each lesson can still be put at any place."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courses.editor.places import ON_A_PAGE
from courses.models import LessonPage
from tests.builders import a_released_course
from tests.bulk import lessons_everywhere
from tests.people import logged_in

pytestmark = pytest.mark.django_db
MOST_BYTES = 150_000


@pytest.fixture
def course(ada):
    """A flat course of 300 lessons."""
    course = a_released_course(by=ada, syllabus=["Threads"])
    lessons_everywhere(like=LessonPage.objects.get(), each=299, under=course)
    type(course).objects.filter(pk=course.pk).update(numchild=300)
    course.refresh_from_db()
    return course


def order_of(course) -> list[int]:
    return list(course.get_children().values_list("pk", flat=True))


def explorer(course) -> str:
    return reverse("wagtailadmin_explore", args=[course.pk])


@pytest.mark.parametrize("who", ["ada", "ivo"])
def test_the_outline_of_three_hundred_lessons_is_light_and_whole(client, ada, ivo, course, who):
    logged_in(client, {"ada": ada, "ivo": ivo}[who])
    pages = [client.get(explorer(course), {"p": str(number)}) for number in range(1, 21)]

    shown = [lesson.pk for page in pages for lesson in page.context["object_list"]]
    assert shown == order_of(course)
    assert max(len(page.content) for page in pages) < MOST_BYTES


def test_each_page_of_an_outline_costs_the_same(client, ada, course):
    logged_in(client, ada)
    client.get(explorer(course))

    def cost(number: int) -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(explorer(course), {"p": str(number)})
        return len(captured)

    assert cost(2) == cost(14)


def test_a_row_that_is_dragged_is_counted_from_its_page(client, ada, course):
    logged_in(client, ada)
    before = order_of(course)
    page = client.get(explorer(course), {"p": "3"})
    url = reverse("studio:set_place", args=[999999, 2 * ON_A_PAGE])
    assert f'data-w-orderable-url-value="{url}"' in page.text

    moved = before[2 * ON_A_PAGE + 5]
    answer = client.post(url.replace("999999", str(moved)) + "?position=1")

    assert answer.status_code == 200
    after = order_of(course)
    assert after.index(moved) == 2 * ON_A_PAGE + 1
    assert [pk for pk in after if pk != moved] == [pk for pk in before if pk != moved]


def test_a_lesson_is_put_on_another_page(client, ada, course):
    logged_in(client, ada)
    before = order_of(course)
    lesson, address = before[250], reverse("studio:change_place", args=[before[250]])
    assert address in client.get(explorer(course), {"p": str(250 // ON_A_PAGE + 1)}).text
    assert "stands at place 251 of 300" in client.get(address).text

    answer = client.post(address, {"place": "3"})

    assert answer.url == f"{explorer(course)}?p=1"
    assert order_of(course).index(lesson) == 2

    client.post(address, {"place": "300"})
    assert order_of(course)[-1] == lesson


@pytest.mark.parametrize(("place", "page"), [(ON_A_PAGE, 1), (ON_A_PAGE + 1, 2), (300, 20)])
def test_whoever_moves_a_lesson_sees_it_where_it_stands_now(client, ada, course, place, page):
    logged_in(client, ada)
    lesson = order_of(course)[100]

    answer = client.post(reverse("studio:change_place", args=[lesson]), {"place": str(place)})

    assert answer.url == f"{explorer(course)}?p={page}"
    shown = client.get(answer.url).context["object_list"]
    assert lesson in [each.pk for each in shown]


@pytest.mark.parametrize("place", ["0", "301", "x", ""])
def test_a_place_that_is_not_there_is_refused(client, ada, course, place):
    logged_in(client, ada)
    before = order_of(course)

    answer = client.post(reverse("studio:change_place", args=[before[5]]), {"place": place})

    assert answer.status_code == 200
    assert "error" in answer.text
    assert order_of(course) == before


def test_nobody_else_moves_a_lesson(client, bruno, mira, course):
    before = order_of(course)
    for person in (bruno, mira):
        logged_in(client, person)
        for address in (
            reverse("studio:change_place", args=[before[5]]),
            reverse("studio:set_place", args=[before[5], 0]) + "?position=0",
        ):
            assert client.post(address, {"place": "1"}).status_code == 404
    assert order_of(course) == before


def test_a_short_outline_offers_no_page_to_change_the_place(client, ada):
    course = a_released_course(by=ada, syllabus=["Threads", "Needles"])

    assert "Change the place" not in logged_in(client, ada).get(explorer(course)).text
