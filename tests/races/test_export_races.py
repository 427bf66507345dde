"""An export asked for, and written, by two at once: one row, one file.

Each race ships with its control, which must do the damage that the guard prevents.
"""

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.db.models import QuerySet
from django.test import Client

from courses.exports import asking, writing
from courses.exports.tasks import write_export
from courses.exports.writing import write
from courses.models import Export
from tests.people import logged_in

from .together import Meeting, together

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

LEARNERS = "/admin/learners/enrollment/"
GUARD = "one_export_of_a_kind_at_once"


@pytest.fixture
def nobody_writes(monkeypatch):
    """Every list is long, and its worker has other work."""
    monkeypatch.setattr(asking, "FEW", -1)
    monkeypatch.setattr(write_export, "apply_async", lambda *_, **__: None)


def pressed_at_once(person, monkeypatch) -> list[int]:
    """All have looked for an export under way before any has noted one."""
    meeting = Meeting()
    monkeypatch.setattr(QuerySet, "count", meeting.after(QuerySet.count))
    monkeypatch.setattr(asking, "_is_short", lambda rows: False)
    browsers = [logged_in(Client(), person) for _ in range(2)]
    presses = [lambda each=each: each.get(LEARNERS, {"export": "csv"}) for each in browsers]
    return [answer.status_code for answer in together(*presses)]


def test_pressed_twice_at_once_it_is_one_export(ivo, catalogue, nobody_writes, monkeypatch):
    assert pressed_at_once(ivo, monkeypatch) == [302, 302]

    assert Export.objects.all().values_list("status", flat=True)[:2].get() == "waiting"


def test_without_the_constraint_there_would_be_two(ivo, catalogue, nobody_writes, monkeypatch):
    """The control: what the constraint is for."""
    guard = next(one for one in Export._meta.constraints if one.name == GUARD)
    with connection.schema_editor() as editor:
        editor.remove_constraint(Export, guard)
    try:
        assert pressed_at_once(ivo, monkeypatch) == [302, 302]
        assert len(Export.objects.all()) == 2
    finally:
        Export.objects.all().delete()
        with connection.schema_editor() as editor:
            editor.add_constraint(Export, guard)


def written_by_two(person, monkeypatch) -> tuple[list, int]:
    """Both have the message of one export; what each says, and how many files were made."""
    browser = logged_in(Client(), person)
    browser.get(LEARNERS, {"export": "csv"})
    export = Export.objects.get()
    kept = []
    really = Meeting().before(default_storage.save)
    monkeypatch.setattr(
        default_storage, "save", lambda name, file: kept.append(name) or really(name, file)
    )
    done = together(lambda: write(export.pk), lambda: write(export.pk))
    return done, len(kept)


def test_of_two_workers_one_writes(ivo, catalogue, nobody_writes, monkeypatch):
    done, files = written_by_two(ivo, monkeypatch)

    assert (sorted(done), files) == ([False, True], 1)


def test_without_the_claim_both_would_write(ivo, catalogue, nobody_writes, monkeypatch):
    """The control: what the claim is for. Each reads the export as it is and goes on."""

    def unclaimed(pk):
        Export.objects.filter(pk=pk, status="waiting").update(status="writing", attempts=1)
        return Export.objects.select_related("person").get(pk=pk)

    monkeypatch.setattr(writing, "_claim", unclaimed)
    _done, files = written_by_two(ivo, monkeypatch)

    assert files == 2
