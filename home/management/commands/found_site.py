"""``manage.py found_site``: the pages that a new site cannot do without."""

from typing import Any

from django.core.management.base import BaseCommand

from home.founding import found_site


class Command(BaseCommand):
    help = (
        "Create the front page, the catalogue, the terms and the subjects that are missing. "
        "Safe to run again: what is there stays as it is."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        home = found_site().get_parent()
        self.stdout.write(f"The site stands at {home.full_url}")
