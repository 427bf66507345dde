"""Behind a PgBouncer in transaction mode: nothing rests on a session of the database.

Six people at once share two connections to PostgreSQL, so what one request leaves in a session is
met by the next of somebody else.
"""

import re
from contextlib import ExitStack

import pytest
from django.core.checks import run_checks
from django.db import DatabaseError, OperationalError, connection, connections
from django.test import Client
from django.utils import timezone
from psycopg.errors import InvalidCursorName

from courses.models import CoursePage, Promise
from courses.outbox.delivery import sweep as send_mails
from courses.promises.keeping import sweep
from courses.statements.prepared import rows_of
from learners.models import Certificate, Enrollment, LessonProgress, ProgressStatus, User
from perfomix.settings.base import web_database
from storefront.models import Order, OrderStatus, Payment
from tests.builders import a_course, a_released_course
from tests.fixtures.pooling import SERVERS
from tests.media import a_file, video_with
from tests.people import PASSWORD, somebody
from tests.races.together import together
from tests.study import lessons_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]
PEOPLE = 6
LOOKED_AT = ("/", "/courses/?q=sewing", "/courses/?q=sewnig&level=beginner", "/courses/{slug}/")


@pytest.fixture
def learners(db):
    return [somebody(email=f"learner{number}@example.com") for number in range(PEOPLE)]


@pytest.fixture
def course(catalogue, ada):
    """One of its lessons opens with a film."""
    course = a_course(by=ada, title="Sewing by hand")
    lesson = lessons_of(course)[0].get_latest_revision_as_object()
    lesson.body.insert(0, video_with(a_file()))
    lesson.save_revision(user=ada)
    return a_released_course(by=ada, course=course)


def asked(sql: str, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def sign_in(user: User) -> Client:
    client = Client()
    answer = client.post("/accounts/login/", {"login": user.email, "password": PASSWORD})
    assert answer.status_code == 302
    return client


def buy(client: Client, user: User, course: CoursePage, stripesim) -> None:
    address = f"/courses/{course.slug}/checkout/"
    assert client.get(address).status_code == 200
    assert client.post(address, {"action": "pay", "shown": "24.00"}).status_code == 302
    order = Order.objects.get(buyer=user)
    stripesim.pay(Payment.objects.get(order=order).checkout_url.rpartition("/")[2])
    assert "is yours" in client.get(f"/checkout/{order.pk}/return/").text


def study(client: Client, course: CoursePage) -> None:
    for lesson in lessons_of(course):
        page = client.get(f"/learn/{lesson.uuid}/")
        assert page.status_code == 200
        if given := re.search(r'data-pass="([^"]+)"', page.text):
            told = {"second": 12, "pass": given[1]}
            assert client.post(f"/learn/{lesson.uuid}/position/", told).status_code == 204
        assert client.post(f"/learn/{lesson.uuid}/complete/").status_code in (200, 302)
    assert client.get("/my-learning/").status_code == 200


def test_six_people_find_buy_study_and_finish_over_two_connections(
    pooled, stripesim, course, learners
):
    def journey(user):
        client = sign_in(user)
        for address in LOOKED_AT:
            assert client.get(address.format(slug=course.slug)).status_code == 200
        buy(client, user, course, stripesim)
        study(client, course)
        return user.pk

    done = together(*(lambda user=user: journey(user) for user in learners))

    assert done == [user.pk for user in learners]
    assert Order.objects.filter(status=OrderStatus.PAID).count() == PEOPLE
    lessons = len(lessons_of(course))
    finished = LessonProgress.objects.filter(status=ProgressStatus.COMPLETED)
    assert finished.count() == PEOPLE * lessons
    assert LessonProgress.objects.filter(last_second=12).count() == PEOPLE
    assert Certificate.objects.count() == Enrollment.objects.count() == PEOPLE
    # Numbers are given one after the other, by a lock that ends with its transaction.
    assert len(set(Order.objects.values_list("number", flat=True))) == PEOPLE
    assert servers() <= SERVERS


def test_the_studio_and_the_workers_share_them_too(pooled, course, ada, mira, ivo):
    def editor(user, *addresses):
        client = sign_in(user)
        return [client.get(address).status_code for address in addresses]

    def worker():
        send_mails()
        return sweep()

    made = ("storefront.refresh_all_entries", "courses.make_sizes")
    Promise.objects.bulk_create(
        Promise(key=name, name=name, due_at=timezone.now()) for name in made
    )

    done = together(
        lambda: editor(ada, "/admin/", f"/admin/pages/{course.pk}/edit/", "/admin/my-courses/"),
        lambda: editor(mira, "/admin/", "/admin/reviews/"),
        lambda: editor(ivo, "/admin/", "/admin/images/", "/admin/learners/enrollment/"),
        worker,
        worker,
    )

    assert done[:3] == [[200] * 3, [200] * 2, [200] * 3]
    assert sum(done[3:]) == 2
    assert not Promise.objects.filter(name__in=made).exists()  # others may follow from them
    assert servers() <= SERVERS


def test_a_course_is_written_submitted_and_approved(pooled, catalogue, ada, mira):
    """Locks, bulk writes, promises and mails, each in its transaction."""
    course = a_released_course(by=ada, title="Knots that hold", syllabus=["First", "Second"])

    assert course.releases.get().status == "current"
    assert Client().get("/courses/knots-that-hold/").status_code == 200


def servers() -> int:
    """Connections that the pool has open to this database."""
    [(count,)] = asked(
        "SELECT count(*) FROM pg_stat_activity"
        " WHERE datname = current_database() AND backend_type = 'client backend'"
    )
    return count


def test_limits_are_in_force_for_whoever_gets_a_connection(pooled):
    def limits():
        return dict(
            asked(
                "SELECT name, setting FROM pg_settings WHERE name = ANY(%s)",
                ["jit", "statement_timeout", "idle_in_transaction_session_timeout"],
            )
        )

    found = together(*[limits] * PEOPLE)

    wanted = {"jit": "off", "statement_timeout": "30000"}
    assert found == [wanted | {"idle_in_transaction_session_timeout": "60000"}] * PEOPLE
    assert run_checks(tags=["database"], databases=["default"]) == []


def test_a_role_without_limits_is_refused_before_it_serves_anybody(pooled):
    quote = connection.ops.quote_name
    role, database = quote(pooled.role), quote(connection.settings_dict["NAME"])
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER ROLE {role} IN DATABASE {database} RESET statement_timeout")
    connections.close_all()
    pooled.reconnect()

    told = [error for error in run_checks(databases=["default"]) if error.id == "perfomix.E001"]

    assert [error.msg for error in told] == [
        "Behind the pool statement_timeout is 0 instead of 30000."
    ]
    assert f"ALTER ROLE {pooled.role} SET statement_timeout = '30000'" in told[0].hint


def test_without_a_pool_nobody_asks_for_limits_of_the_role(db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert run_checks(tags=["database"], databases=["default"]) == []


def test_many_rows_are_read_piece_by_piece_between_the_work_of_others(pooled, course, learners):
    """What the rebuilding of the catalogue and migrations do: each piece beside other work."""
    names = []
    for user in User.objects.order_by("email").iterator(chunk_size=1):
        names.append(user.email)
        together(*[lambda: asked("SELECT 1")] * PEOPLE)
    assert names == sorted(names)
    assert len(names) >= PEOPLE


def test_a_cursor_left_open_on_the_server_would_be_somebody_elses(pooled, course, learners):
    """The control: with the cursors of a direct connection the same reading fails.

    As soon as others are at work where the cursor is, and the next piece is asked elsewhere.
    """
    connections.settings["default"]["DISABLE_SERVER_SIDE_CURSORS"] = False
    people = User.objects.order_by("email").iterator(chunk_size=1)
    next(people)

    with ExitStack() as others:
        at_work = [others.enter_context(pooled.somebody_at_work()) for _server in range(SERVERS)]
        held = [one.execute("SELECT count(*) FROM pg_cursors").fetchone() for one in at_work]
        assert sorted(held) == [(0,)] * (SERVERS - 1) + [(1,)]
        for one in at_work:
            if one is not at_work[held.index((1,))]:
                one.rollback()

        with pytest.raises((DatabaseError, InvalidCursorName), match="does not exist"):
            list(people)


def test_options_of_a_direct_connection_are_refused_by_the_pool(pooled):
    """The control: without ``DATABASE_POOLED`` nobody gets in."""
    connection.close()
    known = connections.settings["default"]
    known.update(web_database(pooled.address(known["NAME"]), pooled=False))

    with pytest.raises(OperationalError, match="options"):
        asked("SELECT 1")


HELD = "SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE 'SELECT $1::int%'"


def ask_where_nobody_has_heard_of_it(pooled) -> list[tuple]:
    """The same statement twice: by one server, then by another, since that one is taken."""
    rows_of("SELECT %(number)s::int", {"number": 5})
    with ExitStack() as others:
        at_work = [others.enter_context(pooled.somebody_at_work()) for _server in range(SERVERS)]
        held = [one.execute(HELD).fetchone()[0] for one in at_work]
        assert sum(held) == connections.settings["default"]["PREPARES"]
        at_work[held.index(0)].rollback()

        return rows_of("SELECT %(number)s::int", {"number": 5})


def test_no_plan_is_kept_that_the_next_server_does_not_have(pooled):
    assert ask_where_nobody_has_heard_of_it(pooled) == [(5,)]


def test_a_plan_that_were_kept_would_be_missed_by_the_next_server(pooled):
    """The control: with the plans of a direct connection the second time fails."""
    connections.settings["default"]["PREPARES"] = True

    with pytest.raises(DatabaseError, match="does not exist"):
        ask_where_nobody_has_heard_of_it(pooled)
