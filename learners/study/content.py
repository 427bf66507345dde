"""What stands in a lesson, drawn once for a release and remembered: the same for all who read it.

A release is never written over, and a file that it holds is neither replaced nor deleted
(``courses.files.held``), so a revision always reads the same. What is a reader's own (where the
video goes on, their answers) is put beside it. Lessons that name pages of the site, whose
addresses may change, and drafts, are drawn each time. Decision 0048.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from secrets import token_hex
from sys import getsizeof
from threading import Lock
from typing import Any, TypeVar, cast
from uuid import UUID

from cachetools import LRUCache
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from wagtail.blocks import StreamValue

from courses.blocks.openings import opening
from courses.freshness.links import addresses_in
from courses.models import LessonPage, ReleaseItem, ReleaseStatus
from courses.wording.durations import format_clock
from courses.words.cutting import shorten
from learners.access.doors import Door
from learners.access.facts import CourseInBrief
from learners.access.lesson_media import media_read
from learners.enrollment.positions import longest_video
from learners.models import QuizAttempt
from learners.quizzes.kept import KeptQuestion, as_kept
from learners.quizzes.questions import Answering, Part, Quiz, asked, quiz_of, stretches_of

from .transcripts import transcript_lines

# Bytes in each process, about: four hundred lessons of average size.
MOST = 20 * 1024 * 1024
# What is kept beside the HTML of a lesson: the page around it, and each question as it is asked, as
# it was read and as an attempt keeps it.
FRAME, QUESTION = 24_000, 5_000
# What search engines show of a page, in letters.
LONGEST_DESCRIPTION = 160
# Where the stage waits for the second it goes on at. Nobody can know it who names a film.
SECOND, CLOCK = (f"\ue020{token_hex(8)}" for _place in range(2))

T = TypeVar("T")

Course = CourseInBrief | Any  # or the page itself, of a draft


@dataclass(frozen=True)
class LessonInBrief:
    """As much of a lesson as its page, its quiz and its pass tell."""

    pk: int
    uuid: UUID
    title: str
    kind: str
    estimated_duration: int
    pass_mark: int
    longest: int  # seconds of its longest video
    questions: list[StreamValue.StreamChild]


@dataclass(frozen=True)
class Stretch:
    """Blocks to read, drawn, or questions that follow one another."""

    html: SafeString
    questions: list[StreamValue.StreamChild]


@dataclass
class Content:
    """A lesson as one language of readers meets it."""

    lesson: LessonInBrief
    course: Course
    lead: StreamValue.StreamChild | None  # the video it opens with, which gets the stage
    stretches: list[Stretch]
    transcript: SafeString
    told: str  # how it begins
    always_reads_the_same: bool = False
    _drawn: dict[Any, SafeString] = field(default_factory=dict)
    _page: tuple[Any, Any] = (None, None)

    @property
    def still(self) -> int | None:
        """The picture that stands where the video will: a film's own, not one of another host."""
        film = self.lead and self.lead.value.get("file")
        thumbnail = self.lead.value.get("thumbnail") if self.lead and film else None
        return thumbnail.pk if thumbnail else None

    @property
    def size(self) -> int:
        """Bytes in memory, about: what is drawn later is reckoned before."""
        texts = 2 * getsizeof(self.transcript) + sum(getsizeof(one.html) for one in self.stretches)
        return FRAME + QUESTION * len(self.lesson.questions) + texts

    def page(self, key: Any, draw: Callable[[], T]) -> T:
        """What else stands on its page, drawn once for ``key``: the last one is remembered."""
        known, page = self._page
        if known != key:
            page = draw()
            self._page = key, page
        return cast(T, page)

    def stage(self, start: int) -> SafeString:
        """The video that opens it, from the second ``start`` on."""
        if self.lead is None:
            return mark_safe("")
        key = "from" if start else "stage"
        if key not in self._drawn:
            self._drawn[key] = self._stage(goes_on=bool(start))
        html = self._drawn[key].replace(SECOND, str(start))
        return mark_safe(html.replace(CLOCK, format_clock(start)))

    @cached_property
    def kept_questions(self) -> list[KeptQuestion]:
        """As an attempt keeps them."""
        return as_kept(self.lesson.questions)

    def quiz(self, attempt: QuizAttempt | None, error: str, *, answering: Answering) -> Quiz | None:
        return quiz_of(self.lesson, attempt=attempt, error=error, answering=answering)

    def parts(self, quiz: Quiz | None, picked: dict[str, list[str]] | None = None) -> list[Part]:
        """In reading order. Questions nobody has answered look the same to everybody."""
        asking = [n for n, one in enumerate(self.stretches) if one.questions]
        parts, number = [], 1
        for n, stretch in enumerate(self.stretches):
            part = Part(html=stretch.html, is_quiz=bool(stretch.questions))
            if stretch.questions:
                part.opens_quiz, part.ends_quiz = n == asking[0], n == asking[-1]
                self._ask(part, n, number, quiz, picked)
                number += len(stretch.questions)
            parts.append(part)
        return parts

    def _ask(
        self,
        part: Part,
        n: int,
        number: int,
        quiz: Quiz | None,
        picked: dict[str, list[str]] | None,
    ) -> None:
        untouched = quiz is not None and not (quiz.attempt or quiz.error or picked)
        key = (n, quiz.answering if quiz else None)
        found = self._drawn.get(key) if untouched else None
        if found is not None:
            part.html = found
            return
        part.questions = asked(self.stretches[n].questions, quiz, picked, first=number)
        if untouched:
            context = {"part": part, "quiz": quiz, "name": n + 1, "course": self.course}
            self._drawn[key] = part.html = _draw("learners/quizzes/quiz.html", context)

    def _stage(self, *, goes_on: bool) -> SafeString:
        context = {
            "block": self.lead,
            "lesson": self.lesson,
            "course": self.course,
            "start": SECOND if goes_on else 0,
            "start_clock": CLOCK,
            "stage": True,
        }
        return _draw("learners/study/video.html", context)


Key = tuple[int, int, str, str, str | None]
_kept: LRUCache[Key, Content] = LRUCache(MOST, getsizeof=lambda content: content.size)
_lock = Lock()


def released_content(door: Door) -> Content:
    """The lesson behind an open door as it is released."""
    item, course = door.item, door.course
    if item is None:
        return content_of(door.lesson, course)
    key = (item.page_id, item.revision_id, course.language, course.category.pattern, get_language())
    with _lock:
        found = _kept.get(key)
    if found is None:
        found = content_of(door.lesson, course)
        if found.always_reads_the_same and found.size < MOST and _is_current(item):
            with _lock:
                _kept[key] = found
    return found


def content_of(lesson: LessonPage, course: Course) -> Content:
    """Of any version of a lesson; its media are read together."""
    with media_read(lesson.body) as all_there:
        content = _made(lesson, course)
    content.always_reads_the_same = all_there and not _names_a_page(lesson)
    return content


def forget() -> None:
    """For tests, which write releases over."""
    with _lock:
        _kept.clear()


def _made(lesson: LessonPage, course: Course) -> Content:
    first = next(iter(lesson.body), None)
    lead = first if first is not None and first.block_type == "video" else None
    brief = LessonInBrief(
        pk=lesson.pk,
        uuid=lesson.uuid,
        title=lesson.title,
        kind=lesson.kind,
        estimated_duration=lesson.estimated_duration,
        pass_mark=lesson.pass_mark,
        longest=longest_video(lesson),
        questions=lesson.questions,
    )
    told = {"lesson": brief, "course": course}
    stretches = [
        Stretch(mark_safe(""), blocks)
        if asks
        else Stretch(_draw("learners/study/reading.html", {**told, "blocks": blocks}), [])
        for asks, blocks in stretches_of(lesson.body, without=lead)
    ]
    lines = transcript_lines(lead.value["transcript"]) if lead else []
    return Content(
        lesson=brief,
        course=course,
        lead=lead,
        stretches=stretches,
        transcript=_draw("learners/study/transcript.html", {**told, "transcript": lines})
        if lines
        else mark_safe(""),
        told=shorten(" ".join(opening(lesson.body)), LONGEST_DESCRIPTION),
    )


def _is_current(item: ReleaseItem) -> bool:
    """Asked after the lesson was read: what was live then was of this release."""
    return ReleaseItem.objects.filter(pk=item.pk, release__status=ReleaseStatus.CURRENT).exists()


def _names_a_page(lesson: LessonPage) -> bool:
    return bool(addresses_in(*map(str, lesson.body.raw_data)))


def _draw(template: str, context: dict[str, Any]) -> SafeString:
    return mark_safe(get_template(template).render(context))
