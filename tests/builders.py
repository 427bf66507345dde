"""Courses, releases and enrollments for tests, in one call each.

Titles are those of a real syllabus, so that a failing assertion reads well.
"""

import json
from collections.abc import Callable
from decimal import Decimal

from django.utils.text import slugify
from wagtail.models import Page, Site

from courses import releases
from courses.models import (
    CataloguePage,
    Category,
    ChapterPage,
    CoursePage,
    CourseRelease,
    CourseTeamMember,
    LessonPage,
    TeamRole,
)
from home.models import HomePage
from learners.accounts.roles import MODERATORS
from learners.enrollment.enrollments import enroll
from learners.models import Enrollment, Role, User
from tests.people import identity, person
from tests.rows import recorded

# {chapter: [lessons]}; a nested dict is a chapter in a chapter.
SYLLABUS = {
    "Tools": ["Two needles and a thread", "Cutting straight"],
    "The first garment": ["Measure yourself", "Sew the side seams"],
}


def the_catalogue() -> CataloguePage:
    """The catalogue below the home page, which is the root of the default site."""
    catalogue = CataloguePage.objects.first()
    if catalogue is None:
        catalogue = CataloguePage.objects.get(pk=recorded("catalogue", _found_catalogue))
    return catalogue


def _found_catalogue() -> int:
    home = HomePage.objects.first()
    if home is None:
        home = Page.get_first_root_node().add_child(
            instance=HomePage(title="Perfomix", slug="perfomix-home")
        )
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"root_page": home, "hostname": "testserver", "port": 80, "site_name": "Perfomix"},
    )
    return home.add_child(instance=CataloguePage(title="Courses", slug="courses")).pk


def a_category(name: str = "Craft", *, pattern: str = "craft") -> Category:
    def found() -> int:
        return Category.objects.create(slug=slugify(name), name=name, pattern=pattern).pk

    category = Category.objects.filter(slug=slugify(name)).first()
    return category or Category.objects.get(pk=recorded(("category", name, pattern), found))


def a_course(
    *,
    by,
    title: str = "Sewing by hand",
    syllabus: dict | list | None = None,
    price: str = "24.00",
    currency: str = "EUR",
    **fields,
) -> CoursePage:
    """A draft course with ``by`` as its lead. Its last lesson is open, as one of each must be.

    ``syllabus`` is {chapter: [lesson titles] or a nested dict}, or a list of lesson titles
    for a flat course.
    """
    syllabus = SYLLABUS if syllabus is None else syllabus
    arguments = {"title": title, "price": price, "currency": currency, "syllabus": syllabus}

    def written() -> int:
        return _write_course(by=by, **arguments, **fields).pk

    return built("course", by, arguments | fields, written)


def _write_course(*, by, title, syllabus, price, currency, **fields) -> CoursePage:
    fields.setdefault("subtitle", "Make one garment that fits, with needle and thread.")
    fields.setdefault("description", "<p>From the first stitch to a shirt that fits.</p>")
    fields.setdefault("what_you_will_learn", [("item", "Sew a straight seam by hand")])
    fields.setdefault("category", a_category())
    course = the_catalogue().add_child(
        instance=CoursePage(
            title=title,
            price=Decimal(price),
            currency=currency,
            structure_type="flat" if isinstance(syllabus, list) else "hierarchical",
            live=False,
            owner=by,
            **fields,
        )
    )
    CourseTeamMember.objects.create(course=course, user=by, role=TeamRole.LEAD)
    _grow(course, syllabus)
    open_a_lesson(course)
    course.save_revision(user=by)
    return course


def built(kind: str, by, arguments: dict, make: Callable[[], int]) -> CoursePage:
    """The course whose key ``make`` returns, from its rows where they are known.

    Its rows depend on who writes it, on the pages and the subject it stands under, on who is
    written to when it is submitted, and on ``arguments``. Where one of those is no plain
    value, or ``by`` is nobody of the cast, ``make`` does the work every time.
    """
    places = the_catalogue().pk, a_category().pk
    moderators = User.objects.filter(groups__name=MODERATORS, is_active=True)
    written_to = tuple(sorted(moderators.values_list("email", "language")))
    try:
        recipe = (kind, by.email, *places, written_to, json.dumps(arguments))
    except TypeError:
        recipe = None
    known = recipe is not None and by.pk == identity(by.email)
    return CoursePage.objects.get(pk=recorded(recipe, make) if known else make())


def a_submission(*, by, course: CoursePage | None = None, **fields) -> CourseRelease:
    """What a moderator finds in the queue: a course of ``by``, submitted."""
    course = course or a_course(by=by, **fields)
    open_a_lesson(course)
    return releases.submit_course(course=course, user=by)


def a_released_course(*, by, course: CoursePage | None = None, approver=None, **fields):
    """A course that learners see; takes what ``a_course`` takes. Mira approves unless told."""
    approver = approver or person("mira")

    def released() -> int:
        submitted = a_submission(by=by, course=course, **fields)
        releases.approve_release(release=submitted, user=approver)
        return submitted.course_id

    may = by.role == Role.PRODUCER and by.is_active and approver.pk == identity("mira@example.com")
    if course or not may:
        return CoursePage.objects.get(pk=released())
    return built("release", by, fields, released)


def open_a_lesson(course: CoursePage) -> None:
    """The last lesson that stays becomes a preview, unless the course has one already."""
    lessons = LessonPage.objects.descendant_of(course).filter(retired=False).order_by("path")
    drafts = [lesson.get_latest_revision_as_object() for lesson in lessons]
    if drafts and not any(draft.is_preview for draft in drafts):
        drafts[-1].is_preview = True
        drafts[-1].save_revision()


def a_chapter(*, under: Page, title: str, **fields) -> ChapterPage:
    return _child(under, ChapterPage(title=title, live=False, **fields))


def a_lesson(*, under: Page, title: str, body: list | None = None, **fields) -> LessonPage:
    """A draft lesson; its body is one paragraph unless given."""
    if body is None:
        body = [("rich_text", f"<p>{title}: begin with what you have at hand.</p>")]
    return _child(under, LessonPage(title=title, body=body, live=False, **fields))


def lesson_called(title: str, *, course: CoursePage) -> LessonPage:
    """The lesson with exactly this title."""
    return LessonPage.objects.descendant_of(course).get(title=title)


def an_enrollment(*, user, course: CoursePage) -> Enrollment:
    return enroll(user=user, course=course)


def _grow(parent: Page, syllabus: dict | list) -> None:
    if isinstance(syllabus, list):
        for title in syllabus:
            a_lesson(under=parent, title=title)
        return
    for title, below in syllabus.items():
        _grow(a_chapter(under=parent, title=title), below)


def _child(parent: Page, page: Page) -> Page:
    # Read again: treebeard keeps the number of children in memory.
    added = type(parent).objects.get(pk=parent.pk).add_child(instance=page)
    added.save_revision()
    return added
