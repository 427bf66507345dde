"""A position is written by one statement, which refuses once anything it rests on has ended."""

import re
import threading
from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from learners.enrollment import positions
from learners.enrollment.enrollments import enroll, revoke
from learners.models import Enrollment, LessonProgress
from learners.study.views import studying
from tests.people import logged_in, person
from tests.races.together import PATIENCE, together
from tests.study import a_flat_course, lessons_of, released

pytestmark = pytest.mark.django_db
FILM = [
    (
        "video",
        {
            "title": "Drawing a profile",
            "url": "https://vimeo.com/76979871",
            "file": None,
            "thumbnail": None,
            "duration": 600,
            "captions": [],
            "transcript": "",
        },
    )
]


@pytest.fixture
def course(ada):
    return a_flat_course(("Watch", FILM), ("Look", FILM), by=ada)


@pytest.fixture
def enrollment(course, cleo):
    return enroll(user=cleo, course=course)


class Watcher:
    """Somebody before a lesson that is open in their browser. Tokens are asked of them."""

    def __init__(self, user, lesson):
        self.client = logged_in(Client(enforce_csrf_checks=True), user)
        self.address = reverse("learners:position", args=[lesson.uuid])
        page = self.client.get(reverse("learners:lesson", args=[lesson.uuid])).text
        self.given = re.search(r'data-pass="([^"]+)"', page)[1]

    def tell(self, second, *, given: str | None = None, address: str = ""):
        data = {"second": second, "pass": self.given if given is None else given}
        return self.client.post(address or self.address, data)


@pytest.fixture
def watcher(enrollment, course, cleo):
    return Watcher(cleo, lessons_of(course)[0])


def kept() -> list[int]:
    return list(LessonProgress.objects.order_by("lesson").values_list("last_second", flat=True))


def test_a_position_costs_one_statement(watcher, enrollment):
    before = Enrollment.objects.get().last_accessed

    with CaptureQueriesContext(connection) as asked:
        answer = watcher.tell(462)

    assert answer.status_code == 204
    assert answer["Cache-Control"] == "private, no-store"
    assert len(asked) == 1, [query["sql"][:120] for query in asked]
    assert kept() == [462]
    assert Enrollment.objects.get().last_accessed > before


@pytest.mark.parametrize(("sent", "held"), [(600, 600), (601, 600), (999_999_999, 600), (0, 0)])
def test_it_is_held_inside_the_video(watcher, sent, held):
    watcher.tell(462)

    assert watcher.tell(sent).status_code == 204
    assert kept() == [held]


def test_a_lesson_that_is_done_stays_done(watcher, enrollment, course):
    LessonProgress.objects.update(status="completed")

    watcher.tell(30)

    assert LessonProgress.objects.get().status == "completed"


def refund(world):
    revoke(enrollment=world["enrollment"])


def sign_out(world):
    Session.objects.all().delete()


def let_the_session_end(world):
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))


def take_another_password(world):
    world["user"].set_password("another horse battery staple")
    world["user"].save(update_fields=["password"])


def close_the_account(world):
    type(world["user"]).objects.filter(pk=world["user"].pk).update(is_active=False)


def take_the_lesson_out(world):
    released(world["course"], without=[lessons_of(world["course"])[0]])


@pytest.mark.parametrize(
    "end",
    [
        refund,
        sign_out,
        let_the_session_end,
        take_another_password,
        close_the_account,
        take_the_lesson_out,
    ],
)
def test_nothing_is_written_once_one_of_it_has_ended(watcher, enrollment, course, cleo, end):
    watcher.tell(100)
    end({"enrollment": enrollment, "user": cleo, "course": course})
    before = kept()

    answer = watcher.tell(462)

    # No token stands in the post, so the door that decides then refuses it for that already.
    assert answer.status_code == 403
    assert kept() == before == [100]


def test_the_door_decides_where_a_pass_is_not_good_any_more(enrollment, course, cleo):
    """With a token, a learner whose pass is of yesterday loses nothing."""
    client, lesson = logged_in(Client(), cleo), lessons_of(course)[0]

    answer = client.post(
        reverse("learners:position", args=[lesson.uuid]), {"second": "462", "pass": "yesterday's"}
    )

    assert answer.status_code == 204
    assert kept() == [462]


def test_a_pass_is_good_for_a_day(watcher, time_machine):
    time_machine.move_to(timezone.now() + timedelta(hours=23))
    assert watcher.tell(100).status_code == 204

    time_machine.shift(timedelta(hours=2))
    assert watcher.tell(462).status_code == 403
    assert kept() == [100]


@pytest.mark.parametrize("change", ["", "x", "{given}x", "x{given}"])
def test_a_pass_that_was_changed_is_none(watcher, change):
    assert watcher.tell(462, given=change.format(given=watcher.given)).status_code == 403
    assert kept() == [0]  # that of having opened the lesson


def test_the_pass_of_another_lesson_is_none(watcher, course):
    other = reverse("learners:position", args=[lessons_of(course)[1].uuid])

    assert watcher.tell(462, address=other).status_code == 403
    assert kept() == [0]


def test_the_pass_of_somebody_else_is_none(watcher, course, dana, enrollment):
    enroll(user=dana, course=course)
    thief = Watcher(dana, lessons_of(course)[0])

    assert thief.tell(462, given=watcher.given).status_code == 403
    thief.client.logout()
    assert thief.tell(462, given=watcher.given).status_code == 403
    assert kept() == [0, 0]


def test_another_browser_of_the_same_person_has_a_pass_of_its_own(watcher, course, cleo):
    other = Watcher(cleo, lessons_of(course)[0])

    assert other.tell(462, given=watcher.given).status_code == 403
    assert other.tell(462).status_code == 204


def test_the_page_does_not_hold_the_key_of_the_session(watcher, course):
    page = watcher.client.get(reverse("learners:lesson", args=[lessons_of(course)[0].uuid])).text

    assert watcher.client.cookies[settings.SESSION_COOKIE_NAME].value not in page
    assert "data-pass" in page


@pytest.mark.parametrize("who", ["ada", "mira", "ivo"])
def test_who_looks_on_gets_no_pass(course, who, request):
    client = logged_in(Client(), request.getfixturevalue(who))

    page = client.get(reverse("learners:lesson", args=[lessons_of(course)[0].uuid])).text

    assert "data-pass" not in page


def test_whoever_tells_too_often_is_kept_waiting_and_nothing_is_written(watcher, monkeypatch):
    monkeypatch.setattr(studying, "TOLD", "2/minute")

    answers = [watcher.tell(second).status_code for second in (10, 20, 30)]

    assert answers == [204, 204, 429]
    assert kept() == [20]


def test_without_a_pass_it_is_counted_by_the_person(enrollment, course, cleo, monkeypatch):
    monkeypatch.setattr(studying, "TOLD", "2/minute")
    client, lesson = logged_in(Client(), cleo), lessons_of(course)[0]
    address = reverse("learners:position", args=[lesson.uuid])

    answers = [client.post(address, {"second": second}).status_code for second in (10, 20, 30)]

    assert answers == [204, 204, 429]
    assert kept() == [20]


# A refund at the very moment


def tell_while_a_refund_is_under_way(statement: str, monkeypatch) -> bool:
    """Whether a position is written whose statement began while the refund had not committed."""
    cleo, ada = person("cleo"), person("ada")
    course = a_flat_course(("Watch", FILM), by=ada)
    enrollment = enroll(user=cleo, course=course)
    client = logged_in(Client(), cleo)
    watching = positions.Watching(
        enrollment=enrollment.pk,
        lesson=lessons_of(course)[0].pk,
        longest=600,
        password=positions.fingerprint(cleo.password),
    )
    session = client.session.session_key
    monkeypatch.setattr(positions, "WRITE", statement)
    under_way = threading.Event()

    def give_back():
        with transaction.atomic():
            revoke(enrollment=enrollment)
            under_way.set()
            threading.Event().wait(PATIENCE / 3)  # the write has come by now, and waits

    def tell():
        under_way.wait()
        return positions.write_position(watching=watching, second=462, session=session)

    _, written = together(give_back, tell)
    assert Enrollment.objects.get().status == "refunded"
    return written


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_a_position_that_meets_a_refund_is_not_written(monkeypatch):
    assert tell_while_a_refund_is_under_way(positions.WRITE, monkeypatch) is False
    assert kept() == []


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_without_the_condition_it_is_written_after_the_refund(monkeypatch):
    """The control: what the statement's own condition is for."""
    blind = positions.WRITE.replace(f"AND enrollment.status IN ({positions.OPEN})", "")

    assert tell_while_a_refund_is_under_way(blind, monkeypatch) is True
    assert kept() == [462]
