"""A course to put in order, and who does it."""

import pytest

from tests.builders import a_course

from .drawn import Desk

SYLLABUS = {
    "Tools": ["Needles", "Scissors", "Chalk"],
    "Stitches": {"By hand": ["Running", "Back"], "Finishing": ["Hem"]},
    "A shirt": ["Measure", "Sew"],
}


@pytest.fixture
def course(ada):
    return a_course(by=ada, syllabus=SYLLABUS)


@pytest.fixture
def desk(course, ada):
    return Desk(course, ada)
