"""Tasks take keys; the work is testable without them."""

from celery import shared_task

from . import importing

# Seconds. An import ends by itself before that; what does not, hangs.
LONGEST = int(importing.LEASE.total_seconds()) - 60


@shared_task(name="courses.tasks.import_course", ignore_result=True, time_limit=LONGEST)
def import_brought(pk: int) -> None:
    importing.work(pk)


@shared_task(name="courses.tasks.import_left_courses", ignore_result=True, time_limit=LONGEST)
def import_left_courses() -> None:
    importing.sweep()
