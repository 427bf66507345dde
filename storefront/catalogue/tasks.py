"""Work on the clock; testable without Celery. Names do not follow the file."""

from celery import shared_task

from . import counting, tiers


@shared_task(name="storefront.tasks.count_catalogue", ignore_result=True)
def count_catalogue() -> None:
    counting.count_again()
    tiers.part_by_popularity()
