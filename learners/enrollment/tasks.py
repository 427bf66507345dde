"""Tasks take keys; the work is testable without them. Names do not follow the file."""

from celery import shared_task

from learners.enrollment import progress


@shared_task(name="learners.tasks.follow_release", ignore_result=True)
def follow_release(course_id: int) -> None:
    progress.follow_release(course_id=course_id)
