"""Blocks to look at: image and video."""

from operator import itemgetter
from typing import Any

from django.conf.global_settings import LANGUAGES
from django.core.exceptions import ValidationError
from django.forms import URLField
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    CharBlock,
    ChoiceBlock,
    StructBlock,
    StructBlockValidationError,
    StructValue,
    TextBlock,
    URLBlock,
)

from courses.wording.durations import format_clock

from .choosers import DocumentChooserBlock, ImageChooserBlock
from .hosted_videos import HostedVideo, find_video, read_video
from .lengths import LengthBlock
from .lists import CountedList, words_of_adding

VIDEO_EXTENSIONS = {"mp4", "m4v", "webm"}
CAPTION_EXTENSIONS = {"vtt"}


# Captions are translations: they are not bound to the languages that courses are taught in.
# Names that Django has in the languages of its readers, and Chinese however it is written.
CAPTION_LANGUAGES = [(code, _(name)) for code, name in sorted(LANGUAGES, key=itemgetter(1))]
CAPTION_LANGUAGES.append(("zh", _("Chinese")))


class ImageBlock(StructBlock):
    image = ImageChooserBlock(label=_("Image"))
    alt = CharBlock(
        max_length=1000,
        label=_("Description for those who cannot see it"),
        help_text=_("What the picture shows that the text around it does not say."),
    )
    caption = CharBlock(required=False, max_length=1000, label=_("Caption"))

    class Meta:
        label = _("Image")
        icon = "image"
        template = "courses/blocks/image.html"
        preview_template = "courses/blocks/previews/image.html"
        label_format = "{alt}"
        description = _("A picture with a description and a caption")


class VideoAddressField(URLField):
    """Refuses what is not one video of YouTube or Vimeo, in words that say what to paste."""

    def clean(self, value: Any) -> str:
        try:
            address = super().clean(value)
        except ValidationError:
            # Not even an address, such as the code for embedding: it has words of its own.
            read_video(str(value))
            raise
        if address:
            read_video(address)
        return address


class VideoAddressBlock(URLBlock):
    def __init__(self, required: bool = True, help_text: Any = None, **kwargs: Any) -> None:
        super().__init__(required=required, help_text=help_text, **kwargs)
        self.field = VideoAddressField(
            required=required, help_text=help_text, assume_scheme="https"
        )


# Migrations know the field by the name of what it is.
DECONSTRUCT_ALIASES = {VideoAddressBlock: "wagtail.blocks.URLBlock"}


class VideoValue(StructValue):
    """Everything a template needs to know of a video."""

    @property
    def hosted(self) -> HostedVideo | None:
        """The video at YouTube or Vimeo; None for a file, and for an address we cannot read."""
        return find_video(self.get("url") or "")

    @property
    def provider(self) -> str:
        """``youtube``, ``vimeo`` or ``custom`` (an uploaded file)."""
        return self.hosted.provider if self.hosted else "custom"

    @property
    def embed_url(self) -> str:
        return self.hosted.embed_url if self.hosted else ""

    @property
    def watch_url(self) -> str:
        return self.hosted.watch_url if self.hosted else ""

    @property
    def start(self) -> int:
        """Second at which the address asks to begin."""
        return self.hosted.start if self.hosted else 0

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
    language = ChoiceBlock(
        choices=CAPTION_LANGUAGES,
        default="en",
        label=_("Language"),
    )
    file = DocumentChooserBlock(label=_("File"), help_text=_("A WebVTT file (.vtt)."))

    class Meta:
        icon = "openquote"
        value_class = CaptionTrackValue
        form_classname = "struct-block caption-track"


class VideoBlock(StructBlock):
    """One video: from YouTube or Vimeo by its address, or a file of the producer's own."""

    title = CharBlock(max_length=255, label=_("Title"), help_text=_("What the film is called."))
    url = VideoAddressBlock(required=False, label=_("YouTube or Vimeo address"))
    file = DocumentChooserBlock(
        required=False,
        label=_("Or an uploaded file"),
        help_text=_("MP4 or WebM."),
        choose=_("Choose a film"),
        choose_another=_("Choose another film"),
    )
    thumbnail = ImageChooserBlock(required=False, label=_("Picture before it plays"))
    duration = LengthBlock(
        required=False,
        min_value=1,
        max_value=86_400,
        label=_("Length"),
        help_text=_("Minutes and seconds, such as 7:42."),
    )
    captions = CountedList(
        CaptionTrackBlock(),
        default=[],
        label=_("Captions"),
        form_attrs=words_of_adding(_("Add captions")),
    )
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
