"""Where on the filled site the journeys lead, and who makes them."""

from collections.abc import Iterator
from functools import cached_property
from random import Random
from typing import NamedTuple
from uuid import UUID

from django.http import HttpRequest

from courses.freshness import keys
from courses.models import (
    CataloguePage,
    CoursePage,
    CourseRelease,
    ItemKind,
    LessonPage,
    ReleaseStatus,
)
from courses.records.cursors import keyset_page
from learners.enrollment.positions import longest_video
from learners.models import Certificate, Enrollment, LessonProgress, ProgressStatus, User
from learners.study.passes import watching_pass
from storefront.catalogue.browsing import PAGE_SIZE, SCOPE, SORTS
from storefront.models import CatalogueEntry, Order, OrderStatus, Payment, PaymentStatus

from .asking import Sender, signed_in, visitor
from .filling.courses import LONG_SLUG
from .filling.fill import SEED
from .filling.people import address
from .filling.words import Words

# People who study, and people who buy, at the same time.
STUDYING, BUYING = 300, 500
DEEP = 2_000  # pages
# Courses that each of the buyers would like; one person may begin ten checkouts a minute.
WANTED = 8


class Film(NamedTuple):
    pk: int
    uuid: UUID
    longest: int


class Landmarks:
    def __init__(self) -> None:
        self.words = Words(Random(SEED))
        self._signed_in: dict[str, Sender] = {}
        self._number = 1_000

    @cached_property
    def popular(self) -> CatalogueEntry:
        """A course as most are that people study."""
        return self._listed().order_by("-students", "pk").exclude(slug=LONG_SLUG)[0]

    @cached_property
    def long(self) -> CoursePage:
        return CoursePage.objects.get(slug=LONG_SLUG)

    @cached_property
    def changes(self) -> list[str]:
        """What is told as changed before the first answer after a change."""
        return [keys.CATALOGUE, *keys.courses([self.popular.pk, self.long.pk])]

    @cached_property
    def catalogue(self) -> CataloguePage:
        return CataloguePage.objects.get()

    @cached_property
    def submission_of_long(self) -> CourseRelease:
        return CourseRelease.objects.get(course=self.long, status=ReleaseStatus.IN_REVIEW)

    @cached_property
    def certificate(self) -> Certificate:
        return Certificate.objects.order_by("number")[0]

    @cached_property
    def draft_of_star(self) -> CoursePage:
        return CoursePage.objects.filter(team__user__email=address("star")).order_by("pk")[0]

    def named(self, name: str) -> Sender:
        """One of the cast, signed in."""
        return self._sign_in(User.objects.get(email=address(name)))

    def visitors(self, count: int) -> Iterator[Sender]:
        return map(visitor, range(100_000, 100_000 + count))

    @cached_property
    def students(self) -> list[Enrollment]:
        """Enrollments in the popular course that have begun."""
        return self._studying(self.popular.pk, STUDYING)

    @cached_property
    def students_of_long(self) -> list[Enrollment]:
        return self._studying(self.long.pk, STUDYING // 10)

    def classes(self, learners: int) -> Iterator[tuple[int, list[Enrollment]]]:
        """Popular courses and who studies them, until there are so many."""
        for course in self._listed().order_by("-students", "pk").exclude(slug=LONG_SLUG):
            if learners <= 0:
                return
            found = self._studying(course.pk, min(learners, STUDYING))
            learners -= len(found)
            yield course.pk, found

    @cached_property
    def deep_cursor(self) -> str:
        """Where page 2,000 of the whole catalogue begins; the middle of one that has fewer."""
        listed = self._listed()
        size = min(DEEP * PAGE_SIZE, listed.count() // 2)
        return keyset_page(listed, order=SORTS["popular"].order, size=size, scope=SCOPE).after

    def sender_of(self, enrollment: Enrollment) -> Sender:
        return self._sign_in(enrollment.user)

    def pass_of(self, enrollment: Enrollment, lesson: LessonPage) -> str:
        """What the page of the lesson holds for the browser of whoever studies it."""
        page = HttpRequest()
        page.user = enrollment.user
        page.COOKIES = self.sender_of(enrollment).cookies
        return watching_pass(page, enrollment, Film(lesson.pk, lesson.uuid, longest_video(lesson)))

    def lessons(self, course_id: int, *, asking: bool = False) -> list[LessonPage]:
        """Of the current release, in reading order: those with a quiz, or those without."""
        items = CourseRelease.objects.get(course=course_id, status=ReleaseStatus.CURRENT).items
        found = items.filter(kind=ItemKind.LESSON, has_quiz=asking).order_by("position")
        pages = LessonPage.objects.in_bulk(found.values_list("page_id", flat=True))
        return [pages[pk] for pk in found.values_list("page_id", flat=True)]

    def not_done(self) -> list[tuple[Enrollment, LessonPage]]:
        """Lessons that students of the popular course have not done, the last of all left out."""
        lessons = self.lessons(self.popular.pk)[:-1]
        done = set(
            LessonProgress.objects.filter(
                enrollment__in=self.students, status=ProgressStatus.COMPLETED
            ).values_list("enrollment_id", "lesson_id")
        )
        return [
            (enrollment, lesson)
            for lesson in reversed(lessons)
            for enrollment in self.students
            if (enrollment.pk, lesson.pk) not in done
        ]

    @cached_property
    def wishes(self) -> list[tuple[Sender, CatalogueEntry]]:
        """Who may buy what: different people, and courses that they have not."""
        courses = list(
            self._listed().filter(price__gt=0).order_by("-students", "pk")[WANTED : 2 * WANTED]
        )
        buyers = list(User.objects.filter(email__startswith="learner").order_by("-email")[:BUYING])
        have = set(
            Enrollment.objects.filter(
                user__in=buyers, course__in=[one.pk for one in courses]
            ).values_list("user_id", "course_id")
        )
        return [
            (self._sign_in(buyer), course)
            for course in courses
            for buyer in buyers
            if (buyer.pk, course.pk) not in have
        ]

    def close_checkouts(self) -> None:
        """As if the time of everything unpaid were over. Their pages at the local Stripe stay."""
        unpaid = Order.objects.filter(status=OrderStatus.PENDING)
        Payment.objects.filter(order__in=unpaid, status=PaymentStatus.OPEN).update(
            status=PaymentStatus.EXPIRED
        )
        unpaid.update(status=OrderStatus.EXPIRED)

    def _listed(self):  # type: ignore[no-untyped-def]  # a queryset
        return CatalogueEntry.objects.filter(listed=True)

    def _studying(self, course_id: int, count: int) -> list[Enrollment]:
        found = Enrollment.objects.studying().filter(course=course_id, completed_at=None)
        begun = found.exclude(progress={}).exclude(user__email=address("busy"))
        return list(begun.select_related("user").order_by("pk")[:count])

    def _sign_in(self, user: User) -> Sender:
        if user.email not in self._signed_in:
            self._number += 1
            self._signed_in[user.email] = signed_in(user, self._number)
        return self._signed_in[user.email]
