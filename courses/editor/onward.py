"""Where one goes from a lesson: the lessons beside it, another one, or back to the outline."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.action_menu import ActionMenuItem
from wagtail.models import Page

from courses.models import CoursePage, LessonPage
from courses.models.drafts import CoursePart, DraftPage

from .tabs import outline_address


@dataclass(frozen=True)
class Neighbour:
    title: str  # of the latest draft
    url: str


@dataclass(frozen=True)
class Neighbours:
    """The lessons before and behind a lesson in reading order; none of them is retired."""

    previous: Neighbour | None
    next: Neighbour | None


def neighbours_of(lesson: Page, course: CoursePage) -> Neighbours:
    """One statement."""
    staying = LessonPage.objects.filter(path__startswith=course.path, retired=False)
    told = staying.values_list("path", "pk", "draft_title")
    before = told.filter(path__lt=lesson.path).order_by("-path")[:1]
    behind = told.filter(path__gt=lesson.path).order_by("path")[:1]
    found: dict[bool, Neighbour] = {
        path > lesson.path: Neighbour(title, reverse("wagtailadmin_pages:edit", args=[key]))
        for path, key, title in before.union(behind)
    }
    return Neighbours(previous=found.get(False), next=found.get(True))


class SaveAndGoOn(ActionMenuItem):
    """Saves as the button beside it does, then goes on. Of chapters and lessons only."""

    label: str | Promise

    def __init__(self, name: str, label: str | Promise, order: int) -> None:
        super().__init__(order=order)
        self.name, self.label = name, label

    def is_shown(self, context: dict[str, Any]) -> bool:
        if not super().is_shown(context):
            return False
        if context["view"] == "create":
            return isinstance(context["parent_page"], DraftPage)
        return isinstance(context["page"], CoursePart)


TO_OUTLINE, TO_NEXT = "go-on-outline", "go-on-another"


def save_and_back() -> ActionMenuItem:
    return SaveAndGoOn(TO_OUTLINE, _("Save, then the outline"), order=10)


def save_and_another() -> ActionMenuItem:
    return SaveAndGoOn(TO_NEXT, _("Save, then another one here"), order=11)


def go_on(request: HttpRequest, page: Page) -> HttpResponse | None:
    """After a press on one of the two; "another" is of the same kind in the same place."""
    if not isinstance(page, CoursePart):
        return None
    if TO_OUTLINE in request.POST:
        return redirect(outline_of(page))
    if TO_NEXT in request.POST:
        part: Any = page  # a page too, which its class does not say
        meta, parent = part._meta, part.get_parent()
        return redirect("wagtailadmin_pages:add", meta.app_label, meta.model_name, parent.pk)
    return None


def outline_of(page: Page) -> str:
    """The outline of the course that ``page`` stands in. One statement."""
    return outline_address(course_of(page))


def course_of(page: Page) -> int:
    """The key of the course that ``page`` stands in or is. One statement."""
    ways = [page.path[:end] for end in range(Page.steplen, len(page.path) + 1, Page.steplen)]
    return CoursePage.objects.filter(path__in=ways).values_list("pk", flat=True).get()
