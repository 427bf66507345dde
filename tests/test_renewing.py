"""A test that commits leaves nothing behind, though no clone is made after it."""

import pytest
from django.contrib.auth.models import Group
from django.db import connection
from wagtail.models import Page

from courses.models import CoursePage
from learners.models import User
from tests import database
from tests.builders import a_released_course
from tests.comparing import everything
from tests.people import person
from tests.renewing import renewed
from tests.rows import FIRST_OF_A_TEST


def as_cloned() -> dict:
    database.restore()
    return everything()


def test_whatever_was_committed_is_taken_back(transactional_db, monkeypatch):
    before = as_cloned()
    monkeypatch.setattr(database, "_clone", None)  # so it is done without one

    a_released_course(by=person("ada"))
    Page.objects.filter(depth=1).update(title="Another root")
    Group.objects.all().delete()
    assert CoursePage.objects.exists()
    database.restore()

    assert everything() == before
    assert User.objects.create(email="cleo@example.com", name="Cleo").pk
    group = Group.objects.create(name="The first of a test")
    assert group.pk == FIRST_OF_A_TEST + 1


@pytest.mark.parametrize(
    "change",
    [
        "CREATE TABLE left_behind (id integer)",
        "ALTER TABLE wagtailcore_page ADD left_behind integer",
        "ALTER TABLE auth_group DROP CONSTRAINT auth_group_name_key",
        "ALTER TABLE storefront_catalogueentry DISABLE TRIGGER catalogue_findable",
        "CREATE FUNCTION left_behind() RETURNS integer LANGUAGE sql AS 'SELECT 1'",
        "CREATE INDEX left_behind ON auth_group (name, id)",
        "ALTER TABLE auth_group ALTER name SET DEFAULT 'left behind'",
    ],
)
def test_a_database_of_another_shape_is_cloned_anew(transactional_db, change):
    with connection.cursor() as cursor:
        cursor.execute(change)

    assert not renewed()
    database.restore()
    assert renewed()


def test_rows_that_come_back_with_the_next_write_are_seen(transactional_db, monkeypatch):
    monkeypatch.setattr("tests.renewing._refill", lambda *_: None)  # the control
    Group.objects.create(name="Left behind")

    assert not renewed()
