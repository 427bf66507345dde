"""A worker that ends, a broker that is away, and time."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core import mail
from django.core.files.storage import default_storage
from django.utils import timezone

from courses.exports import tasks, writing
from courses.exports.retention import forget, forget_old
from courses.exports.writing import sweep, write
from courses.models import Export, Promise
from tests.courses.exports.fetching import EXPORTS, LEARNERS, fetched
from tests.fixtures.logs import events
from tests.people import logged_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def asked(client, ivo, studies, nothing_is_short):
    """One export that nobody has told a worker of."""
    logged_in(client, ivo).get(LEARNERS, {"export": "csv"})
    return Export.objects.get()


def test_what_no_worker_was_told_of_is_swept(asked):
    assert sweep() == 0  # its message may be under way

    assert sweep(now=timezone.now() + timedelta(minutes=2)) == 1
    asked.refresh_from_db()
    assert asked.status == "ready"


def test_what_a_dead_worker_left_is_written_anew_and_its_file_goes(asked, commit):
    left = default_storage.save("exports/left.csv", BytesIO(b"half"))
    Export.objects.filter(pk=asked.pk).update(
        status="writing", attempts=1, rows_written=7, claimed_until=timezone.now(), file=left
    )

    with commit():
        assert sweep(now=timezone.now() + timedelta(minutes=6)) == 1

    asked.refresh_from_db()
    assert (asked.status, asked.attempts, asked.rows_written) == ("ready", 2, 2)
    assert not default_storage.exists(left)


def test_a_worker_at_work_is_left_alone(asked):
    alive = timezone.now() + timedelta(minutes=4)
    Export.objects.filter(pk=asked.pk).update(status="writing", claimed_until=alive, attempts=1)

    assert sweep(now=timezone.now() + timedelta(minutes=2)) == 0
    assert write(asked.pk) is False


def test_a_worker_that_goes_on_is_alive_for_as_long_again(asked, monkeypatch):
    really, left = writing.write_file, []

    def slow(*args):
        Export.objects.update(claimed_until=timezone.now())
        really(*args)
        left.append(Export.objects.get().claimed_until - timezone.now())

    monkeypatch.setattr(writing, "write_file", slow)

    assert write(asked.pk) is True
    assert left[0] > writing.LEASE / 2


def test_a_worker_that_was_taken_for_dead_leaves_the_work_to_the_next(asked, monkeypatch):
    really = writing.write_file

    def late(*args):
        Export.objects.update(attempts=2)  # somebody else's, who has just begun
        really(*args)

    monkeypatch.setattr(writing, "write_file", late)

    assert write(asked.pk) is False
    asked.refresh_from_db()
    assert (asked.status, asked.attempts) == ("writing", 2)
    assert (asked.rows_written, asked.file) == (0, "")


def test_what_breaks_three_times_is_given_up_and_says_so(asked, monkeypatch, logged, client):
    def broken(*_):
        raise OSError("the disk is full")

    monkeypatch.setattr(writing, "write_file", broken)
    for _time in range(3):
        assert write(asked.pk) is False

    asked.refresh_from_db()
    assert (asked.status, asked.reason, asked.attempts) == ("failed", "broken", 3)
    assert events(logged()) == ["export.broken"] * 3 + ["export.failed"]
    assert "Something went wrong on our side." in client.get(EXPORTS).text


def test_an_export_that_was_removed_meanwhile_leaves_no_file(asked, monkeypatch, commit):
    really = writing.write_file

    def removed(*args):
        really(*args)
        Export.objects.all().delete()

    monkeypatch.setattr(writing, "write_file", removed)
    before = default_storage.listdir("exports")[1] if default_storage.exists("exports") else []

    assert write(asked.pk) is False
    after = default_storage.listdir("exports")[1] if default_storage.exists("exports") else []
    assert after == before


def test_an_export_that_is_removed_while_its_file_is_kept_leaves_no_file(
    asked, monkeypatch, commit
):
    really, kept = default_storage.save, []

    def slow(name, file):
        with commit():
            forget(Export.objects.get())  # its file is not there yet
        assert not Promise.objects.filter(name="courses.delete_file").exists()
        kept.append(really(name, file))
        return kept[0]

    monkeypatch.setattr(default_storage, "save", slow)
    with commit():
        assert write(asked.pk) is False

    assert not Export.objects.exists()
    assert not default_storage.exists(kept[0])


def test_a_list_whose_address_is_gone_says_so(asked):
    Export.objects.filter(pk=asked.pk).update(address="/admin/learners/nothing/?export=csv")

    assert write(asked.pk) is False
    asked.refresh_from_db()
    assert (asked.status, asked.reason) == ("failed", "gone")


def test_exports_are_forgotten_after_their_days_with_their_files(
    client, ivo, studies, exported, commit
):
    logged_in(client, ivo)
    old, new = exported(LEARNERS), exported(LEARNERS, "xlsx")
    Export.objects.filter(pk=old.pk).update(asked_at=timezone.now() - timedelta(days=7))

    with commit():
        assert forget_old() == 1

    assert Export.objects.get() == new
    assert not default_storage.exists(old.file)
    assert default_storage.exists(new.file)
    assert fetched(client, old).status_code == 404


def test_whoever_waited_is_told_by_mail(asked, commit, ivo):
    Export.objects.filter(pk=asked.pk).update(asked_at=timezone.now() - timedelta(minutes=3))

    with commit():
        tasks.write_export(asked.pk)

    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == ([ivo.email], "Your export “Learners” is ready")
    assert "/admin/exports/" in sent.body


def test_whoever_did_not_wait_gets_no_mail(asked, commit):
    with commit():
        tasks.write_export(asked.pk)

    assert mail.outbox == []


def test_asking_writes_no_promise_that_delays_mail(asked):
    assert not Promise.objects.filter(name__contains="export").exists()
