"""What courses add to Wagtail's editor: addresses, menu, dashboard, lists and dress."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLResolver, include, path, reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from courses.covers.promised import promise_thumbnail
from courses.isolation.policies import group_page_actions
from courses.models import CoursePage
from courses.models.drafts import CoursePart
from courses.models.team import may_teach
from courses.people import Person, signed_in
from courses.teams import views as team_views

from . import advising, submitting, views
from .categories import CategoryViewSet
from .counted import COUNTED
from .explorer import viewsets
from .onward import go_on, save_and_another, save_and_back
from .places import ON_A_PAGE, PlaceOnAPage, change_place

register_snippet(CategoryViewSet)

# The editor's addresses of our own; each view asks by itself whose the course is.


@hooks.register("register_admin_urls")
def studio_urls() -> list[URLResolver]:
    patterns = [
        path("", views.my_courses, name="my_courses"),
        path("place/<int:page_to_move_id>/", change_place, name="change_place"),
        path(
            "place/<int:page_to_move_id>/from/<int:offset>/",
            PlaceOnAPage.as_view(),
            name="set_place",
        ),
        path(
            "<int:course_id>/before-you-submit/",
            submitting.before_you_submit,
            name="before_you_submit",
        ),
        path("<int:course_id>/submit/", submitting.submit, name="submit"),
        path("<int:course_id>/advice/out/", advising.take_out_advice, name="take_out_advice"),
        path("<int:course_id>/advice/back/", advising.put_back_advice, name="put_back_advice"),
        path("<int:course_id>/standing/", submitting.standing, name="standing"),
        path("<int:course_id>/team/", team_views.team, name="team"),
        path(
            "<int:course_id>/team/<int:member_id>/<slug:verb>/",
            team_views.change_member,
            name="change_member",
        ),
        path(
            "<int:course_id>/team/invitations/<int:invitation_id>/withdraw/",
            team_views.withdraw,
            name="withdraw_invitation",
        ),
        path(
            "invitations/<int:invitation_id>/<slug:verb>/",
            team_views.answer,
            name="answer_invitation",
        ),
    ]
    # Other rooms stand in the studio too: a namespace is included once.
    for more in hooks.get_hooks("studio_urls"):
        patterns += more()
    return [path("my-courses/", include((patterns, "studio"), namespace="studio"))]


@hooks.register("register_log_actions")
def log_actions(actions: LogActionRegistry) -> None:
    actions.register_action("courses.team", _("Change the team"), _("Team changed"))


@hooks.register("after_edit_page", order=-10)
def picture_of_a_course(request: HttpRequest, page: Page) -> None:
    """So that the studio shows what was chosen: a list of courses makes no picture."""
    if isinstance(page, CoursePage):
        promise_thumbnail(page)


# Going on from a lesson

hooks.register("register_page_action_menu_item", save_and_back)
hooks.register("register_page_action_menu_item", save_and_another)
hooks.register("after_edit_page", go_on)
hooks.register("after_create_page", go_on)
for saved in ("after_edit_page", "after_create_page"):
    hooks.register(saved, submitting.submit_what_is_typed)


# Menu and home


class ProducerMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_teach(request.user)


@hooks.register("register_admin_menu_item")
def home_item() -> MenuItem:
    return MenuItem(
        pgettext_lazy("menu of the studio", "Home"),
        reverse("wagtailadmin_home"),
        name="studio-home",
        icon_name="home",
        order=10,
    )


@hooks.register("register_admin_menu_item")
def my_courses_item() -> MenuItem:
    return ProducerMenuItem(
        pgettext_lazy("menu of the studio", "Courses"),
        reverse("studio:my_courses"),
        name="my-courses",
        icon_name="folder-open-inverse",
        order=50,
    )


@hooks.register("register_admin_menu_item")
def site_item() -> MenuItem:
    return MenuItem(
        pgettext_lazy("menu of the studio", "To the site"),
        "/",
        name="site",
        icon_name="site",
        order=20_000,
    )


# Of these a producer and a moderator have no use: they name pages and people that are not
# theirs, and a course is worked on in its frame.
FOR_ADMINS = frozenset({"explorer", "reports", "settings", "help"})


@hooks.register("construct_main_menu")
def menu_of_a_role(request: HttpRequest, items: list[MenuItem]) -> None:
    if not group_page_actions(request.user):
        items[:] = [item for item in items if item.name not in FOR_ADMINS]


# Wagtail's panels on pages a person edited, locked or submitted do not ask whether they
# are still on the team; the list of courses does, and says the same.
UNASKED_PANELS = frozenset({"recent_edits", "locked_pages", "user_objects_in_workflow_moderation"})


@hooks.register("construct_homepage_panels")
def home_panels(request: HttpRequest, panels: list[Component]) -> None:
    """Wagtail's own stand below ours, for those who run the place."""
    if not group_page_actions(signed_in(request)):
        panels[:] = [panel for panel in panels if getattr(panel, "name", "") not in UNASKED_PANELS]


@hooks.register("construct_homepage_summary_items", order=100)
def no_counts_of_others(request: HttpRequest, items: list[Component]) -> None:
    """The summary counts every page below the catalogue, others' included."""
    if not group_page_actions(request.user):
        items.clear()
    items[:] = [
        COUNTED[item.template_name](request) if item.template_name in COUNTED else item
        for item in items
    ]


@hooks.register("register_page_listing_more_buttons")
def place_button(page: Page, user: Person, next_url: str | None = None) -> Iterator[Button]:
    """Where an outline has pages, a row is dragged within one of them only."""
    if not issubclass(page.specific_class or object, CoursePart):
        return
    parent = page.get_parent()
    if parent.numchild > ON_A_PAGE and parent.permissions_for_user(user).can_reorder_children():
        yield Button(
            gettext("Change the place"),
            reverse("studio:change_place", args=[page.pk]),
            icon_name="order",
            priority=15,
        )


@hooks.register("register_admin_viewset")
def outline_viewsets() -> list[PageViewSet]:
    return viewsets()


# The faces of every page; the sheet would ask for them later.
FACES = ("inter-latin", "literata-latin")


@hooks.register("insert_global_admin_css")
def admin_css() -> SafeString:
    """The studio's sheet, behind Wagtail's own."""
    faces = format_html_join(
        "",
        '<link rel="preload" as="font" type="font/woff2" crossorigin href="{}">',
        ((static(f"fonts/{face}.woff2"),) for face in FACES),
    )
    sheet = format_html('<link rel="stylesheet" href="{}">', static("css/sheets/studio.css"))
    return faces + sheet


@hooks.register("insert_editor_js")
def editor_js() -> SafeString:
    scripts = (
        (static(f"js/courses/{name}.js"),)
        for name in (
            "saving",
            "leaving",
            "standing",
            "arriving",
            "answering",
            "writing",
            "advice",
        )
    )
    return format_html_join("", '<script type="module" src="{}"></script>', scripts)


@hooks.register("insert_global_admin_js")
def admin_js() -> SafeString:
    return format_html(
        '<script src="{}" data-zone="{}"></script><script type="module" src="{}"></script>'
        '<script type="module" src="{}"></script>',
        static("js/courses/clock.js"),
        timezone.get_current_timezone_name(),
        static("js/courses/naming.js"),
        static("js/courses/why.js"),
    )
