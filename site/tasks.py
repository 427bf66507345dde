"""Wagtail's background tasks (search index, reference index, files to delete) as promises.

What Wagtail enqueues is written down in the transaction that causes it and runs after the
commit, in a worker. When the broker is away, or a message or a worker gets lost, it happens
later: see ``courses.promises``. The one thing that can be lost is a file to delete whose
process dies between the commit and the next statement, for Wagtail enqueues that one after the
commit; the file then stays in the storage, where nothing refers to it any more.
"""

import json
import logging
from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.core.files.storage import default_storage
from django.utils.module_loading import import_string
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskResult, TaskResultStatus
from django_tasks.utils import get_random_id

from courses.promises.keeping import keeper
from courses.promises.promising import promise
from courses.promises.queues import INDEX

logger = logging.getLogger(__name__)

# Stands for the storage of the settings: how it is made holds the keys of a bucket.
DEFAULT_STORAGE = "the default storage"


class PromisedTasks(BaseTaskBackend):
    """``TASKS = {"default": {"BACKEND": "perfomix.tasks.PromisedTasks"}}``

    The same task with the same arguments, enqueued again while it waits, runs once.
    """

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
        path = task.module_path
        given = json.loads(json.dumps(result.args))
        kept = [DEFAULT_STORAGE if _is_default_storage(arg) else arg for arg in given]
        named = sha256(json.dumps([path, kept, kwargs], sort_keys=True).encode()).hexdigest()
        promise("site.run_task", key=f"task:{named}", path=path, args=kept, kwargs=kwargs)
        return result


@keeper("site.run_task", queue=INDEX)
def run_task(*, path: str, args: list[Any], kwargs: dict[str, Any]) -> None:
    """Run the django-tasks function at the dotted ``path``."""
    given = [default_storage.deconstruct() if arg == DEFAULT_STORAGE else arg for arg in args]
    try:
        import_string(path).func(*given, **kwargs)
    except ObjectDoesNotExist:
        # Deleted since, and with it whatever was to be done about it.
        logger.info("task about something gone", extra={"event": "task.gone", "task": path})


def _is_default_storage(argument: Any) -> bool:
    """Whether it says how to make the default storage, as ``Storage.deconstruct`` does."""
    # As JSON has it, which knows no tuples.
    return argument == json.loads(json.dumps(default_storage.deconstruct()))
