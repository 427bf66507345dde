"""All the courses: a few written by verbs, the others printed from them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from random import Random
from typing import Any

from django.db import connection
from django.db.models import F, Max, Model
from django.utils import timezone
from wagtail.models import Collection, Page

from bench.sizes import Size
from courses.models import CataloguePage, Category, CoursePage, Level
from home.founding import found_site

from . import patterns
from .patterns import LARGE, SMALL, approve, marks, submit, write_course
from .people import Cast, Person
from .sheets import write
from .stencils import Stencil
from .words import Title, Words, vector

PRICES = ("0.00", "9.00", "19.00", "24.00", "39.00", "49.00", "79.00", "120.00")
LEVELS = tuple(Level.values)
# Copies whose lines are in memory at one time.
AT_ONCE = 1_000
LONG_SLUG = "the-long-course"
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Course:
    """What is to be known of a course to enroll people in it."""

    id: int
    title: str
    price: str
    producer: Person
    lessons: tuple[int, ...]
    minutes: tuple[int, ...]
    learners: int
    ratings: int


@dataclass(frozen=True)
class Written:
    """The courses that verbs wrote."""

    small: Stencil
    large: Stencil
    waiting: Stencil
    long: CoursePage


def write_patterns(size: Size, cast: Cast, words: Words) -> Written:
    """One of each kind, and the long one, which is submitted once more with changes."""
    found_site()
    small = write_course(SMALL, by=cast.pattern, titles=marks("s"))
    large = write_course(LARGE, by=cast.pattern, titles=marks("l"))
    waiting = write_course(SMALL, by=cast.pattern, titles=marks("w"))
    titles = (title.text for title in words.titles())
    long = write_course(
        patterns.long_shape(size.lessons_of_long), by=cast.author, titles=titles, slug=LONG_SLUG
    )
    for course in (small, large, long):
        approve(submit(course), by=cast.moderator)
    submit(waiting)
    patterns.change_lessons(long, every=10)
    submit(long)
    patterns.keep_promises()
    return Written(
        small=Stencil("s", CoursePage.objects.get(pk=small.pk)),
        large=Stencil("l", CoursePage.objects.get(pk=large.pk)),
        waiting=Stencil("w", CoursePage.objects.get(pk=waiting.pk), digested=True),
        long=CoursePage.objects.get(pk=long.pk),
    )


class Printer:
    """Prints copies of the patterns, with places in the tree and keys of their own."""

    def __init__(self, words: Words, draw: Random) -> None:
        self._draw, self._words = draw, words
        self._titles = words.titles()
        self._categories = list(Category.objects.values_list("pk", "name"))
        self._catalogue = CataloguePage.objects.get()
        self._collections = Collection.objects.get(depth=1)
        self._steps = count(_next_step(self._catalogue))
        self._collection_steps = count(_next_step(self._collections))
        self._next: dict[type[Model], int] = {}
        self._waiting: dict[str, list[str]] = {}
        self._copies = 0
        self._now = timezone.now()

    def print(self, stencil: Stencil, producer: Person, told: "Told") -> Course:
        """One course more. Its lines are written with those of others: ``flush``."""
        values = self._values(stencil, producer, told)
        for rows in stencil.tables:
            if not rows.keys:  # the page's own
                continue
            first = self._next.get(rows.model) or _after_last(rows.model)
            values.update(zip(rows.keys, range(first, first + len(rows.keys)), strict=True))
            self._next[rows.model] = first + len(rows.keys)
        values.update(stencil.digests(values))
        for rows in stencil.tables:
            lines = self._waiting.setdefault(rows.target, [])
            lines += [line % values for line in rows.lines]
        self._copies += 1
        if self._copies % AT_ONCE == 0:
            self.flush()
        pages = [values[f"page{n}"] for n in range(stencil.pages)]
        return Course(
            id=pages[0],
            title=values["title0"],
            price=values["price"],
            producer=producer,
            lessons=tuple(pages[n] for n in stencil.lessons),
            minutes=tuple(stencil.minutes),
            learners=told.learners,
            ratings=told.ratings,
        )

    def flush(self) -> None:
        for target, lines in self._waiting.items():
            write(target, lines)
        self._waiting.clear()

    def finish(self) -> None:
        """What the parents count, and where the database goes on to count keys."""
        self.flush()
        CataloguePage.objects.filter(pk=self._catalogue.pk).update(
            numchild=F("numchild") + self._copies
        )
        Collection.objects.filter(depth=1).update(numchild=F("numchild") + self._copies)
        with connection.cursor() as cursor:
            for model, following in self._next.items():
                table, column = model._meta.db_table, model._meta.pk.column
                cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [table, column])
                (sequence,) = cursor.fetchone()
                reached = f"(SELECT last_value + 1 FROM {sequence})"
                cursor.execute(
                    f"SELECT setval(%s, greatest(%s, {reached}), false)",
                    [sequence, following],
                )

    def _values(self, stencil: Stencil, producer: Person, told: "Told") -> dict[str, Any]:
        draw = self._draw
        number = stencil.pages
        category, subject = draw.choice(self._categories)
        hexes = draw.randbytes(32 * number).hex()
        titles = [told.title or next(self._titles)]
        titles += [next(self._titles) for _ in range(number - 1)]
        values: dict[str, Any] = {
            "path": self._catalogue.path + _step(next(self._steps)),
            "collection_path": self._collections.path + _step(next(self._collection_steps)),
            "producer": producer.id,
            "producer_name": producer.name,
            "price": draw.choice(PRICES),
            "category": category,
            "producer_words": self._words.folded(producer.name),
            "names": self._words.names(stencil.names_at, producer.name, subject),
            "level": draw.choice(LEVELS),
            "published": _ago(self._now, draw.randrange(40, 1500), draw),
            "submitted": _ago(self._now, draw.randrange(1, 30), draw),
            "students": told.learners,
            "completions": 0,
            "rating": f"{told.rating:.2f}",
            "rating_count": told.ratings,
        }
        for n, title in enumerate(titles):
            start = 64 * n
            values[f"uuid{n}"] = hexes[start : start + 32]
            values[f"key{n}"] = hexes[start + 32 : start + 64]
            values[f"title{n}"] = title.text
            values[f"slug{n}"] = f"{title.slug}-{self._copies if n == 0 else n}"
        for one in stencil.vectors:
            lexemes = self._words.lexemes if one.stemmed else {}
            values[one.blank] = vector(titles[one.page].words, lexemes, one.place, one.weight)
        return values


@dataclass(frozen=True)
class Told:
    """What is decided of a course before it is printed."""

    learners: int = 0
    ratings: int = 0
    rating: float = 0.0
    title: Title | None = None


def _ago(now: datetime, days: int, draw: Random) -> str:
    return (now - timedelta(days=days, minutes=draw.randrange(1440))).isoformat()


def _after_last(model: type[Model]) -> int:
    return (model._base_manager.aggregate(last=Max("pk"))["last"] or 0) + 1


def _next_step(parent: Any) -> int:
    """The first free place below ``parent``, counted."""
    last = parent.get_last_child()
    return int(last.path[-Page.steplen :], 36) + 1 if last else 1


def _step(number: int) -> str:
    digits = ""
    for _ in range(Page.steplen):
        number, rest = divmod(number, 36)
        digits = _DIGITS[rest] + digits
    return digits
