"""Courses, releases and enrollments for tests, in one call each.

Titles are those of a real syllabus, so that a failing assertion reads well.
"""

from decimal import Decimal

from django.utils import timezone
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
from learners.models import Enrollment
from tests.people import person

# {chapter: [lessons]}; a nested dict is a chapter in a chapter.
SYLLABUS = {
    "Tools": ["Two needles and a thread", "Cutting straight"],
    "The first garment": ["Measure yourself", "Sew the side seams"],
}


def the_catalogue() -> CataloguePage:
    """The catalogue below the home page, which is the root of the default site."""
    catalogue = CataloguePage.objects.first()
    if catalogue:
        return catalogue
    home = HomePage.objects.first()
    if home is None:
        home = Page.get_first_root_node().add_child(
            instance=HomePage(title="Perfomix", slug="perfomix-home")
        )
    Site.objects.update_or_create(
        is_default_site=True,
        defaults={"root_page": home, "hostname": "testserver", "port": 80, "site_name": "Perfomix"},
    )
    return home.add_child(instance=CataloguePage(title="Courses", slug="courses"))


def a_category(name: str = "Craft", *, pattern: str = "craft") -> Category:
    return Category.objects.get_or_create(
        slug=slugify(name), defaults={"name": name, "pattern": pattern}
    )[0]


def a_course(
    *,
    by,
    title: str = "Sewing by hand",
    syllabus: dict | list | None = None,
    price: str = "24.00",
    currency: str = "EUR",
    **fields,
) -> CoursePage:
    """A draft course with ``by`` as its lead.

    ``syllabus`` is {chapter: [lesson titles] or a nested dict}, or a list of lesson titles
    for a flat course.
    """
    syllabus = SYLLABUS if syllabus is None else syllabus
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
    course.save_revision(user=by)
    return CoursePage.objects.get(pk=course.pk)


def a_submission(*, by, course: CoursePage | None = None, **fields) -> CourseRelease:
    """What a moderator finds in the queue: a course of ``by``, submitted."""
    return releases.submit_course(course=course or a_course(by=by, **fields), user=by)


def a_released_course(*, by, course: CoursePage | None = None, approver=None, **fields):
    """A course that learners see; takes what ``a_course`` takes. Mira approves unless told."""
    release = a_submission(by=by, course=course, **fields)
    releases.approve_release(release=release, user=approver or person("mira"))
    return CoursePage.objects.get(pk=release.course_id)


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
    return Enrollment.objects.create(user=user, course=course, purchased_at=timezone.now())


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
