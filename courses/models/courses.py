"""A course: the page that sells it and the root of what it teaches."""

from decimal import Decimal
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from taggit.models import TaggedItemBase
from wagtail import hooks
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, PageManager
from wagtail.query import PageQuerySet

from courses.blocks import ItemStream, lines_of
from courses.currencies import why_unpayable
from courses.people import Visitor

from .categories import Category
from .choices import DEFAULT_CURRENCY, CourseStatus, Currency, Language, Level, StructureType
from .drafts import DraftPage
from .releases import CourseRelease, ReleaseStatus
from .team import CourseTeamMember


class CourseQuerySet(PageQuerySet):
    def on_sale(self) -> Self:
        """Courses that can be found and bought: the one definition.

        Released, not archived, and led by somebody who teaches. The catalogue keeps the answer
        in its entries (``listed``); whoever takes money or opens a preview asks here.
        """
        shown = CourseRelease.objects.filter(course=OuterRef("pk"), status=ReleaseStatus.CURRENT)
        return self.live().filter(Exists(shown), archived_at=None).led()

    def led(self) -> Self:
        """Courses whose lead teaches."""
        return self.filter(Exists(CourseTeamMember.objects.leading().filter(course=OuterRef("pk"))))

    def taught_by(self, user: Visitor) -> Self:
        """Courses that ``user`` teaches; none for a visitor."""
        theirs = CourseTeamMember.objects.teaching().of(user).filter(course=OuterRef("pk"))
        return self.filter(Exists(theirs))


class CourseTag(TaggedItemBase):
    _default_manager: ClassVar[Any]  # untyped, as taggit is

    content_object = ParentalKey(
        "courses.CoursePage", on_delete=models.CASCADE, related_name="tagged_items"
    )


class CoursePage(DraftPage, Page):
    """The draft of a course. What the world sees is its current release."""

    subtitle = models.CharField(
        max_length=200,
        blank=True,
        help_text=_("One sentence: what a learner can do afterwards."),
        verbose_name=_("subtitle"),
    )
    description = RichTextField(
        blank=True,
        features=["h3", "bold", "italic", "ol", "ul", "link"],
        verbose_name=_("description"),
    )
    price = models.DecimalField(
        max_digits=8,
        decimal_places=2,
        default=Decimal("0.00"),
        validators=[MinValueValidator(Decimal(0))],  # the most is for its currency to say
        help_text=_("What a learner pays once, tax included. 0 makes the course free."),
        verbose_name=_("price"),
    )
    currency = models.CharField(
        max_length=3, choices=Currency.choices, default=DEFAULT_CURRENCY, verbose_name=_("currency")
    )
    category = models.ForeignKey(
        "courses.Category",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="courses",
        verbose_name=_("category"),
    )
    tags = ClusterTaggableManager(through=CourseTag, blank=True)
    level = models.CharField(
        max_length=12, choices=Level.choices, default=Level.ALL, verbose_name=_("level")
    )
    language = models.CharField(
        max_length=2,
        choices=Language.choices,
        default=Language.ENGLISH,
        verbose_name=_("language"),
    )
    requirements = StreamField(
        ItemStream(),
        blank=True,
        verbose_name=_("what learners need"),
        help_text=_("Things, software or knowledge a learner needs before starting."),
    )
    what_you_will_learn = StreamField(
        ItemStream(),
        blank=True,
        verbose_name=_("what you will learn"),
        help_text=_("What a learner will be able to do. Three to eight lines read best."),
    )
    thumbnail = models.ForeignKey(
        "courses.CourseImage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("A course without a picture gets a drawn cover of its own."),
        verbose_name=_("picture"),
    )
    structure_type = models.CharField(
        max_length=12,
        choices=StructureType.choices,
        default=StructureType.HIERARCHICAL,
        help_text=_("It can be switched in the outline, which shows what that changes."),
        verbose_name=_("arrangement"),
    )
    collection = models.ForeignKey(
        "wagtailcore.Collection",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        help_text=_("Where the images and documents of this course are kept."),
    )
    archived_at = models.DateTimeField(null=True, blank=True, editable=False)

    _default_manager: ClassVar[Any]  # untyped, as Wagtail is
    objects: ClassVar[Any] = PageManager.from_queryset(CourseQuerySet)()

    # Courses are made by ``courses.teams.members.create_course``, with a team and a collection.
    is_creatable = False
    parent_page_types = ["courses.CataloguePage"]
    subpage_types = ["courses.ChapterPage", "courses.LessonPage"]
    settings_panels: list[Any] = []
    unrevised_fields = ("uuid", "collection", "archived_at")

    @classmethod
    def from_serializable_data(
        cls, data: dict[str, Any], check_fks: bool = True, strict_fks: bool = False
    ) -> Any:
        """A subject that only this revision named may be gone: the course has none then.

        What protects the subjects of rows knows no revisions, and modelcluster would give up the
        whole page.
        """
        if not check_fks or data.get("category") is None:
            return super().from_serializable_data(data, check_fks, strict_fks)
        course = super().from_serializable_data(data | {"category": None}, check_fks, strict_fks)
        course.category = Category.objects.filter(pk=data["category"]).first()
        return course

    revised_relations = ("tagged_items",)
    exclude_fields_in_copy = ["uuid", "collection", "archived_at"]

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")

    def clean(self) -> None:
        """Asked by the editor, and whenever the page is saved or released."""
        super().clean()
        if problem := self.price_problem:
            raise ValidationError({"price": problem})

    @property
    def price_problem(self) -> str:
        """Why nobody could pay the price, in words for its author; empty when they can."""
        if not isinstance(self.price, Decimal):  # no number, which its field says
            return ""
        reason = why_unpayable(self.price, self.currency)
        if not reason:
            return ""
        return gettext("%(reason)s Choose another price, or 0 for a free course.") % {
            "reason": reason
        }

    @property
    def status(self) -> str:
        """``draft`` until a first release, ``archived`` once hidden from sale."""
        if self.archived_at:
            return CourseStatus.ARCHIVED
        return CourseStatus.PUBLISHED if self.live else CourseStatus.DRAFT

    @property
    def is_free(self) -> bool:
        return not self.price

    @property
    def requirement_list(self) -> list[str]:
        return lines_of(self.requirements)

    @property
    def outcome_list(self) -> list[str]:
        return lines_of(self.what_you_will_learn)

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The draft as it would be sold. What that looks like is known to the right of here."""
        for preview in hooks.get_hooks("preview_course"):
            response: HttpResponse = preview(self, request)
            return response
        raise Http404

    def get_url_parts(
        self, request: HttpRequest | None = None
    ) -> tuple[int | None, str | None, str | None] | None:
        """Served by the storefront before Wagtail's catch-all: ``/courses/<slug>/``."""
        parts = super().get_url_parts(request)
        if parts is None:
            return None
        site_id, root_url, _path = parts
        return site_id, root_url, reverse("storefront:course", args=[self.slug])
