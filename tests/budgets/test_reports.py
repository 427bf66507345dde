"""What the dashboard and the reports of the admin may read, however many pages there are."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageLogEntry, TaskState, WorkflowState

from courses.models import CoursePage, LessonPage
from courses.records import counting
from courses.records.counting import count_all_anew
from tests.builders import a_released_course
from tests.bulk import lessons_everywhere, many_courses
from tests.people import logged_in, somebody
from tests.plans import most_rows_sorted, read_whole

pytestmark = pytest.mark.django_db
MOST = 100
MOST_BYTES = 150_000
LARGE = (
    *("wagtailcore_page", "courses_coursepage", "courses_lessonpage"),
    *("wagtailcore_pagelogentry", "wagtailcore_workflowstate", "wagtailcore_taskstate"),
)
ADDRESSES = [
    "wagtailadmin_home",
    "wagtailadmin_reports:site_history",
    "wagtailadmin_reports:locked_pages",
    "wagtailadmin_reports:aging_pages",
    "wagtailadmin_reports:workflow",
    "wagtailadmin_reports:workflow_tasks",
    "wagtailadmin_reports:page_types_usage",
]


@pytest.fixture(autouse=True)
def counted_to_a_hundred(monkeypatch):
    monkeypatch.setattr(counting, "MOST", MOST)


@pytest.fixture
def like(ada):
    return a_released_course(by=ada, title="Sewing by hand", syllabus=["Needles"])


def fill(like: CoursePage, count: int, *, after: int = 0) -> None:
    """As many courses more, each published by somebody, every third locked."""
    many_courses(like=like, count=count, after=after)
    entry = PageLogEntry.objects.filter(page=like, action="wagtail.publish").first()
    entry = entry or PageLogEntry.objects.filter(page=like).first()
    now = timezone.now()
    people = [somebody(email=f"p{number}@example.com") for number in range(5)]
    pages = list(Page.objects.filter(depth=like.depth).values_list("pk", "title"))
    PageLogEntry.objects.bulk_create(
        PageLogEntry(
            page_id=pk,
            content_type=entry.content_type,
            label=title,
            action="wagtail.publish",
            timestamp=now - timezone.timedelta(minutes=number),
            user=people[number % 5],
        )
        for number, (pk, title) in enumerate(pages[after:])
    )
    Page.objects.filter(pk__in=[pk for pk, _title in pages[::30]]).update(locked=True)
    submit(pages[after:], people, now)
    count_all_anew()


def submit(pages: list[tuple[int, str]], people: list, now) -> None:
    """Each of them once, by one of the people, and approved."""
    like = WorkflowState.objects.first()
    task = like.task_states.first()
    states = WorkflowState.objects.bulk_create(
        WorkflowState(
            content_type=like.content_type,
            base_content_type=like.base_content_type,
            object_id=str(pk),
            workflow=like.workflow,
            status="approved",
            requested_by=people[number % 5],
            created_at=now - timezone.timedelta(minutes=number),
        )
        for number, (pk, _title) in enumerate(pages)
    )
    TaskState.objects.bulk_create(
        TaskState(
            workflow_state=state,
            task=task.task,
            status="approved",
            revision=task.revision,
            content_type=task.content_type,
        )
        for state in states
    )


def visit(client, address: str):
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    assert answer.status_code == 200, address
    return answer, captured


def all_courses(asked: str = "") -> str:
    return reverse("wagtailadmin_pages:type_use", args=["courses", "coursepage"]) + asked


def counts_so_far(sql: str) -> bool:
    return sql.startswith("SELECT COUNT(*)") and f"LIMIT {MOST + 1})" in sql


@pytest.mark.parametrize(
    "asked", ["", "?ordering=title", "?ordering=-live", "?has_child_pages=false"]
)
def test_the_pages_of_a_type_cost_the_same_in_any_order(client, ivo, like, asked):
    logged_in(client, ivo)
    fill(like, 300)
    of_hundreds = len(visit(client, all_courses(asked))[1])

    fill(like, 3000, after=300)
    answer, captured = visit(client, all_courses(asked))

    whole = read_whole(captured, *LARGE)
    assert [sql for sql in whole if not counts_so_far(sql)] == []
    assert most_rows_sorted(captured) < 1000
    assert len(answer.content) < MOST_BYTES
    assert len(captured) == of_hundreds


def test_a_long_list_of_pages_keeps_its_order_and_a_short_one_takes_any(client, ivo, like):
    logged_in(client, ivo)
    many_courses(like=like, count=30)

    def titles(asked: str = "") -> list[str]:
        return [page.title for page in client.get(all_courses(asked)).context["object_list"]]

    assert titles("?ordering=title") == sorted(titles("?ordering=title"))
    assert "ordering=title" in client.get(all_courses()).text
    many_courses(like=like, count=100, after=30)
    assert titles("?ordering=title") == titles()
    assert "ordering=title" not in client.get(all_courses()).text


def test_types_of_pages_are_counted_as_far_as_anybody_reads(client, ivo, like):
    logged_in(client, ivo)
    address = reverse("wagtailadmin_reports:page_types_usage")

    def told() -> dict[str, tuple[str, str]]:
        page = client.get(address)
        assert page.context["filters"] is None or "page_locale" not in page.text
        return {
            kind.model: (str(kind.counted), kind.last_page and kind.last_page.title)
            for kind in page.context["object_list"]
        }

    assert told()["coursepage"] == ("1", "Sewing by hand")
    many_courses(like=like, count=200)
    last = CoursePage.objects.get(title__endswith=" 77")
    CoursePage.objects.filter(pk=last.pk).update(latest_revision_created_at=timezone.now())
    assert told()["coursepage"] == ("more than 100", "Sewing by hand 77")
    assert told()["lessonpage"] == ("1", "Needles")
    text = client.get(address).text
    assert all_courses() in text
    assert reverse("wagtailadmin_pages:edit", args=[last.pk]) in text


@pytest.mark.parametrize("name", ADDRESSES)
def test_it_costs_the_same_with_hundreds_of_pages_and_with_thousands(client, ivo, like, name):
    logged_in(client, ivo)
    fill(like, 300)
    of_hundreds = len(visit(client, reverse(name))[1])

    fill(like, 3000, after=300)
    lessons_everywhere(like=LessonPage.objects.filter(path__startswith=like.path).first(), each=1)
    answer, captured = visit(client, reverse(name))

    whole = read_whole(captured, *LARGE)
    assert [sql for sql in whole if not counts_so_far(sql)] == []
    assert most_rows_sorted(captured) < 1000
    assert len(answer.content) < MOST_BYTES
    assert len(captured) == of_hundreds


@pytest.mark.parametrize(
    "address",
    [
        *(reverse(name) for name in ADDRESSES),
        reverse("wagtailadmin_pages:type_use", args=["courses", "lessonpage"]),
        f"{reverse('wagtailadmin_choose_page')}?q=Needles",
        f"{reverse('wagtailadmin_pages:search')}?q=Needles",
    ],
)
def test_a_list_of_lessons_costs_as_many_statements_as_a_list_of_courses(
    client, ivo, like, address
):
    logged_in(client, ivo)
    fill(like, 60)
    lesson = LessonPage.objects.filter(path__startswith=like.path).first()
    of_courses = len(visit(client, address)[1])

    lessons_everywhere(like=lesson, each=1)
    lessons = Page.objects.type(LessonPage)
    long_ago, now = timezone.now() - timezone.timedelta(days=400), timezone.now()
    lessons.update(last_published_at=long_ago, latest_revision_created_at=now, locked=True)
    entry = PageLogEntry.objects.first()
    PageLogEntry.objects.bulk_create(
        PageLogEntry(
            page=page,
            content_type_id=page.content_type_id,
            label=page.title,
            action=entry.action,
            timestamp=now,
            user=entry.user,
        )
        for page in lessons
    )

    # One for the rows of their type, one for what of them was sold.
    assert len(visit(client, address)[1]) <= of_courses + 2


def test_the_dashboard_says_about_how_many_pages_there_are(client, ivo, like):
    logged_in(client, ivo)
    few = client.get(reverse("wagtailadmin_home"))
    there = Page.objects.filter(depth__gt=1).count()
    fill(like, 300)
    many = client.get(reverse("wagtailadmin_home"))

    assert f"{there} pages" in " ".join(few.text.split())
    assert "about 310 pages" in " ".join(many.text.split())


def test_a_report_ends_where_it_was_counted_to_and_says_so(client, ivo, like):
    fill(like, 300)
    logged_in(client, ivo)

    report = client.get(reverse("wagtailadmin_reports:aging_pages"))

    assert "More than 100 pages" in report.text
    assert report.context["paginator"].num_pages == 5


def test_pages_published_at_once_stand_in_the_report_of_ageing_pages_once_each(client, ivo, like):
    fill(like, 45)
    Page.objects.filter(depth__gt=1).update(last_published_at=timezone.now())
    logged_in(client, ivo)
    address = reverse("wagtailadmin_reports:aging_pages")

    turned = [
        page.pk
        for number in (1, 2, 3)
        for page in client.get(address, {"p": number}).context["object_list"]
    ]

    assert turned == sorted(turned)
    assert len(turned) == len(set(turned)) == Page.objects.filter(depth__gt=1).count()


def test_the_history_still_narrows_by_who_did_what(client, ivo, ada, like):
    fill(like, 30)
    logged_in(client, ivo)
    address = reverse("wagtailadmin_reports:site_history")
    somebody_else = somebody(email="p1@example.com")

    page = client.get(address)
    theirs = client.get(address, {"user": str(somebody_else.pk), "action": "wagtail.publish"})

    assert "p1@example.com" in page.text or somebody_else.name in page.text
    assert {entry.user_id for entry in theirs.context["object_list"]} == {somebody_else.pk}
    assert len(theirs.context["object_list"]) > 0
