"""A connection keeps the plan of what it is asked often, and outlives a change of its tables."""

from uuid import UUID, uuid4

import pytest
from django.db import NotSupportedError, connection, transaction
from django.test.utils import CaptureQueriesContext

from courses.models import Category, CoursePage
from courses.statements.compiled import Compiled
from courses.statements.prepared import numbered, rows_of, write

ONE = "SELECT name FROM courses_category WHERE slug = %(slug)s AND name LIKE '%%a%%'"
RENAME = "UPDATE courses_category SET name = %(name)s WHERE slug = %(slug)s"
MARK = "test_prepared"


@pytest.fixture
def baking(db):
    return Category.objects.create(name="Baking", slug="baking", pattern="weave")


def kept(text: str) -> list[tuple[int, int]]:
    """Of each statement with ``text`` that this connection keeps: plans for any value, for one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT generic_plans, custom_plans FROM pg_prepared_statements"
            " WHERE position(%s in statement) > 0 AND position('pg_prepared' in statement) = 0",
            [text],
        )
        return cursor.fetchall()


def test_places_are_numbered_by_name_and_a_percent_sign_stays_one():
    sql = "SELECT %(a)s, %(b)s, %(a)s WHERE x LIKE '10 %%'"

    assert numbered(sql) == ("SELECT $1, $2, $1 WHERE x LIKE '10 %'", ["a", "b"])


def test_a_statement_is_planned_once_for_all_values(baking):
    before = kept("FROM courses_category WHERE slug")

    answers = [rows_of(ONE, {"slug": slug}) for slug in ["baking", "music"] * 10]

    assert answers == [[("Baking",)], []] * 10
    [(for_any, for_one)] = kept("FROM courses_category WHERE slug")
    assert (before, for_any + for_one) == ([], 20)
    assert for_any == 15  # PostgreSQL tries five times first


def test_a_number_of_any_length_meets_the_same_plan(db):
    statement = Compiled(lambda pk: CoursePage.objects.filter(pk=pk).values_list("pk"), pk=int)

    assert [statement(pk=pk) for pk in (3, 40_000, 70_000, 2_000_000_000)] == [[]] * 4

    [(for_any, for_one)] = kept('"courses_coursepage"."page_ptr_id" = ')
    assert for_any + for_one == 4


def test_what_never_differs_is_part_of_the_statement(baking):
    Category.objects.update(name="100 % wool")
    statement = Compiled(
        lambda slug: Category.objects.filter(slug=slug, name="100 % wool").values_list("name"),
        slug=str,
    )

    assert statement(slug="baking") == [("100 % wool",)]
    assert len(kept("'100 % wool'")) == 1


def test_other_statements_are_not_kept(baking):
    with CaptureQueriesContext(connection):
        for _time in range(8):
            Category.objects.get(slug="baking")

    assert kept('"courses_category"."slug" =') == []


def test_whoever_reads_what_was_asked_reads_its_values(baking):
    with CaptureQueriesContext(connection) as captured:
        rows_of(ONE, {"slug": "it's"})
        write(RENAME, values={"slug": "baking", "name": "Bread"})

    assert [query["sql"] for query in captured] == [
        "SELECT name FROM courses_category WHERE slug = 'it''s' AND name LIKE '%a%'",
        "UPDATE courses_category SET name = 'Bread' WHERE slug = 'baking'",
    ]


def test_the_rows_that_a_statement_wrote_are_counted(baking):
    assert write(RENAME, values={"slug": "baking", "name": "Bread"}) == 1
    assert write(RENAME, values={"slug": "music", "name": "Bread"}) == 0
    baking.refresh_from_db()
    assert baking.name == "Bread"


@pytest.fixture
def a_table(transactional_db):
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {MARK} (id uuid, name varchar(10))")
        cursor.execute(f"INSERT INTO {MARK} VALUES (%s, 'Baking')", [uuid4()])
    yield f"SELECT id, name FROM {MARK} WHERE name = %(name)s"
    connection.close()
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {MARK}")


def widen() -> None:
    """As a migration does it, in another connection."""
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute(f"ALTER TABLE {MARK} ALTER name TYPE varchar(20)")
    finally:
        other.close()


def test_a_column_that_has_changed_meanwhile_is_read_by_a_new_connection(a_table):
    [(known, _name)] = rows_of(a_table, {"name": "Baking"})

    widen()

    assert isinstance(known, UUID)
    assert rows_of(a_table, {"name": "Baking"}) == [(known, "Baking")]


def test_within_a_transaction_the_connection_ends_with_the_request(a_table):
    rows_of(a_table, {"name": "Baking"})
    widen()

    with pytest.raises(NotSupportedError), transaction.atomic():
        rows_of(a_table, {"name": "Baking"})
    connection.close_if_unusable_or_obsolete()

    assert connection.connection is None
    assert len(rows_of(a_table, {"name": "Baking"})) == 1
