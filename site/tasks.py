"""Wagtail's background tasks (search index, reference index, focal points) on our Celery.

Wagtail enqueues some of them inside a transaction. A worker must never look for a row that
is not there yet, so the message leaves after the commit. When the broker does not answer,
the task runs in the process that asked for it: late is better than lost.
"""

import logging
from collections.abc import Iterable
from typing import Any

from celery import shared_task
from django.utils.module_loading import import_string
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskResult, TaskResultStatus
from django_tasks.utils import get_random_id
from kombu.exceptions import OperationalError

from courses.promises.after_commit import after_commit

logger = logging.getLogger(__name__)


class CeleryBackend(BaseTaskBackend):
    """``TASKS = {"default": {"BACKEND": "perfomix.tasks.CeleryBackend"}}``"""

    def enqueue(self, task: Task, args: Iterable[Any], kwargs: dict[str, Any]) -> TaskResult:
        self.validate_task(task)
        result = TaskResult(
            task=task,
            id=get_random_id(),
            status=TaskResultStatus.READY,
            enqueued_at=None,
            started_at=None,
            last_attempted_at=None,
            finished_at=None,
            args=list(args),
            kwargs=kwargs,
            backend=self.alias,
            errors=[],
            worker_ids=[],
        )
        after_commit(_send, task.module_path, result.args, result.kwargs)
        return result


def _send(path: str, args: list[Any], kwargs: dict[str, Any]) -> None:
    try:
        run_task.delay(path, args, kwargs)
    except OperationalError:
        logger.warning(
            "The broker does not answer; running %s here.",
            path,
            extra={"event": "task.run_here", "task": path},
        )
        run_task(path, args, kwargs)


@shared_task
def run_task(path: str, args: list[Any], kwargs: dict[str, Any]) -> None:
    """Run the django-tasks function at the dotted ``path``; its arguments are JSON."""
    import_string(path).func(*args, **kwargs)
