"""For the pages of a course in the studio: ``{% load studio %}``."""

from django import template
from wagtail.models import Page

from courses.editor.advice import blocks_of_advice
from courses.editor.frame import CourseFrame, course_around, course_frame
from courses.editor.home import Home, home_of
from courses.models.drafts import CoursePart, DraftPage
from courses.people import signed_in

register = template.Library()


@register.simple_tag(takes_context=True, name="course_frame")
def frame_of(context: template.Context, page: Page | None, tab: str = "") -> CourseFrame | None:
    """``{% course_frame page as frame %}``: the frame of the course that ``page`` belongs to.

    What the view has put into the context already is taken from there; else it is asked once
    in an answer. Nothing for a page of no course.
    """
    given: CourseFrame | None = context.get("frame")
    if given:
        return given
    if page is None or page.pk is None or not issubclass(page.specific_class or object, DraftPage):
        return None
    request = context["request"]
    kept: dict[int, CourseFrame | None] = request.__dict__.setdefault("_course_frames", {})
    if page.pk not in kept:
        course = course_around(page, user=request.user)
        is_part = issubclass(page.specific_class, CoursePart)
        kept[page.pk] = course and course_frame(
            course,
            user=signed_in(request),
            tab=tab or ("outline" if is_part else "page"),
            page=page,
        )
    return kept[page.pk]


@register.simple_tag(takes_context=True)
def studio_home(context: template.Context) -> Home:
    """``{% studio_home as home %}``: what waits for the reader, and their courses."""
    return home_of(context["request"])


@register.filter
def advice_in(page: Page) -> str:
    """``{{ page|advice_in }}``: the ids of a template's blocks that nobody has written over."""
    return " ".join(blocks_of_advice(page))
