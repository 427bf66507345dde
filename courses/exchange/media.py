"""Store the pictures and files of an archive as images and documents of one course."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from wagtail.images.fields import WagtailImageField
from wagtail.models import Collection

from courses.files.captions import UnreadableCaptions
from courses.files.gate import check_content
from courses.files.pictures import readable_only
from courses.models import CourseDocument, CourseImage
from courses.people import Person
from courses.words.cutting import clip

from .archive import MAX_READ, Archive, UnreadableEntry
from .captions import CueReader, last_second, to_vtt
from .encodings import UnknownEncoding, decode
from .xml import MAX_TEXT

MAX_PICTURE = 64 * 1024**2  # bytes looked at; what may be stored is for the image field to say
IMAGE_SUFFIXES = {".avif", ".gif", ".jpg", ".jpeg", ".png", ".webp"}


class NotStored(ValueError):
    """The file is not accepted; the message is a reason for the report."""


@dataclass(frozen=True)
class Captions:
    """What became of a transcript."""

    document: CourseDocument
    end: int  # the last second at which somebody speaks
    guess: str  # the encoding it was read in, when that was a guess


class MediaStore:
    """Each entry of the archive is stored once. `discard()` removes every file written, for when
    the transaction around it fails; the rows go with the transaction."""

    def __init__(
        self, *, archive: Archive, transcripts: Mapping[str, CueReader], owner: Person
    ) -> None:
        self.archive = archive
        self.transcripts = transcripts
        self.collection: Collection | None = None  # the course's own, once there is a course
        self.owner = owner
        self._images: dict[str, CourseImage] = {}
        self._documents: dict[str, CourseDocument] = {}
        self._captions: dict[str, Captions] = {}
        self._written: list[tuple[Storage, str]] = []

    def image(self, entry: str, title: str = "") -> CourseImage:
        """The CourseImage of an entry. Raises NotStored with the reason."""
        if entry not in self._images:
            self._images[entry] = self._store_image(entry, title)
        return self._images[entry]

    def document(self, entry: str, title: str) -> CourseDocument:
        """The CourseDocument of an entry. Raises NotStored with the reason."""
        if entry not in self._documents:
            name = PurePosixPath(entry).name
            data = self._read(entry, settings.WAGTAILDOCS_MAX_UPLOAD_SIZE)
            self._documents[entry] = self._store_document(name, data, title)
        return self._documents[entry]

    def captions(self, entry: str, title: str, language: str) -> "Captions":
        """A transcript in a language, written as WebVTT. Raises NotStored with the reason."""
        if entry not in self._captions:
            try:
                decoded = decode(self._read(entry, MAX_TEXT), language)
                text = to_vtt(entry, decoded.text, self.transcripts)
            except (UnreadableCaptions, UnknownEncoding) as error:
                raise NotStored(_("a transcript that cannot be read was left out")) from error
            name = PurePosixPath(entry).name.split(".")[0] + ".vtt"
            document = self._store_document(name, text.encode(), title)
            self._captions[entry] = Captions(document, last_second(text), decoded.guess)
        return self._captions[entry]

    def discard(self) -> None:
        for storage, name in self._written:
            storage.delete(name)
        self._written = []

    def _read(self, entry: str, limit: int) -> bytes:
        if self.archive.size(entry) > min(limit, MAX_READ):
            name = PurePosixPath(entry).name
            raise NotStored(_("the file “%(name)s” is too large") % {"name": name})
        try:
            return self.archive.read(entry)
        except UnreadableEntry as error:
            name = PurePosixPath(entry).name
            told = _("the file “%(name)s” is damaged in the archive")
            raise NotStored(told % {"name": name}) from error

    def _store_image(self, entry: str, title: str) -> CourseImage:
        name = PurePosixPath(entry).name
        suffix = PurePosixPath(name).suffix.lower()
        if suffix not in IMAGE_SUFFIXES:
            raise NotStored(
                _("pictures of the kind %(kind)s are not accepted") % {"kind": _kind(name)}
            )
        upload = SimpleUploadedFile(name, self._read(entry, MAX_PICTURE))
        try:
            readable_only(WagtailImageField().clean)(upload)
            check_content(upload)
        except ValidationError as error:
            raise NotStored(
                _("the picture “%(name)s” was refused: %(reason)s")
                % {"name": name, "reason": error.messages[0]}
            ) from error
        upload.seek(0)
        image = CourseImage(
            title=clip(title or name, 255),
            file=upload,
            collection=self.collection,
            uploaded_by_user=self.owner,
        )
        image.file_size = upload.size
        image._set_file_hash()
        self._save(image)
        return image

    def _store_document(self, name: str, data: bytes, title: str) -> CourseDocument:
        document = CourseDocument(
            title=clip(title or name, 255),
            file=ContentFile(data, name=name),
            collection=self.collection,
            uploaded_by_user=self.owner,
        )
        try:
            document.clean()
        except ValidationError as error:
            raise NotStored(
                _("files of the kind %(kind)s are not accepted") % {"kind": _kind(name)}
            ) from error
        try:
            check_content(document.file)
        except ValidationError as error:
            raise NotStored(
                _("the file “%(name)s” was refused: %(reason)s")
                % {"name": name, "reason": error.messages[0]}
            ) from error
        document.file_size = len(data)
        document._set_file_hash()
        self._save(document)
        return document

    def _save(self, media: CourseImage | CourseDocument) -> None:
        try:
            media.save()
        finally:
            if media.file and media.file._committed:
                self._written.append((media.file.storage, media.file.name))


def _kind(name: str) -> str:
    """What a file says it is: PDF, PNG."""
    return PurePosixPath(name).suffix.lstrip(".").upper() or pgettext("kind of file", "unknown")
