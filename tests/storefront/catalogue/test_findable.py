"""What a search reads: always the courses that are for sale at this moment, in short rows."""

from decimal import Decimal

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from courses.releases.archiving import archive_course
from storefront.catalogue.tiers import find_again, part_by_popularity
from storefront.models import CatalogueEntry, Findable
from storefront.models.catalogue import TIERS
from tests.builders import a_category, a_released_course
from tests.bulk import many_courses
from tests.people import somebody

pytestmark = pytest.mark.django_db

COLUMNS = ["course_id", "tier", "students", "pigeonhole", "producer_id", "search"]


@pytest.fixture
def shelf(ada):
    """Number i has i learners."""
    like = a_released_course(by=ada, title="Sewing", syllabus=["Thread"])
    many_courses(like=like, count=29)
    return like


def for_sale() -> list[tuple]:
    return sorted(CatalogueEntry.objects.filter(listed=True).values_list(*COLUMNS), key=str)


def found() -> list[tuple]:
    return sorted(Findable.objects.values_list(*COLUMNS), key=str)


def some():
    return CatalogueEntry.objects.filter(students__range=(5, 9))


def words(course, ada):
    some().update(search="'quilt':1A")


def no_words(course, ada):
    some().update(search=None)


def learners(course, ada):
    some().update(students=99)


def a_price(course, ada):
    some().update(price=Decimal("99.00"))


def a_subject(course, ada):
    some().update(category=a_category("Science", pattern="science"))


def somebody_else(course, ada):
    some().update(producer=somebody(email="ines@example.org", name="Ines"))


def not_for_sale(course, ada):
    some().update(listed=False)


def for_sale_again(course, ada):
    some().update(listed=False)
    some().update(listed=True, students=3, search="'quilt':1A")


def other_tiers(course, ada):
    part_by_popularity(first=5, second=20)


def another_tier_and_nobody_to_buy_it(course, ada):
    part_by_popularity(first=5, second=20)
    CatalogueEntry.objects.filter(tier=1).update(listed=False, tier=0)


def another_key(course, ada):
    some().delete()


def a_release(course, ada):
    a_released_course(by=ada, title="Knots that hold")


def an_archive(course, ada):
    archive_course(course=course, user=ada)


CHANGES = [
    *(words, no_words, learners, a_price, a_subject, somebody_else, not_for_sale),
    *(for_sale_again, other_tiers, another_tier_and_nobody_to_buy_it, another_key),
    *(a_release, an_archive),
]


@pytest.mark.parametrize("change", CHANGES)
def test_a_search_reads_what_is_for_sale_in_the_transaction_that_changes_it(shelf, ada, change):
    before = found()
    assert before == for_sale() != []

    with transaction.atomic():
        change(shelf, ada)
        assert found() == for_sale() != before
        transaction.set_rollback(True)

    assert found() == for_sale() == before


@pytest.mark.parametrize("change", CHANGES)
def test_unless_nobody_writes_it(shelf, ada, change):
    """The control of the test above."""
    before = found()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        change(shelf, ada)
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")

    assert found() == before != for_sale()


@pytest.mark.parametrize("way", [find_again, lambda: call_command("rebuild_catalogue")])
def test_what_was_written_without_triggers_is_found_afterwards(shelf, ada, client, way):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        learners(shelf, ada)
        Findable.objects.filter(students=20).delete()
        CatalogueEntry.objects.filter(students__lt=3).update(listed=False)
        cursor.execute("SET LOCAL session_replication_role = DEFAULT")

    way()

    assert found() == for_sale()
    assert client.get("/courses/?q=sewing").context["total"] == len(for_sale())


def test_a_row_that_is_missing_is_written_with_the_next_change(shelf):
    Findable.objects.filter(students=7).delete()

    CatalogueEntry.objects.filter(students=7).update(students=8)

    assert found() == for_sale()


def test_words_lie_outside_the_row_and_pigeonholes_within(shelf):
    CatalogueEntry.objects.update(captions="de en zh-hans " * 20)
    outside = 0
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT max(octet_length(pigeonhole)), max(pg_column_size(pigeonhole))"
            " FROM storefront_findable"
        )
        longest, taken = cursor.fetchone()
        cursor.execute(
            "SELECT reltoastrelid::regclass::text FROM pg_class"
            " WHERE relname ~ '^storefront_findable_[0-2]$'"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(f"SELECT count(DISTINCT chunk_id) FROM {table}")
            outside += cursor.fetchone()[0]

    assert longest < taken < longest + 5
    assert outside == CatalogueEntry.objects.count() == 30


def rows_written() -> tuple[int, int]:
    """Rows of courses and of their words that this transaction has written anew so far."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(n_tup_upd - n_tup_hot_upd) FILTER (WHERE relname ^@ 'storefront_findable'),"
            " sum(n_tup_ins) FILTER (WHERE relid IN (SELECT reltoastrelid FROM pg_class"
            " WHERE relname ^@ 'storefront_findable')) FROM pg_stat_xact_all_tables"
        )
        moved, words = cursor.fetchone()
        return moved or 0, words or 0


def test_one_learner_more_changes_no_index_of_words_and_no_words(shelf):
    before = rows_written()
    CatalogueEntry.objects.filter(students=7).update(students=8)
    assert rows_written() == before

    CatalogueEntry.objects.filter(students=8).update(search="'quilt':1A")
    assert rows_written() > before


def test_each_tier_is_a_table_of_its_own(shelf):
    part_by_popularity(first=5, second=20)
    with connection.cursor() as cursor:
        lying = []
        for tier in TIERS:
            cursor.execute(f"SELECT count(*) FROM storefront_findable_{tier}")
            lying += cursor.fetchone()

    assert lying == [5, 15, 10]
