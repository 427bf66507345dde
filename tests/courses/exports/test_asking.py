"""Pressing “Download”: a short list comes at once, a long one once, however often one presses."""

import pytest

from courses.exports import asking, tasks
from courses.models import Export
from tests.courses.exports.fetching import LEARNERS, at_once
from tests.people import logged_in

pytestmark = pytest.mark.django_db


def test_a_short_list_comes_at_once(client, ivo, studies):
    logged_in(client, ivo)

    assert b"Cleo Marchetti" in at_once(client, LEARNERS, "csv")
    assert not Export.objects.exists()


def test_a_list_without_columns_to_export_has_no_file(client, ivo):
    logged_in(client, ivo)

    assert client.get("/admin/users/", {"export": "csv"}).status_code == 404
    assert not Export.objects.exists()


def test_a_second_press_while_it_is_written_starts_nothing(client, ivo, studies, nothing_is_short):
    logged_in(client, ivo)

    for asked in ({}, {"p": "2"}, {}):
        client.get(LEARNERS, {**asked, "export": "csv"})
    client.get(LEARNERS, {"export": "xlsx"})
    client.get(LEARNERS, {"export": "csv", "q": "cleo"})

    assert list(Export.objects.order_by("pk").values_list("kind", flat=True)) == [
        *("csv", "xlsx", "csv")
    ]


def test_when_it_is_ready_pressing_again_writes_anew(client, ivo, studies, exported):
    logged_in(client, ivo)

    first, second = exported(LEARNERS), exported(LEARNERS)

    assert first.pk != second.pk
    assert (first.status, second.status) == ("ready", "ready")


def test_so_many_at_once_and_no_more(client, ivo, studies, nothing_is_short):
    logged_in(client, ivo)

    for number in range(asking.AT_ONCE + 1):
        answer = client.get(LEARNERS, {"export": "csv", "q": str(number)}, follow=True)

    assert Export.objects.count() == asking.AT_ONCE
    assert "5 exports of yours are being written." in answer.text


def test_a_worker_of_exports_writes_it_and_none_of_another_queue(
    client, ivo, studies, nothing_is_short, commit, monkeypatch
):
    told = []
    monkeypatch.setattr(tasks.write_export, "apply_async", lambda _, queue: told.append(queue))

    with commit():
        logged_in(client, ivo).get(LEARNERS, {"export": "csv"})

    assert told == ["exports"]
