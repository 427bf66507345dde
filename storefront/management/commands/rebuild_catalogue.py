"""``manage.py rebuild_catalogue``: write every row of the catalogue again."""

from typing import Any

from django.core.management.base import BaseCommand

from courses.covers.pictures import make_thumbnail
from courses.models import CoursePage
from courses.releases.rereading import read_lessons_again
from storefront.catalogue.counting import count_again
from storefront.catalogue.entries import refresh_entry
from storefront.catalogue.tiers import find_again, part_by_popularity
from storefront.models import CatalogueEntry


class Command(BaseCommand):
    help = "Write every row of the catalogue again from what is released."

    def handle(self, *args: Any, **options: Any) -> None:
        courses = CoursePage.objects.filter(live=True) | CoursePage.objects.filter(
            pk__in=CatalogueEntry.objects.values("pk")
        )
        count = 0
        for course in courses.order_by("pk").iterator(chunk_size=100):
            read_lessons_again(course=course)
            make_thumbnail(course)
            refresh_entry(course=course)
            count += 1
        count_again()
        part_by_popularity()
        find_again()
        self.stdout.write(f"{count} courses stand in the catalogue.")
