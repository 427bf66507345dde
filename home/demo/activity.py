"""What learners did: bought, studied, reviewed, gave back. Told in the order of time.

Order numbers, certificate numbers and the ledger count upwards, so the stories of all learners
are laid on one line. Buying and studying are written for all of them together (``trade.py``,
``learning.py``); whatever comes about once in a while happens by its verb.
"""

import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db import transaction

from courses.models import CoursePage, LessonPage
from learners.enrollment.progress import open_lesson, save_position
from learners.models import Enrollment, User
from storefront.catalogue.entries import refresh_counts

from .clock import at
from .learning import study
from .letters import KEPT, write_letters
from .reading import CONTENT, identity
from .sales import ask_back, decline, return_money
from .stories import LearnerStory, Said, Shelved, on_the_shelf
from .trade import sell
from .year import ordinary_year


@dataclass(frozen=True, order=True)
class Event:
    when: datetime
    order: int
    happen: Callable[[], object]


def written_activity() -> dict[str, Any]:
    return tomllib.loads((CONTENT / "activity.toml").read_text())


@transaction.atomic
def load_activity(*, activity: dict[str, Any], now: datetime) -> int:
    """Lets happen what has not happened yet; how many enrollments that made.

    Whoever is enrolled already is left alone, whatever they did since.
    """
    shelf = on_the_shelf()
    people = {user.email: user for user in User.objects.all()}
    known = set(Enrollment.objects.values_list("user_id", "course_id"))
    stories: list[LearnerStory] = []
    events: list[Event] = []

    def tell(story: LearnerStory, later: Iterator[tuple[Callable[[], object], datetime]]) -> None:
        if (story.learner.pk, story.course.page.pk) in known:
            return
        stories.append(story)
        for happen, when in later:
            events.append(Event(when, len(events), happen))

    told_of: set[tuple[str, str]] = set()
    for number, told in enumerate(activity["study"]):
        told_of.add((told["who"], told["course"]))
        course = shelf[str(identity("course", told["course"]))]
        story = _story(told, people[told["who"]], course, now, hour=number)
        tell(story, _later(told, story, now))
    for story, refund in ordinary_year(
        activity=activity, shelf=shelf, people=people, told=told_of, now=now
    ):
        later = [(partial(_returned, story, refund.reason), refund.when)] if refund else []
        tell(story, iter(later))
    _write(sorted(stories, key=lambda story: story.bought), now)
    for event in sorted(events):
        with at(event.when):
            event.happen()
    for course in {story.course.page for story in stories}:
        refresh_counts(course=course)
    return len(stories)


def _write(stories: list[LearnerStory], now: datetime) -> None:
    sales = sell(stories)
    certificates = study(stories, certified_until=now - KEPT)
    write_letters(sales=sales, certificates=certificates, now=now)


def _story(
    told: dict[str, Any], user: User, course: Shelved, now: datetime, *, hour: int
) -> LearnerStory:
    # An hour of their own for each, between eight and ten at night.
    begun = _midnight(now) - timedelta(days=told["bought"]) + timedelta(hours=8 + hour * 5 % 14)
    begun += timedelta(minutes=hour * 37 % 60)
    count = len(course.lessons) if told["lessons"] == "all" else told["lessons"]
    step = timedelta(days=told["pace"])
    done = [
        (lesson, begun + step * number + timedelta(minutes=lesson.estimated_duration))
        for number, lesson in enumerate(course.lessons[:count])
    ]
    review = told.get("review")
    said = None
    if review:
        when = begun + timedelta(days=review["after"], hours=1)
        said = Said(review["rating"], review["content"], when)
    return LearnerStory(user, course, begun, done, code=told.get("code", ""), said=said)


def _later(
    told: dict[str, Any], story: LearnerStory, now: datetime
) -> Iterator[tuple[Callable[[], object], datetime]]:
    """(what happens besides, when) for one learner and one course."""
    user, course = story.learner, story.course.page
    midnight = _midnight(now)
    if "at" in told:
        lesson = story.course.lessons[len(story.done)]
        yesterday = midnight - timedelta(hours=2, minutes=20)
        yield partial(stop_at, user, course, lesson, told["at"]), yesterday
    if wish := told.get("returning"):
        asked = partial(ask_back, buyer=user, course=course, words=wish["words"])
        yield asked, midnight - timedelta(days=wish["asked"], hours=-11)
        if "declined" in wish:
            answered = partial(decline, buyer=user, course=course, answer=wish["answer"])
            yield answered, midnight - timedelta(days=wish["declined"], hours=-10)
    if "refunded" in told:
        when = story.bought + timedelta(days=told["bought"] - told["refunded"])
        yield partial(_returned, story, told["reason"]), when


def stop_at(user: User, course: CoursePage, lesson: LessonPage, second: int) -> None:
    """Opens a lesson and leaves it where the video stood."""
    enrollment = Enrollment.objects.get(user=user, course=course)
    open_lesson(enrollment=enrollment, lesson=lesson)
    save_position(enrollment=enrollment, lesson=lesson, second=second)


def _returned(story: LearnerStory, reason: str) -> None:
    return_money(buyer=story.learner, course=story.course.page, reason=reason)


def _midnight(now: datetime) -> datetime:
    return now.replace(hour=0, minute=0, second=0, microsecond=0)
