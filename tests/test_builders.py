"""The builders build what their names say."""

from courses.models import CoursePage, LessonPage
from tests.builders import a_course, lesson_called


def test_a_course_is_a_draft_with_its_lead_and_lessons_in_order(ada):
    course = a_course(by=ada)
    assert (course.status, course.live, course.team.get().user) == ("draft", False, ada)
    titles = LessonPage.objects.descendant_of(course).order_by("path").values_list("title", flat=1)
    assert list(titles) == [
        "Two needles and a thread",
        "Cutting straight",
        "Measure yourself",
        "Sew the side seams",
    ]
    assert lesson_called("Cutting straight", course=course).kind == "article"


def test_a_list_of_titles_makes_a_flat_course(ada):
    course = a_course(by=ada, syllabus=["One", "Two"])
    assert course.structure_type == "flat"
    assert [page.title for page in course.get_children()] == ["One", "Two"]
    assert CoursePage.objects.taught_by(ada).get() == course
