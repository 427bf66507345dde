"""The page of somebody's exports."""

import pytest
from django.core.files.storage import default_storage

from courses.exports.asking import ask
from courses.models import Export
from tests.courses.exports.fetching import EXPORTS, LEARNERS, content, fetched
from tests.people import logged_in

pytestmark = pytest.mark.django_db


def test_the_page_says_how_far_each_is(client, ivo, studies):
    logged_in(client, ivo)
    export = ask(person=ivo, title="Learners", address=LEARNERS, kind="csv", filename="learners")
    mine = Export.objects.filter(pk=export.pk)

    def told(**facts) -> str:
        mine.update(**facts)
        return client.get(EXPORTS, {"part": "list"}).text

    assert "Waiting for its turn" in told()
    assert "1,500 rows" in told(status="writing", rows_written=1500)
    assert "1,500 of 6,000 rows" in told(rows_expected=6000, is_counted=True)
    assert 'value="0.250"' in told()
    assert "1,500 of about 6,000 rows" in told(is_counted=False)
    assert "data-under-way" in told()
    assert "Something went wrong on our side." in told(status="failed", reason="broken")
    assert "data-under-way" not in told()
    assert f"{export.key}/remove/" in told()


def test_an_export_is_ready_to_fetch(client, ivo, studies, exported):
    logged_in(client, ivo)
    export = exported(LEARNERS, "xlsx")

    page = client.get(EXPORTS).text
    answer = fetched(client, export)

    assert f'href="{EXPORTS}{export.key}/"' in page
    assert "2 rows, " in page
    assert b"".join(answer.streaming_content) == content(export)
    assert answer["Content-Disposition"] == 'attachment; filename="learners.xlsx"'
    assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))


def test_nobody_has_exports_at_first(client, ada, studies):
    assert "No exports yet" in logged_in(client, ada).get(EXPORTS).text


def test_removing_an_export_removes_its_file(client, ivo, studies, exported, commit):
    logged_in(client, ivo)
    export = exported(LEARNERS)

    with commit():
        assert client.post(f"{EXPORTS}{export.key}/remove/").status_code == 302

    assert not Export.objects.exists()
    assert not default_storage.exists(export.file)
