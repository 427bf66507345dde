"""A statement that takes too long is ended, and whoever asked gets a page that says what to do."""

import pytest
from django.db import OperationalError, connection, transaction
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import include, path

from courses.models import Category
from tests.fixtures.logs import events

pytestmark = pytest.mark.django_db(transaction=True)


def heavy(request):
    """Begins to write, and asks for something that never ends."""
    with transaction.atomic():
        Category.objects.create(name="Half written", slug="half")
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 50")
            cursor.execute("SELECT pg_sleep(30)")
    return HttpResponse("never")


def broken(request):
    raise OperationalError("the connection was lost")


urlpatterns = [
    path("heavy/", heavy),
    path("broken/", broken),
    path("", include("perfomix.urls")),
]


@pytest.fixture(autouse=True)
def addresses():
    with override_settings(ROOT_URLCONF=__name__):
        yield


def test_it_is_ended_with_a_page_and_nothing_is_written(logged):
    answer = Client().get("/heavy/")

    assert answer.status_code == 503
    assert answer["Retry-After"] == "60"
    assert "no-store" in answer["Cache-Control"]
    assert "That took too long" in answer.text
    assert not Category.objects.exists()
    assert "statement.cancelled" in events(logged())


def test_what_was_typed_comes_back():
    answer = Client().post("/heavy/", {"text": "The words that I wrote for an hour."})

    assert answer.status_code == 503
    assert "The words that I wrote for an hour." in answer.text


def test_a_program_gets_json():
    answer = Client().get("/heavy/", headers={"Accept": "application/json"})

    assert answer.status_code == 503
    assert answer.json()["code"] == "took_too_long"


def test_another_fault_of_the_database_stays_a_fault():
    with pytest.raises(OperationalError, match="lost"):
        Client().get("/broken/")


def test_the_web_role_waits_for_no_statement_without_end_and_compiles_none():
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('statement_timeout'), current_setting('jit')")
        assert cursor.fetchone() == ("30s", "off")
