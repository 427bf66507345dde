"""Producers write on, learners read: what either does or sees, for the tests of releases."""

from wagtail.models import Page

from courses.models import LessonPage
from courses.releases.outline import get_outline


def what_learners_see(course) -> dict:
    """Rows that only a release may change."""
    pages = Page.objects.descendant_of(course, inclusive=True).live().order_by("pk")
    lessons = LessonPage.objects.descendant_of(course).live().order_by("pk")
    return {
        "pages": list(pages.values_list("pk", "live_revision_id", "title", "slug")),
        "bodies": list(lessons.values_list("pk", "body")),
        "outline": [(node.number, node.title) for node in get_outline(course.pk).walk()],
    }


def rewrite(lesson, words: str, by=None) -> LessonPage:
    lesson.body = [("rich_text", f"<p>{words}</p>")]
    lesson.save_revision(user=by)
    return lesson


def words_of(lesson) -> str:
    return str(LessonPage.objects.get(pk=lesson.pk).body[0].value)
