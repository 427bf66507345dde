"""The tree's own addresses lead to the doors that ask."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail import hooks
from wagtail.models import Page

from courses.models import ChapterPage, CoursePage, LessonPage


def lead_to_the_door(page: Page, request: HttpRequest) -> HttpResponse | None:
    """Where Wagtail would serve a page of a course by its place in the tree.

    A lesson goes to its address, which decides; a course to its shop page; a chapter has
    no page. Registered as ``before_serve_page``.
    """
    if isinstance(page, LessonPage):
        return redirect("learners:lesson", page.uuid)
    if isinstance(page, CoursePage):
        return redirect("storefront:course", page.slug)
    if isinstance(page, ChapterPage):
        raise Http404
    return None


@hooks.register("before_serve_page")
def gate_of_lessons(
    page: Page, request: HttpRequest, serve_args: Any, serve_kwargs: Any
) -> HttpResponse | None:
    return lead_to_the_door(page, request)
