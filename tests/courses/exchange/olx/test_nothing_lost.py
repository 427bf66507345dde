"""No words are lost on the way that the report does not account for."""

import pytest

from courses.exchange.archive import open_archive
from courses.exchange.bodies import BodyWriter
from courses.exchange.build import import_course
from courses.exchange.formats.olx import markup
from courses.exchange.neutral import ImportedLesson
from tests.courses.exchange.real_archives import needs_shared

from ..exports import as_tar
from .features import FEATURES, leaflet_of
from .test_real_exports import DEMO, KITCHEN, TEST, archive
from .word_differ import SourceCourse, gone, words_built

pytestmark = pytest.mark.django_db


@pytest.fixture
def lost(catalogue, ada, monkeypatch):
    """Import an archive; what is gone, a line each: “problem s1: problem/@label: Words”."""
    built = {}
    write = BodyWriter.write

    def write_and_watch(self, lesson):
        for part in lesson.components:  # each alone, to know whose words are whose
            alone = ImportedLesson(lesson.title, lesson.source_id, [part])
            built[id(part)] = words_built([{"value": lesson.title}, *write(self, alone)])
        return write(self, lesson)

    monkeypatch.setattr(BodyWriter, "write", write_and_watch)

    def run(path):
        _course, report = import_course(path=path, producer=ada)
        found = []
        with open_archive(path) as opened:
            source = SourceCourse(opened)
            told = report.as_dict()["components"]
            for part, line in zip(report.course.components, told, strict=True):
                if part.outcome == "left out":
                    continue
                fragments = source.fragments(part.kind, part.source_id)
                reasons = [*line["reasons"], *line.get("remarks", [])]
                missing = gone(fragments, built[id(part)], part.title, part.outcome, reasons)
                name = f"{part.kind} {part.source_id}"
                found += [f"{name}: {'/'.join(piece.path)}: {piece.text}" for piece in missing]
        return found

    return run


@pytest.mark.parametrize("feature", FEATURES)
def test_no_word_is_lost_without_a_word(feature, lost, packed):
    assert lost(packed(as_tar(leaflet_of(feature)))) == []


def test_the_differ_sees_what_is_lost(lost, packed, monkeypatch):
    """The control: an importer that forgets its quotes is found out."""
    monkeypatch.setattr(markup._MarkupReader, "do_blockquote", lambda self, element: None)
    assert lost(packed(as_tar(leaflet_of("a quote in a list")))) == [
        "html page: html/ul/li/blockquote: Boil. ",
        "html page: html/ul/li/blockquote/cite: Lu Yu",
    ]


@needs_shared
@pytest.mark.parametrize("name", [DEMO, TEST, KITCHEN])
def test_no_word_of_a_real_course_is_lost_without_a_word(name, lost):
    missing = lost(archive(name))
    assert missing == [], "\n".join(missing)
