"""An index costs something at each write, so each has a question that no other answers."""

import pytest
from django.apps import apps
from django.db import connection

pytestmark = pytest.mark.django_db
OURS = ("courses", "learners", "storefront", "home")
# Neither is unique or partial, and both hold the same columns in the same way, as far as one goes.
BEGINS_ANOTHER = """
SELECT one.indexrelid::regclass::text, other.indexrelid::regclass::text
FROM pg_index AS one
JOIN pg_index AS other USING (indrelid)
JOIN pg_class AS held ON held.oid = one.indexrelid
JOIN pg_class AS beside ON beside.oid = other.indexrelid AND beside.relam = held.relam
WHERE indrelid::regclass::text = ANY(%s) AND one.indexrelid <> other.indexrelid
  AND NOT one.indisunique AND one.indpred IS NULL AND other.indpred IS NULL
  AND one.indexprs IS NULL AND other.indexprs IS NULL AND one.indnatts = one.indnkeyatts
  AND other.indkey::text || ' ' LIKE one.indkey::text || ' %%'
  AND other.indclass::text || ' ' LIKE one.indclass::text || ' %%'
ORDER BY 1, 2
"""


def beginning_another() -> list[tuple[str, str]]:
    tables = [
        model._meta.db_table for app in OURS for model in apps.get_app_config(app).get_models()
    ]
    with connection.cursor() as cursor:
        cursor.execute(BEGINS_ANOTHER, [tables])
        return cursor.fetchall()


def test_no_index_is_what_another_begins_with():
    # Narrower, and so the one by which the queue of moderators is planned.
    releases_of_a_course = "courses_courserelease_course_id_33039e73", "one_release_per_number"

    assert beginning_another() == [releases_of_a_course]


def test_an_index_that_begins_another_is_noticed():
    with connection.cursor() as cursor:
        cursor.execute("CREATE INDEX needless ON learners_enrollment (course_id)")

    assert beginning_another()[1:] == [
        ("needless", "enrollments_counted"),
        ("needless", "enrollments_of_course"),
    ]
