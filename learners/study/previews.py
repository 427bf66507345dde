"""Drafts in the player, for the editor's preview. Nothing is recorded."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext

from courses.comments.places import id_of, places_in
from courses.editor.draft_outline import draft_outline
from courses.editor.tabs import outline_address
from courses.models import CoursePage, LessonPage
from courses.releases.outline import Outline, OutlineNode
from learners.access.decision import Access, Reason
from learners.access.lesson_media import media_read
from learners.quizzes.questions import Answering, parts_of

from .content import content_of
from .kept_page import title_of
from .mine import Mine


def preview_lesson(
    lesson: LessonPage, request: HttpRequest, *, submitted: bool = False, sample: bool = False
) -> HttpResponse:
    """The lesson as a learner would read it: as it is being written, or as it was submitted.

    Questions stand with their key: whoever asks for this is of the team or moderates the course.
    A ``sample`` is no row of any table and of no course, whatever it stands below.
    """
    course = CoursePage.objects.ancestor_of(lesson).first()
    if sample:
        course.language = get_language()  # its words are ours
    # Not beside its form.
    is_draft = not submitted and not sample
    is_by_itself = is_draft and lesson.pk and not getattr(request, "is_editing", False)
    course_title = gettext("A sample lesson") if sample else course.title
    with media_read(lesson.body):
        content = content_of(lesson, course)
        quiz = content.quiz(None, "", answering=Answering.JUDGED)
        lead = content.lead
        context = {
            "access": Access(allowed=True, reason=Reason.TEAM),
            "course": course,
            "course_title": course_title,
            "page_title": title_of(content.lesson, course_title),
            "lesson": content.lesson,
            "quiz": quiz,
            "lead": lead,
            "content": content,
            # Block by block, where somebody may comment on each.
            "parts": parts_of(lesson.body, quiz, without=lead)
            if submitted
            else content.parts(quiz),
            "is_draft": is_draft,
            "is_submitted": submitted,
            "is_sample": sample,
            "places": _places(lesson) if submitted else {},
            "may_see_draft": False,
            "ways": _ways(lesson, course) if is_by_itself else None,
        }
        context["mine"] = Mine(request, context)
        return render(request, "learners/study/lesson.html", context)


@dataclass(frozen=True)
class DraftWays:
    """Where one goes from a draft: back to the studio, and to the lessons before and behind."""

    outline: Outline  # the draft's
    outline_url: str
    course_url: str
    edit_url: str
    before: OutlineNode | None
    after: OutlineNode | None


def _ways(lesson: LessonPage, course: CoursePage) -> DraftWays:
    outline = draft_outline(course)
    before, after = outline.neighbours(lesson.uuid)
    return DraftWays(
        outline=outline,
        outline_url=outline_address(course.pk),
        course_url=reverse("wagtailadmin_pages:view_draft", args=[course.pk]),
        edit_url=reverse("wagtailadmin_pages:edit", args=[lesson.pk]),
        before=before,
        after=after,
    )


def _places(lesson: LessonPage) -> dict[str, str]:
    """What whoever comments on a block chooses it by, by the block's id."""
    return {id_of(path): called for path, called in places_in(lesson.body)}
