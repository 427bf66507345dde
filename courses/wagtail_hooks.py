"""What courses add to Wagtail's editor, and what they close in it.

Wagtail finds hooks in this module only; those of the review are in ``review_hooks``.
"""

from django.http import Http404
from django.templatetags.static import static
from django.urls import include, path, reverse
from django.utils.html import format_html, format_html_join
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.documents.api.admin.views import DocumentsAdminAPIViewSet
from wagtail.images.api.admin.views import ImagesAdminAPIViewSet
from wagtail.models import Page
from wagtail.permissions import policy_registry
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from .editor import views as authoring
from .editor.explorer import viewsets
from .editor.my_courses import desk
from .files.gate import may_meet
from .isolation.groups import PRODUCERS
from .isolation.policies import group_page_actions, may_author
from .models import Category, CoursePage
from .moderation import hooks as review_hooks  # noqa: F401  registers the hooks of the review

# The editor's addresses of our own; each view asks by itself whose the course is.


@hooks.register("register_admin_urls")
def desk_urls():
    patterns = [
        path("", authoring.my_courses, name="my_courses"),
        path("new/", authoring.new_course, name="new_course"),
        path("<int:course_id>/team/", authoring.team, name="team"),
        path(
            "<int:course_id>/team/<int:member_id>/<slug:verb>/",
            authoring.change_member,
            name="change_member",
        ),
    ]
    return [path("my-courses/", include((patterns, "courses_desk"), namespace="courses_desk"))]


@hooks.register("register_log_actions")
def log_actions(actions):
    actions.register_action("courses.team", "Change the team", "Team changed")


# Menu and dashboard


class ProducerMenuItem(MenuItem):
    def is_shown(self, request):
        return may_author(request.user) and is_producer(request.user)


def is_producer(user) -> bool:
    """Teaches already, or is somebody who may: not a moderator who only reviews."""
    return (
        bool(group_page_actions(user))
        or bool(policy_registry.get_by_type(Page).taught_pages(user))
        or user.groups.filter(name=PRODUCERS).exists()
    )


@hooks.register("register_admin_menu_item")
def my_courses_item():
    return ProducerMenuItem(
        "My courses",
        reverse("courses_desk:my_courses"),
        name="my-courses",
        icon_name="folder-open-inverse",
        order=50,
    )


@hooks.register("register_admin_menu_item")
def new_course_item():
    return ProducerMenuItem(
        "New course",
        reverse("courses_desk:new_course"),
        name="new-course",
        icon_name="plus",
        order=60,
    )


@hooks.register("construct_main_menu")
def menu_of_a_producer(request, items):
    """Reports, settings and help name pages and people that are not theirs."""
    if not group_page_actions(request.user):
        items[:] = [item for item in items if item.name not in ("reports", "settings", "help")]


class DeskPanel(Component):
    """A producer's courses on the dashboard, or how to begin."""

    name = "desk"
    template_name = "courses/editor/my_courses_panel.html"
    order = 10

    def get_context_data(self, parent_context):
        context = super().get_context_data(parent_context)
        user = parent_context["request"].user
        context["user"] = user
        context["courses"] = desk(user=user)
        return context


# Wagtail's panels on pages a person edited, locked or submitted do not ask whether they
# are still on the team; the desk does, and says the same.
UNASKED_PANELS = frozenset({"recent_edits", "locked_pages", "user_objects_in_workflow_moderation"})


@hooks.register("construct_homepage_panels")
def dashboard(request, panels):
    runs_the_place = bool(group_page_actions(request.user))
    if not runs_the_place:
        panels[:] = [panel for panel in panels if getattr(panel, "name", "") not in UNASKED_PANELS]
    # How to begin is for those who came to write.
    writes = CoursePage.objects.taught_by(request.user).exists()
    if writes or (is_producer(request.user) and not runs_the_place):
        panels.append(DeskPanel())


@hooks.register("construct_homepage_summary_items", order=100)
def no_counts_of_others(request, items):
    """The summary counts every page below the catalogue, others' included."""
    if not group_page_actions(request.user):
        items.clear()


# Choosers and lists


@hooks.register("construct_page_chooser_queryset")
def choose_own_pages(pages, request):
    explorable = policy_registry.get_by_type(Page).explorable_instances(request.user)
    return pages.filter(pk__in=explorable.values("pk"))


@hooks.register("construct_explorer_page_queryset")
def explore_own_pages(parent_page, pages, request):
    """Wagtail has filtered already; a bug there must not open a catalogue of strangers."""
    explorable = policy_registry.get_by_type(Page).explorable_instances(request.user)
    return pages.filter(pk__in=explorable.values("pk"))


@hooks.register("register_admin_viewset")
def outline_viewsets():
    return viewsets()


class OwnMedia:
    """The admin's API lists everybody's media; this one asks the policy."""

    def get_queryset(self):
        policy = policy_registry.get_by_type(self.model)
        mine = policy.instances_user_has_any_permission_for(self.request.user, {"choose", "change"})
        return super().get_queryset().filter(pk__in=mine.values("pk"))


class OwnImagesAPI(OwnMedia, ImagesAdminAPIViewSet):
    pass


class OwnDocumentsAPI(OwnMedia, DocumentsAdminAPIViewSet):
    pass


@hooks.register("construct_admin_api", order=100)
def own_media_api(router):
    """After Wagtail's own registrations, which these replace."""
    router.register_endpoint("images", OwnImagesAPI)
    router.register_endpoint("documents", OwnDocumentsAPI)


@hooks.register("before_serve_document")
def documents_of_the_team_only(document, request):
    """``/documents/…`` is the editor's road; learners have one with a gate of its own."""
    if not may_meet(request.user, document):
        raise Http404


@hooks.register("describe_collection_contents")
def collections_of_courses(collection):
    """A course holds on to its collection, also when it is empty: nobody deletes it."""
    count = CoursePage.objects.filter(collection=collection).count()
    if count:
        return {
            "count": count,
            "count_text": "1 course",
            "url": reverse("wagtailadmin_explore_root"),
        }
    return None


# Categories


class CategoryViewSet(SnippetViewSet):
    model = Category
    icon = "tag"
    menu_label = "Categories"
    menu_order = 400
    add_to_admin_menu = True
    list_display = ["name", "room", "order"]
    search_fields = ["name"]
    ordering = ["order", "name"]


register_snippet(CategoryViewSet)


# Dress


@hooks.register("insert_global_admin_css")
def admin_css():
    sheets = ((static(f"css/courses/{name}.css"),) for name in ("editor", "records"))
    return format_html_join("", '<link rel="stylesheet" href="{}">', sheets)


@hooks.register("insert_editor_js")
def editor_js():
    return format_html('<script type="module" src="{}"></script>', static("js/courses/saving.js"))
