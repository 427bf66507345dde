"""A page or its parts, as whoever asks wants it."""

import hashlib
import re
from pathlib import Path

import pytest

from courses.swaps.answers import page_or_parts

VENDORED = Path(__file__).resolve().parents[3] / "static" / "vendor" / "htmx"


def answer(rf, **headers):
    return page_or_parts(
        rf.get("/", headers=headers),
        page="404.html",
        parts="components/crumbs.html",
        context={"crumbs": []},
        status=422,
    )


@pytest.mark.parametrize(
    ("headers", "parts"),
    [
        ({}, False),
        ({"HX-Request": "true"}, True),
        ({"HX-Request": "true", "HX-History-Restore-Request": "true"}, False),
    ],
)
def test_htmx_gets_the_parts_and_the_history_of_the_browser_a_page(rf, headers, parts):
    response = answer(rf, **headers)

    assert ("<html" not in response.text) == parts
    assert response.has_header("X-Parts") == parts
    # Whatever decides is named, or a cache would hand parts to whoever comes back to a page.
    decides = {"HX-Request", "HX-History-Restore-Request"}
    assert decides <= set(response["Vary"].split(", "))
    assert response.status_code == 422


def test_htmx_is_the_file_that_its_note_names():
    note = (VENDORED / "README.md").read_text()
    script = (VENDORED / "htmx.min.js").read_bytes()

    version = re.search(r"# htmx ([\d.]+)", note)[1]
    assert f'version:"{version}"' in script.decode()
    assert hashlib.sha256(script).hexdigest() in note
    assert "Zero-Clause BSD" in (VENDORED / "LICENSE.txt").read_text()
