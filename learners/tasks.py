"""Work that Celery does for learners. Tasks take keys; the work is testable without them."""

from celery import shared_task

from learners import progress


@shared_task(ignore_result=True)
def follow_release(course_id: int) -> None:
    progress.follow_release(course_id=course_id)
