"""Tasks take keys; the work is testable without them.

Their names do not follow the file: messages under way during an update still find them.
"""

from celery import shared_task

from . import delivery, retention


@shared_task(name="courses.tasks.deliver_mail", ignore_result=True)
def deliver_mail(pk: int) -> None:
    delivery.deliver(pk)


@shared_task(name="courses.tasks.send_waiting_mail", ignore_result=True)
def send_waiting_mail() -> None:
    delivery.sweep()


@shared_task(name="courses.tasks.empty_old_mails", ignore_result=True)
def empty_old_mails() -> None:
    retention.empty_old_mails()
