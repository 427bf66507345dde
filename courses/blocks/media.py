"""Blocks to look at: image and video."""

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    CharBlock,
    ChoiceBlock,
    IntegerBlock,
    StructBlock,
    StructBlockValidationError,
    StructValue,
    TextBlock,
    URLBlock,
)

from courses.wording.durations import format_clock
from courses.words.languages import Language

from .choosers import DocumentChooserBlock, ImageChooserBlock
from .lists import CountedList

VIDEO_EXTENSIONS = {"mp4", "m4v", "webm"}
CAPTION_EXTENSIONS = {"vtt"}
_YOUTUBE_HOSTS = {"youtube.com", "m.youtube.com", "youtube-nocookie.com"}
_YOUTUBE_ID = re.compile(r"[A-Za-z0-9_-]{11}")
_VIMEO_ID = re.compile(r"\d{6,12}")


class ImageBlock(StructBlock):
    image = ImageChooserBlock(label=_("Image"))
    alt = CharBlock(
        max_length=255,
        label=_("Description for those who cannot see it"),
        help_text=_("What the picture shows that the text around it does not say."),
    )
    caption = CharBlock(required=False, max_length=255, label=_("Caption"))

    class Meta:
        label = _("Image")
        icon = "image"
        template = "courses/blocks/image.html"
        preview_template = "courses/blocks/previews/image.html"
        label_format = "{alt}"
        description = _("A picture with a description and a caption")


def parse_video_url(url: str) -> tuple[str, str] | None:
    """``("youtube" | "vimeo", id)`` of an address of those two, else None.

    Only the id is kept: the frame's address is built from it, so nothing a producer
    types is ever the source of a frame.
    """
    parts = urlsplit(url.strip())
    if parts.scheme not in ("http", "https"):
        return None
    host = (parts.hostname or "").removeprefix("www.")
    path = [step for step in parts.path.split("/") if step]
    candidate = None
    if host == "youtu.be" and path:
        candidate = ("youtube", path[0])
    elif host in _YOUTUBE_HOSTS and path:
        video = parse_qs(parts.query).get("v", [""])[0] if path[0] == "watch" else path[-1]
        candidate = ("youtube", video)
    elif host in ("vimeo.com", "player.vimeo.com") and path:
        candidate = ("vimeo", path[-1])
    if candidate is None:
        return None
    pattern = _YOUTUBE_ID if candidate[0] == "youtube" else _VIMEO_ID
    return candidate if pattern.fullmatch(candidate[1]) else None


class VideoValue(StructValue):
    """Everything a template needs to know of a video."""

    @property
    def provider(self) -> str:
        """``youtube``, ``vimeo`` or ``custom`` (an uploaded file)."""
        parsed = parse_video_url(self.get("url") or "")
        return parsed[0] if parsed else "custom"

    @property
    def video_id(self) -> str:
        parsed = parse_video_url(self.get("url") or "")
        return parsed[1] if parsed else ""

    @property
    def embed_url(self) -> str:
        """The address of the provider's frame, without cookies where it offers that."""
        if self.provider == "youtube":
            return f"https://www.youtube-nocookie.com/embed/{self.video_id}?rel=0"
        if self.provider == "vimeo":
            return f"https://player.vimeo.com/video/{self.video_id}?dnt=1"
        return ""

    @property
    def watch_url(self) -> str:
        """Where the video can be watched at its provider; empty for an uploaded file."""
        if self.provider == "youtube":
            return f"https://www.youtube.com/watch?v={self.video_id}"
        return f"https://vimeo.com/{self.video_id}" if self.provider == "vimeo" else ""

    @property
    def duration_label(self) -> str:
        """``m:ss`` or ``h:mm:ss``; empty when the duration is unknown."""
        seconds = self.get("duration")
        return format_clock(seconds) if seconds else ""


class CaptionTrackValue(StructValue):
    @property
    def language_label(self) -> str:
        """The language's name, as a menu of captions shows it."""
        choices = dict(self.block.child_blocks["language"].field.choices)
        known = choices.get(self.get("language"))
        return str(known or self.get("language") or gettext("Captions"))


class CaptionTrackBlock(StructBlock):
    language = ChoiceBlock(choices=Language.choices, default=Language.ENGLISH, label=_("Language"))
    file = DocumentChooserBlock(label=_("File"), help_text=_("A WebVTT file (.vtt)."))

    class Meta:
        icon = "openquote"
        value_class = CaptionTrackValue
        form_classname = "struct-block caption-track"


class VideoBlock(StructBlock):
    """One video: from YouTube or Vimeo by its address, or a file of the producer's own."""

    title = CharBlock(max_length=160, label=_("Title"), help_text=_("Read out by screen readers."))
    url = URLBlock(required=False, label=_("YouTube or Vimeo address"))
    file = DocumentChooserBlock(
        required=False, label=_("Or an uploaded file"), help_text=_("MP4 or WebM.")
    )
    thumbnail = ImageChooserBlock(required=False, label=_("Thumbnail"))
    duration = IntegerBlock(
        required=False,
        min_value=1,
        max_value=86_400,
        label=_("Duration"),
        help_text=_("In seconds; 7:42 is 462."),
    )
    captions = CountedList(CaptionTrackBlock(), default=[], label=_("Captions"))
    transcript = TextBlock(
        required=False,
        label=_("Transcript"),
        help_text=_("The words spoken, for those who read."),
    )

    class Meta:
        label = _("Video")
        icon = "media"
        template = "courses/blocks/video.html"
        value_class = VideoValue
        label_format = "{title}"
        description = _("YouTube, Vimeo or an uploaded file")
        preview_value: dict[str, Any] = {
            "title": "Drawing a profile",
            "url": "https://vimeo.com/76979871",
            "file": None,
            "thumbnail": None,
            "duration": 1025,
            "captions": [],
            "transcript": "",
        }

    def clean(self, value: VideoValue) -> VideoValue:
        value = super().clean(value)
        errors: dict[str, ValidationError] = {}
        url, file = value.get("url"), value.get("file")
        if url and file:
            errors["file"] = ValidationError(gettext("Give an address or a file, not both."))
        elif not url and not file and not self.is_deferred_validation:
            errors["url"] = ValidationError(
                gettext("Paste a YouTube or Vimeo address, or choose an uploaded file below.")
            )
        if url and not parse_video_url(url):
            errors["url"] = ValidationError(
                gettext(
                    "This is not the address of a YouTube or Vimeo video. "
                    "Copy it from the video's own page, or upload the file instead."
                )
            )
        if file and file.file_extension.lower() not in VIDEO_EXTENSIONS:
            errors["file"] = ValidationError(
                gettext("Choose an MP4 or WebM file; browsers play those.")
            )
        wrong = [
            track["file"].title
            for track in value.get("captions") or []
            if track["file"] and track["file"].file_extension.lower() not in CAPTION_EXTENSIONS
        ]
        if wrong:
            errors["captions"] = ValidationError(
                gettext("Captions must be WebVTT files (.vtt): %(titles)s is not.")
                % {"titles": ", ".join(wrong)}
            )
        if errors:
            raise StructBlockValidationError(block_errors=errors)
        return value
