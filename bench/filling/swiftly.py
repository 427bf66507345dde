"""A database that is being filled: nothing is checked row by row, indexes come afterwards."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import connection

from storefront.models.catalogue import TIERS

# Tables that get most of the rows.
LARGE = (
    *("learners_lessonprogress", "learners_enrollment", "learners_user", "account_emailaddress"),
    *("learners_review", "learners_certificate", "courses_releaseitem", "courses_courserelease"),
    *("courses_coursepage", "courses_chapterpage", "courses_lessonpage"),
    *("courses_courseteammember", "storefront_catalogueentry", "storefront_order"),
    *(f"storefront_findable_{tier}" for tier in TIERS),
    *("storefront_orderline", "storefront_payment", "storefront_ledgerentry"),
    *("wagtailcore_page", "wagtailcore_revision", "wagtailcore_pagelogentry"),
    *("wagtailcore_referenceindex", "wagtailcore_collection", "wagtailcore_workflowstate"),
    *("wagtailcore_taskstate", "wagtailsearch_indexentry"),
)
# A crash while filling means to fill again.
CARELESS = {"fsync": "off", "full_page_writes": "off", "max_wal_size": "'16GB'"}


@contextmanager
def unchecked() -> Iterator[None]:
    """No triggers: no foreign key is looked up for each row, and the ledger takes what comes.

    That what was written holds all the same is for ``tests/bench/test_filling.py`` to say.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        yield
        cursor.execute("SET session_replication_role = DEFAULT")


@contextmanager
def careless() -> Iterator[None]:
    """The server waits for no disk. For a server of one's own only, outside transactions."""
    with connection.cursor() as cursor:
        for name, value in CARELESS.items():
            cursor.execute(f"ALTER SYSTEM SET {name} = {value}")
        cursor.execute("SELECT pg_reload_conf()")
        cursor.execute("SET maintenance_work_mem = '1GB'")
        cursor.execute("SET statement_timeout = 0")
        try:
            yield
        finally:
            for name in CARELESS:
                cursor.execute(f"ALTER SYSTEM RESET {name}")
            cursor.execute("SELECT pg_reload_conf()")
            cursor.execute("CHECKPOINT")
            cursor.execute("RESET maintenance_work_mem")


@contextmanager
def without_indexes(tables: Iterable[str] = LARGE) -> Iterator[None]:
    """Rows enter no index of these tables; afterwards each index is built at once.

    An index that is not ready for inserts is left alone by PostgreSQL and made whole by REINDEX.
    Dropping them would lose their names and the foreign keys that rest on them. When filling fails,
    they stay away: such a database is filled from the beginning.
    """
    names = list(tables)
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE pg_index SET indisready = false, indisvalid = false"
            " WHERE indrelid = ANY(%s::regclass[])",
            [names],
        )
        yield
        for name in names:
            cursor.execute(f'REINDEX TABLE "{name}"')


def settle() -> None:
    """What autovacuum would have done by and by. Outside transactions."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")
