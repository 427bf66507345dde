"""A year of ordinary sales, drawn from a few figures a course: ``trade.toml``.

Who buys what is drawn from the names alone, so that it is the same whenever the demo is loaded,
and a second loading finds it there. Only the days lean on the calendar: people learn in January
and September, give in December and are outdoors in July.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from learners.models import Role, User

from .people import written_people
from .reading import CONTENT, identity
from .stories import LearnerStory, Said, Shelved

# How much is bought in each month of the year, January first.
SEASONS = [10, 7, 6, 5, 4, 3, 2, 3, 9, 8, 7, 9]
# A sale of the last day might be younger than its first lesson.
YOUNGEST = 2
# After so many days somebody may have bought anything.
SETTLED = 60
# Longest between two lessons, in days.
SLOWEST = 5
# One sale in so many goes back.
RETURNED = 14
REASONS = [
    "Bought it twice over, as a gift and for themselves. Asked the same week.",
    "Expected a live class. Nothing had been opened.",
    "Wanted the beginners' course and will buy that one.",
    "Did not find the time. Asked within the days of the rule.",
]


@dataclass(frozen=True)
class GivenBack:
    when: datetime
    reason: str


def written_trade() -> list[dict[str, Any]]:
    return tomllib.loads((CONTENT / "trade.toml").read_text())["course"]


def ordinary_year(
    *,
    activity: dict[str, Any],
    shelf: dict[str, Shelved],
    people: dict[str, User],
    told: set[tuple[str, str]],
    now: datetime,
) -> Iterator[tuple[LearnerStory, GivenBack | None]]:
    """Each sale as a story; ``told`` are the (learner, course) of which more is told."""
    opened = {one["course"]: one["approved"] for one in activity["release"] if "approved" in one}
    learners = [
        person
        for person in written_people()
        if "role" not in person and people[person["email"]].role == Role.CONSUMER
    ]
    codes = _codes()
    for figures in written_trade():
        name = figures["name"]
        course = shelf[str(identity("course", name))]
        draw = Random(name)
        free = [person for person in learners if (person["email"], name) not in told]
        buyers = _buyers(draw, free, course.page.language, opened[name])[: figures["sales"]]
        sales = [
            Bought(_moment(draw, days, now), people[person["email"]], speaks)
            for person, days, speaks in buyers
        ]
        yield from _stories(draw, figures, course, sorted(sales, key=_moment_of), codes, now)


@dataclass(frozen=True)
class Bought:
    when: datetime
    who: User
    speaks: bool  # the language of the course


def _moment_of(sale: Bought) -> datetime:
    return sale.when


def _buyers(
    draw: Random, learners: list[dict[str, Any]], language: str, opened: int
) -> list[tuple[dict[str, Any], int, bool]]:
    """(who, since how many days they might buy, whether they speak the language of the course).

    Whoever speaks it comes first; others take a course that is not in their own.
    """
    drawn = sorted(learners, key=lambda person: person["email"])
    draw.shuffle(drawn)
    found = []
    for person in drawn:
        days = min(person["joined"], opened)
        speaks = language in ("en", *person.get("speaks", []))
        native = speaks and language != "en"
        if _is_likely(draw, days) or (native and days > YOUNGEST):
            found.append((person, days, speaks))
    return sorted(found, key=lambda one: not one[2])


def _is_likely(draw: Random, days: int) -> bool:
    """Whoever came lately, or meets a course that did, has had little time to buy it."""
    return days > SETTLED or (days > YOUNGEST and draw.random() < days / SETTLED)


def _moment(draw: Random, days: int, now: datetime) -> datetime:
    """Some time since so many days, in a season when people buy."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    choice = range(YOUNGEST, days)
    weights = [SEASONS[(midnight - timedelta(days=day)).month - 1] for day in choice]
    (day,) = draw.choices(choice, weights)
    return midnight - timedelta(days=day, hours=-draw.randint(6, 21), minutes=-draw.randint(0, 59))


def _stories(
    draw: Random,
    figures: dict[str, Any],
    course: Shelved,
    sales: list[Bought],
    codes: list[dict[str, Any]],
    now: datetime,
) -> Iterator[tuple[LearnerStory, GivenBack | None]]:
    """What becomes of each sale."""
    opinions = _opinions(draw, figures, sales)
    for number, sale in enumerate(sales):
        opinion = opinions.get(sale.who.email)
        code = _code(draw, codes, sale.when, now) if course.page.price else ""
        goes_back = bool(
            course.page.price
            and opinion is None
            and number % RETURNED == RETURNED - 1
            and now - sale.when > timedelta(days=20)
        )
        done = [] if goes_back else _studied(draw, course, sale.when, now, figures["finishing"])
        if opinion and not done:
            done = [(course.lessons[0], sale.when + timedelta(minutes=25))]
        said = _said(draw, opinion, done, now) if opinion else None
        refund = None
        if goes_back:
            refund = GivenBack(
                sale.when + timedelta(days=draw.randint(2, 12)), draw.choice(REASONS)
            )
        yield LearnerStory(sale.who, course, sale.when, done, code=code, said=said), refund


def _opinions(
    draw: Random, figures: dict[str, Any], sales: list[Bought]
) -> dict[str, tuple[int, str]]:
    """Who says what. The eldest buyers have had the time, and words take somebody who has the
    language."""
    written = [(one["rating"], one["words"]) for one in figures.get("review", [])]
    draw.shuffle(written)
    talking = [sale.who.email for sale in sales if sale.speaks]
    said = dict(zip(talking, written, strict=False))
    silent = [sale.who.email for sale in sales if sale.who.email not in said]
    return said | {
        email: (rating, "") for email, rating in zip(silent, figures["stars"], strict=False)
    }


def _studied(
    draw: Random, course: Shelved, begun: datetime, now: datetime, finishing: float
) -> list[tuple[Any, datetime]]:
    """Lessons done one after the other, as far as today allows."""
    total = len(course.lessons)
    count = total if draw.random() < finishing else draw.randint(0, total - 1)
    step = timedelta(days=draw.uniform(0.4, SLOWEST))
    moments = [
        (lesson, begun + step * number + timedelta(minutes=course.minutes[number]))
        for number, lesson in enumerate(course.lessons[:count])
    ]
    return [(lesson, when) for lesson, when in moments if when < now - timedelta(hours=3)]


def _said(
    draw: Random, opinion: tuple[int, str], done: list[tuple[Any, datetime]], now: datetime
) -> Said:
    rating, words = opinion
    when = done[-1][1] + timedelta(hours=draw.randint(1, 70))
    return Said(rating, words, min(when, now - timedelta(hours=2)))


def _codes() -> list[dict[str, Any]]:
    """The codes that hold for every course."""
    written = tomllib.loads((CONTENT / "coupons.toml").read_text())["coupon"]
    return [given for given in written if "course" not in given]


def _code(draw: Random, codes: list[dict[str, Any]], when: datetime, now: datetime) -> str:
    """Two buyers in five know the code that holds on their day."""
    knows = draw.random() < 0.4
    for given in codes:
        begins, ends = (now - timedelta(days=given[name]) for name in ("made", "ends"))
        if knows and begins < when < ends:
            return given["code"]
    return ""
