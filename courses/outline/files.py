"""A file that is dropped on the outline: one file, one lesson.

A film is watched, a text is read with what stands in it, a PDF is taken along, a picture is
looked at. All of them pass the checks of ``courses.files`` into the collection of the course.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.core.files.storage import Storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.documents.forms import get_document_form
from wagtail.images.forms import get_image_form

from courses.blocks.media import VIDEO_EXTENSIONS
from courses.drafts.growing import Sprout
from courses.errors import CourseError
from courses.exchange.archive import Archive
from courses.exchange.bodies import BodyWriter
from courses.exchange.clean_html import Found, read_pieces
from courses.exchange.encodings import UnknownEncoding, decode
from courses.exchange.markdown import markdown_html, part_head
from courses.exchange.media import MediaStore
from courses.exchange.neutral import (
    Heading,
    ImportedComponent,
    ImportedLesson,
    Piece,
    change_texts,
)
from courses.exchange.titles import spoken_title
from courses.exchange.word import read_word
from courses.exchange.words import storable
from courses.files.gate import check_content
from courses.files.pictures import FORMATS
from courses.models import CourseDocument, CourseImage, CoursePage, LessonPage
from courses.models.outline import OutlineChange, OutlineVerb
from courses.people import Person
from courses.wording.sizes import format_size
from courses.words.cutting import clip

from .adding import grow_at
from .holding import hold
from .journal import record, written_before
from .placing import require_it_is_there
from .titles import LONGEST
from .tree import OutlinePlace

logger = logging.getLogger(__name__)

TOO_LARGE = "file_too_large"
# Bytes of a text: somebody waits while it is read, and a lesson of three hours has less.
MAX_TEXT = 256 * 1024
Raw = dict[str, Any]
Read = tuple[str, list[Raw]]  # what the lesson is called, and its body as it is stored


@dataclass(frozen=True)
class Brought:
    """The change that a file made; ``lost`` names what of a text did not come along as it was."""

    change: OutlineChange
    lost: tuple[str, ...] = ()


def bring_file(
    *, course_id: int, file: UploadedFile, to: OutlinePlace, by: Person, key: UUID
) -> Brought:
    """A new lesson at ``to`` of what is in ``file``, called by its own heading or by its name.

    The file is stored and read before the course is held: nobody waits for that. Raises
    OutlineClash when the place is gone, CourseError for a file that is not taken, with what is;
    nothing of it stays then.
    """
    course = CoursePage.objects.select_related("collection").filter(pk=course_id).first()
    with transaction.atomic():
        held = hold(course_id, by)
        if before := written_before(course_id, key):
            return Brought(before)
        require_it_is_there(held, to)
    assert course is not None  # it was held
    kept = _Stored(course, by)
    try:
        with transaction.atomic():
            lesson = kept.lesson_of(file)
            held = hold(course_id, by)
            if before := written_before(course_id, key):
                kept.discard()
                transaction.set_rollback(True)
                return Brought(before)
            require_it_is_there(held, to)
            steps = grow_at(held, [Sprout(lesson)], to)
            change = record(
                course_id=course_id, verb=OutlineVerb.FILES, key=key, by=by, steps=steps
            )
    except BaseException:
        kept.discard()
        raise
    logger.info(
        "file brought",
        extra={"event": "outline.file", "course": course_id, "user": str(by.pk)},
    )
    return Brought(change, tuple(dict.fromkeys(kept.lost)))


class _Stored:
    """What is stored of one file, until its lesson is there."""

    def __init__(self, course: CoursePage, by: Person) -> None:
        self.course, self.by = course, by
        self.written: list[tuple[Storage, str]] = []
        self.lost: list[str] = []
        self.texts = MediaStore(archive=Archive({}, _nothing), transcripts={}, owner=by)
        self.texts.collection = course.collection

    def lesson_of(self, file: UploadedFile) -> LessonPage:
        end = PurePosixPath(file.name or "").suffix.lower().lstrip(".")
        read = self.readers.get(end)
        if read is None:
            raise CourseError(
                _("Files ending in .%(end)s make no lesson. %(read)s")
                % {"end": end or "?", "read": _what_is_read()},
                code="file_not_read",
            )
        _require_size(file)
        name = PurePosixPath((file.name or "").replace("\\", "/")).name
        title, body = read(self, file, clip(spoken_title(name) or _("Untitled"), LONGEST))
        return LessonPage(title=title, body=LessonPage.body.field.to_python(body))

    def discard(self) -> None:
        self.texts.discard()
        for storage, name in self.written:
            storage.delete(name)
        self.written = []

    # What becomes of each kind; it gets the title that the file's name gives

    def film(self, file: UploadedFile, title: str) -> Read:
        value = {"title": clip(title, 255), "url": "", "file": self.document(file, title)}
        value |= {"thumbnail": None, "duration": None, "captions": [], "transcript": ""}
        return title, [_block("video", value)]

    def pdf(self, file: UploadedFile, title: str) -> Read:
        value = {"type": "pdf", "title": clip(title, 255), "description": "", "url": ""}
        return title, [_block("resource", value | {"file": self.document(file, title)})]

    def picture(self, file: UploadedFile, title: str) -> Read:
        image = CourseImage(uploaded_by_user=self.by)
        pk = self.saved(get_image_form(CourseImage), image, file, title)
        return title, [_block("image", {"image": pk, "alt": clip(title, 255), "caption": ""})]

    def markdown(self, file: UploadedFile, title: str) -> Read:
        check_content(file)
        if (file.size or 0) > MAX_TEXT:
            raise _too_large(MAX_TEXT)
        try:
            text = decode(file.read(), self.course.language).text
        except UnknownEncoding as error:
            raise CourseError(
                _("This text is in an encoding that cannot be told. Save it as UTF-8."),
                code="encoding_unknown",
            ) from error
        named, text = part_head(text)
        pieces = self.pieces_of(markdown_html(text))
        title = _as_title(named or _first_heading(pieces)) or title
        return title, self.text(pieces, title)

    def word(self, file: UploadedFile, title: str) -> Read:
        check_content(file)
        with TemporaryDirectory() as folder:
            local = Path(folder) / "document.docx"
            with local.open("wb") as copy:
                for chunk in file.chunks():
                    copy.write(chunk)
            read = read_word(local)
        for name, data in read.pictures.items():
            self.texts.archive.hold(name, data)
        pieces = self.pieces_of(read.html)
        highest = [piece for piece in pieces if isinstance(piece, Heading) and piece.level == 1]
        # Several of the highest are the parts of a text, unless Word calls the first its title.
        if read.is_titled or len(highest) == 1:
            title = _as_title(_first_heading(pieces)) or title
        return title, self.text(pieces, title)

    readers: dict[str, Callable[["_Stored", UploadedFile, str], Read]] = {
        **dict.fromkeys(sorted(VIDEO_EXTENSIONS), film),
        **dict.fromkeys(("md", "markdown"), markdown),
        "docx": word,
        "pdf": pdf,
        **dict.fromkeys(sorted(FORMATS), picture),
    }

    # How it is kept

    def pieces_of(self, markup: str) -> list[Piece]:
        """Its pictures are those that lie in the file itself."""
        archive = self.texts.archive
        found = read_pieces(markup, lambda name: Found(entry=name if name in archive else ""))
        self.lost += found.reasons
        return found.pieces

    def text(self, pieces: list[Piece], title: str) -> list[Raw]:
        pieces = _without_title(pieces, title)
        component = ImportedComponent("text", "", "", pieces=pieces)
        change_texts(component, storable)
        lesson = ImportedLesson(title, "", [component])
        if not pieces:
            return []
        writer = BodyWriter(media=self.texts, pages={}, places={}, language=self.course.language)
        body = writer.write(lesson)
        self.lost += component.reasons
        return body

    def document(self, file: UploadedFile, title: str) -> int:
        document = CourseDocument(uploaded_by_user=self.by)
        return self.saved(get_document_form(CourseDocument), document, file, title)

    def saved(self, form_class: Any, media: Any, file: UploadedFile, title: str) -> int:
        """Through the editor's own form: its limits, its checks, and the person's rights."""
        form = form_class(
            {"title": clip(title, 255), "collection": self.course.collection_id},
            {"file": file},
            instance=media,
            user=self.by,
        )
        if not form.is_valid():
            told = next(iter(form.errors.values()))
            raise CourseError(" ".join(map(str, told)), code="file_refused")
        media.collection = self.course.collection
        media.file_size = file.size
        media._set_file_hash()
        try:
            media.save()
        finally:
            if media.file and media.file._committed:
                self.written.append((media.file.storage, media.file.name))
        return int(media.pk)


def _nothing(name: str) -> bytes:
    raise KeyError(name)


def _block(kind: str, value: Raw) -> Raw:
    return {"type": kind, "value": value, "id": str(uuid4())}


def _first_heading(pieces: list[Piece]) -> str:
    """A heading above all others, as the first thing that a text says."""
    first = pieces[0] if pieces else None
    return first.text if isinstance(first, Heading) and first.level == 1 else ""


def _as_title(words: str) -> str:
    return clip(" ".join(storable(words).split()), LONGEST)


def _without_title(pieces: list[Piece], title: str) -> list[Piece]:
    """A text that begins with its own title says it twice."""
    first = pieces[0] if pieces else None
    said = " ".join(first.text.split()) if isinstance(first, Heading) else ""
    is_title = said and clip(said, LONGEST).casefold() == title.casefold()
    return pieces[1:] if is_title else pieces


def _require_size(file: UploadedFile) -> None:
    if not file.size:
        raise CourseError(_("This file is empty."), code="file_empty")
    if file.size > settings.WAGTAILDOCS_MAX_UPLOAD_SIZE:
        raise _too_large(settings.WAGTAILDOCS_MAX_UPLOAD_SIZE)


def _too_large(most: int) -> CourseError:
    return CourseError(
        _("This file is larger than %(size)s.") % {"size": format_size(most)}, code=TOO_LARGE
    )


def _what_is_read() -> str:
    return _("Films (%(films)s), Markdown, Word (.docx), PDF and pictures (%(pictures)s) do.") % {
        "films": ", ".join(f".{end}" for end in sorted(VIDEO_EXTENSIONS)),
        "pictures": ", ".join(f".{end}" for end in sorted(FORMATS)),
    }
