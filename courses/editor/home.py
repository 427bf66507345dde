"""The first page of the studio: what waits, then the courses with what is next in each."""

from dataclasses import dataclass

from django.http import HttpRequest

from courses.isolation.policies import group_page_actions
from courses.isolation.standing import standing_of
from courses.models.team import may_teach
from courses.people import signed_in

from .my_courses import OwnCourse, own_courses
from .waiting import WhatWaits, what_waits

COURSES = 8


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


def home_of(request: HttpRequest) -> Home:
    """Of a person who teaches nothing no course is looked for."""
    user = signed_in(request)
    runs_the_place = bool(group_page_actions(user))
    page = own_courses(user=user, size=COURSES) if standing_of(user).teaches else None
    courses = page.rows if page else []
    return Home(
        waits=what_waits(request, courses),
        courses=courses,
        has_more=bool(page and page.after),
        writes=may_teach(user) and (bool(courses) or not runs_the_place),
        runs_the_place=runs_the_place,
    )
