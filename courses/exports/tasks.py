"""Tasks take keys; the work is testable without them."""

from celery import shared_task

from . import retention, writing

# Seconds. A million rows take some minutes; whatever takes longer than this hangs.
LONGEST = 4 * 3600


@shared_task(name="courses.tasks.write_export", ignore_result=True, time_limit=LONGEST)
def write_export(pk: int) -> None:
    writing.write(pk)


@shared_task(name="courses.tasks.write_left_exports", ignore_result=True, time_limit=LONGEST)
def write_left_exports() -> None:
    writing.sweep()


@shared_task(name="courses.tasks.forget_old_exports", ignore_result=True)
def forget_old_exports() -> None:
    retention.forget_old()
