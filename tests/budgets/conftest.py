import pytest

from courses.records import backend, counting, searching
from tests.budgets.much_of_everything import Place
from tests.builders import a_released_course
from tests.media import a_document, an_image

# As far as rows are counted here.
MOST = 100


@pytest.fixture
def counted_to_a_hundred(monkeypatch):
    monkeypatch.setattr(counting, "MOST", MOST)
    monkeypatch.setattr(backend, "MOST_FOUND", MOST)
    monkeypatch.setattr(searching, "MOST_FOUND", 20)


@pytest.fixture
def place(ada, cleo):
    course = a_released_course(by=ada, title="Sewing by hand", syllabus=["Needles"])
    return Place(
        course=course,
        image=an_image(title="Seam", course=course, by=ada),
        document=a_document(title="Pattern", course=course, by=ada),
        person=cleo,
    )
