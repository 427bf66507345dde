"""Puts the files of a course into its collection, as its producer's uploads would be."""

from pathlib import Path

from django.core.files.base import ContentFile
from wagtail.models import Collection
from wagtail.utils.file import hash_filelike

from courses.models import CourseDocument, CourseImage
from learners.models import User


class CourseShelf:
    """The images and documents of one course, each stored when it is first named."""

    def __init__(self, folder: Path, *, collection: Collection, owner: User) -> None:
        self._files = folder / "files"
        self._given = {"collection": collection, "uploaded_by_user": owner}
        self._known: dict[str, int] = {}

    def image(self, name: str) -> int:
        return self._kept(name, CourseImage)

    def document(self, name: str) -> int:
        return self._kept(name, CourseDocument)

    def text(self, name: str) -> str:
        return (self._files / name).read_text()

    def _kept(self, name: str, model: type[CourseImage] | type[CourseDocument]) -> int:
        if name not in self._known:
            content = ContentFile((self._files / name).read_bytes(), name=name)
            media = model(title=_title(name), file=content, **self._given)
            media.file_size = content.size
            media.file_hash = hash_filelike(content)
            media.save()
            self._known[name] = media.pk
        return self._known[name]


def _title(name: str) -> str:
    """``profile-grid.pdf`` becomes ``Profile grid``."""
    return name.rsplit(".", 1)[0].replace("-", " ").capitalize()
