"""Work that Celery does for courses. Tasks take keys; the work is testable without them."""

from celery import shared_task

from courses import outbox


@shared_task(ignore_result=True)
def deliver_mail(pk: int) -> None:
    outbox.deliver(pk)


@shared_task(ignore_result=True)
def send_waiting_mail() -> None:
    outbox.sweep()
