"""What the moderators' queue may cost, with a few submissions waiting and with thousands."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courses.moderation.selectors import WAITING_ON_A_PAGE, how_many_wait, queue_page, waiting_for
from courses.records.counting import count_all_anew
from tests.builders import a_released_course
from tests.bulk import many_courses
from tests.people import logged_in
from tests.plans import most_rows_sorted, read_whole

pytestmark = pytest.mark.django_db
# how many wait, the page, its lessons and titles, own decisions and titles
COST = 6
FRAME = 2  # of any page in the admin: whose session it is, and what they are to the editor
MOST_BYTES = 100_000


@pytest.fixture
def like(ada):
    return a_released_course(by=ada, syllabus=["Needles", "Running"])


def submissions(*, like, count: int, after: int = 0) -> None:
    """Copies of ``like`` that wait, the first the longest."""
    many_courses(like=like, count=count, after=after)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE courses_courserelease SET status = 'in_review', decided_by_id = NULL, "
            "decided_at = NULL, submitted_at = '2026-01-01'::timestamptz + id * interval '1 minute'"
            " WHERE course_id <> %s",
            [like.pk],
        )
        count_all_anew()


def visit(client, address: str) -> tuple[int, int]:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    assert answer.status_code == 200
    return len(captured), len(answer.content)


def test_the_queue_costs_the_same_with_three_waiting_and_with_three_thousand(client, mira, like):
    addresses = [reverse("moderation:queue"), reverse("wagtailadmin_home")]
    logged_in(client, mira)
    submissions(like=like, count=3)
    with_three = [visit(client, address)[0] for address in addresses]

    submissions(like=like, count=2997, after=3)
    with_thousands = [visit(client, address) for address in addresses]

    assert [statements for statements, _ in with_thousands] == with_three
    assert with_three[0] == COST + FRAME
    assert max(size for _, size in with_thousands) < MOST_BYTES


def test_the_queue_is_read_in_its_order_and_no_further_than_it_is_shown(mira, like):
    submissions(like=like, count=3000)

    with CaptureQueriesContext(connection) as captured:
        page = queue_page(mira)
        further = queue_page(mira, cursor=page.after)
        how_many_wait(mira)

    shown = [release.pk for release in (*page.rows, *further.rows)]
    assert shown == list(waiting_for(mira).values_list("pk", flat=True)[: 2 * WAITING_ON_A_PAGE])
    assert [release.lessons for release in page.rows] == [2] * WAITING_ON_A_PAGE
    assert read_whole(captured, "courses_courserelease", "courses_releaseitem") == []
    assert most_rows_sorted(captured) < 1000


def test_the_pages_of_the_queue_are_turned_and_decisions_stand_on_the_first(client, mira, like):
    submissions(like=like, count=WAITING_ON_A_PAGE + 1)
    logged_in(client, mira)

    first = client.get(reverse("moderation:queue"))
    second = client.get(first.context["older"])
    again = client.get(second.context["newer"])
    nonsense = client.get(reverse("moderation:queue"), {"at": "x"})

    keys = [[row.pk for row in page.context["releases"]] for page in (first, second, again)]
    assert (len(keys[0]), len(keys[1])) == (WAITING_ON_A_PAGE, 1)
    assert max(keys[0]) < keys[1][0]
    assert keys[2] == keys[0]
    assert "Your latest decisions" in first.text
    assert "Your latest decisions" not in second.text
    assert nonsense["Location"] == reverse("moderation:queue")


@pytest.mark.parametrize(
    ("waiting", "said", "told"), [(99, "99", "99"), (100, "99+", "More than 99")]
)
def test_what_waits_is_counted_as_far_as_a_person_reads(client, mira, like, waiting, said, told):
    submissions(like=like, count=waiting)

    home = logged_in(client, mira).get(reverse("wagtailadmin_home"))

    heading = BeautifulSoup(home.content, "html.parser").h1
    assert heading.text == f"{told} things wait for you"
    assert f"Reviews ({said})" in home.text
