"""Celery as it runs: a real broker, a real worker, work that starts after the commit."""

import threading
from datetime import timedelta

import pytest
from celery.exceptions import QueueNotFound
from celery.signals import task_postrun
from django.core import mail
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django_tasks import task, task_backends
from kombu.exceptions import OperationalError
from wagtail.tasks import delete_file_from_storage_task

from courses.models import Category, Promise
from courses.outbox import delivery
from courses.outbox import queue as outbox
from courses.outbox.queue import queue_mail
from courses.outbox.tasks import deliver_mail
from courses.promises import keeping
from courses.promises.keeping import sweep
from courses.promises.promising import promise
from courses.promises.queues import DEFAULT, INDEX, QUEUES
from courses.promises.tasks import keep_promise
from perfomix.celery import app
from perfomix.tasks import PromisedTasks
from tests.fixtures.logs import events
from tests.fixtures.services import a_worker


@task()
def add_category(name: str) -> None:
    Category.objects.create(name=name, slug=name.lower())


@task()
def write_to_a_category(pk: int) -> None:
    Category.objects.get(pk=pk).save()


def test_the_tests_run_wagtails_tasks_as_production_does():
    assert isinstance(task_backends["default"], PromisedTasks)


def test_wagtails_tasks_wait_for_the_commit(db, commit):
    with commit():
        add_category.enqueue("Craft")
        assert Category.objects.count() == 0
    assert Category.objects.get().name == "Craft"
    assert not Promise.objects.exists()


def test_wagtails_tasks_go_with_the_change_that_was_undone(db):
    with pytest.raises(RuntimeError), transaction.atomic():
        add_category.enqueue("Craft")
        raise RuntimeError("the change is undone")

    assert not Promise.objects.exists()


def test_without_a_broker_wagtails_tasks_wait_for_the_sweeper(db, commit, monkeypatch, logged):
    def unreachable(*_, **__):
        raise OperationalError("connection refused")

    monkeypatch.setattr(keep_promise, "apply_async", unreachable)
    with commit():
        add_category.enqueue("Craft")
    assert not Category.objects.exists()
    assert events(logged()) == ["promise.waits"]

    assert sweep(now=timezone.now() + timedelta(minutes=2)) == 1
    assert Category.objects.get().name == "Craft"


def test_a_task_asked_for_twice_runs_once(db, commit):
    with commit():
        add_category.enqueue("Craft")
        add_category.enqueue("Craft")
        add_category.enqueue("Music")

    assert sorted(Category.objects.values_list("name", flat=True)) == ["Craft", "Music"]


def test_a_task_about_something_deleted_since_is_done(db, commit, logged):
    with commit():
        write_to_a_category.enqueue(7)

    assert not Promise.objects.exists()
    assert events(logged()) == ["task.gone"]


def test_a_file_to_delete_is_promised_without_the_keys_of_its_bucket(s3_bucket, db, commit):
    name = default_storage.save("avatar.webp", ContentFile(b"a face"))
    with commit():
        delete_file_from_storage_task.enqueue(default_storage.deconstruct(), name)
        (kept,) = Promise.objects.all()
        assert kept.arguments["args"] == ["the default storage", "avatar.webp"]

    assert not default_storage.exists(name)


@pytest.mark.django_db(transaction=True)
def test_a_worker_sends_the_mail_of_a_committed_change(celery_worker, cleo):
    done = threading.Event()
    task_postrun.connect(
        lambda sender, **_: sender.name == deliver_mail.name and done.set(),
        weak=False,
        dispatch_uid="test",
    )
    with transaction.atomic():
        promised = queue_mail(
            key="code:1",
            to=cleo.email,
            language=cleo.language,
            template="code",
            context={"code": "AB12", "heading": "Your code", "minutes": 15},
        )
    assert done.wait(timeout=30), "the worker did not run the task"
    task_postrun.disconnect(dispatch_uid="test")
    promised.refresh_from_db()
    assert promised.sent_at is not None
    assert [sent.to for sent in mail.outbox] == [["cleo@example.com"]]


def test_everything_on_the_clock_is_a_task_that_exists_in_a_queue_that_exists(settings):
    app.loader.import_default_modules()
    for name, entry in settings.CELERY_BEAT_SCHEDULE.items():
        assert entry["task"] in app.tasks, name
        assert entry["options"]["queue"] in QUEUES, name


MANY = 40


@pytest.fixture
def indexed_before_the_mail(celery_broker, cleo, monkeypatch):
    """A function: how many of ``MANY`` things to index a single worker does before a mail."""
    done = []
    monkeypatch.setattr(keeping, "_KEEPERS", dict(keeping._KEEPERS))
    keeping.keeper("tests.index", queue=INDEX)(lambda **_: done.append(1))

    def run() -> int:
        with transaction.atomic():
            for number in range(MANY):
                promise("tests.index", key=f"index:{number}")
            queue_mail(
                key="code:1",
                to=cleo.email,
                language=cleo.language,
                template="code",
                context={"code": "AB12", "heading": "Your code", "minutes": 15},
            )
        before, sent = [], threading.Event()
        send = delivery.deliver

        def deliver(pk):
            before.append(len(done))
            send(pk)
            sent.set()

        monkeypatch.setattr(delivery, "deliver", deliver)
        with a_worker(celery_broker):
            assert sent.wait(timeout=60), "the worker did not send the mail"
        return before[0]

    return run


@pytest.mark.django_db(transaction=True)
def test_a_mail_does_not_wait_behind_an_index(indexed_before_the_mail):
    assert indexed_before_the_mail() <= len(QUEUES)


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_in_one_queue_the_mail_comes_last(indexed_before_the_mail, monkeypatch):
    """The control of the test above."""
    monkeypatch.setattr(outbox, "MAIL", INDEX)

    assert indexed_before_the_mail() == MANY


@pytest.mark.django_db(transaction=True)
def test_work_for_a_queue_that_nobody_listens_to_is_refused(celery_broker):
    with pytest.raises(QueueNotFound):
        keep_promise.apply_async([1], queue="indx")


def test_the_sweepers_of_all_queues_keep_every_promise_once(db, monkeypatch):
    monkeypatch.setattr(keeping, "_KEEPERS", dict(keeping._KEEPERS))
    kept = []
    for queue in QUEUES:
        keeping.keeper(f"tests.{queue}", queue=queue)(lambda what: kept.append(what))  # noqa: PLW0108 (by its name)
        promise(f"tests.{queue}", key=queue, what=queue)
    late = timezone.now() + timedelta(minutes=2)

    for queue in QUEUES:
        assert sweep(queue=queue, now=late) == 1
        assert kept.pop() == queue


def test_a_promise_that_nobody_keeps_any_more_is_seen_as_an_error(db, monkeypatch):
    monkeypatch.setattr(keeping, "_KEEPERS", dict(keeping._KEEPERS))
    keeping.keeper("tests.gone", queue=INDEX)(lambda: None)
    promise("tests.gone", key="gone")
    keeping._KEEPERS.pop("tests.gone")
    keeping._QUEUES.pop("tests.gone")

    sweep(queue=DEFAULT, now=timezone.now() + timedelta(minutes=2))

    assert "KeyError" in Promise.objects.get().last_error
