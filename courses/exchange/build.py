"""Build a draft course from an archive: everything or nothing."""

import logging
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.blocks import StreamValue
from wagtail.log_actions import LogContext

from courses.blocks.lists import MOST_LINES
from courses.errors import CourseError
from courses.models import ChapterPage, CourseImage, CoursePage, Language, LessonPage, StructureType
from courses.models.team import may_teach
from courses.people import Person
from courses.teams.members import create_course

from . import unfinished
from .archive import Archive, open_archive
from .bodies import BodyWriter, TextWriter
from .captions import CueReader
from .media import MediaStore, NotStored
from .neutral import PLACE, ImportedChapter, ImportedCourse, ImportedLesson, Outcome
from .registry import format_of
from .report import Report
from .watching import Watcher

logger = logging.getLogger(__name__)

DESCRIPTION_FEATURES = ("h3", "bold", "italic", "ol", "ul", "link")


def import_course(
    *, path: str | Path, producer: Person, watcher: Watcher | None = None
) -> tuple[CoursePage, Report]:
    """(CoursePage, Report): the archive at `path` as a draft course that `producer` leads.

    `watcher` follows it step by step and may end it. Raises CourseError with one sentence for the
    reader; rows and files are then as they were.
    """
    if not may_teach(producer):
        raise CourseError(
            _("%(email)s is not a producer, so no course can be theirs.")
            % {"email": producer.email},
            code="not_a_producer",
        )
    watcher = watcher or Watcher()
    with open_archive(path) as archive:
        found = format_of(archive)
        watcher.opened(archive, found.name)
        imported = found.read(archive)
        watcher.found(imported)
        course = build_course(
            imported=imported,
            archive=archive,
            transcripts=found.transcripts,
            producer=producer,
            watcher=watcher,
        )
    outcomes = Counter(component.outcome for component in imported.components)
    logger.info(
        "course imported",
        extra={
            "event": "course.imported",
            "course": course.pk,
            "user": str(producer.pk),
            "format": found.name,
            "lessons": len(imported.lessons),
            "imported": outcomes[Outcome.IMPORTED],
            "degraded": outcomes[Outcome.DEGRADED],
            "left_out": outcomes[Outcome.LEFT_OUT],
        },
    )
    return course, Report(imported)


def build_course(
    *,
    imported: ImportedCourse,
    archive: Archive,
    transcripts: Mapping[str, CueReader],
    producer: Person,
    watcher: Watcher | None = None,
) -> CoursePage:
    """The CoursePage of an ImportedCourse, with its chapters, lessons and media, as drafts.

    `transcripts` reads those in a form of the format's own. Reasons found on the way are added
    to the imported components, so the report comes after. Two transactions: the first adds the
    course to the catalogue, for which whoever else begins a course waits; the second, which
    takes as long as the archive is large, locks nothing but the new course.
    """
    media = MediaStore(archive=archive, transcripts=transcripts, owner=producer)
    watcher = watcher or Watcher()
    builder = _Builder(imported, media, producer, watcher)
    with LogContext(user=producer):
        with transaction.atomic():
            course = builder.add_course()
            unfinished.begin(course)
            begun_as = course.latest_revision_id
        try:
            with transaction.atomic():
                builder.build(course)
                unfinished.end(course)
                watcher.built(course, Report(imported))
        except BaseException:
            media.discard()
            unfinished.give_up(course, begun_as)
            raise
    return course


class _Builder:
    def __init__(
        self, imported: ImportedCourse, media: MediaStore, producer: Person, watcher: Watcher
    ) -> None:
        self.imported = imported
        self.watcher = watcher
        self.media = media
        self.producer = producer
        self.slugs: dict[int, _Slugs] = defaultdict(_Slugs)  # pk of a parent: those below it
        self.pages: dict[str, int] = {}  # source id of a lesson: pk of its page
        # whose links need pages yet to come
        self.waiting: list[tuple[ImportedLesson, LessonPage]] = []

    def build(self, course: CoursePage) -> None:
        """Everything below the course, and its picture."""
        self.media.collection = course.collection
        if thumbnail := self.thumbnail():
            course.thumbnail = thumbnail
            course.save(clean=False)
            course.save_revision(user=self.producer, clean=False)
        self.writer = BodyWriter(
            media=self.media,
            pages=self.pages,
            places=self.imported.places,
            language=course.language,
        )
        self.add_lessons(course, self.imported.loose)
        self.add_chapters(course, self.imported.chapters)
        for lesson, page in self.waiting:
            page.body = self.body(lesson)
            page.save(clean=False)
            page.save_revision(user=self.producer, clean=False)
            self.watcher.wrote(len(self.pages))

    def add_course(self) -> CoursePage:
        """The course alone, with what is said of it; no file is read for that."""
        imported = self.imported
        texts = TextWriter(pages={}, places={})
        return create_course(
            producer=self.producer,
            title=imported.title,
            structure_type=(
                StructureType.HIERARCHICAL if imported.chapters else StructureType.FLAT
            ),
            subtitle=imported.subtitle,
            language=self.language(),
            description=texts.rich(imported.description, DESCRIPTION_FEATURES),
            what_you_will_learn=[("item", line) for line in self.outcomes()],
        )

    def add_chapters(
        self, parent: CoursePage | ChapterPage, chapters: Iterable[ImportedChapter]
    ) -> None:
        slugs = self.slugs[parent.pk]
        for imported in chapters:
            chapter = ChapterPage(title=imported.title, **self.draft(slugs, imported))
            parent.add_child(instance=chapter)
            chapter.save_revision(user=self.producer, clean=False)
            self.add_chapters(chapter, imported.chapters)
            self.add_lessons(chapter, imported.lessons)

    def add_lessons(
        self, parent: CoursePage | ChapterPage, lessons: Iterable[ImportedLesson]
    ) -> None:
        slugs = self.slugs[parent.pk]
        for imported in lessons:
            page = LessonPage(title=imported.title, **self.draft(slugs, imported))
            late = self.links_inside(imported)
            if not late:
                page.body = self.body(imported)
            parent.add_child(instance=page)
            self.pages[imported.source_id] = page.pk
            if late:
                self.waiting.append((imported, page))
            else:
                page.save_revision(user=self.producer, clean=False)
            self.watcher.wrote(len(self.pages))

    def links_inside(self, lesson: ImportedLesson) -> bool:
        """Whether the lesson links to a lesson, whose page may not exist yet."""
        text = "".join(
            getattr(piece, "html", "") for part in lesson.components for piece in part.pieces
        )
        return f'href="{PLACE}' in text

    def body(self, lesson: ImportedLesson) -> StreamValue:
        block = self.writer.block
        return block.clean(block.to_python(self.writer.write(lesson)))

    def draft(self, slugs: "_Slugs", imported: ImportedChapter | ImportedLesson) -> dict[str, Any]:
        return {
            "slug": slugs.free(imported.title),
            "live": False,
            "has_unpublished_changes": True,
            "owner": self.producer,
        }

    def language(self) -> str:
        if self.imported.language in Language.values:
            return self.imported.language
        self.imported.notes.append(
            _("The language “%(language)s” cannot be chosen here; English was set.")
            % {"language": self.imported.language}
        )
        return Language.ENGLISH

    def outcomes(self) -> list[str]:
        outcomes = self.imported.outcomes
        if len(outcomes) > MOST_LINES:
            self.imported.notes.append(
                _("Of what learners will be able to do, the first %(most)s lines came along.")
                % {"most": MOST_LINES}
            )
        return outcomes[:MOST_LINES]

    def thumbnail(self) -> CourseImage | None:
        if not self.imported.image:
            return None
        try:
            return self.media.image(self.imported.image, self.imported.title)
        except NotStored as error:
            self.imported.notes.append(
                _("The course picture was left out: %(reason)s.") % {"reason": error}
            )
            return None


class _Slugs:
    """Free slugs among new siblings; forty lessons called “Unit” cost no query each."""

    def __init__(self) -> None:
        self.used: dict[str, int] = {}

    def free(self, title: str) -> str:
        stem = slugify(title)[:200] or "part"
        count = self.used[stem] = self.used.get(stem, 0) + 1
        slug = stem if count == 1 else f"{stem}-{count}"
        return slug if count == 1 or slug not in self.used else self.free(slug)
