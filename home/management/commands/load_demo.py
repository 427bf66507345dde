"""``manage.py load_demo``: a marketplace to look at, with people and a year of their doings."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from home.demo.loader import DemoRefused, load_demo
from home.demo.logins import LOGINS, PASSWORD
from home.demo.sales import introduce_to_stripesim


class Command(BaseCommand):
    help = "Create the demo courses, people and sales that are missing. Safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = load_demo()
        except DemoRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        introduce_to_stripesim()
        if not loaded.anything:
            self.stdout.write("The demo is complete; nothing was changed.")
            return
        self.stdout.write(
            f"Made {loaded.people} people, {loaded.courses} courses, {loaded.coupons} coupons "
            f"and {loaded.enrollments} enrollments."
        )
        self.stdout.write(f"Log in with the password {PASSWORD} as:")
        for email, who in LOGINS:
            self.stdout.write(f"  {email}   {who}")
