"""The subjects that courses are sorted into, as every page of the shop needs them."""

from courses.freshness import keys
from courses.freshness.remembered import Remembered
from courses.models import Category


def _read() -> list[Category]:
    return list(Category.objects.all())


# In their order. For reading only: the rows are those of everybody who asks.
subjects = Remembered(_read, keys.SUBJECTS)
