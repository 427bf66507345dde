"""A thousand courses in a second: one released course, copied in SQL.

For query budgets and paging, where only the size matters. Each copy has its own page,
release with all lessons, catalogue row, learners and reviews; titles are numbered.
"""

from django.db import connection, transaction
from django.db.models import F
from wagtail.models import Page

from courses.models import CataloguePage, CoursePage, CourseRelease, LessonPage, ReleaseItem
from courses.records.counting import count_all_anew
from learners.models import Enrollment, LessonProgress, Review, User
from storefront.models import CatalogueEntry, Order, OrderLine

# 36 ** 4 children are more than any test makes; copies start far from what was there.
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
FIRST_STEP = 36**3


@transaction.atomic
def many_courses(*, like: CoursePage, count: int, after: int = 0) -> None:
    """Add ``count`` copies of the released course ``like``, number ``i`` with ``i`` students.

    Numbers begin at 1, or after ``after`` when copies were made before.
    """
    numbers = range(after + 1, after + count + 1)
    steps = [like.path[: -Page.steplen] + _step(FIRST_STEP + i) for i in numbers]
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE copies ON COMMIT DROP AS "
            "SELECT i, path, nextval(pg_get_serial_sequence('wagtailcore_page', 'id')) AS page_id, "
            "gen_random_uuid() AS course_uuid, gen_random_uuid() AS key "
            "FROM unnest(%s::int[], %s::text[]) AS given(i, path)",
            [list(numbers), steps],
        )
        _copy(
            cursor,
            Page,
            where="t.id = %s",
            params=[like.pk],
            fields={
                "id": "c.page_id",
                "path": "c.path",
                "slug": "t.slug || '-' || c.i",
                "url_path": "t.url_path || c.i || '/'",
                "title": "t.title || ' ' || c.i",
                "draft_title": "t.title || ' ' || c.i",
                "translation_key": "c.key",
                "numchild": "0",
                "latest_revision_id": "NULL",
                "live_revision_id": "NULL",
            },
        )
        _copy(
            cursor,
            CoursePage,
            where="t.page_ptr_id = %s",
            params=[like.pk],
            fields={
                "page_ptr_id": "c.page_id",
                "uuid": "c.course_uuid",
                "collection_id": "NULL",
            },
        )
        _copy(
            cursor,
            CatalogueEntry,
            where="t.course_id = %s",
            params=[like.pk],
            fields={
                "course_id": "c.page_id",
                "uuid": "c.course_uuid",
                "slug": "t.slug || '-' || c.i",
                "title": "t.title || ' ' || c.i",
                "students": "c.i",
                "completions": "c.i",
                "price": "c.i % 5 * 10",
                "rating": "(c.i % 40 + 10) / 10.0",
                "published_at": "t.published_at - c.i * interval '1 hour'",
            },
        )
        release = CourseRelease.objects.get(course=like, status="current")
        _copy(
            cursor,
            CourseRelease,
            where="t.id = %s",
            params=[release.pk],
            fields={
                "id": None,
                "course_id": "c.page_id",
                "workflow_state_id": "NULL",
            },
        )
        _copy(
            cursor,
            ReleaseItem,
            where="t.release_id = %s",
            params=[release.pk],
            joins="JOIN courses_courserelease r ON r.course_id = c.page_id",
            # Nobody else's lesson: a door that is asked for one finds the course that it is of.
            fields={
                "id": None,
                "release_id": "r.id",
                "parent_id": "NULL",
                "uuid": "gen_random_uuid()",
            },
        )
        _copy(
            cursor,
            Review,
            where="t.course_id = %s",
            params=[like.pk],
            fields={
                "id": "gen_random_uuid()",
                "course_id": "c.page_id",
            },
        )
        _copy(
            cursor,
            Enrollment,
            where="t.course_id = %s",
            params=[like.pk],
            fields={
                "id": "gen_random_uuid()",
                "course_id": "c.page_id",
            },
        )
        cursor.execute("DROP TABLE copies")
        count_all_anew()
    CataloguePage.objects.update(numchild=F("numchild") + count)


def _copy(cursor, model, *, where: str, params: list, fields: dict, joins: str = "") -> None:
    """Copy the rows of ``model`` once per copy; ``None`` leaves a column to its default."""
    columns = [
        field.column
        for field in model._meta.local_concrete_fields
        if fields.get(field.column, "") is not None and not field.generated
    ]
    values = [fields.get(column, f't."{column}"') for column in columns]
    names = ", ".join(f'"{column}"' for column in columns)
    # The parameters stand only in the condition; signs of percent elsewhere are SQL's own.
    select = ", ".join(values).replace("%", "%%")
    cursor.execute(
        f'INSERT INTO "{model._meta.db_table}" ({names}) SELECT {select} '
        f'FROM copies c CROSS JOIN "{model._meta.db_table}" t {joins} WHERE {where}',
        params,
    )


def _step(number: int) -> str:
    digits = ""
    for _ in range(Page.steplen):
        number, rest = divmod(number, len(ALPHABET))
        digits = ALPHABET[rest] + digits
    return digits


@transaction.atomic
def lessons_everywhere(*, like: LessonPage, each: int, under: CoursePage | None = None) -> None:
    """Add ``each`` copies of the lesson ``like`` below every course, or below one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE copies ON COMMIT DROP AS "
            "SELECT nextval(pg_get_serial_sequence('wagtailcore_page', 'id')) AS page_id, "
            "p.path || given.step AS path, p.depth + 1 AS depth, gen_random_uuid() AS key "
            "FROM courses_coursepage c JOIN wagtailcore_page p ON p.id = c.page_ptr_id "
            "CROSS JOIN unnest(%s::text[]) AS given(step) "
            "WHERE %s::int IS NULL OR p.id = %s::int",
            [[_step(FIRST_STEP + number) for number in range(each)], *[under and under.pk] * 2],
        )
        _copy(
            cursor,
            Page,
            where="t.id = %s",
            params=[like.pk],
            fields={
                "id": "c.page_id",
                "path": "c.path",
                "depth": "c.depth",
                "slug": "c.page_id::text",
                "translation_key": "c.key",
                "latest_revision_id": "NULL",
                "live_revision_id": "NULL",
            },
        )
        _copy(
            cursor,
            LessonPage,
            where="t.page_ptr_id = %s",
            params=[like.pk],
            fields={"page_ptr_id": "c.page_id", "uuid": "c.key"},
        )
        cursor.execute("DROP TABLE copies")
        cursor.execute("ANALYZE wagtailcore_page, courses_lessonpage")


@transaction.atomic
def many_learners(*, like: LessonProgress, count: int, after: int = 0) -> None:
    """Add ``count`` people who study as in ``like``: each another course, as far as there are.

    Nobody of them shares a word of their name: the first is “Learner L1 Loren1”.
    """
    enrollment = like.enrollment
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE copies ON COMMIT DROP AS "
            "SELECT i, gen_random_uuid() AS person, gen_random_uuid() AS enrollment, "
            "gen_random_uuid() AS progress, courses.ids[i %% cardinality(courses.ids) + 1] "
            "AS course FROM generate_series(%s, %s) AS given(i), "
            "(SELECT array_agg(page_ptr_id ORDER BY page_ptr_id) AS ids FROM courses_coursepage) "
            "AS courses",
            [after + 1, after + count],
        )
        _copy(
            cursor,
            User,
            where="t.id = %s",
            params=[enrollment.user_id],
            fields={
                "id": "c.person",
                "email": "'l' || c.i || '@example.org'",
                "name": "'Learner L' || c.i || ' Loren' || c.i",
            },
        )
        _copy(
            cursor,
            Enrollment,
            where="t.id = %s",
            params=[enrollment.pk],
            fields={
                "id": "c.enrollment",
                "user_id": "c.person",
                "course_id": "c.course",
                "status": "CASE WHEN c.i % 500 = 0 THEN 'refunded' ELSE t.status END",
                "purchased_at": "t.purchased_at - c.i * interval '1 minute'",
            },
        )
        _copy(
            cursor,
            LessonProgress,
            where="t.id = %s",
            params=[like.pk],
            fields={
                "id": "c.progress",
                "enrollment_id": "c.enrollment",
                "status": "CASE WHEN c.i % 500 = 0 THEN 'in_progress' ELSE 'completed' END",
                "completion_date": "CASE WHEN c.i % 500 > 0 "
                "THEN '2026-01-01'::timestamptz + c.i * interval '1 minute' END",
            },
        )
        cursor.execute("DROP TABLE copies")
        count_all_anew()


@transaction.atomic
def many_items(*, like: ReleaseItem, count: int, changed: bool = False) -> None:
    """Add ``count`` lessons to a release, each a page of its own that says what ``like`` says.

    Of two releases the same pages are added; those that ``changed`` have other words.
    """
    path = like.page.path[: -Page.steplen]
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE copies ON COMMIT DROP AS SELECT row_number() OVER (ORDER BY "
            "path) AS i, p.id AS page_id, l.uuid AS key FROM wagtailcore_page p "
            "JOIN courses_lessonpage l ON l.page_ptr_id = p.id "
            "WHERE p.path LIKE %s AND p.id <> %s ORDER BY path LIMIT %s",
            [f"{path}%", like.page_id, count],
        )
        _copy(
            cursor,
            ReleaseItem,
            where="t.id = %s",
            params=[like.pk],
            fields={
                "id": None,
                "page_id": "c.page_id",
                "uuid": "c.key",
                "position": "t.position + c.i",
                "number": "(c.i + 1)::text",
                "title": "'Stitch ' || c.i",
                **({"digest": "'new'"} if changed else {}),
            },
        )
        cursor.execute("DROP TABLE copies")


@transaction.atomic
def many_orders(*, like: Order, count: int) -> None:
    """Add ``count`` orders with the line of ``like``, each of its own number and address.

    Number ``i`` is of the person whom ``many_learners`` numbered so, if there is one.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE copies ON COMMIT DROP AS SELECT i, gen_random_uuid() AS key "
            "FROM generate_series(1, %s) AS given(i)",
            [count],
        )
        _copy(
            cursor,
            Order,
            where="t.id = %s",
            params=[like.pk],
            fields={
                "id": "c.key",
                "number": "'N-' || c.i",
                "buyer_id": "COALESCE((SELECT id FROM learners_user u "
                "WHERE lower(u.email) = 'l' || c.i || '@example.org'), t.buyer_id)",
                "buyer_name": "'Buyer B' || c.i",
                "buyer_email": "'b' || c.i || '@example.org'",
                "status": "CASE WHEN c.i % 500 = 0 THEN 'expired' ELSE 'pending' END",
                "currency": "CASE WHEN c.i % 500 = 0 THEN 'JPY' ELSE t.currency END",
                "created_at": "t.created_at - c.i * interval '1 minute'",
            },
        )
        _copy(
            cursor,
            OrderLine,
            where="t.order_id = %s",
            params=[like.pk],
            fields={"id": None, "order_id": "c.key", "title": "'Title T' || c.i"},
        )
        cursor.execute("DROP TABLE copies")
        count_all_anew()
