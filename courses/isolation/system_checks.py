"""System checks: isolation must stand, or nothing starts."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Tags, register
from wagtail.models import Page
from wagtail.permissions import policy_registry

from courses.models import (
    CataloguePage,
    ChapterPage,
    CourseDocument,
    CourseImage,
    CoursePage,
    LessonPage,
)

from .policies import TeamMediaPolicy, TeamPagePolicy
from .testers import CataloguePermissionTester, CoursePagePermissionTester

ISOLATION_ID = "courses.E001"


@register(Tags.security)
def isolation_stands(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """The policies that keep producers apart are the ones Wagtail will ask."""
    expected = dict.fromkeys((Page, CoursePage, ChapterPage, LessonPage), TeamPagePolicy)
    expected |= dict.fromkeys((CourseImage, CourseDocument), TeamMediaPolicy)
    return [
        Error(
            f"{model._meta.label} is guarded by {type(policy_registry.get_by_type(model)).__name__}"
            f" instead of {policy.__name__}: producers would meet each other's work.",
            hint="Another app registered a permission policy over ours; see courses.wiring.",
            id=ISOLATION_ID,
        )
        for model, policy in expected.items()
        if not isinstance(policy_registry.get_by_type(model), policy)
    ]


@register(Tags.security)
def door_is_kept(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """The door-keeper is among the middleware, after the one that knows the person."""
    names = list(settings.MIDDLEWARE)
    keeper = "courses.isolation.door.DoorKeeper"
    people = "django.contrib.auth.middleware.AuthenticationMiddleware"
    if keeper in names and people in names and names.index(keeper) > names.index(people):
        return []
    return [
        Error(
            f"{keeper} must follow {people} in MIDDLEWARE: "
            "without it the editor tells foreign pages from missing ones.",
            id="courses.E002",
        )
    ]


@register(Tags.security)
def pages_ask_our_testers(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Courses, chapters and lessons answer with the tester that knows releases."""
    expected = dict.fromkeys((CoursePage, ChapterPage, LessonPage), CoursePagePermissionTester)
    expected[CataloguePage] = CataloguePermissionTester
    return [
        Error(
            f"{model._meta.label} is not asked through {tester.__name__}: "
            "pages could be published past the release of their course.",
            hint="courses.wiring.wire gives each page its tester.",
            id="courses.E003",
        )
        for model, tester in expected.items()
        if not issubclass(getattr(model, "tester_class", object), tester)
    ]
