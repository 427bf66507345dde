"""Who may be served a file, and what may be uploaded.

Learners get images and documents of a lesson through the gate of that lesson
(``learners``). Here are the other two ways: the editor's, where the policy decides, and
the covers of released courses, which are the only public pictures.
"""

import filetype
from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.translation import gettext as _
from wagtail.permissions import policy_registry

from courses.models import (
    CourseDocument,
    CourseImage,
    CoursePage,
    CourseRelease,
    ReleaseStatus,
)
from courses.people import Visitor

from .captions import check_captions
from .packed import MARKS, is_archive, is_document
from .pictures import FORMATS, check_picture


def may_meet(user: Visitor, media: CourseImage | CourseDocument) -> bool:
    """Whether the editor shows this image or document to ``user``."""
    policy = policy_registry.get(media)
    return user.is_authenticated and bool(
        policy.user_has_any_permission_for_instance(user, {"choose", "change"}, media)
    )


def is_public_image(image_id: int) -> bool:
    """The thumbnail of a course that is released; a draft's new thumbnail is not yet."""
    released = CourseRelease.objects.filter(status=ReleaseStatus.CURRENT).values("course")
    return CoursePage.objects.filter(pk__in=released, live=True, thumbnail_id=image_id).exists()


# What a file says of itself in its first bytes, by extension. Text formats have no such
# mark: they must be text, and are always served as a download or as plain text.
SIGNATURES = {
    "avif": {"avif"},
    "gif": {"gif"},
    "jpg": {"jpg"},
    "jpeg": {"jpg"},
    "png": {"png"},
    "webp": {"webp"},
    "pdf": {"pdf"},
    "mp4": {"mp4", "m4v", "mov"},
    "m4v": {"m4v", "mp4"},
    "webm": {"webm", "mkv"},
    "mp3": {"mp3"},
    "wav": {"wav"},
    "zip": {"zip"},
    "epub": {"epub", "zip"},
    "docx": {"docx", "zip"},
    "pptx": {"pptx", "zip"},
    "xlsx": {"xlsx", "zip"},
    "odt": {"odt", "zip"},
    "ods": {"ods", "zip"},
    "odp": {"odp", "zip"},
}
TEXT = frozenset({"csv", "gpx", "ipynb", "json", "md", "sql", "txt", "vtt"})


# Bytes: captions of a day-long film stay far below it.
LONGEST_CAPTIONS = 5 * 1024 * 1024


def _whole(file: File, limit: int) -> bytes:
    data = file.read(limit + 1)
    file.seek(0)
    if len(data) > limit:
        raise ValidationError(_("This caption file is too long to be captions."))
    return data


# What a browser or a server would take for a page or a program, whatever stands before it. Those
# that guess look no further than this many bytes (WHATWG, "MIME Sniffing": 1445).
SNIFFED = 1445
PAGES = (b"<html", b"<script", b"<!doctype html", b"<svg", b"<iframe", b"<body", b"<?php")


def check_content(file: File) -> None:
    """Raises ValidationError when the content is not what the name's extension says, is damaged,
    or is something else besides."""
    name = file.name or ""
    extension = name.rsplit(".", 1)[-1].lower() if "." in name else ""
    file.seek(0)
    head = file.read(8192)
    file.seek(0)
    kind = filetype.guess(head)
    if extension in TEXT:
        if kind is not None or b"\x00" in head:
            raise ValidationError(
                _("This is not a text file, though its name ends in .%(extension)s."),
                params={"extension": extension},
            )
        if extension == "vtt":
            check_captions(_whole(file, LONGEST_CAPTIONS))
        return
    expected = SIGNATURES.get(extension)
    if expected is None:
        raise ValidationError(
            _("Files ending in .%(extension)s cannot be uploaded."),
            params={"extension": extension or "?"},
        )
    if kind is None or kind.extension not in expected or not _is_packed_as(extension, file):
        raise ValidationError(
            _(
                "The content of this file is not .%(extension)s. "
                "Save it in that format and try again."
            ),
            params={"extension": extension},
        )
    if extension in FORMATS:
        check_picture(file, extension)
    if _is_more(extension, head, file):
        raise ValidationError(
            _("This file is .%(extension)s and a page, a program or an archive besides."),
            params={"extension": extension},
        )


def _is_packed_as(extension: str, file: File) -> bool:
    """Whether a file that should be an archive is one, and of the kind that its name says."""
    if extension in MARKS:
        return is_document(extension, file)
    return extension != "zip" or is_archive(file)


def _is_more(extension: str, head: bytes, file: File) -> bool:
    """Whether the file can be taken for something else: a page, a script, a hidden archive."""
    if any(mark in head[:SNIFFED].lower() for mark in PAGES):
        return True
    return extension in FORMATS and is_archive(file)
