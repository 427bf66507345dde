"""Two producers in one editor: Ada's course and Bruno's, of the same shape.

Neither meets what is the other's, whatever they type: what is foreign answers like what
does not exist, with one 404, and nothing changes.
"""

import pytest

from courses.teams.members import create_course
from tests.builders import a_chapter, a_lesson
from tests.media import a_document, an_image


@pytest.fixture
def hers(ada, catalogue, commit):
    """Ada's course with a chapter, two lessons, an image and a document, all of them indexed."""
    with commit():
        return grown(create_course(producer=ada, title="Sewing by hand"))


@pytest.fixture
def his(bruno, catalogue, commit):
    """Bruno's, of the same shape; its titles must never reach Ada."""
    with commit():
        return grown(create_course(producer=bruno, title="Bruno’s secret maps"))


def grown(course):
    by = course.owner
    course.chapter = a_chapter(under=course, title=f"Chapter of {course.title}")
    course.lessons = [
        a_lesson(under=course.chapter, title=f"Lesson {number} of {course.title}")
        for number in (1, 2)
    ]
    course.image = an_image(title=f"Image of {course.title}", course=course, by=by)
    course.document = a_document(title=f"Document of {course.title}", course=course, by=by)
    return course
