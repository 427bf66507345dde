import pytest

from courses.exports import asking
from courses.models import Export
from learners.models import LessonProgress
from tests.builders import a_released_course, an_enrollment, lesson_called


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


@pytest.fixture
def studies(ada, bruno, cleo, dana):
    """Cleo studies with Ada, Dana with Bruno."""
    for teacher, learner, title in ((ada, cleo, "=Sewing"), (bruno, dana, "Maps for walkers")):
        course = a_released_course(by=teacher, title=title, syllabus=["Threads"])
        LessonProgress.objects.create(
            enrollment=an_enrollment(user=learner, course=course),
            lesson=lesson_called("Threads", course=course),
        )
