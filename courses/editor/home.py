"""The first page of the studio: what waits, then the courses with what is next in each."""

from dataclasses import dataclass, replace

from django.http import HttpRequest

from courses.checks.ready import Summary, readiness_of
from courses.isolation.policies import group_page_actions
from courses.isolation.standing import standing_of
from courses.models.team import may_teach
from courses.people import signed_in

from .my_courses import OwnCourse, own_courses
from .waiting import WhatWaits, what_waits

COURSES = 8
CHECKED = 3  # of these, where nothing is kept of them: each is read as a whole


@dataclass(frozen=True)
class Home:
    waits: WhatWaits
    courses: list[OwnCourse]
    has_more: bool  # courses than these
    writes: bool  # came to write: how to begin is for them
    runs_the_place: bool

    @property
    def begins(self) -> bool:
        return self.writes and not self.courses


def _checked(courses: list[OwnCourse]) -> list[OwnCourse]:
    """Says how far the first of those are of which nobody knows; the others as they are opened."""
    unknown = [item for item in courses if item.waits_for_submission and item.ready is None]
    found = {item.course.pk: _summary(item) for item in unknown[:CHECKED]}
    return [replace(item, ready=found.get(item.course.pk, item.ready)) for item in courses]


def _summary(item: OwnCourse) -> Summary:
    readiness = readiness_of(item.course)
    return Summary("", readiness.met, readiness.total, len(readiness.problems))


def home_of(request: HttpRequest) -> Home:
    """Of a person who teaches nothing no course is looked for."""
    user = signed_in(request)
    runs_the_place = bool(group_page_actions(user))
    page = own_courses(user=user, size=COURSES) if standing_of(user).teaches else None
    courses = _checked(page.rows) if page else []
    waits = what_waits(request, courses)
    told = {thing.course for thing in waits.things}
    return Home(
        waits=waits,
        courses=[replace(item, is_told_above=item.course.pk in told) for item in courses],
        has_more=bool(page and page.after),
        writes=may_teach(user) and (bool(courses) or not runs_the_place),
        runs_the_place=runs_the_place,
    )
