"""The editor's lists of courses and of what stands in them: an outline to work on.

They replace Wagtail's list below the catalogue, a course and a chapter. Children stand in
reading order, ready to be dragged, with their kind and minutes; the filters name no people,
where Wagtail's name every author there is.
"""

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.db.models import F, Func, IntegerField, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Concat
from django.forms import CheckboxSelectMultiple
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_filters.filters import DateFromToRangeFilter
from wagtail.admin.filters import (
    DateRangePickerWidget,
    MultipleContentTypeFilter,
    WagtailFilterSet,
)
from wagtail.admin.ui.components import Component
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.pages.listing import ExplorableIndexView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page, Revision, get_page_content_types

from courses.blocks.choosers import media_on_hand
from courses.drafts.digest import page_of
from courses.isolation.testers import ask_together
from courses.models import (
    CataloguePage,
    ChapterPage,
    CoursePage,
    CourseTeamMember,
    ItemKind,
    LessonKind,
    LessonPage,
)
from courses.models.structure import takes_chapters
from courses.people import Person
from courses.records.counting import Total
from courses.shapes.numbers import whole_number
from courses.wording.durations import format_minutes
from courses.wording.facts import extent

from .places import ON_A_PAGE


class OutlineFilterSet(WagtailFilterSet):
    latest_revision_created_at = DateFromToRangeFilter(
        label=_("Date updated"), widget=DateRangePickerWidget
    )
    content_type = MultipleContentTypeFilter(
        label=_("Type"),
        queryset=lambda request: get_page_content_types(include_base_page_type=False).filter(
            app_label="courses"
        ),
        widget=CheckboxSelectMultiple,
    )

    class Meta:
        model = Page
        fields: list[str] = []


class AskedTogetherView(ExplorableIndexView):
    """What may be done with each row is asked once for all of them."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        ask_together(context["object_list"], self.request.user)
        return context


class CourseListView(AskedTogetherView):
    """Below the catalogue, where a hundred thousand courses stand side by side."""

    paginate_by = 20  # each row brings a menu of some four kilobytes

    def get_base_queryset(self) -> QuerySet[Page]:
        """As Wagtail's, which looks for the children among all pages that a person may see."""
        policy, user = self.permission_policy, self.request.user
        sees_all = policy.meets_every_page(user)
        opened_by_groups = bool(policy.group_permissions(user)) and not sees_all
        if self.is_searching or self.is_filtering or opened_by_groups:
            found: QuerySet[Page] = super().get_base_queryset()
            return found
        children = self.model._default_manager.child_of(self.parent_page)
        if not sees_all:
            taught = CourseTeamMember.objects.teaching().of(user)
            children = children.filter(pk__in=taught.values("course_id"))
        annotated: QuerySet[Page] = self.annotate_queryset(children)
        return annotated

    def get_paginator(self, queryset: QuerySet[Page], *args: Any, **kwargs: Any) -> Paginator:
        paginator = super().get_paginator(queryset, *args, **kwargs)
        narrowed = self.is_searching or self.is_filtering
        if not narrowed and self.permission_policy.meets_every_page(self.request.user):
            # The tree keeps their number; to count a hundred thousand takes longer than the list.
            paginator.total = Total(self.parent_page.numchild)
        return paginator


class OutlineView(AskedTogetherView):
    """Below a course or a chapter."""

    results_template_name = "courses/editor/explorer_results.html"
    default_ordering = "ord"
    paginate_by = ON_A_PAGE
    base_columns = [
        column
        for column in ExplorableIndexView.base_columns
        if column.name not in ("type", "latest_revision_created_at")
    ]
    base_columns += [
        Column(
            "kind", label=_("Kind"), accessor="outline_kind", classname="outline-fact", width="14%"
        ),
        Column(
            "minutes",
            label=_("Length"),
            accessor="outline_length",
            classname="outline-fact",
            width="10%",
        ),
    ]
    # The state of each page stands last, as elsewhere in the editor.
    base_columns.sort(key=lambda column: column.name == "status")

    def annotate_queryset(self, pages: QuerySet[Page]) -> QuerySet[Page]:
        annotated: QuerySet[Page] = super().annotate_queryset(pages)
        return annotated.annotate(lessons_below=Subquery(_lessons_below()))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        describe(context["object_list"])
        if not self.is_searching and not self.is_filtering:
            for page in context["object_list"]:
                page._cached_parent_obj = self.parent_page  # treebeard's; the menu of a row asks
        if not (context["object_list"] or self.is_searching or self.is_filtering):
            context["table"] = EmptyOutline(self.parent_page, self.request.user)
        return context

    def get_paginate_by(self, queryset: QuerySet[Page]) -> int:
        """Also in reading order, of which Wagtail shows everything so that it can be dragged."""
        return self.paginate_by

    def get_reorder_url(self) -> str:
        """Dragged rows are counted from the first that is shown."""
        number = whole_number(self.request.GET.get(self.page_kwarg, "")) or 1
        return reverse("studio:set_place", args=[999999, (number - 1) * ON_A_PAGE])


class EmptyOutline(Component):
    """In place of a table without rows: what comes next, with its buttons."""

    template_name = "courses/editor/explorer_empty.html"

    def __init__(self, parent: Page, user: Person) -> None:
        self.parent = parent.specific
        self.may_add = parent.permissions_for_user(user).can_add_subpage()

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        if isinstance(self.parent, ChapterPage):
            title, hint = gettext("Nothing in this chapter yet"), gettext("Write its first lesson.")
        elif takes_chapters(self.parent):
            title = gettext("Nothing in this course yet")
            hint = gettext(
                "Begin with a chapter, then write lessons in it. They stand here in order."
            )
        else:
            title, hint = gettext("Nothing in this course yet"), gettext("Write the first lesson.")
        return {"title": title, "hint": hint, "ways": self._ways()}

    def _ways(self) -> list[dict[str, str]]:
        kinds: list[tuple[type[Page], str]] = [(LessonPage, gettext("New lesson"))]
        if isinstance(self.parent, CoursePage):
            kinds.insert(0, (ChapterPage, gettext("New chapter")))
        return [
            {"url": _add_url(model, self.parent), "label": label}
            for model, label in kinds
            if self.may_add and model.can_create_at(self.parent)
        ]


def _add_url(model: type[Page], parent: Page) -> str:
    meta = model._meta
    return reverse("wagtailadmin_pages:add", args=[meta.app_label, meta.model_name, parent.pk])


# Behind every path below a page, and before that of the next page: steps are of A to Z and digits.
LAST = Value("ZZZZZ")


def _lessons_below() -> QuerySet[LessonPage, Any]:
    """How many lessons stand anywhere below a page. A range, which the index on paths answers."""
    below = LessonPage.objects.filter(
        path__gt=OuterRef("path"), path__lt=Concat(OuterRef("path"), LAST), retired=False
    )
    counted = Func(F("pk"), function="count", output_field=IntegerField())
    return below.order_by().annotate(number=counted).values("number")


def describe(pages: Iterable[Page]) -> None:
    """Sets ``outline_kind`` and ``outline_length`` on each page, from the latest drafts.

    A chapter is as long as it has ``lessons_below`` it: to add up their minutes, all that is in
    it would have to be read.
    """
    revisions = {page.latest_revision_id: page.pk for page in pages if isinstance(page, LessonPage)}
    stored = Revision.objects.filter(pk__in=revisions).values_list("pk", "content")
    # As it was written, without the queries of bringing a whole draft back.
    lessons = {revisions[pk]: page_of(LessonPage, content) for pk, content in stored}
    for page in pages:
        page.outline_kind = page.outline_length = ""
        if isinstance(page, ChapterPage):
            page.outline_kind = ItemKind.CHAPTER.label
            page.outline_length = extent(lessons=page.lessons_below) or gettext("No lessons yet")
        elif draft := lessons.get(page.pk):
            # Words, seconds and questions say how long it takes; its media need not be read.
            with media_on_hand([]):
                page.outline_kind = LessonKind(draft.kind).label
                page.outline_length = format_minutes(draft.estimated_duration)


class CourseViewSet(PageViewSet):
    model = CoursePage
    parent_models = [CataloguePage]
    index_view_class = CourseListView
    filterset_class = OutlineFilterSet


class OutlineViewSet(PageViewSet):
    model = LessonPage
    parent_models = [CoursePage, ChapterPage]
    index_view_class = OutlineView
    filterset_class = OutlineFilterSet

    def get_index_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        # Chapters and lessons together, though the views of one type are registered.
        merged: dict[str, Any] = super().get_index_view_kwargs(**{"model": Page, **kwargs})
        return merged


def viewsets() -> list[PageViewSet]:
    return [CourseViewSet(), OutlineViewSet()]
