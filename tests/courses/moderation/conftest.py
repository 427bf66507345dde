"""A moderator at their desk, and what waits on it."""

import pytest

from courses import releases
from courses.models import (
    ChapterPage,
)
from tests.builders import (
    a_lesson,
    a_released_course,
    a_submission,
    lesson_called,
)


@pytest.fixture
def at_mira(client, mira):
    client.force_login(mira)
    return client


@pytest.fixture
def update(ada):
    """A released course, rewritten and submitted again."""
    course = a_released_course(by=ada)
    lesson = lesson_called("Cutting straight", course=course)
    lesson.body = [("rich_text", "<p>Cutting straight: begin with chalk.</p>")]
    lesson.save_revision(user=ada)
    tools = ChapterPage.objects.get(title="Tools")
    lesson_called("Measure yourself", course=course).move(tools, pos="first-child")
    a_lesson(under=ChapterPage.objects.get(title="The first garment"), title="Press the seams")
    releases.retire_page(page=lesson_called("Sew the side seams", course=course), user=ada)
    return a_submission(by=ada, course=course)
