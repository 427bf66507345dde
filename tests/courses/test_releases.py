"""From a draft to what learners see, and back."""

from courses import releases
from courses.models import (
    LessonPage,
)
from courses.outline import get_outline
from tests.builders import (
    a_course,
)


def test_an_approved_course_shows_what_was_submitted(ada, mira):
    course = a_course(by=ada)

    release = releases.submit_course(course=course, user=ada)
    releases.approve_release(release=release, user=mira)

    course.refresh_from_db()
    release.refresh_from_db()
    assert (release.number, release.status, release.decided_by) == (1, "current", mira)
    assert course.status == "published"
    assert LessonPage.objects.descendant_of(course).filter(live=True).count() == 4
    outline = get_outline(course.pk)
    assert [(node.number, node.title) for node in outline.walk()] == [
        ("1", "Tools"),
        ("1.1", "Two needles and a thread"),
        ("1.2", "Cutting straight"),
        ("2", "The first garment"),
        ("2.1", "Measure yourself"),
        ("2.2", "Sew the side seams"),
    ]
