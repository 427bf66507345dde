"""Celery as it runs: a real broker, a real worker, work that starts after the commit."""

import threading

import pytest
from celery.signals import task_postrun
from django.core import mail
from django.db import transaction
from django_tasks import task, task_backends
from kombu.exceptions import OperationalError

from courses.models import Category
from courses.outbox.queue import queue_mail
from perfomix.celery import app
from perfomix.tasks import CeleryBackend, run_task
from perfomix.tasks import logger as tasks_logger


@task()
def add_category(name: str) -> None:
    Category.objects.create(name=name, slug=name.lower())


@pytest.fixture
def celery_tasks(settings):
    settings.TASKS = {"default": {"BACKEND": "perfomix.tasks.CeleryBackend"}}

    assert isinstance(task_backends["default"], CeleryBackend)


def test_wagtails_tasks_wait_for_the_commit(db, celery_tasks, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        add_category.enqueue("Craft")
        assert Category.objects.count() == 0
    assert Category.objects.get().name == "Craft"


def test_without_a_broker_wagtails_tasks_run_where_they_are_asked_for(
    db, celery_tasks, commit, monkeypatch, caplog
):
    def unreachable(*arguments):
        raise OperationalError("connection refused")

    monkeypatch.setattr(run_task, "delay", unreachable)
    with caplog.at_level("WARNING", logger=tasks_logger.name), commit():
        add_category.enqueue("Craft")
    assert Category.objects.get().name == "Craft"
    assert "The broker does not answer" in caplog.text
    told = next(record for record in caplog.records if hasattr(record, "event"))
    assert told.event == "task.run_here"


@pytest.mark.django_db(transaction=True)
def test_a_worker_sends_the_mail_of_a_committed_change(celery_worker, cleo):
    done = threading.Event()
    task_postrun.connect(lambda **details: done.set(), weak=False, dispatch_uid="test")
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


def test_everything_on_the_clock_is_a_task_that_exists(settings):
    app.loader.import_default_modules()
    for name, entry in settings.CELERY_BEAT_SCHEDULE.items():
        assert entry["task"] in app.tasks, name
