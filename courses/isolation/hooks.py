"""What the editor lists and serves: one's own, in choosers, lists, the API and documents."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import ngettext
from wagtail import hooks
from wagtail.models import Collection, Page
from wagtail.permissions import policy_registry
from wagtail.query import PageQuerySet

from courses.files.gate import may_meet
from courses.models import CourseDocument, CoursePage


@hooks.register("construct_page_chooser_queryset")
def choose_own_pages(pages: PageQuerySet, request: HttpRequest) -> QuerySet[Page]:
    # What the column of states would ask for each row.
    told: QuerySet[Page] = pages.annotate_approved_schedule().prefetch_workflow_states()
    return _own(told, request)


@hooks.register("construct_explorer_page_queryset")
def explore_own_pages(
    parent_page: Page, pages: QuerySet[Page], request: HttpRequest
) -> QuerySet[Page]:
    """Wagtail has filtered already; a bug there must not open a catalogue of strangers."""
    return _own(pages, request)


def _own(pages: QuerySet[Page], request: HttpRequest) -> QuerySet[Page]:
    policy = policy_registry.get_by_type(Page)
    if "q" not in request.GET or policy.meets_every_page(request.user):
        own: QuerySet[Page] = policy.explorable_among(pages, request.user)
        return own
    # Wagtail's search reads conditions by itself and knows no part of a path.
    return pages.filter(pk__in=policy.explorable_instances(request.user).values("pk"))


@hooks.register("before_serve_document")
def documents_of_the_team_only(document: CourseDocument, request: HttpRequest) -> None:
    """``/documents/…`` is the editor's road; learners have one with a gate of its own."""
    if not may_meet(request.user, document):
        raise Http404


@hooks.register("describe_collection_contents")
def collections_of_courses(collection: Collection) -> dict[str, Any] | None:
    """A course holds on to its collection, also when it is empty: nobody deletes it."""
    count = CoursePage.objects.filter(collection=collection).count()
    if count:
        return {
            "count": count,
            "count_text": ngettext("%(count)s course", "%(count)s courses", count)
            % {"count": count},
            "url": reverse("wagtailadmin_explore_root"),
        }
    return None


@hooks.register("construct_document_chooser_queryset")
def know_collections(documents: QuerySet[CourseDocument], request: HttpRequest) -> QuerySet[Any]:
    """Which the chooser names in each row."""
    return documents.select_related("collection")
