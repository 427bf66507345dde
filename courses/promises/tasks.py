"""Tasks take keys; the work is testable without them."""

from celery import shared_task

from . import keeping


@shared_task(name="courses.tasks.keep_promise", ignore_result=True)
def keep_promise(pk: int) -> None:
    keeping.keep(pk)


@shared_task(name="courses.tasks.keep_promises", ignore_result=True)
def keep_promises(queue: str = "") -> None:
    keeping.sweep(queue=queue)
