"""Pages that are not courses."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page, PagePermissionTester

from courses.freshness import keys
from courses.freshness.links import addresses_in
from courses.freshness.pages import public_page, shows
from courses.people import Visitor


class HomePage(Page):
    """The front page. What it shows of courses comes from the catalogue."""

    # Given by ``home.wiring``: what stands on the page, for who asks; reads many tables.
    front_for: ClassVar[Callable[["HomePage", HttpRequest], dict[str, Any]]]
    tester_class: ClassVar[type[PagePermissionTester]]

    headline = models.CharField(
        max_length=80, default="Courses by people who do the work", verbose_name=_("headline")
    )
    promise = models.CharField(
        max_length=160,
        default="Read open lessons before you buy. Buy once and keep it.",
        verbose_name=_("promise"),
    )

    content_panels = [*Page.content_panels, FieldPanel("headline"), FieldPanel("promise")]
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["courses.CataloguePage", "home.PlainPage"]
    max_count = 1

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home pages")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        return {**context, **type(self).front_for(self, request)}

    def permissions_for_user(self, user: Visitor) -> PagePermissionTester:
        return self.tester_class(user, self)

    @method_decorator(public_page())
    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        shows(request, keys.page(self.pk), keys.CATALOGUE, keys.SUBJECTS, keys.SETTINGS)
        return super().serve(request, *args, **kwargs)


class PlainPage(Page):
    """Terms, privacy, refunds: a page to read."""

    intro = models.CharField(max_length=300, blank=True, verbose_name=_("intro"))
    body = RichTextField(
        features=["h2", "h3", "bold", "italic", "ol", "ul", "link", "hr"],
        help_text=_(
            "Write {seller}, {return rule}, {producer share} or {seller share}, and readers see "
            "what is set when they read."
        ),
        verbose_name=_("body"),
    )
    content_panels = [
        *Page.content_panels,
        FieldPanel("intro"),
        FieldPanel("body"),
    ]
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("plain page")
        verbose_name_plural = _("plain pages")

    @method_decorator(public_page())
    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        shows(request, keys.page(self.pk), keys.SETTINGS, *addresses_in(self.body))
        return super().serve(request, *args, **kwargs)
