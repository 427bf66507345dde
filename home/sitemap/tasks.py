"""On the clock, for what nobody told."""

from celery import shared_task

from . import building


@shared_task(name="home.tasks.build_sitemap", ignore_result=True)
def build_sitemap() -> None:
    building.build()
