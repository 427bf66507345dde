"""Work that Celery does for the shop. Tasks take keys; the work is testable without them."""

from celery import shared_task

from . import orders, refunds


@shared_task(ignore_result=True)
def expire_orders() -> None:
    orders.expire_overdue()


@shared_task(ignore_result=True)
def finish_refunds() -> None:
    refunds.finish_waiting()
