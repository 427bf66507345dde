"""What a checkout shows of a course, and why somebody cannot buy it: one statement each.

Worked out once in a process (``courses.statements``), from the conditions that stand with the
models: on sale, teaching, studying.
"""

from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext

from courses.models import CoursePage, CourseRelease, CourseTeamMember, ReleaseStatus
from courses.people import Person
from courses.statements.compiled import Compiled
from learners.access.facts import Subject
from learners.models import Enrollment
from storefront.errors import OrderError
from storefront.models import OrderLine, OrderStatus, Seller
from storefront.seller.returning import ReturnRule

ENTRY = ("pk", "cover_url", "producer_name", "language", "minutes", "category__pattern")
STANDING = ("sold", "teaches", "studies")


class Between(NamedTuple):
    """What stands between a person and a course."""

    sold: bool
    teaches: bool
    studies: bool


class CourseOffered(NamedTuple):
    """Of a course's page, what a checkout shows and asks: to make the page itself from its row
    takes Wagtail several times as long."""

    pk: int
    slug: str
    title: str
    live: bool
    uuid: UUID
    price: Decimal
    currency: str
    archived_at: datetime | None

    @property
    def is_free(self) -> bool:
        return not self.price


class LineOffered(NamedTuple):
    """Of a catalogue entry, what a line of an order tells."""

    cover_url: str
    producer_name: str
    language: str
    minutes: int
    category: Subject


class Offer(NamedTuple):
    course: CourseOffered
    entry: LineOffered | None
    refusal: OrderError | None


class Lead(NamedTuple):
    """Who gets the producer's share."""

    pk: UUID
    name: str


class OrderTerms(NamedTuple):
    """What an order writes down of course, seller and lead, as they are now."""

    course: CourseOffered
    between: Between
    rule: ReturnRule
    lead: Lead | None
    has_open_order: bool  # of this buyer for this course


Sellable = CoursePage | CourseOffered
COURSE = CourseOffered._fields


def offer_to(buyer: Person, *, slug: str) -> Offer | None:
    """The course at this address and why ``buyer`` cannot have it, if so; None without one."""
    rows = OFFERED(slug=slug, buyer=buyer.pk)
    if not rows:
        return None
    values, ends = rows[0], len(COURSE)
    course = CourseOffered._make(values[:ends])
    entry, *shown, pattern = values[ends : ends + len(ENTRY)]
    return Offer(
        course=course,
        entry=LineOffered._make([*shown, Subject(pattern or "")]) if entry else None,
        refusal=_refusal(buyer, course, Between(*values[ends + len(ENTRY) :])),
    )


def terms_for(buyer: Person, course_id: int) -> OrderTerms:
    """What holds now between ``buyer`` and a course, to be agreed on. One SQL.

    Called with the buyer held, so that it is true as long as the order is written.
    """
    [values] = TERMS(course=course_id, buyer=buyer.pk)
    course, standing = values[: len(COURSE)], values[len(COURSE) :][: len(STANDING)]
    days, below_percent, lead, lead_name, has_open_order = values[len(COURSE) + len(STANDING) :]
    as_founded = Seller()  # before anybody has set anything
    return OrderTerms(
        course=CourseOffered._make(course),
        between=Between._make(standing),
        rule=ReturnRule(
            days=as_founded.return_days if days is None else days,
            below_percent=below_percent or as_founded.return_below_percent,
        ),
        lead=Lead(lead, lead_name) if lead else None,
        has_open_order=has_open_order,
    )


def check_buyable(*, buyer: Person, course: Sellable, between: Between | None = None) -> None:
    """Raises OrderError, in words for the buyer, when this course cannot be bought by them.

    ``between`` is what stands between them, where somebody has asked already; else one SQL.
    """
    if between is None:
        [row] = STANDS(course=course.pk, buyer=buyer.pk)
        between = Between(*row)
    refusal = _refusal(buyer, course, between)
    if refusal:
        raise refusal


def account_closed() -> OrderError:
    return OrderError(gettext("This account is closed."), code="account_closed")


def _refusal(buyer: Person, course: Sellable, standing: Between) -> OrderError | None:
    if not buyer.is_active:
        return account_closed()
    if not standing.sold:
        return _not_sold(course)
    if standing.teaches:
        return OrderError(
            gettext("You teach this course, so it is open to you already."), code="own_course"
        )
    if standing.studies:
        return OrderError(gettext("You already own this course."), code="already_owned")
    return None


def _not_sold(course: Sellable) -> OrderError:
    """Why a course that is not on sale is not."""
    if course.archived_at:
        return OrderError(gettext("This course is no longer sold."), code="course_archived")
    released = CourseRelease.objects.filter(course=course.pk, status=ReleaseStatus.CURRENT)
    if not course.live or not released.exists():
        return OrderError(gettext("This course is not on sale yet."), code="course_not_on_sale")
    return OrderError(
        gettext("This course is not sold at the moment. Those who bought it keep it."),
        code="course_without_lead",
    )


def _stands(course: int, buyer: UUID) -> QuerySet[Any, Any]:
    return _with_standing(CoursePage.objects.filter(pk=course), buyer).values_list(*STANDING)


def _offered(slug: str, buyer: UUID) -> QuerySet[Any, Any]:
    entry = (f"catalogue_entry__{name}" for name in ENTRY)
    courses = CoursePage.objects.live().filter(slug=slug)
    return _with_standing(courses, buyer).values_list(*COURSE, *entry, *STANDING)


def _terms(course: int, buyer: UUID) -> QuerySet[Any, Any]:
    seller = Seller.objects.order_by("pk")
    lead = CourseTeamMember.objects.leading().filter(course=OuterRef("pk"))
    lead = lead.order_by("created_at", "pk")
    open_orders = OrderLine.objects.filter(
        course=OuterRef("pk"), order__buyer=buyer, order__status=OrderStatus.PENDING
    )
    return (
        _with_standing(CoursePage.objects.filter(pk=course), buyer)
        .annotate(
            days=Subquery(seller.values("return_days")[:1]),
            below_percent=Subquery(seller.values("return_below_percent")[:1]),
            lead=Subquery(lead.values("user")[:1]),
            lead_name=Subquery(lead.values("user__name")[:1]),
            has_open_order=Exists(open_orders),
        )
        .order_by()
        .values_list(
            *(*COURSE, *STANDING, "days", "below_percent", "lead", "lead_name", "has_open_order")
        )
    )


def _with_standing(courses: QuerySet[Any], buyer: UUID) -> QuerySet[Any]:
    this = OuterRef("pk")
    return courses.annotate(
        sold=Exists(CoursePage.objects.on_sale().filter(pk=this)),
        teaches=Exists(CourseTeamMember.objects.teaching().filter(course=this, user=buyer)),
        studies=Exists(Enrollment.objects.studying().filter(course=this, user=buyer)),
    )


STANDS = Compiled(_stands, course=int, buyer=UUID)
OFFERED = Compiled(_offered, slug=str, buyer=UUID)
TERMS = Compiled(_terms, course=int, buyer=UUID)
