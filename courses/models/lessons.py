"""A lesson: the unit a learner studies and completes."""

import math
from typing import Any, ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.blocks import StreamValue
from wagtail.fields import StreamField
from wagtail.models import Page

from courses.blocks import LessonStream
from courses.blocks.media import VideoValue
from courses.words.reading import Amount, measure

from .choices import LessonKind
from .drafts import CoursePart

MINUTES_PER_QUESTION = 1


class LessonPage(CoursePart, Page):
    """Written as blocks; read by learners at an address keyed by its UUID."""

    objects: ClassVar[Any]

    body = StreamField(LessonStream(), blank=True, verbose_name=_("body"))
    is_preview = models.BooleanField(
        _("open preview"),
        default=False,
        help_text=_("Anyone may open this lesson without buying."),
    )
    minutes = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(1440)],
        help_text=_("Leave empty to derive it from the words, videos and questions."),
        verbose_name=_("minutes"),
    )
    pass_mark = models.PositiveSmallIntegerField(
        default=70,
        validators=[MinValueValidator(1), MaxValueValidator(100)],
        help_text=_("Percent of questions that must be right. Only matters with questions."),
        verbose_name=_("pass mark"),
    )
    retired = models.BooleanField(
        default=False, editable=False, help_text=_("Leaves the course with the next release.")
    )

    promote_panels: list[Any] = []
    settings_panels: list[Any] = []
    parent_page_types = ["courses.CoursePage", "courses.ChapterPage"]
    subpage_types: list[str] = []

    class Meta:
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")

    @property
    def videos(self) -> list[VideoValue]:
        return [block.value for block in self.body if block.block_type == "video"]

    @property
    def video_seconds(self) -> int:
        """How long its videos run together, as far as that is known."""
        return sum(video.get("duration") or 0 for video in self.videos)

    @property
    def captions(self) -> list[str] | None:
        """The languages in which all of its films have captions; None where it has no film.

        A film at YouTube or Vimeo may have captions there; nobody here knows of them.
        """
        spoken = [
            {track["language"] for track in video.get("captions") or () if video.get("file")}
            for video in self.videos
        ]
        return sorted(set.intersection(*spoken)) if spoken else None

    @property
    def questions(self) -> list[StreamValue.StreamChild]:
        """The question blocks of the body, in order; each has ``id`` and ``value``."""
        return [block for block in self.body if block.block_type in LessonStream.question_types]

    @property
    def has_quiz(self) -> bool:
        return any(block.block_type in LessonStream.question_types for block in self.body)

    @property
    def kind(self) -> str:
        """``video``, ``article`` or ``mixed``; the specification's ``content_type``."""
        types = {block.block_type for block in self.body}
        if "video" not in types:
            return LessonKind.ARTICLE
        return LessonKind.MIXED if types & LessonStream.reading_types else LessonKind.VIDEO

    @property
    def estimated_duration(self) -> int:
        """Minutes: the producer's figure, or words, videos and questions added up.

        0 where nothing is written yet.
        """
        return self.minutes or self.derived_minutes

    @property
    def derived_minutes(self) -> int:
        if not len(self.body):
            return 0
        texts = self.body.stream_block.get_searchable_content(self.body)
        reading = sum((measure(text) for text in texts), Amount())
        asking = len(self.questions) * MINUTES_PER_QUESTION
        total = reading.minutes + self.video_seconds / 60 + asking
        return max(1, math.ceil(total))

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        """The draft in the player. What the player looks like is known to the right of here."""
        for preview in hooks.get_hooks("preview_lesson"):
            response: HttpResponse = preview(self, request)
            return response
        raise Http404

    def get_url_parts(
        self, request: HttpRequest | None = None
    ) -> tuple[int | None, str | None, str | None] | None:
        """``/learn/<uuid>/``: neither the tree nor the course's slug is part of it."""
        parts = super().get_url_parts(request)
        if parts is None:
            return None
        site_id, root_url, _path = parts
        return site_id, root_url, reverse("learners:lesson", args=[self.uuid])
