"""A file that is brought: kept, imported by a worker, followed, stopped, and told of afterwards."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Collection, Page

from courses.beginning import importing, tasks
from courses.beginning.bringing import AT_ONCE, bring, put_away, stop
from courses.beginning.selectors import imports_of, report_of
from courses.covers.pictures import thumbnails_of
from courses.errors import CourseError
from courses.models import CourseImage, CourseImport, CoursePage, LessonPage, Promise
from courses.promises import keeping
from tests.courses.exchange.exports import as_tar, the_tea_course
from tests.people import logged_in

pytestmark = pytest.mark.django_db

MARKDOWN = b"# First\n\nOne.\n\n# Second\n\nTwo.\n"
NEW = "studio:new_course"


def a_file(data: bytes = MARKDOWN, name: str = "knots-that-hold.md") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


@pytest.fixture
def brought(ada, catalogue):
    """Hers, waiting for a worker."""
    return bring(person=ada, file=a_file())


def everything() -> tuple:
    counted = (Page, Collection, CourseImage, CourseImport)
    return tuple(model.objects.count() for model in counted)


def test_a_worker_makes_a_course_of_what_was_brought(client, ada, catalogue, commit):
    logged_in(client, ada)
    tar = a_file(as_tar(the_tea_course()), "tea.tar.gz")

    with commit():
        answer = client.post(reverse("studio:bring_course"), {"file": tar})

    one = CourseImport.objects.get()
    assert answer["Location"] == reverse(NEW)
    assert (one.person, one.status, one.format, one.name) == (ada, "done", "olx", "tea.tar.gz")
    assert one.course.title == "Tea, from leaf to cup"
    assert one.course.team.get().user == ada
    picture = one.course.thumbnail_id
    assert list(thumbnails_of([picture])) == [picture]  # so that the studio shows it at once
    assert one.report["outcomes"]["imported"] == 11
    assert not default_storage.exists(one.file)
    page = client.get(reverse(NEW)).text
    assert "Tea, from leaf to cup came in:" in page.replace("&#x27;", "'")


def test_it_waits_in_a_queue_of_its_own(ada, catalogue, commit, monkeypatch):
    told = []
    monkeypatch.setattr(tasks.import_brought, "apply_async", lambda _, queue: told.append(queue))

    with commit():
        bring(person=ada, file=a_file())

    assert told == ["imports"]


def test_without_a_broker_the_sweeper_finds_it(brought):
    assert importing.sweep(now=timezone.now()) == 0

    assert importing.sweep(now=timezone.now() + importing.LEFT_BEHIND) == 1

    brought.refresh_from_db()
    assert (brought.status, brought.course.title) == ("done", "Knots that hold")


def test_of_two_workers_one_does_the_work(brought):
    assert importing.work(brought.pk)
    assert not importing.work(brought.pk)

    assert CoursePage.objects.count() == 1


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"", "course.zip", "This file is empty."),
        (
            b"%PDF-1.4\n",
            "course.pdf",
            "PDF file. A course comes as a .tar.gz or .zip archive, or as Markdown (.md).",
        ),
        (b"<html><script>alert(1)</script>", "course.html", "This file is no archive"),
    ],
)
def test_what_is_no_archive_is_refused_at_once(client, ada, catalogue, data, name, sentence):
    logged_in(client, ada)
    before = everything()

    answer = client.post(reverse("studio:bring_course"), {"file": a_file(data, name)})

    assert answer.status_code == 400
    if data:  # Django hands on no file that is empty
        assert sentence in answer.text
    assert everything() == before


def test_more_than_may_be_uploaded_is_refused(client, ada, catalogue, settings):
    settings.WAGTAILDOCS_MAX_UPLOAD_SIZE = 10

    answer = logged_in(client, ada).post(reverse("studio:bring_course"), {"file": a_file()})

    assert (answer.status_code, CourseImport.objects.count()) == (400, 0)
    assert "This file is larger than 10 bytes." in answer.text.replace("\xa0", " ")


def test_so_many_at_once_and_no_more(ada, catalogue):
    for _ in range(AT_ONCE):
        bring(person=ada, file=a_file())

    with pytest.raises(CourseError) as caught:
        bring(person=ada, file=a_file())

    assert caught.value.code == "imports_under_way"
    assert CourseImport.objects.count() == AT_ONCE


@pytest.mark.parametrize("who", ["dana", "mira", "ivo"])
def test_who_does_not_teach_brings_nothing(request, client, catalogue, who):
    stranger = request.getfixturevalue(who)
    may = stranger.role == "admin"

    if not may:
        with pytest.raises(CourseError):
            bring(person=stranger, file=a_file())
        logged_in(client, stranger).post(reverse("studio:bring_course"), {"file": a_file()})
        assert not CourseImport.objects.exists()


def test_a_broken_archive_is_told_in_words_and_nothing_stays(client, ada, catalogue, commit):
    before = everything()
    with commit():
        one = bring(person=ada, file=a_file(b"PK\x03\x04" + b"x" * 40, "old-course.zip"))

    one.refresh_from_db()
    assert (one.status, one.course) == ("failed", None)
    assert everything() == (*before[:3], 1)
    assert not default_storage.exists(one.file)
    page = logged_in(client, ada).get(reverse(NEW)).text
    assert "old-course.zip was not imported." in page
    assert "This archive is broken or incomplete: it cannot be read to its end." in page


def test_what_breaks_off_is_tried_again_and_then_told(brought, monkeypatch):
    def break_off(**_):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(importing, "import_course", break_off)
    before = everything()

    importing.work(brought.pk)
    brought.refresh_from_db()
    assert (brought.status, brought.attempts) == ("waiting", 1)
    importing.work(brought.pk)

    brought.refresh_from_db()
    assert (brought.status, brought.attempts) == ("failed", 2)
    assert brought.reason.startswith("Something went wrong on our side.")
    assert everything() == before


def test_a_worker_that_died_is_replaced_when_its_time_has_run_out(brought):
    importing._claim(brought.pk)
    now = timezone.now()

    assert importing.sweep(now=now + importing.LEASE - timedelta(minutes=1)) == 0
    assert importing.sweep(now=now + importing.LEASE + timedelta(minutes=1)) == 1

    brought.refresh_from_db()
    assert (brought.status, brought.attempts) == ("done", 2)


def test_it_is_stopped_while_it_waits(client, ada, brought):
    logged_in(client, ada).post(reverse("studio:stop_import", args=[brought.key]))

    assert not importing.work(brought.pk)
    brought.refresh_from_db()
    assert (brought.status, CoursePage.objects.count()) == ("stopped", 0)
    keeping.sweep(now=timezone.now() + timedelta(minutes=2))
    assert not default_storage.exists(brought.file)


@pytest.mark.parametrize("step", ["opened", "found"])
def test_it_is_stopped_at_any_step_and_nothing_stays(ada, brought, monkeypatch, step):
    before = everything()
    follow = getattr(importing._Following, step)

    def stop_then(self, *given):
        stop(brought=brought, by=ada)
        return follow(self, *given)

    monkeypatch.setattr(importing._Following, step, stop_then)

    assert not importing.work(brought.pk)

    brought.refresh_from_db()
    assert (brought.status, brought.course) == ("stopped", None)
    assert everything() == before


@pytest.mark.parametrize("step", ["wrote", "built"])
def test_what_is_stopped_while_it_is_written_leaves_nothing(ada, brought, monkeypatch, step):
    follow = getattr(importing._Following, step)
    before = everything()

    def stop_then(self, *given):
        stop(brought=brought, by=ada)
        follow(self, *given)

    monkeypatch.setattr(importing._Following, step, stop_then)

    assert not importing.work(brought.pk)

    # One connection for both here: the stop is rolled back together with the course.
    brought.refresh_from_db()
    assert (brought.course, everything()) == (None, before)


def test_an_import_that_asks_nobody_makes_a_course_though_stopped(ada, brought, monkeypatch):
    """The control of the test above."""

    def stop_then(self, course, report):
        stop(brought=brought, by=ada)

    monkeypatch.setattr(importing._Following, "built", stop_then)
    importing.work(brought.pk)

    assert CoursePage.objects.count() == 1


def test_what_is_done_is_stopped_no_more(client, ada, brought):
    importing.work(brought.pk)

    assert not stop(brought=brought, by=ada)
    brought.refresh_from_db()
    assert brought.status == "done"


def test_each_step_is_shown(client, ada, brought, monkeypatch):
    pages = []
    logged_in(client, ada)
    wrote = importing._Following.wrote

    def look():
        pages.append(client.get(reverse("studio:imports")).text)

    def look_then(self, lessons):
        wrote(self, lessons)
        look()

    monkeypatch.setattr(importing._Following, "wrote", look_then)
    look()
    importing.work(brought.pk)
    look()

    waiting, first, second, done = pages
    assert "Waiting for its turn" in waiting
    assert f"Opened, {len(MARKDOWN)} bytes, 1 file" in first.replace("\xa0", " ")
    assert "Found 2 lessons" in first
    assert "1 of 2" in first
    assert "2 of 2" in second
    assert all("data-under-way" in page for page in (waiting, first, second))
    assert "data-under-way" not in done
    assert "Knots that hold came in: 100 % kept." in done.replace("\xa0", " ")


def test_the_report_counts_what_the_importer_told(client, ada, catalogue):
    one = bring(person=ada, file=a_file(as_tar(the_tea_course()), "tea.tar.gz"))
    importing.work(one.pk)

    shown = report_of(ada, one.key)
    one.refresh_from_db()
    outcomes = one.report["outcomes"]
    assert shown.total.found == one.report["counts"]["components"]
    assert (shown.total.as_it_was, shown.total.simpler, shown.total.left_out) == (
        *(outcomes["imported"], outcomes["degraded"], outcomes["left out"]),
    )
    assert sum(line.found for line in shown.lines) == shown.total.found
    page = logged_in(client, ada).get(reverse("studio:import_report", args=[one.key])).text
    assert "Open edX" in page
    assert "Questions" in page
    assert "Report" in client.get(reverse(NEW)).text


def test_how_it_ended_is_told_until_it_is_put_away_and_listed_all_the_same(client, ada, catalogue):
    logged_in(client, ada)
    bring(person=ada, file=a_file(b"PK\x05\x06broken", "broken.zip"))
    importing.work(CourseImport.objects.get().pk)
    page = BeautifulSoup(client.get(reverse("studio:new_course")).text, "html.parser")
    told = page.select_one("[data-imports] [role=alert]")
    assert "broken.zip was not imported." in told.text

    client.post(told.form["action"])

    page = BeautifulSoup(client.get(reverse("studio:new_course")).text, "html.parser")
    assert page.select("[data-imports] [role=alert]") == []
    assert "broken.zip" in page.select_one("[data-imports-before]").text


def test_how_it_ended_is_news_for_a_day(ada, brought):
    importing.work(brought.pk)
    (shown,) = imports_of(ada)
    assert shown.is_news
    ended = CourseImport.objects.filter(pk=brought.pk)
    ended.update(finished_at=timezone.now() - timedelta(hours=24, minutes=1))

    (shown,) = imports_of(ada)

    assert not shown.is_news


def test_what_is_on_its_way_is_not_put_away(ada, brought):
    assert not put_away(brought=brought, by=ada)
    assert CourseImport.objects.get(pk=brought.pk).put_away_at is None


def test_a_title_is_typed_at_once_where_nothing_else_is_to_read_first(client, ada, catalogue):
    address = reverse("studio:new_course")
    logged_in(client, ada)

    def begins_in_the_title(answer) -> bool:
        page = BeautifulSoup(answer.text, "html.parser")
        return page.select_one("#id_title").has_attr("autofocus")

    assert begins_in_the_title(client.get(address))
    assert begins_in_the_title(client.post(address, {"title": "", "start": "empty"}))
    assert not begins_in_the_title(client.post(reverse("studio:bring_course")))


@pytest.mark.parametrize("who", ["bruno", "ivo"])
def test_nobody_else_sees_or_stops_it(request, client, brought, who):
    stranger = request.getfixturevalue(who)
    logged_in(client, stranger)

    stopped = client.post(reverse("studio:stop_import", args=[brought.key]))
    importing.work(brought.pk)
    put = client.post(reverse("studio:put_away_import", args=[brought.key]))
    report = client.get(reverse("studio:import_report", args=[brought.key]))

    assert (stopped.status_code, put.status_code, report.status_code) == (404, 404, 404)
    assert imports_of(stranger) == []
    assert not stop(brought=brought, by=stranger)
    brought.refresh_from_db()
    assert (brought.status, brought.put_away_at) == ("done", None)


def test_a_course_that_is_deleted_takes_its_report_along(ada, brought):
    importing.work(brought.pk)

    CoursePage.objects.get().delete()

    assert not CourseImport.objects.exists()
    assert not LessonPage.objects.exists()
    assert not Promise.objects.filter(key__startswith="unfinished").exists()
