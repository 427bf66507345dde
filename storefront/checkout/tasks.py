"""Work on the clock; testable without Celery. Names do not follow the file."""

from celery import shared_task

from . import orders, refunds, retention


@shared_task(name="storefront.tasks.expire_orders", ignore_result=True)
def expire_orders() -> None:
    orders.expire_overdue()


@shared_task(name="storefront.tasks.finish_refunds", ignore_result=True)
def finish_refunds() -> None:
    refunds.finish_waiting()


@shared_task(name="storefront.tasks.reduce_old_messages", ignore_result=True)
def reduce_old_messages() -> None:
    retention.reduce_old_messages()
