"""Archives on disk, and a look at everything an import may leave behind."""

from pathlib import Path

import pytest
from django.conf import settings
from wagtail.models import Collection, Page, Revision

from courses.exchange.archive import open_archive
from courses.exchange.build import import_course
from courses.exchange.formats.olx.read import read_course
from courses.models import CourseDocument, CourseImage, CourseTeamMember

from .exports import as_tar, the_tea_course


@pytest.fixture
def packed(tmp_path):
    """Write bytes as an archive; returns its path."""

    def write(data: bytes, name: str = "course.tar.gz") -> Path:
        path = tmp_path / name
        path.write_bytes(data)
        return path

    return write


@pytest.fixture
def read(packed):
    """The ImportedCourse of the tea course with some entries changed."""

    def read_changed(**changed):
        with open_archive(packed(as_tar(the_tea_course(**changed)))) as archive:
            return read_course(archive)

    return read_changed


@pytest.fixture
def leftovers(db, tmp_path, monkeypatch):
    """Call it before and after: every row and file an import could have left."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))

    def look():
        root = Path(settings.MEDIA_ROOT)
        models = (Page, Revision, Collection, CourseImage, CourseDocument, CourseTeamMember)
        return (
            {model.__name__: model.objects.count() for model in models},
            sorted(str(path) for path in root.rglob("*") if path.is_file()),
            sorted(scratch.rglob("*")),
        )

    return look


@pytest.fixture
def imported(catalogue, ada, packed):
    """(course, report) of the tea course with some entries changed, led by Ada."""

    def run(**changed):
        return import_course(path=packed(as_tar(the_tea_course(**changed))), producer=ada)

    return run
