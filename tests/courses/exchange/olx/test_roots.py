"""Which course.xml of an archive is that of the course."""

import pytest

from courses.exchange.archive import Archive
from courses.exchange.errors import ImportRefused
from courses.exchange.formats.olx.roots import find_root, recognises

COURSE = b'<course url_name="run1" org="Leaf" course="TEA1"/>'


def holding(**files: bytes) -> Archive:
    named = {name.replace("__", "/") + ".xml": data for name, data in files.items()}
    return Archive({name: len(data) for name, data in named.items()}, named.__getitem__)


def test_the_course_nearest_to_the_top_is_the_one_and_what_its_folders_hold_are_copies():
    assert find_root(holding(about__course=COURSE, course=COURSE)) == ""
    assert find_root(holding(tea__static__course=COURSE, tea__course=COURSE)) == "tea/"


def test_a_course_in_a_folder_beside_it_is_another_whatever_the_folder_is_called():
    with pytest.raises(ImportRefused) as refusal:
        find_root(holding(course__course=COURSE, static__course=COURSE))

    assert refusal.value.code == "several_courses"


@pytest.mark.parametrize(
    ("data", "known"),
    [
        (COURSE, True),
        (b"<course><chapter/></course>", True),
        (b"<course>", True),  # it is told when it is read
        (b"<course/>", False),
        (b'<export org="Leaf" course="TEA1"/>', False),
        (b"<moodle><chapter/></moodle>", False),
    ],
)
def test_a_course_of_another_system_is_none_of_open_edx(data, known):
    assert recognises(holding(course=data)) is known
