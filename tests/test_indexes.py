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


def models():
    return [model for app in OURS for model in apps.get_app_config(app).get_models()]


def beginning_another() -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(BEGINS_ANOTHER, [[model._meta.db_table for model in models()]])
        return cursor.fetchall()


@pytest.mark.parametrize("model", models(), ids=lambda model: model._meta.label)
def test_every_index_and_rule_that_a_model_names_is_in_the_database(model):
    """Altering a field of one may drop another's, and no migration says so."""
    meta = model._meta
    with connection.cursor() as cursor:
        found = connection.introspection.get_constraints(cursor, meta.db_table)

    named = {each.name for each in (*meta.indexes, *meta.constraints)}
    assert named - found.keys() == set()


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
