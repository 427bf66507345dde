"""Whoever loses a role, a place on a team, an account or a purchase loses every door with it, on
the next request and with the page still open.

A table of doors by events. Each door is first found open (the control: a door that was never
open closes nothing), in two browsers of the same person; then something ends; then each door is
tried again in both, and a closed one shows nothing, takes nothing and may be kept by no cache.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse

from courses import releases
from courses.models import CoursePage, LessonPage
from courses.teams.members import remove_member
from learners.accounts.roles import set_moderator, set_role
from learners.enrollment.enrollments import enroll, revoke
from learners.models import Role, User
from storefront.catalogue.entries import refresh_entry
from tests import builders
from tests.builders import a_lesson
from tests.courses.isolation.evidence import rows
from tests.editor import course_post, lesson_post
from tests.media import FILM, PDF, a_document, an_image, picture, video_with
from tests.people import PASSWORD, logged_in, person, somebody
from tests.storefront.shop import a_paid_order
from tests.study import lessons_of, released
from tests.teams import add_instructor

pytestmark = pytest.mark.django_db

BODY, DRAFT, PINNED, TITLE = "MARKER-paid", "MARKER-draft", "MARKER-pinned", "MARKER-title"
QUIZ = {
    "question": "<p>Which thread?</p>",
    "options": [{"text": "Cotton", "correct": True, "feedback": ""}, {"text": "Wire"}],
    "explanation": "",
}


@dataclass
class World:
    """One course with all that may be seen of it, and who sees it."""

    course: CoursePage
    lesson: LessonPage
    plain: LessonPage  # without a question
    fresh: LessonPage  # never released
    film: Any
    image: Any
    order: Any = None
    extra: dict[str, Any] = field(default_factory=dict)


@pytest.fixture
def world(ada, bruno, cleo, dana, mira, ivo, stripesim):
    course = builders.a_course(by=ada, title=TITLE, syllabus=[])
    film = a_document(title="Film", course=course, by=ada, name="film.mp4", content=FILM)
    image = an_image(title="Seam", course=course, by=ada)
    body = [
        video_with(film, thumbnail=image),
        ("rich_text", f"<p>{BODY}</p>"),
        ("single_choice", QUIZ),
    ]
    a_lesson(under=course, title="Threads", body=body)
    a_lesson(under=course, title="Needles")
    released(course)
    course = CoursePage.objects.get(pk=course.pk)
    add_instructor(course=course, email=bruno.email, by=ada)
    somebody(email="third@example.com", role=Role.PRODUCER)
    refresh_entry(course=course)
    lesson, plain = lessons_of(course)
    fresh = a_lesson(under=course, title="Seams", body=[("rich_text", f"<p>{DRAFT}</p>")])
    order = a_paid_order(stripesim, buyer=cleo, course=course)
    course.title = f"{DRAFT} of the course"
    course.save_revision(user=ada)
    return World(course, lesson, plain, fresh, film, image, order)


@dataclass(frozen=True)
class Door:
    """A request that shows ``shows`` (GET), or writes (POST, when it shows nothing)."""

    name: str
    address: Callable[[World], str]
    shows: bytes = b""
    data: Callable[[World], dict[str, Any]] | None = None
    private: bool = True  # what it answers belongs to one reader

    def ask(self, client: Client, world: World) -> Any:
        if self.data is not None:
            return client.post(self.address(world), self.data(world))
        return client.get(self.address(world))


def body_of(response: Any) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


def at(name: str, *keys: Callable[[World], Any] | str) -> Callable[[World], str]:
    return lambda w: reverse(name, args=[key(w) if callable(key) else key for key in keys])


def lesson_of(w: World) -> Any:
    return w.lesson.uuid


def course_of(w: World) -> int:
    return w.course.pk


def page_of(w: World) -> int:
    return w.lesson.pk


STUDY = [
    Door("the lesson", at("learners:lesson", lesson_of), BODY.encode()),
    Door(
        "its film",
        at("learners:file", lesson_of, lambda w: w.film.pk, lambda w: w.film.filename),
        FILM[:50],
    ),
    Door(
        "its picture",
        at("learners:image", lesson_of, lambda w: w.image.pk, "width-480"),
        b"WEBP",
    ),
]
TEACHING = [
    *STUDY,
    Door("a lesson nobody saw", at("learners:lesson", lambda w: w.fresh.uuid), DRAFT.encode()),
    Door("the editor of the course", at("wagtailadmin_pages:edit", course_of), DRAFT.encode()),
    Door("the editor of a lesson", at("wagtailadmin_pages:edit", page_of), BODY.encode()),
    Door("its history", at("wagtailadmin_pages:history", page_of), b"Threads"),
    Door("its draft", at("wagtailadmin_pages:view_draft", lambda w: w.fresh.pk), DRAFT.encode()),
    Door("the outline", at("wagtailadmin_explore", course_of), b"Seams"),
    Door("the editor's API", at("wagtailadmin_api:pages:detail", page_of), b"Threads"),
    Door("the API of pictures", at("wagtailadmin_api:images:listing"), b"Seam"),
    Door("the chooser of pictures", at("wagtailimages_chooser:choose"), b"Seam"),
    Door("the chooser of files", at("wagtaildocs_chooser:choose"), b"Film"),
    Door("the list of pictures", at("wagtailimages:index"), b"Seam"),
    Door(
        "a file of the course",
        at("wagtaildocs_serve", lambda w: w.film.pk, lambda w: w.film.filename),
        FILM[:50],
    ),
    Door("my courses", at("studio:my_courses"), DRAFT.encode()),
    Door("the team", at("studio:team", course_of), b"Ada Okafor"),
    Door("releases and decisions", at("moderation:history", course_of), b"Release 1"),
    Door("who studies", lambda w: "/admin/learners/enrollment/", b"Cleo Marchetti"),
    Door("the studio's button", lambda w: f"/courses/{w.course.slug}/", b"Open in the studio"),
]
WRITING = [
    Door(
        "saving the course",
        at("wagtailadmin_pages:edit", course_of),
        data=lambda w: course_post(w.course, subtitle="Changed."),
    ),
    Door(
        "saving a lesson",
        at("wagtailadmin_pages:edit", page_of),
        data=lambda w: lesson_post(w.lesson, [("rich_text", "<p>Changed.</p>")]),
    ),
    Door(
        "adding a lesson",
        lambda w: reverse("wagtailadmin_pages:add", args=["courses", "lessonpage", w.course.pk]),
        data=lambda w: lesson_post(w.lesson, [("rich_text", "<p>New.</p>")], title="Hems"),
    ),
    Door("removing a lesson", at("moderation:remove", page_of), data=lambda w: {}),
    Door(
        "uploading a picture",
        at("wagtailimages:add"),
        data=lambda w: {
            "title": "New",
            "collection": w.course.collection_id,
            "file": SimpleUploadedFile("new.png", picture(), "image/png"),
        },
    ),
    Door(
        "uploading a file",
        at("wagtaildocs:add"),
        data=lambda w: {
            "title": "New",
            "collection": w.course.collection_id,
            "file": SimpleUploadedFile("new.pdf", PDF, "application/pdf"),
        },
    ),
]
BEGINNING = [
    Door(
        "beginning a course",
        at("studio:new_course"),
        data=lambda w: {"title": "Hems", "structure_type": "flat"},
    )
]
LEADING = [Door("my sales", lambda w: "/admin/shop/sales/", b"20.40")]
LEADING_WRITES = [
    Door(
        "adding to the team",
        at("studio:team", course_of),
        data=lambda w: {"email": "third@example.com"},
    ),
    Door("archiving", at("moderation:archive", course_of), data=lambda w: {}),
]
LEARNING = STUDY
LEARNING_WRITES = [
    Door("completing", at("learners:complete", lambda w: w.plain.uuid), data=lambda w: {}),
    Door("the position", at("learners:position", lesson_of), data=lambda w: {"second": "7"}),
    Door(
        "a quiz",
        at("learners:quiz", lesson_of),
        data=lambda w: {
            f"q-{w.lesson.questions[0].id}": w.lesson.questions[0].value.choices[0].key
        },
    ),
    Door(
        "a review",
        lambda w: f"/my-learning/{w.course.uuid}/review/",
        data=lambda w: {"rating": "4", "content": "Good stitches."},
    ),
]
# Kept by whoever got their money back: what they did, and what they paid.
OWNING = [
    Door("the history", lambda w: f"/my-learning/{w.course.uuid}/history/", b"Threads"),
    Door("my learning", at("learners:my_learning"), TITLE.encode()),
    Door("purchases", at("storefront:purchases"), TITLE.encode()),
    Door("the receipt", at("storefront:receipt", lambda w: w.order.pk), TITLE.encode()),
    Door("the return page", at("storefront:return", lambda w: w.order.pk), TITLE.encode()),
]
REVIEWING = [
    Door("the queue", at("moderation:queue"), b"Reviews"),
    Door("the submission", at("moderation:review", lambda w: w.extra["release"].pk), b"Pinned"),
    Door(
        "a pinned lesson",
        lambda w: reverse(
            "moderation:read",
            args=[w.extra["release"].pk, w.extra["release"].items.get(title="Pinned").pk],
        ),
        PINNED.encode(),
    ),
    Door("releases and decisions", at("moderation:history", course_of), b"Release 1"),
    Door(
        "a pinned lesson in the player",
        at("learners:lesson", lambda w: w.extra["release"].items.get(title="Pinned").uuid),
        PINNED.encode(),
    ),
]
DECIDING = [
    Door(
        "approving",
        at("moderation:approve", lambda w: w.extra["release"].pk),
        data=lambda w: {"comment": ""},
    ),
    Door(
        "sending back",
        at("moderation:send_back", lambda w: w.extra["release"].pk),
        data=lambda w: {"note": "Say more about thread."},
    ),
    Door(
        "commenting on a lesson",
        lambda w: reverse(
            "moderation:comment",
            args=[w.extra["release"].pk, w.extra["release"].items.get(title="Pinned").pk],
        ),
        data=lambda w: {"place": "title", "text": "Say more about thread."},
    ),
]
ADMINISTERING = [
    Door("people", at("wagtailusers_users:index"), b"Cleo Marchetti"),
    Door("a person", lambda w: f"/admin/users/edit/{person('cleo').pk}/", b"Cleo Marchetti"),
    Door("orders", lambda w: "/admin/storefront/order/", b"24.00"),
    Door("the ledger", lambda w: "/admin/storefront/ledgerentry/", b"20.40"),
    Door("learners", lambda w: "/admin/learners/enrollment/", b"cleo@example.com"),
    Door("an editor", at("wagtailadmin_pages:edit", course_of), DRAFT.encode()),
    Door("the lesson", at("learners:lesson", lesson_of), BODY.encode()),
    Door("a lesson nobody saw", at("learners:lesson", lambda w: w.fresh.uuid), DRAFT.encode()),
]
ADMINISTERING_WRITES = [
    Door(
        "giving a role",
        lambda w: f"/admin/users/edit/{person('dana').pk}/",
        data=lambda w: {"name": "Dana Whitfield", "role": "producer", "is_active": "on"},
    ),
    Door(
        "giving money back",
        lambda w: f"/admin/shop/orders/{w.order.pk}/refund/",
        data=lambda w: {"reason": "They asked."},
    ),
]

# What ends


def close(world: World, user: User) -> None:
    user.is_active = False
    user.save(update_fields=["is_active"])


def demote(world: World, user: User) -> None:
    set_role(user=user, role=Role.CONSUMER)


def demote_from_admin(world: World, user: User) -> None:
    set_role(user=somebody(email="second@example.com", role=Role.ADMIN), role=Role.ADMIN)
    demote(world, user)


def leave(world: World, user: User) -> None:
    remove_member(member=world.course.team.get(user=user), by=person("ada"))


def give_back(world: World, user: User) -> None:
    revoke(enrollment=user.enrollments.get(course=world.course))


def end_moderation(world: World, user: User) -> None:
    set_moderator(user=user, moderator=False)


TEACHER = [*TEACHING, *WRITING]
LEAD = [*TEACHER, *BEGINNING, *LEADING, *LEADING_WRITES]
LEARNER = [*LEARNING, *LEARNING_WRITES]
MODERATOR = [*REVIEWING, *DECIDING]
ADMIN = [*ADMINISTERING, *ADMINISTERING_WRITES]
ENDS = {
    "a lead who is demoted": ("ada", demote, LEAD),
    "a lead who is closed": ("ada", close, LEAD),
    "a co-instructor who is demoted": ("bruno", demote, [*TEACHER, *BEGINNING]),
    "a co-instructor who is closed": ("bruno", close, [*TEACHER, *BEGINNING]),
    "a co-instructor who leaves the team": ("bruno", leave, TEACHER),
    "a learner whose money went back": ("cleo", give_back, LEARNER),
    "a learner who is closed": ("cleo", close, [*LEARNER, *OWNING]),
    "a moderator who is none any more": ("mira", end_moderation, MODERATOR),
    "a moderator who is closed": ("mira", close, MODERATOR),
    "an admin who is demoted": ("ivo", demote_from_admin, ADMIN),
    "an admin who is closed": ("ivo", close, ADMIN),
}


@pytest.fixture
def for_moderators(world, bruno, mira):
    """Another course, submitted as its team submits: its pins are what a moderator reads."""
    course = builders.a_course(by=bruno, title="Pinned course", syllabus=[])
    a_lesson(under=course, title="Pinned", body=[("rich_text", f"<p>{PINNED}</p>")])
    a_lesson(under=course, title="For everyone", is_preview=True)
    world.extra["release"] = releases.submit_course(course=course, user=bruno)


def shows(door: Door, client: Client, world: World) -> bool:
    response = door.ask(client, world)
    return response.status_code == 200 and door.shows in body_of(response)


def writes(door: Door, client: Client, world: World, before: dict[str, str]) -> bool:
    """Whether it leaves any trace; which is undone."""
    with transaction.atomic():
        door.ask(client, world)
        written = rows() != before
        transaction.set_rollback(True)
    return written


def found_open(doors: list[Door], client: Client, world: World) -> set[str]:
    found = {door.name for door in doors if door.data is None and shows(door, client, world)}
    before = rows()
    return found | {
        door.name for door in doors if door.data is not None and writes(door, client, world, before)
    }


@pytest.mark.usefixtures("for_moderators")
@pytest.mark.parametrize(("who", "end", "doors"), ENDS.values(), ids=ENDS)
def test_what_ends_closes_every_door_on_the_next_request(world, who, end, doors):
    user = person(who)
    browsers = [logged_in(Client(), user), logged_in(Client(), user)]
    assert found_open(doors, browsers[0], world) == {door.name for door in doors}
    for door in doors:  # and the page stands open in the other browser
        if door.data is None:
            door.ask(browsers[1], world)

    end(world, User.objects.get(pk=user.pk))

    for browser in browsers:
        assert found_open(doors, browser, world) == set()


@pytest.mark.usefixtures("for_moderators")
@pytest.mark.parametrize(("who", "end", "doors"), ENDS.values(), ids=ENDS)
def test_nothing_that_was_open_may_be_shown_from_a_cache(world, who, end, doors):
    browser = logged_in(Client(), person(who))

    for door in doors:
        if door.data is None:
            kept = door.ask(browser, world).headers.get("Cache-Control", "")
            assert "private" in kept or "no-store" in kept or "no-cache" in kept, door.name
            assert "public" not in kept, door.name


def test_what_ends_for_a_person_leaves_what_they_bought(world, ada, bruno, cleo, stripesim):
    """A producer who lost the role studies what they own, and may buy what they once taught."""
    enroll(user=bruno, course=world.course)
    browser = logged_in(Client(), bruno)
    set_role(user=bruno, role=Role.CONSUMER)

    page = browser.get(f"/learn/{world.lesson.uuid}/")

    assert page.status_code == 200
    assert BODY in page.text
    assert browser.post(f"/learn/{world.lesson.uuid}/complete/").status_code == 302


def test_a_closed_account_is_signed_out_and_cannot_sign_in_again(world, client, cleo, mailoutbox):
    logged_in(client, cleo)
    assert client.get("/purchases/").status_code == 200
    close(world, cleo)

    assert "/login/" in client.get("/purchases/").url
    client.post("/accounts/login/", {"login": cleo.email, "password": PASSWORD}, follow=True)
    assert "/login/" in client.get("/purchases/").url


@pytest.mark.parametrize("end", [demote, close, leave])
def test_an_editor_that_stands_open_is_told_that_nothing_is_saved(world, bruno, end):
    editor = logged_in(Client(), bruno)
    post = {"data": course_post(world.course, subtitle="Typed too late."), "path": page_edit(world)}
    end(world, bruno)
    before = rows()

    answer = editor.post(**post, headers={"Accept": "application/json"})

    assert answer.status_code == 403
    assert answer.json()["success"] is False
    assert "nothing is saved" in answer.json()["error_message"]
    assert answer.json()["error_code"] == "locked"  # of those whose message Wagtail shows
    assert rows() == before


def page_edit(world: World) -> str:
    return reverse("wagtailadmin_pages:edit", args=[world.course.pk])
