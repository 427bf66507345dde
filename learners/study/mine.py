"""What on a lesson page is one reader's own: ticks, the place in a film, tokens, their answers.

Each is asked by the template where it stands, and worked out then. The rest of the page is the
same for all who study the lesson (``kept_page``).
"""

from collections.abc import Mapping
from functools import cached_property
from typing import Any
from uuid import uuid4

from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

from courses.freshness.fragments import drawn
from courses.templatetags.pieces import piece_with
from courses.themes import theme_of
from learners.access.decision import Access

from .content import Content
from .outline_lines import outline_lines
from .passes import watching_pass
from .syllabus import Step, Syllabus


class Mine:
    """Of the context of a lesson page, without which it would say nothing of anybody."""

    def __init__(self, request: HttpRequest, context: Mapping[str, Any]) -> None:
        self._request, self._context = request, context
        self._access: Access = context["access"]
        self._content: Content = context["content"]
        self._syllabus: Syllabus | None = context.get("syllabus")
        self._step: Step | None = context.get("step")

    @cached_property
    def csrf_token(self) -> str:
        return get_token(self._request)

    @property
    def opening(self) -> SafeString:
        """How the page begins: in the colours that were chosen."""
        return drawn("components/frame/opening.html", theme=theme_of(self._request))

    @property
    def messages(self) -> SafeString:
        told = get_messages(self._request)
        if not told:
            return drawn("components/messages.html")
        return _rendered("components/messages.html", {"messages": told})

    @property
    def zone(self) -> SafeString:
        """Asks the browser for the clock of whoever has told none."""
        user = self._request.user
        if not user.is_authenticated or user.time_zone:
            return mark_safe("")
        return piece_with(lambda: self.csrf_token, "components/zone.html")

    @property
    def quiz_token(self) -> str:
        """Names one form, so that it is graded once however often it is sent."""
        return str(uuid4())

    @property
    def watching_pass(self) -> str:
        if self._content.lead is None or not self._access.records:
            return ""
        return watching_pass(self._request, self._context["enrollment"], self._content.lesson)

    @property
    def stage(self) -> SafeString:
        return self._content.stage(self._step.starts_at if self._step else 0)

    @property
    def blocks(self) -> SafeString:
        """What one reads, and the quiz with one's answers."""
        parts = self._context["parts"]
        if all(part.html for part in parts):
            return mark_safe("".join(part.html for part in parts))
        return _rendered("learners/study/blocks.html", self._context)

    @property
    def where(self) -> SafeString:
        syllabus = self._syllabus
        return drawn(
            "learners/study/where.html",
            records=self._access.records,
            reason=str(self._access.reason),
            has_outline=bool(syllabus),
            completed=syllabus.completed if syllabus else None,
            total=syllabus.total if syllabus else None,
            percent=syllabus.percent if syllabus else None,
        )

    @property
    def outline_button(self) -> SafeString:
        syllabus = self._syllabus
        return drawn(
            "learners/study/outline_button.html",
            records=self._access.records,
            has_outline=bool(syllabus),
            completed=syllabus.completed if syllabus else None,
            total=syllabus.total if syllabus else None,
        )

    @property
    def outline_sum(self) -> SafeString:
        syllabus = self._syllabus
        if syllabus is None or not self._access.records:
            return mark_safe("")
        return drawn(
            "learners/study/outline_sum.html",
            finished=syllabus.finished,
            total=syllabus.total,
            minutes_left=syllabus.minutes_left,
        )

    @property
    def outline_lines(self) -> SafeString:
        if self._syllabus is None:
            return mark_safe("")
        language = self._context["course"].language
        return outline_lines(self._syllabus, self._step, self._access, language)

    @property
    def finish(self) -> SafeString:
        """The end of a lesson: what counts as done, and one clear next action."""
        return mark_safe(self._finished() + self._end())

    def _finished(self) -> str:
        syllabus, course = self._syllabus, self._context["course"]
        if not (self._access.records and syllabus and syllabus.finished):
            return ""
        return drawn(
            "learners/study/finished.html",
            course=course.uuid,
            course_title=self._context["course_title"],
            language=course.language,
            total=syllabus.total,
            certificate_code=self._context["certificate_code"],
            reviewed=self._context["reviewed"],
        )

    def _end(self) -> str:
        context, course = self._context, self._context["course"]
        before: Step | None = context.get("before")
        after: Step | None = context.get("after")
        quiz = context["quiz"]
        return piece_with(
            lambda: self.csrf_token,
            "learners/study/finish.html",
            records=self._access.records,
            reason=str(self._access.reason),
            has_outline=bool(self._syllabus),
            has_step=bool(self._step),
            done=bool(self._step and self._step.done),
            quiz=bool(quiz),
            passed=bool(quiz and quiz.attempt and quiz.attempt.passed),
            lead=bool(context["lead"]),
            course=course.uuid,
            slug=course.slug,
            language=course.language,
            lesson=context["lesson"].uuid,
            before=before and before.uuid,
            before_title=before and before.title,
            before_open=bool(before and before.is_open),
            after=after and after.uuid,
            after_title=after and after.title,
            after_open=bool(after and after.is_open),
            after_minutes=after and after.minutes,
        )


def _rendered(template: str, context: Mapping[str, Any]) -> SafeString:
    return mark_safe(get_template(template).render(dict(context)))
