"""A list becomes a file: by a worker, for one person, with what they may see at that moment."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.contrib.auth.models import Group, Permission
from django.core import mail
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from courses.exports import asking, sheets, tasks, writing
from courses.exports.asking import ask
from courses.exports.retention import forget, forget_old
from courses.exports.writing import sweep, write
from courses.models import CoursePage, CourseTeamMember, Export, Promise
from courses.records import parts
from courses.records.exports import FORMULA_STARTS
from learners.accounts.roles import set_role
from learners.models import Enrollment, LessonProgress, Role, User
from perfomix.languages import pseudo
from tests.builders import a_released_course, an_enrollment, lesson_called
from tests.bulk import many_courses, many_learners
from tests.fixtures.logs import events
from tests.people import logged_in
from tests.storefront.shop import a_course_on_sale, a_paid_order

pytestmark = pytest.mark.django_db

LEARNERS = "/admin/learners/enrollment/"
EXPORTS = "/admin/exports/"
LISTS = [
    *(f"/admin/learners/{name}/" for name in ("enrollment", "lessonprogress", "certificate")),
    "/admin/learners/review/",
    *(f"/admin/storefront/{name}/" for name in ("order", "payment", "refund", "ledgerentry")),
    *(f"/admin/storefront/{name}/" for name in ("coupon", "webhookevent")),
    "/admin/shop/returns/",
    "/admin/home/inquiry/",
    *(f"/admin/reports/{name}/" for name in ("site-history", "locked", "workflow")),
    *(f"/admin/reports/{name}/" for name in ("workflow_tasks", "aging-pages")),
]


@pytest.fixture
def studies(ada, bruno, cleo, dana):
    """Cleo studies with Ada, Dana with Bruno."""
    for teacher, learner, title in ((ada, cleo, "=Sewing"), (bruno, dana, "Maps for walkers")):
        course = a_released_course(by=teacher, title=title, syllabus=["Threads"])
        LessonProgress.objects.create(
            enrollment=an_enrollment(user=learner, course=course),
            lesson=lesson_called("Threads", course=course),
        )


def content(export: Export) -> bytes:
    with default_storage.open(export.file) as file:
        return file.read()


def fetched(client, export: Export):
    return client.get(f"{EXPORTS}{export.key}/")


def at_once(client, address: str, kind: str) -> bytes:
    return b"".join(client.get(address, {"export": kind}).streaming_content)


def cells(sheet: bytes) -> list[tuple]:
    return [row for each in load_workbook(BytesIO(sheet)) for row in each.values]


# What the file holds


@pytest.mark.parametrize("address", LISTS)
def test_the_worker_writes_what_the_list_would_answer_at_once(
    client, ivo, studies, monkeypatch, exported, address
):
    logged_in(client, ivo)
    with monkeypatch.context() as patched:
        patched.setattr(asking, "FEW", 1000)
        text, sheet = (at_once(client, address, kind) for kind in ("csv", "xlsx"))

    assert content(exported(address)) == text
    assert cells(content(exported(address, "xlsx"))) == cells(sheet)
    assert text.count(b"\n") == Export.objects.latest("pk").rows_written + 1


def test_my_sales_are_written_too(client, ada, cleo, exported, stripesim):
    a_paid_order(stripesim, buyer=cleo, course=a_course_on_sale(by=ada, price="24.00"))
    logged_in(client, ada)

    export = exported("/admin/shop/sales/")

    assert (export.title, export.rows_written) == ("My sales", 1)
    assert b"24.00" in content(export)


def test_an_export_speaks_the_language_and_zone_of_whoever_asked(client, ivo, studies, exported):
    User.objects.filter(pk=ivo.pk).update(language=pseudo.ACCENTED, time_zone="Asia/Tokyo")
    logged_in(client, User.objects.get(pk=ivo.pk))
    client.cookies["django_language"] = pseudo.ACCENTED

    export = exported(LEARNERS)

    assert (export.language, export.zone) == (pseudo.ACCENTED, "Asia/Tokyo")
    assert content(export).decode().startswith("⟦")


def test_no_cell_that_a_worker_writes_starts_a_formula(client, ivo, studies, exported):
    logged_in(client, ivo)

    for kind in ("csv", "xlsx"):
        export = exported(LEARNERS, kind)
        found = (
            cells(content(export))
            if kind == "xlsx"
            else [line.split(",") for line in content(export).decode().splitlines()]
        )
        texts = [cell for row in found for cell in row if isinstance(cell, str)]
        assert "'=Sewing" in texts
        assert [text for text in texts if text.startswith(FORMULA_STARTS)] == []


@pytest.mark.parametrize(
    "name", ["Cleo\x0bM", "Cleo\x1b[1m", "\x01=1+1", "Cleo\ufffe", "Cleo\uffff"]
)
def test_no_letter_of_a_name_breaks_the_sheet_for_all(client, ivo, cleo, studies, exported, name):
    User.objects.filter(pk=cleo.pk).update(name=name)
    logged_in(client, ivo)
    read = re.sub("[\x01\x0b\x1b\ufffe\uffff]", "\ufffd", name)

    export = exported(LEARNERS, "xlsx")

    assert export.status == "ready"
    assert sorted(row[0] for row in cells(content(export))[1:]) == sorted([read, "Dana Whitfield"])
    assert name.encode() in content(exported(LEARNERS, "csv"))


def test_a_producers_export_holds_their_own_rows_without_addresses(client, ada, studies, exported):
    logged_in(client, ada)

    text = content(exported(LEARNERS)).decode()

    assert "Cleo Marchetti" in text
    assert "Dana" not in text
    assert "@example.com" not in text


def test_filters_and_search_hold_for_the_file(client, ivo, studies, exported):
    logged_in(client, ivo)

    text = content(exported(LEARNERS, q="dana", p="7")).decode()

    assert "Dana Whitfield" in text
    assert "Cleo" not in text


def test_what_is_seen_counts_when_it_is_written(client, ada, studies, nothing_is_short):
    logged_in(client, ada)
    client.get(LEARNERS, {"export": "csv"})
    CourseTeamMember.objects.filter(user=ada).delete()

    export = Export.objects.get()
    assert write(export.pk) is False

    export.refresh_from_db()
    assert (export.status, export.reason, export.file) == ("failed", "closed", "")
    assert "This list is not open to you any more." in client.get(EXPORTS).text


def test_a_sheet_ends_where_spreadsheets_end(client, ivo, studies, exported, monkeypatch):
    monkeypatch.setattr(sheets, "ROWS_OF_A_SHEET", 1)
    logged_in(client, ivo)

    book = load_workbook(BytesIO(content(exported(LEARNERS, "xlsx"))))

    assert [sheet.max_row for sheet in book] == [2, 2]
    assert [sheet["A1"].value for sheet in book] == ["Learner", "Learner"]


def test_a_million_rows_would_be_written_too(client, ivo, studies, exported, monkeypatch):
    """There is no number of rows at which an export is refused."""
    monkeypatch.setattr(parts, "PART", 50)
    fill(LessonProgress.objects.first(), 120)
    logged_in(client, ivo)

    export = exported(LEARNERS)

    names = [line.split(",")[0] for line in content(export).decode().splitlines()[1:]]
    rows = Enrollment.objects.order_by("-purchased_at", "pk").select_related("user")
    assert names == [row.user.name for row in rows]
    assert (export.rows_written, export.rows_expected, export.is_counted) == (122, 122, True)


def fill(progress, count: int) -> None:
    many_courses(like=progress.lesson.get_parent().specific, count=count)
    copies = Enrollment.objects.filter(user=progress.enrollment.user)
    copies.exclude(pk=progress.enrollment_id).delete()
    many_learners(like=progress, count=count)


# A short list


def test_a_short_list_comes_at_once(client, ivo, studies):
    logged_in(client, ivo)

    assert b"Cleo Marchetti" in at_once(client, LEARNERS, "csv")
    assert not Export.objects.exists()


def test_a_list_without_columns_to_export_has_no_file(client, ivo):
    logged_in(client, ivo)

    assert client.get("/admin/users/", {"export": "csv"}).status_code == 404
    assert not Export.objects.exists()


# Pressing again


def test_a_second_press_while_it_is_written_starts_nothing(client, ivo, studies, nothing_is_short):
    logged_in(client, ivo)

    for asked in ({}, {"p": "2"}, {}):
        client.get(LEARNERS, {**asked, "export": "csv"})
    client.get(LEARNERS, {"export": "xlsx"})
    client.get(LEARNERS, {"export": "csv", "q": "cleo"})

    assert list(Export.objects.order_by("pk").values_list("kind", flat=True)) == [
        *("csv", "xlsx", "csv")
    ]


def test_when_it_is_ready_pressing_again_writes_anew(client, ivo, studies, exported):
    logged_in(client, ivo)

    first, second = exported(LEARNERS), exported(LEARNERS)

    assert first.pk != second.pk
    assert (first.status, second.status) == ("ready", "ready")


def test_so_many_at_once_and_no_more(client, ivo, studies, nothing_is_short):
    logged_in(client, ivo)

    for number in range(asking.AT_ONCE + 1):
        answer = client.get(LEARNERS, {"export": "csv", "q": str(number)}, follow=True)

    assert Export.objects.count() == asking.AT_ONCE
    assert "5 exports of yours are being written." in answer.text


def test_a_worker_of_exports_writes_it_and_none_of_another_queue(
    client, ivo, studies, nothing_is_short, commit, monkeypatch
):
    told = []
    monkeypatch.setattr(tasks.write_export, "apply_async", lambda _, queue: told.append(queue))

    with commit():
        logged_in(client, ivo).get(LEARNERS, {"export": "csv"})

    assert told == ["exports"]


# The page


def test_the_page_says_how_far_each_is(client, ivo, studies):
    logged_in(client, ivo)
    export = ask(person=ivo, title="Learners", address=LEARNERS, kind="csv", filename="learners")
    mine = Export.objects.filter(pk=export.pk)

    def told(**facts) -> str:
        mine.update(**facts)
        return client.get(EXPORTS, {"part": "list"}).text

    assert "Waiting for its turn" in told()
    assert "1,500 rows" in told(status="writing", rows_written=1500)
    assert "1,500 of 6,000 rows" in told(rows_expected=6000, is_counted=True)
    assert 'value="0.250"' in told()
    assert "1,500 of about 6,000 rows" in told(is_counted=False)
    assert "data-under-way" in told()
    assert "Something went wrong on our side." in told(status="failed", reason="broken")
    assert "data-under-way" not in told()
    assert f"{export.key}/remove/" in told()


def test_an_export_is_ready_to_fetch(client, ivo, studies, exported):
    logged_in(client, ivo)
    export = exported(LEARNERS, "xlsx")

    page = client.get(EXPORTS).text
    answer = fetched(client, export)

    assert f'href="{EXPORTS}{export.key}/"' in page
    assert "2 rows, " in page
    assert b"".join(answer.streaming_content) == content(export)
    assert answer["Content-Disposition"] == 'attachment; filename="learners.xlsx"'
    assert {"private", "no-store"} <= set(answer["Cache-Control"].split(", "))


def test_nobody_has_exports_at_first(client, ada, studies):
    assert "No exports yet" in logged_in(client, ada).get(EXPORTS).text


def test_removing_an_export_removes_its_file(client, ivo, studies, exported, commit):
    logged_in(client, ivo)
    export = exported(LEARNERS)

    with commit():
        assert client.post(f"{EXPORTS}{export.key}/remove/").status_code == 302

    assert not Export.objects.exists()
    assert not default_storage.exists(export.file)


# Who may fetch it


def test_nobody_else_fetches_it(client, ada, bruno, ivo, mira, cleo, studies, exported):
    logged_in(client, ada)
    export = exported(LEARNERS)
    nowhere = f"{EXPORTS}00000000-0000-4000-8000-000000000000/"

    for other in (bruno, ivo, mira):
        stranger = logged_in(Client(), other)
        there, missing = fetched(stranger, export), stranger.get(nowhere)
        assert (there.status_code, missing.status_code) == (404, 404)
        assert there.content == missing.content
        assert "Learners" not in stranger.get(EXPORTS, {"part": "list"}).text
        assert stranger.post(f"{EXPORTS}{export.key}/remove/").status_code == 404
    for outside in (Client(), logged_in(Client(), cleo)):
        answer = fetched(outside, export)
        assert (answer.status_code, answer.content) == (302, b"")
    assert Export.objects.get() == export
    assert fetched(client, export).status_code == 200


@pytest.mark.parametrize("role", [Role.PRODUCER, Role.CONSUMER])
def test_a_demoted_admin_fetches_nothing(client, ivo, mira, studies, exported, role):
    User.objects.filter(pk=mira.pk).update(is_superuser=True)  # another admin is left
    set_role(user=User.objects.get(pk=mira.pk), role=Role.ADMIN)
    logged_in(client, ivo)
    export = exported(LEARNERS)
    set_role(user=ivo, role=role)

    answer = fetched(client, export)

    assert answer.status_code == (404 if role == Role.PRODUCER else 302)
    page = client.get(EXPORTS)
    assert f"{export.key}/remove/" in page.text or page.status_code == 302
    assert f'href="{EXPORTS}{export.key}/"' not in page.text


def test_who_left_a_team_does_not_fetch_what_they_saw_on_it(client, ada, studies, exported):
    logged_in(client, ada)
    export = exported(LEARNERS)
    CourseTeamMember.objects.filter(user=ada).delete()

    assert fetched(client, export).status_code == 404
    assert "You may see other rows since." in client.get(EXPORTS).text


def test_who_left_a_team_while_it_was_written_does_not_fetch_it(
    client, ada, studies, nothing_is_short, monkeypatch
):
    maps = CoursePage.objects.get(title="Maps for walkers")
    CourseTeamMember.objects.create(course=maps, user=ada, role="instructor")
    logged_in(client, ada).get(LEARNERS, {"export": "csv"})
    export, really = Export.objects.get(), writing.write_file

    def left(*args):
        really(*args)
        CourseTeamMember.objects.filter(course=maps, user=ada).delete()

    monkeypatch.setattr(writing, "write_file", left)
    assert write(export.pk) is True

    export.refresh_from_db()
    assert b"Dana Whitfield" in content(export)
    assert fetched(client, export).status_code == 404
    assert "You may see other rows since." in client.get(EXPORTS).text


def test_who_left_a_group_does_not_fetch_what_they_saw_in_it(client, ivo, studies, exported):
    editors = Group.objects.create(name="Editors of the winter issue")
    ivo.groups.add(editors)
    logged_in(client, ivo)
    export = exported(LEARNERS)
    assert fetched(client, export).status_code == 200

    ivo.groups.remove(editors)

    assert fetched(client, export).status_code == 404


def test_a_file_that_is_missing_is_nowhere(client, ivo, studies, exported):
    logged_in(client, ivo)
    export = exported(LEARNERS)
    default_storage.delete(export.file)

    assert fetched(client, export).status_code == 404


def test_a_list_that_was_closed_since_gives_no_file(client, ivo, studies, exported):
    logged_in(client, ivo)
    export = exported(LEARNERS)
    group = Group.objects.get(name="Admins")
    group.permissions.remove(Permission.objects.get(codename="view_enrollment"))
    CourseTeamMember.objects.filter(user=ivo).delete()

    assert fetched(client, export).status_code == 404
    group.permissions.remove(Permission.objects.get(codename="view_review"))
    group.permissions.add(Permission.objects.get(codename="view_enrollment"))
    assert fetched(client, export).status_code == 200  # another list is another matter


def test_a_closed_account_fetches_nothing(client, ada, studies, exported):
    logged_in(client, ada)
    export = exported(LEARNERS)
    User.objects.filter(pk=ada.pk).update(is_active=False)

    assert fetched(client, export).status_code == 302


def test_an_unfinished_export_has_no_file(client, ivo, studies, nothing_is_short):
    logged_in(client, ivo)
    client.get(LEARNERS, {"export": "csv"})

    assert fetched(client, Export.objects.get()).status_code == 404


# A worker that ends, a broker that is away, and time


@pytest.fixture
def asked(client, ivo, studies, nothing_is_short):
    """One export that nobody has told a worker of."""
    logged_in(client, ivo).get(LEARNERS, {"export": "csv"})
    return Export.objects.get()


def test_what_no_worker_was_told_of_is_swept(asked):
    assert sweep() == 0  # its message may be under way

    assert sweep(now=timezone.now() + timedelta(minutes=2)) == 1
    asked.refresh_from_db()
    assert asked.status == "ready"


def test_what_a_dead_worker_left_is_written_anew_and_its_file_goes(asked, commit):
    left = default_storage.save("exports/left.csv", BytesIO(b"half"))
    Export.objects.filter(pk=asked.pk).update(
        status="writing", attempts=1, rows_written=7, claimed_until=timezone.now(), file=left
    )

    with commit():
        assert sweep(now=timezone.now() + timedelta(minutes=6)) == 1

    asked.refresh_from_db()
    assert (asked.status, asked.attempts, asked.rows_written) == ("ready", 2, 2)
    assert not default_storage.exists(left)


def test_a_worker_at_work_is_left_alone(asked):
    alive = timezone.now() + timedelta(minutes=4)
    Export.objects.filter(pk=asked.pk).update(status="writing", claimed_until=alive, attempts=1)

    assert sweep(now=timezone.now() + timedelta(minutes=2)) == 0
    assert write(asked.pk) is False


def test_a_worker_that_goes_on_is_alive_for_as_long_again(asked, monkeypatch):
    really, left = writing.write_file, []

    def slow(*args):
        Export.objects.update(claimed_until=timezone.now())
        really(*args)
        left.append(Export.objects.get().claimed_until - timezone.now())

    monkeypatch.setattr(writing, "write_file", slow)

    assert write(asked.pk) is True
    assert left[0] > writing.LEASE / 2


def test_a_worker_that_was_taken_for_dead_leaves_the_work_to_the_next(asked, monkeypatch):
    really = writing.write_file

    def late(*args):
        Export.objects.update(attempts=2)  # somebody else's, who has just begun
        really(*args)

    monkeypatch.setattr(writing, "write_file", late)

    assert write(asked.pk) is False
    asked.refresh_from_db()
    assert (asked.status, asked.attempts) == ("writing", 2)
    assert (asked.rows_written, asked.file) == (0, "")


def test_what_breaks_three_times_is_given_up_and_says_so(asked, monkeypatch, logged, client):
    def broken(*_):
        raise OSError("the disk is full")

    monkeypatch.setattr(writing, "write_file", broken)
    for _time in range(3):
        assert write(asked.pk) is False

    asked.refresh_from_db()
    assert (asked.status, asked.reason, asked.attempts) == ("failed", "broken", 3)
    assert events(logged()) == ["export.broken"] * 3 + ["export.failed"]
    assert "Something went wrong on our side." in client.get(EXPORTS).text


def test_an_export_that_was_removed_meanwhile_leaves_no_file(asked, monkeypatch, commit):
    really = writing.write_file

    def removed(*args):
        really(*args)
        Export.objects.all().delete()

    monkeypatch.setattr(writing, "write_file", removed)
    before = default_storage.listdir("exports")[1] if default_storage.exists("exports") else []

    assert write(asked.pk) is False
    after = default_storage.listdir("exports")[1] if default_storage.exists("exports") else []
    assert after == before


def test_an_export_that_is_removed_while_its_file_is_kept_leaves_no_file(
    asked, monkeypatch, commit
):
    really, kept = default_storage.save, []

    def slow(name, file):
        with commit():
            forget(Export.objects.get())  # its file is not there yet
        assert not Promise.objects.filter(name="courses.delete_file").exists()
        kept.append(really(name, file))
        return kept[0]

    monkeypatch.setattr(default_storage, "save", slow)
    with commit():
        assert write(asked.pk) is False

    assert not Export.objects.exists()
    assert not default_storage.exists(kept[0])


def test_a_list_whose_address_is_gone_says_so(asked):
    Export.objects.filter(pk=asked.pk).update(address="/admin/learners/nothing/?export=csv")

    assert write(asked.pk) is False
    asked.refresh_from_db()
    assert (asked.status, asked.reason) == ("failed", "gone")


def test_exports_are_forgotten_after_their_days_with_their_files(
    client, ivo, studies, exported, commit
):
    logged_in(client, ivo)
    old, new = exported(LEARNERS), exported(LEARNERS, "xlsx")
    Export.objects.filter(pk=old.pk).update(asked_at=timezone.now() - timedelta(days=7))

    with commit():
        assert forget_old() == 1

    assert Export.objects.get() == new
    assert not default_storage.exists(old.file)
    assert default_storage.exists(new.file)
    assert fetched(client, old).status_code == 404


def test_whoever_waited_is_told_by_mail(asked, commit, ivo):
    Export.objects.filter(pk=asked.pk).update(asked_at=timezone.now() - timedelta(minutes=3))

    with commit():
        tasks.write_export(asked.pk)

    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == ([ivo.email], "Your export “Enrollments” is ready")
    assert "/admin/exports/" in sent.body


def test_whoever_did_not_wait_gets_no_mail(asked, commit):
    with commit():
        tasks.write_export(asked.pk)

    assert mail.outbox == []


def test_asking_writes_no_promise_that_delays_mail(asked):
    assert not Promise.objects.filter(name__contains="export").exists()
