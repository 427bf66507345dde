"""Builds the courses: written by their producers, submitted, and decided on by a moderator."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import transaction

from courses import releases
from courses.drafts.growing import Sprout, grow
from courses.models import Category, ChapterPage, CoursePage, CourseRelease, LessonPage
from courses.releases.indexing import refer_pages
from courses.teams.members import create_course
from home.markup import rich_text
from learners.models import User

from .clock import at
from .media import CourseShelf
from .outlines import plan_on
from .reading import Written, WrittenCourse, written_courses
from .syntax import parse_lesson

# How long a course is written before it is submitted, and a draft before today.
WRITING = timedelta(days=12)
MODERATOR = "moderator@perfomix.example"


@dataclass(frozen=True)
class Story:
    """What ``activity.toml`` tells of one course."""

    release: dict[str, Any] | None
    revision: dict[str, Any] | None
    outline: dict[str, Any] | None = None

    def begun(self, now: datetime) -> datetime:
        days = self.release["submitted"] if self.release else 2
        return now - timedelta(days=days) - WRITING


def load_courses(*, activity: dict[str, Any], now: datetime) -> int:
    """Creates the courses that are missing; how many that were. Each is all or nothing."""
    made = 0
    for written in written_courses():
        if CoursePage.objects.filter(uuid=written.uuid).exists():
            continue
        story = Story(
            release=_told_of(written, activity["release"]),
            revision=_told_of(written, activity["revision"]),
            outline=_told_of(written, activity["outline"]),
        )
        with transaction.atomic():
            with at(story.begun(now)):
                course = write_course(written, story)
            _decide(course, story, now)
            if story.outline:
                plan_on(course, story.outline, now)
        made += 1
    return made


def write_course(written: WrittenCourse, story: Story | None = None) -> CoursePage:
    """The draft of a course with all its chapters, lessons and files."""
    facts = written.facts
    producer = User.objects.get(email=facts["producer"])
    course = create_course(
        producer=producer,
        title=facts["title"],
        structure_type=facts["structure"],
        slug=facts["slug"],
        uuid=written.uuid,
        subtitle=facts["subtitle"],
        description=rich_text(facts["description"]),
        price=Decimal(facts["price"]),
        currency=facts["currency"],
        category=Category.objects.get(slug=facts["category"]),
        level=facts["level"],
        language=facts["language"],
        requirements=[("item", line) for line in facts["requirements"]],
        what_you_will_learn=[("item", line) for line in facts["outcomes"]],
    )
    course.tags.add(*facts["tags"])
    course.save_revision(user=producer, log_action=False)
    shelf = CourseShelf(written.folder, collection=course.collection, owner=producer)
    earlier = story.revision if story and story.revision else {}
    pages = grow(parent=course, sprouts=_sprouts(written.outline, shelf, earlier), by=producer)
    # What refers to what is written down once for the whole course.
    refer_pages(pages)
    return course


def _sprouts(outline: list[Written], shelf: CourseShelf, earlier: dict[str, Any]) -> list[Sprout]:
    """What is written, read as pages."""
    found = []
    for written in outline:
        page = _chapter(written) if written.is_chapter else _lesson(written, shelf)
        if str(written.path).endswith(earlier.get("lesson", "\0")):
            page.minutes = earlier["minutes_before"]
        found.append(Sprout(page, _sprouts(written.below, shelf, earlier)))
    return found


def _chapter(written: Written) -> ChapterPage:
    facts = written.facts
    return ChapterPage(
        title=facts["title"], description=facts.get("description", ""), uuid=written.uuid
    )


def _lesson(written: Written, shelf: CourseShelf) -> LessonPage:
    text = parse_lesson(written.path.read_text(), shelf=shelf, seed=written.uuid)
    return LessonPage(
        title=text.title,
        uuid=written.uuid,
        body=LessonPage.body.field.to_python(text.body),
        minutes=text.minutes,
        is_preview=text.preview,
        pass_mark=text.pass_mark,
    )


def _decide(course: CoursePage, story: Story, now: datetime) -> None:
    """Submitted, and then approved, sent back, or still waiting; perhaps revised later."""
    if story.release is None:
        return
    release = _submit(course, story.release, now)
    _answer(release, story.release, now)
    if story.revision:
        _revise(course, story.revision, now)


def _submit(course: CoursePage, told: dict[str, Any], now: datetime) -> CourseRelease:
    with at(now - timedelta(days=told["submitted"], hours=_hours(course))):
        return releases.submit_course(course=course, user=course.owner)


def _answer(release: CourseRelease, told: dict[str, Any], now: datetime) -> None:
    moderator = User.objects.get(email=MODERATOR)
    if "approved" in told:
        with at(now - timedelta(days=told["approved"], hours=_hours(release.course))):
            releases.approve_release(release=release, user=moderator, comment=told["note"])
    elif "changes" in told:
        with at(now - timedelta(days=told["changes"], hours=_hours(release.course))):
            releases.ask_for_changes(release=release, user=moderator, note=told["note"])


def _hours(course: CoursePage) -> int:
    """A time of day of its own for each course."""
    return course.pk * 5 % 11


def _revise(course: CoursePage, told: dict[str, Any], now: datetime) -> None:
    """The lesson as it is written now takes the place of what it was at first."""
    written = next(
        lesson
        for lesson in WrittenCourse(_folder(told["course"])).lessons()
        if str(lesson.path).endswith(told["lesson"])
    )
    page = LessonPage.objects.get(uuid=written.uuid)
    with at(now - timedelta(days=told["submitted"] + 1)):
        draft = page.get_latest_revision_as_object()
        draft.minutes = _minutes(written)
        draft.save_revision(user=course.owner)
    _answer(_submit(course, told, now), told, now)


def _minutes(written: Written) -> int:
    head = written.path.read_text().split("---\n")[1]
    return int(dict(line.split(": ", 1) for line in head.splitlines())["minutes"])


def _folder(name: str) -> Path:
    return next(course.folder for course in written_courses() if course.name == name)


def _told_of(written: WrittenCourse, stories: list[dict[str, Any]]) -> dict[str, Any] | None:
    return next((story for story in stories if story["course"] == written.name), None)
