"""What an export of a long list may read: a part at a time, by an index, in its order."""

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageLogEntry

from courses.exports import asking
from courses.exports.writing import write
from courses.models import Export
from courses.records import counting, parts
from courses.records.counting import count_all_anew
from learners.models import Enrollment, LessonProgress
from tests.builders import a_released_course, an_enrollment, lesson_called
from tests.bulk import many_courses, many_learners
from tests.people import logged_in
from tests.plans import most_rows_sorted, read_whole

pytestmark = pytest.mark.django_db
PART = 100
LARGE = ("learners_enrollment", "learners_lessonprogress", "learners_user", "wagtailcore_page")


@pytest.fixture(autouse=True)
def parts_are_small(monkeypatch):
    monkeypatch.setattr(parts, "PART", PART)
    monkeypatch.setattr(counting, "MOST", PART)
    monkeypatch.setattr(asking, "FEW", -1)


@pytest.fixture
def progress(ada, cleo):
    course = a_released_course(by=ada, syllabus=["Threads"])
    return LessonProgress.objects.create(
        enrollment=an_enrollment(user=cleo, course=course),
        lesson=lesson_called("Threads", course=course),
        status="completed",
    )


def fill(progress, count: int, *, after: int = 0) -> None:
    many_courses(like=progress.lesson.get_parent().specific, count=count, after=after)
    copies = Enrollment.objects.filter(user=progress.enrollment.user)
    copies.exclude(pk=progress.enrollment_id).delete()
    many_learners(like=progress, count=count, after=after)


def written(client, address: str, kind: str = "csv", **asked):
    client.get(address, {**asked, "export": kind})
    export = Export.objects.latest("pk")
    with CaptureQueriesContext(connection) as captured:
        assert write(export.pk)
    export.refresh_from_db()
    return export, captured


def counts_so_far(sql: str) -> bool:
    return sql.startswith("SELECT COUNT(*)") and f"LIMIT {counting.MOST + 1})" in sql


def lines(export) -> list[str]:
    with default_storage.open(export.file) as file:
        return file.read().decode().splitlines()[1:]


@pytest.mark.parametrize("name", ["enrollment", "lessonprogress"])
@pytest.mark.parametrize("asked", [{}, {"status__exact": "completed"}], ids=["all", "filtered"])
def test_no_statement_of_an_export_reads_more_than_a_part(client, ivo, progress, name, asked):
    fill(progress, 3000)
    logged_in(client, ivo)
    if name == "enrollment" and asked:
        asked = {"status__exact": "active"}

    export, captured = written(client, f"/admin/learners/{name}/", **asked)

    assert export.rows_written == len(lines(export)) > 2900
    whole = read_whole(captured, *LARGE)
    assert [sql for sql in whole if not counts_so_far(sql)] == []
    assert most_rows_sorted(captured) <= 1000
    parts_read = [query["sql"] for query in captured if f"LIMIT {PART}" in query["sql"]]
    assert len(parts_read) >= 30
    assert "OFFSET" not in "".join(parts_read)


def test_each_part_costs_the_same_statements(client, ivo, progress):
    logged_in(client, ivo)

    def per_part(rows: int) -> float:
        export, captured = written(client, "/admin/learners/enrollment/")
        assert export.rows_written == rows
        return len(captured)

    fill(progress, 499)
    of_500 = per_part(500)
    fill(progress, 500, after=499)
    of_1000 = per_part(1000)
    fill(progress, 500, after=999)
    of_1500 = per_part(1500)

    assert of_1500 - of_1000 == of_1000 - of_500


@pytest.mark.parametrize("descending", [True, False])
def test_a_list_with_empty_cells_and_equal_ones_is_read_once_in_order(progress, descending):
    """As PostgreSQL orders by itself: parts end among equals, and among those without a value."""
    fill(progress, 1000)
    rows = LessonProgress.objects.all()
    rows.filter(pk__in=list(rows.values_list("pk", flat=True)[:250])).update(completion_date=None)
    LessonProgress.objects.filter(
        pk__in=list(rows.exclude(completion_date=None).values_list("pk", flat=True)[:250])
    ).update(completion_date=timezone.now())
    for orders in (
        ["-completion_date", "pk"] if descending else ["completion_date", "-pk"],
        ["status", "-completion_date"] if descending else ["-status", "completion_date"],
        ["enrollment__user__name"],
    ):
        ordered = rows.order_by(*orders, *([] if "pk" in orders[-1] else ["pk"]))

        read = [row.pk for row in parts.in_parts(rows.order_by(*orders))]

        assert read == list(ordered.values_list("pk", flat=True)), orders


def test_the_site_history_is_read_by_parts_of_both_its_tables(client, ivo, ada, progress):
    entry = PageLogEntry.objects.first()
    now = timezone.now()
    PageLogEntry.objects.bulk_create(
        PageLogEntry(
            page_id=entry.page_id,
            content_type=entry.content_type,
            label=f"Entry {number}",
            action=entry.action,
            # Every third moment is that of three entries.
            timestamp=now - timezone.timedelta(minutes=number // 3),
            uuid=None,
            user=None,
        )
        for number in range(3000)
    )
    count_all_anew()
    logged_in(client, ivo)

    export, captured = written(client, "/admin/reports/site-history/")

    told = [line.split(",")[1] for line in lines(export)]
    numbers = [int(label.split()[1]) // 3 for label in told if label.startswith("Entry")]
    assert len(set(told) & {f"Entry {number}" for number in range(3000)}) == 3000
    assert len(numbers) == 3000
    assert numbers == sorted(numbers)
    whole = read_whole(captured, "wagtailcore_pagelogentry", "wagtailcore_page")
    parts_read = [query["sql"] for query in captured if "UNION ALL" in query["sql"]]
    assert [sql for sql in whole if sql in parts_read and not counts_so_far(sql)] == []
    assert len(parts_read) > 30
