"""Blocks to take away: resources of four kinds, and plain downloads."""

from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext, pgettext_lazy
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

from .choosers import DocumentChooserBlock
from .hosted_videos import find_video
from .lists import CountedList, words_of_adding


class ResourceValue(StructValue):
    @property
    def is_file(self) -> bool:
        return self.get("type") in ("pdf", "file")

    @property
    def icon(self) -> str:
        icons = {"pdf": "file-text", "file": "paperclip", "embed": "video"}
        return icons.get(self.get("type"), "external-link")

    @property
    def host(self) -> str:
        """``example.org`` of ``https://www.example.org/contours``: where a link leads."""
        return (urlsplit(self.get("url") or "").hostname or "").removeprefix("www.")


class ResourceBlock(StructBlock):
    """Something beside the lesson: a PDF, a file, a link, or a page set into this one."""

    type = ChoiceBlock(
        choices=[
            ("pdf", _("PDF")),
            ("link", pgettext_lazy("kind of resource", "Link")),
            ("file", pgettext_lazy("kind of resource", "File")),
            ("embed", _("Embedded video")),
        ],
        default="link",
        label=_("Type"),
    )
    title = CharBlock(max_length=255, label=_("Title"))
    description = TextBlock(required=False, max_length=2000, label=_("Description"))
    url = URLBlock(required=False, label=_("Address"))
    file = DocumentChooserBlock(required=False, label=_("File"))

    class Meta:
        label = _("Link or file")
        icon = "link"
        template = "courses/blocks/resource.html"
        form_classname = "struct-block resource-block"
        value_class = ResourceValue
        label_format = "{title}"
        description = _("One thing, with a sentence about it: a page, a PDF or a film elsewhere")
        preview_value = {
            "type": "link",
            "title": "How contour intervals are chosen",
            "description": "Two pages, with the table we use in lesson 2.2.",
            "url": "https://example.org/contours",
            "file": None,
        }

    def clean(self, value: ResourceValue) -> ResourceValue:
        value = super().clean(value)
        errors: dict[str, ValidationError] = {}
        kind, url, file = value.get("type"), value.get("url"), value.get("file")
        # A draft may be half written; submitting the course asks for the whole.
        unfinished = self.is_deferred_validation
        if value.is_file and not file and not unfinished:
            errors["file"] = ValidationError(gettext("Choose the file."))
        elif value.is_file and url:
            errors["url"] = ValidationError(gettext("A file has no address; remove it."))
        if not value.is_file and not url and not unfinished:
            errors["url"] = ValidationError(gettext("Give the address, starting with https://."))
        elif not value.is_file and file:
            errors["file"] = ValidationError(gettext("A link has no file; remove it."))
        if kind == "pdf" and file and file.file_extension.lower() != "pdf":
            errors["file"] = ValidationError(
                gettext("This file is not a PDF. Choose “File” as the type instead.")
            )
        if kind == "embed" and url and not find_video(url):
            errors["url"] = ValidationError(
                gettext(
                    "Only YouTube and Vimeo videos can be embedded. Choose “Link” for other pages."
                )
            )
        if errors:
            raise StructBlockValidationError(block_errors=errors)
        return value


class DownloadsBlock(StructBlock):
    """Files to keep, listed with their type and size."""

    heading = CharBlock(
        max_length=255, label=_("Heading"), help_text=_("Such as “Patterns to print”.")
    )
    files = CountedList(
        StructBlock(
            [
                (
                    "title",
                    CharBlock(
                        max_length=255,
                        label=_("Title"),
                        help_text=_("Taken from the file you choose, while it is empty."),
                    ),
                ),
                ("file", DocumentChooserBlock(label=_("File"))),
            ],
            icon="doc-full",
        ),
        min_num=1,
        label=_("Files"),
        form_attrs=words_of_adding(_("Add a file")),
    )

    class Meta:
        label = _("Files to download")
        icon = "download"
        template = "courses/blocks/downloads.html"
        preview_template = "courses/blocks/previews/downloads.html"
        label_format = "{heading}"
        description = _("Several of your files under one heading, with type and size")
