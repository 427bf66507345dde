"""What is known of a person and a lesson, in one statement that costs little to send."""

import pytest
from psycopg._queries import MAX_CACHED_STATEMENT_LENGTH

from learners.access import facts

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("statement", [facts.FOR_PEOPLE, facts.FOR_VISITORS])
def test_the_statement_is_short_enough_to_be_taken_apart_once(statement):
    sql, _parameters, _converters = statement._make()

    assert len(sql) <= MAX_CACHED_STATEMENT_LENGTH
