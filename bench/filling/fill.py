"""``fill(size)``: a whole site, the same one for the same size."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from random import Random

from django.db import connection

from bench.sizes import Size
from home.sitemap.building import build as build_sitemap
from learners.models import User
from storefront.catalogue.counting import count_again
from storefront.catalogue.tiers import find_again, part_by_popularity

from . import swiftly
from .courses import Course, Printer, Told, Written, write_patterns
from .people import Cast, Person, fill_people
from .studying import (
    Studied,
    average,
    count_learners,
    enroll,
    enroll_one,
    write_reviews,
    write_studied,
)
from .trade import BOOKED, write_trade
from .words import MEANT, RAREST, Title, Words

SEED = 1848
# Learners of the long course, and one in so many says something of a course.
IN_LONG, SAYS = 300, 10


def fill(size: Size, *, say: Callable[[str], None] = lambda what: None) -> None:
    """Fills the empty, migrated database that Django is connected to."""
    filling = _Filling(size, say)
    with filling.step("people"), swiftly.unchecked():
        cast = fill_people(size, filling.draw)
    with filling.step("patterns"):  # by verbs, so that triggers hold
        written = write_patterns(size, cast, filling.words)
    with ExitStack() as stack:
        if size.in_bulk:
            stack.enter_context(swiftly.careless())
        stack.enter_context(swiftly.unchecked())
        filling.fill_the_rest(cast, written)
    if not connection.in_atomic_block:
        with filling.step("statistics"):
            swiftly.settle()
    with filling.step("sitemap"):
        build_sitemap()


class _Filling:
    def __init__(self, size: Size, say: Callable[[str], None]) -> None:
        self.size, self.say = size, say
        self.draw = Random(SEED)
        self.words = Words(self.draw)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        began = time.monotonic()
        yield
        self.say(f"{name}: {time.monotonic() - began:.0f} s")

    def fill_the_rest(self, cast: Cast, written: Written) -> None:
        with ExitStack() as stack:
            if self.size.in_bulk:
                stack.enter_context(self.step("indexes"))
                stack.enter_context(swiftly.without_indexes())
            with self.step("courses"):
                courses, followed = self._print_courses(cast, written)
            with self.step("progress"):
                everything = self._enroll(cast, written, courses, followed)
                write_studied(everything, self.draw)
                write_reviews(everything, self.draw)
                count_learners()
            with self.step("trade"):
                star = str(cast.star.pk.hex)
                booked = [
                    sale
                    for number, sale in enumerate(everything)
                    if number % BOOKED == 0 or sale.course.producer.id == star
                ]
                write_trade(booked, self.draw)
            with self.step("counts"):  # triggers keep them, and were off
                count_again()
                part_by_popularity()
                find_again()

    def _print_courses(self, cast: Cast, written: Written) -> tuple[list[Course], list[Course]]:
        """(all but those of the star, those of the star)."""
        size, draw = self.size, self.draw
        printer = Printer(self.words, draw)
        star, prolific = _person(cast.star), _person(cast.prolific)
        followed = [
            printer.print(written.large, star, _told(size.followers // 4)) for _ in range(4)
        ]
        ranks = list(range(size.courses - 4))
        draw.shuffle(ranks)
        learners = _popularity(size)
        courses = []
        for number, rank in enumerate(ranks):
            stencil = written.large if rank < size.popular else written.small
            producer = prolific if number < size.of_one_producer else draw.choice(cast.producers)
            courses.append(printer.print(stencil, producer, self._told(rank, learners[rank])))
        for _ in range(size.waiting):
            printer.print(written.waiting, draw.choice(cast.producers), Told())
        printer.finish()
        return courses, followed

    def _told(self, rank: int, learners: int) -> Told:
        """The title of one course has the rarest word, another has the one that is misspelt."""
        title = {0: Title((MEANT, "outdoors")), 3: Title((RAREST, "cordial"))}.get(rank)
        return _told(learners, title)

    def _enroll(
        self, cast: Cast, written: Written, courses: list[Course], followed: list[Course]
    ) -> list[Studied]:
        draw, busy = self.draw, _person(cast.busy)
        found = enroll([*followed, *courses], cast.learners, draw)
        some = draw.sample(courses, min(self.size.of_one_learner, len(courses)))
        found += enroll_one(busy, some, draw)
        found += enroll([_long(written, cast, self.size)], cast.learners, draw)
        return found


def _popularity(size: Size) -> list[int]:
    """Learners of each course, the most popular first: half as many for twice the rank."""
    left = size.enrollments - 4 * (size.followers // 4)
    weights = [1 / rank for rank in range(1, size.courses - 3)]
    share = left / sum(weights)
    most = size.learners * 9 // 10
    return [min(most, round(share * weight)) for weight in weights]


def _told(learners: int, title: Title | None = None) -> Told:
    ratings = learners // SAYS
    return Told(learners=learners, ratings=ratings, rating=average(ratings), title=title)


def _long(written: Written, cast: Cast, size: Size) -> Course:
    """The course that verbs wrote, as one to be enrolled in."""
    items = written.long.releases.get(status="current").items.filter(kind="lesson")
    lessons = list(items.order_by("position").values_list("page_id", "minutes"))
    return Course(
        id=written.long.pk,
        title=written.long.title,
        price=str(written.long.price),
        producer=_person(cast.author),
        lessons=tuple(page for page, _ in lessons),
        minutes=tuple(minutes for _, minutes in lessons),
        learners=min(IN_LONG, size.learners // 2),
        ratings=0,
    )


def _person(user: User) -> Person:
    return Person(id=user.pk.hex, name=user.name)
