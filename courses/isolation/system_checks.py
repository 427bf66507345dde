"""System checks: isolation must stand, or nothing starts."""

from django.core.checks import Error, Tags, register

ISOLATION_ID = "courses.E001"


@register(Tags.security)
def isolation_stands(app_configs, **kwargs):
    """The policies that keep producers apart are the ones Wagtail will ask."""
    # Imported here: checks are registered while apps become ready.
    from wagtail.models import Page
    from wagtail.permissions import policy_registry

    from courses.models import ChapterPage, CourseDocument, CourseImage, CoursePage, LessonPage

    from .policies import TeamMediaPolicy, TeamPagePolicy

    expected = dict.fromkeys((Page, CoursePage, ChapterPage, LessonPage), TeamPagePolicy)
    expected |= dict.fromkeys((CourseImage, CourseDocument), TeamMediaPolicy)
    return [
        Error(
            f"{model._meta.label} is guarded by {type(policy_registry.get_by_type(model)).__name__}"
            f" instead of {policy.__name__}: producers would meet each other's work.",
            hint="Another app registered a permission policy over ours; see courses.apps.",
            id=ISOLATION_ID,
        )
        for model, policy in expected.items()
        if not isinstance(policy_registry.get_by_type(model), policy)
    ]


@register(Tags.security)
def door_is_kept(app_configs, **kwargs):
    """The door-keeper is among the middleware, after the one that knows the person."""
    from django.conf import settings

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
