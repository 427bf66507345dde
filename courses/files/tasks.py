"""Work on the clock; testable without Celery. Names do not follow the file."""

from celery import shared_task

from . import uploads


@shared_task(name="courses.tasks.remove_left_uploads", ignore_result=True)
def remove_left_uploads() -> None:
    uploads.remove_left_uploads()
