"""A site with something of everything, and the people who meet it."""

from dataclasses import dataclass, field

from django.urls import reverse

from courses.blocks import LessonStream
from courses.models import CourseTeamMember
from learners.models import User
from tests.builders import a_course, a_lesson, a_submission, an_enrollment
from tests.editor import a_whole_lesson, course_post, lesson_post, posted_blocks
from tests.media import a_document, an_image
from tests.people import person, somebody
from tests.storefront.shop import a_coupon
from tests.study import a_course_to_study, lessons_of


@dataclass
class World:
    """``people`` by what they are (None for a visitor), ``known`` keys by what they name."""

    people: dict[str, User | None]
    known: dict[str, list[str]] = field(default_factory=dict)
    forms: dict[str, dict[str, str]] = field(default_factory=dict)  # by address: written by scripts

    def keys_like(self, name: str) -> list[str]:
        """Keys that an address or a field called ``name`` may mean."""
        for kind, keys in self.known.items():
            if kind in name:
                return keys
        return self.all_keys

    @property
    def all_keys(self) -> list[str]:
        return [key for keys in self.known.values() for key in keys]


def a_world() -> World:
    """Ada's course is on sale and her next is in the making, with Bruno's beside it."""
    ada, bruno, cleo = person("ada"), person("bruno"), person("cleo")
    person("mira")
    studied = a_course_to_study(by=ada, title="Knots that hold")
    draft = a_course(by=ada, title="Sewing by hand")
    foreign = a_course(by=bruno, title="Maps people can trust", syllabus=["Scale"])
    a_submission(by=bruno, title="A loaf of rye", syllabus=["Flour"])
    helper = somebody(email="helper@example.com", role="producer")
    CourseTeamMember.objects.create(course=draft, user=helper)
    suspended = somebody(email="away@example.com", role="producer")
    image = an_image(title="Seam", course=draft, by=ada)
    document = a_document(title="Pattern", course=draft, by=ada)
    blocks = a_whole_lesson(draft, ada)
    stream = LessonStream()
    body = stream.clean(stream.value_from_datadict(posted_blocks(blocks), {}, "body"))
    lesson = a_lesson(under=draft, title="A lesson of everything", body=body)
    enrollment = an_enrollment(user=cleo, course=studied)
    User.objects.filter(pk=suspended.pk).update(is_active=False)
    a_coupon()
    pages = [draft, lesson, foreign, studied, draft.get_parent(), *lessons_of(foreign)]
    people = {
        "visitor": None,
        "learner": cleo,
        "producer": ada,
        "stranger": bruno,
        "helper": helper,
        "moderator": person("mira"),
        "admin": person("ivo"),
        "suspended": suspended,
    }
    known = {
        "revision": [str(page.latest_revision_id) for page in pages if page.latest_revision_id],
        "page": [str(page.pk) for page in pages],
        "image": [str(image.pk)],
        "doc": [str(document.pk)],
        "slug": [studied.slug, draft.slug, "craft"],
        "uuid": [str(lessons_of(studied)[0].uuid), str(lesson.uuid), str(studied.uuid)],
        "user": [str(user.pk) for user in (ada, cleo, suspended)],
        "app_label": ["courses", "wagtailcore", "learners", "wagtailimages", "nothing"],
        "app_name": ["courses", "learners"],
        "model": ["page", "lessonpage", "coursepage", "user", "courseimage", "coursedocument"],
        "pk": [str(enrollment.pk), str(draft.pk), str(cleo.pk), str(image.pk)],
        "id": [str(draft.pk), str(lesson.pk), str(image.pk), str(foreign.pk)],
        "action": ["delete", "move", "publish", "approve", "unpublish", "add_tags"],
    }
    forms = {
        reverse("wagtailadmin_pages:edit", args=[lesson.pk]): lesson_post(lesson, blocks),
        reverse("wagtailadmin_pages:preview_on_edit", args=[lesson.pk]): lesson_post(
            lesson, blocks
        ),
        reverse("wagtailadmin_pages:edit", args=[draft.pk]): course_post(draft),
    }
    plain = {at: {key: str(value) for key, value in form.items()} for at, form in forms.items()}
    return World(people, known, plain)
