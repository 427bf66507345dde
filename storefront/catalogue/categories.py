"""The subjects, in their order, as a process remembers them."""

from courses.freshness import keys
from courses.freshness.remembered import Remembered
from courses.models import Category


def _read() -> tuple[Category, ...]:
    return tuple(Category.objects.all())


the_categories = Remembered(_read, keys.SUBJECTS)
