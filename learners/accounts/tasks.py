"""Work on the clock; testable without Celery. Names do not follow the file."""

from celery import shared_task

from . import retention


@shared_task(name="learners.tasks.end_old_sessions", ignore_result=True)
def end_old_sessions() -> None:
    retention.end_old_sessions()


@shared_task(name="learners.tasks.forget_unproved_accounts", ignore_result=True)
def forget_unproved_accounts() -> None:
    retention.forget_unproved_accounts()
