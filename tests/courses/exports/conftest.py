import pytest

from courses.exports import asking
from courses.models import Export


@pytest.fixture
def nothing_is_short(monkeypatch):
    """A worker writes every list, however few its rows."""
    monkeypatch.setattr(asking, "FEW", -1)


@pytest.fixture
def exported(client, commit, nothing_is_short):
    """A function: press “Download” above a list; what the worker made of it."""

    def press(address: str, kind: str = "csv", **asked) -> Export:
        with commit():
            answer = client.get(address, {**asked, "export": kind})
        assert (answer.status_code, answer.url) == (302, "/admin/exports/")
        return Export.objects.latest("pk")

    return press
