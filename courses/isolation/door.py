"""The door of the editor: what is not a person's own answers as if it did not exist.

Wagtail's views check permissions, yet they answer a foreign id with a redirect and a
missing one with 404, and some name foreign titles while refusing. Before any of them runs,
every id in the address, the query and the form is compared here with what the person may
meet; foreign and missing then get one and the same 404.

People whose groups give them permissions on pages (admins) are let through to Wagtail's own
checks. Everybody else (producers, moderators) finds only the routes listed below; a route
that Wagtail adds in a later version is closed to them until somebody lists it.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.apps import apps
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import ResolverMatch, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.defaults import page_not_found
from wagtail.models import Page, UploadedFile
from wagtail.permissions import policy_registry

from courses.models import CourseDocument, CourseImage
from courses.shapes.numbers import whole_number
from courses.whereabouts import in_editor

from .policies import EVERY_ACTION, group_page_actions

# Addresses of Wagtail's that carry no id, or only ids named below.
OPEN_NAMES = frozenset(
    {
        "wagtailadmin_home",
        "wagtailadmin_explore_root",
        "wagtailadmin_explore",
        "wagtailadmin_explore_results",
        "wagtail_bulk_action",
        "wagtailadmin_choose_page",
        "wagtailadmin_choose_page_child",
        "wagtailadmin_choose_page_search",
        "wagtailadmin_choose_page_chosen_multiple",
        "wagtailadmin_choose_page_external_link",
        "wagtailadmin_choose_page_email_link",
        "wagtailadmin_choose_page_phone_link",
        "wagtailadmin_choose_page_anchor_link",
        "wagtailadmin_account",
        "wagtailadmin_logout",
        "wagtailadmin_dismissibles",
        "wagtailadmin_block_preview",
        "wagtailadmin_sprite",
        "wagtailadmin_login",
        "wagtailadmin_javascript_catalog",
        "wagtailadmin_tag_autocomplete",
        "wagtailadmin_tag_model_autocomplete",
    }
)
OPEN_NAMESPACES = frozenset(
    {
        "wagtailadmin_pages",
        "wagtailadmin_editing_sessions",
        "wagtailadmin_api",
        "wagtailimages",
        "wagtailimages_chooser",
        "wagtaildocs",
        "wagtaildocs_chooser",
    }
)
CLOSED_NAMES = frozenset(
    {
        # Lists of a page type across the tree; their filters name every author there is.
        "wagtailadmin_pages:type_use",
        "wagtailadmin_pages:type_use_results",
        # Takes ids in the body, in any format, where nobody here looks; the editor never asks.
        "wagtailadmin_api:pages:action",
    }
)
# Ways on which one passes through the catalogue, which belongs to nobody's team.
BROWSING = frozenset(
    {
        "wagtailadmin_explore",
        "wagtailadmin_explore_results",
        "wagtailadmin_choose_page_child",
        "wagtailadmin_api:pages:detail",
    }
)
# Where a reviewer acts on a page whose editor stays closed to them. Wagtail's preview is not
# among them: it names drafts that were not submitted, and the review reads what was pinned.
REVIEWING = frozenset(
    {
        "wagtailadmin_pages:workflow_action",
        "wagtailadmin_pages:collect_workflow_action_data",
    }
)
ADDRESS_IDS: dict[str, type[Model]] = {
    "page_id": Page,
    "parent_page_id": Page,
    "page_to_move_id": Page,
    "destination_id": Page,
    "image_id": CourseImage,
    "document_id": CourseDocument,
    "doc_id": CourseDocument,
}
# ``pk`` means what its namespace is about.
PK_OF_NAMESPACE: dict[str, type[Model]] = {
    "wagtailadmin_pages": Page,
    "wagtailadmin_api:pages": Page,
    "wagtailadmin_api:images": CourseImage,
    "wagtailadmin_api:documents": CourseDocument,
    "wagtailimages_chooser": CourseImage,
    "wagtaildocs_chooser": CourseDocument,
}
PAGE_FIELDS = frozenset(
    {
        "page_id",
        "parent_page_id",
        "destination_id",
        "parent_page",
        "new_parent_page",
        "target_pages[]",
        "child_of",
        "descendant_of",
        "ancestor_of",
    }
)
ID_LIST_OF_NAME = {
    "wagtailadmin_choose_page_chosen_multiple": Page,
    "wagtailimages_chooser:chosen_multiple": CourseImage,
    "wagtaildocs_chooser:chosen_multiple": CourseDocument,
}
NOT_IDS = frozenset({"", "root"})


class Visit:
    """One request at the door: what it names, and what of that is the person's."""

    def __init__(self, request: HttpRequest, match: ResolverMatch, kwargs: dict[str, Any]) -> None:
        self.request = request
        self.user = request.user
        self.kwargs = kwargs
        self.match = match
        self.name = self.match.view_name
        self.namespace = ":".join(self.match.namespaces)

    @cached_property
    def is_listed(self) -> bool:
        first = self.match.namespaces[0] if self.match.namespaces else ""
        if self.name in CLOSED_NAMES:
            return False
        if first:
            return not first.startswith("wagtail") or first in OPEN_NAMESPACES
        return not (self.match.url_name or "").startswith("wagtail") or self.name in OPEN_NAMES

    def may_pass(self) -> bool:
        """Whether the route is open and everything it names is the person's."""
        if not self.is_listed or not self._upload_is_own():
            return False
        return self._address_is_own() and self._fields_are_own() and self._bulk_is_own()

    # What the person may meet

    def pages(self, *, passing: bool) -> QuerySet[Page]:
        policy = policy_registry.get_by_type(Page)
        if passing:
            return policy.explorable_instances(self.user)
        return policy.instances_user_has_any_permission_for(self.user, EVERY_ACTION)

    def known(self, model: type[Model], ids: Iterable[str | int], *, passing: bool = False) -> bool:
        """Whether every one of ``ids`` is a row of ``model`` the person may meet."""
        keys = {whole_number(str(value)) for value in ids}
        if None in keys:
            return False
        if model is Page:
            rows = self.pages(passing=passing)
        else:
            policy = policy_registry.get_by_type(model)
            rows = policy.instances_user_has_any_permission_for(
                self.user, {"add", "change", "choose", "delete"}
            )
        return rows.filter(pk__in=keys).count() == len(keys)

    # What the request names

    def _address_is_own(self) -> bool:
        named: dict[type[Model], set[Any]] = {}
        for key, value in self.kwargs.items():
            model = ADDRESS_IDS.get(key)
            if key == "pk":
                model = PK_OF_NAMESPACE.get(self.namespace)
            if model is not None and value is not None:
                named.setdefault(model, set()).add(value)
        if self.namespace == "wagtailadmin_editing_sessions" and "object_id" in self.kwargs:
            model = self._model("app_label", "model_name")
            if model is not None and issubclass(model, Page):
                named.setdefault(Page, set()).add(self.kwargs["object_id"])
        for model, ids in named.items():
            if self.known(model, ids, passing=self.name in BROWSING):
                continue
            if not (model is Page and self.name in REVIEWING and self._may_review(ids)):
                return False
        return True

    def _may_review(self, ids: Iterable[str | int]) -> bool:
        page = Page.objects.filter(pk__in=ids).first()
        task = page.specific.current_workflow_task if page else None
        return bool(task and task.get_actions(page.specific, self.user))

    def _fields_are_own(self) -> bool:
        ids = {
            value
            for data in (self.request.GET, self.request.POST)
            for key in PAGE_FIELDS & data.keys()
            for value in data.getlist(key)
            if value not in NOT_IDS
        }
        if ids and not self.known(Page, ids, passing=True):
            return False
        model = ID_LIST_OF_NAME.get(self.name)
        if model is None:
            return True
        chosen = self.request.GET.getlist("id")
        return not chosen or self.known(model, chosen, passing=True)

    def _bulk_is_own(self) -> bool:
        if self.name != "wagtail_bulk_action":
            return True
        model = self._model("app_label", "model_name")
        if model is None:
            return False
        ids = self.request.GET.getlist("id")
        if issubclass(model, Page):
            within = [value for value in self.request.GET.getlist("childOf") if value]
            # "All" would list whatever stands there, so it must be wholly the person's.
            if "all" in ids:
                return bool(within) and self.known(Page, within)
            destination = [value for value in self.request.POST.getlist("chooser") if value]
            return self.known(Page, ids) and self.known(Page, {*within, *destination}, passing=True)
        if model in (CourseImage, CourseDocument):
            return "all" in ids or self.known(model, ids)
        policy = policy_registry.get_by_type(model)
        return policy.user_has_any_permission(self.user, {"change", "delete"})

    def _upload_is_own(self) -> bool:
        key = self.kwargs.get("uploaded_file_id")
        if key is None:
            return True
        return UploadedFile.objects.filter(pk=key, uploaded_by_user=self.user).exists()

    def _model(self, app_key: str, model_key: str) -> type[Model] | None:
        try:
            return apps.get_model(self.kwargs[app_key], self.kwargs[model_key])
        except LookupError:
            return None


class DoorKeeper:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        if not in_editor(request):
            return None
        user = request.user
        # Without access to the editor Wagtail sends everybody to the login, whatever the id.
        if not user.is_authenticated or not user.has_perm("wagtailadmin.access_admin"):
            return not_saved(request) if saves_by_itself(request) else None
        if user.is_superuser or group_page_actions(user):
            return None
        match = request.resolver_match
        assert match is not None  # this is only called once the address is resolved
        visit = Visit(request, match, kwargs)
        if not visit.may_pass():
            return not_saved(request) if saves_by_itself(request) else not_here(request)
        if visit.name == "wagtailadmin_choose_page":
            return self._choose_from_own_root(request)
        return None

    def _choose_from_own_root(self, request: HttpRequest) -> HttpResponse | None:
        """Wagtail's page chooser begins at the root of the tree, where a team meets nothing."""
        root = policy_registry.get_by_type(Page).explorable_root_instance(request.user)
        if root is None:
            return None
        address = reverse("wagtailadmin_choose_page_child", args=[root.pk])
        return redirect(f"{address}?{request.GET.urlencode()}")


@never_cache
def not_here(request: HttpRequest) -> HttpResponse:
    """The editor's own 404, the same for foreign and for missing."""
    return page_not_found(request, Http404(), template_name="wagtailadmin/404.html")


def saves_by_itself(request: HttpRequest) -> bool:
    """The editor's autosave: a script posts, and shows what it is told if that is JSON."""
    return request.method == "POST" and request.headers.get("Accept") == "application/json"


@never_cache
def not_saved(request: HttpRequest) -> JsonResponse:
    """To an editor that stands open although its reader lost the right to write meanwhile.

    Wagtail shows the message of the codes it knows, and "A server error" for all others.
    """
    message = _("You cannot write here any more, so nothing is saved. Copy what you want to keep.")
    answer = {"success": False, "error_code": "locked", "error_message": message}
    return JsonResponse(answer, status=403)
