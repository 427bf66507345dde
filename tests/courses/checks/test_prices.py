"""A price that is entered can be paid: asked in the editor, before a review and at the release."""

from decimal import Decimal

import pytest

from courses import releases
from courses.checks.reading import check_draft
from courses.currencies import CURRENCIES, CurrencyRule, why_unpayable
from courses.errors import CourseError, SubmissionRefused
from courses.models import CoursePage, CourseRelease, ReleaseStatus
from tests.builders import a_course, a_submission
from tests.editor import course_post
from tests.people import logged_in

TOO_LITTLE = "A card cannot be charged less than €0.50."
CHOOSE = "Choose another price, or 0 for a free course."


@pytest.mark.parametrize(
    ("amount", "code", "says"),
    [
        ("0.00", "EUR", ""),
        ("0.50", "EUR", ""),
        ("0.49", "EUR", TOO_LITTLE),
        ("-1", "EUR", TOO_LITTLE),
        ("0.30", "GBP", ""),
        ("0.29", "GBP", "A card cannot be charged less than £0.30."),
        ("49", "JPY", "A card cannot be charged less than ¥50."),
        ("50", "JPY", ""),
        ("99.5", "JPY", "An amount in JPY has at most 0 decimals."),
        ("10.005", "EUR", "An amount in EUR has at most 2 decimals."),
        ("999999.99", "EUR", ""),
        ("1000000.00", "EUR", "A card cannot be charged more than €999,999.99."),
        ("10", "ISK", "Nothing can be sold in ISK here."),
        ("0", "ISK", "Nothing can be sold in ISK here."),
    ],
)
def test_whether_an_amount_can_be_paid_is_said_in_words(amount, code, says):
    assert why_unpayable(Decimal(amount), code) == says


@pytest.mark.django_db
@pytest.mark.parametrize("price", ["0.49", "-3"])
def test_the_editor_refuses_a_price_nobody_could_pay(client, ada, price):
    course = a_course(by=ada, price="24.00")
    kept = course.latest_revision_id

    response = logged_in(client, ada).post(
        f"/admin/pages/{course.pk}/edit/", course_post(course, price=price)
    )

    assert response.status_code == 200
    assert response.context["form"].has_error("price")
    course.refresh_from_db()
    assert (course.price, course.latest_revision_id) == (Decimal("24.00"), kept)


@pytest.mark.django_db
def test_the_editor_says_why(client, ada):
    course = a_course(by=ada, price="24.00")

    response = logged_in(client, ada).post(
        f"/admin/pages/{course.pk}/edit/", course_post(course, price="0.49")
    )

    assert response.context["form"].errors["price"] == [f"{TOO_LITTLE} {CHOOSE}"]


@pytest.mark.django_db
def test_a_draft_priced_so_before_cannot_be_submitted(ada):
    course = a_course(by=ada)
    course.price = Decimal("0.49")
    course.save_revision(clean=False)

    problems = [str(problem) for problem in check_draft(course).problems]
    with pytest.raises(SubmissionRefused):
        releases.submit_course(course=course, user=ada)

    assert problems == [f"The course: Price: {TOO_LITTLE} {CHOOSE}"]
    assert not CourseRelease.objects.exists()


@pytest.mark.django_db
def test_a_price_that_cannot_be_paid_any_more_is_not_released(ada, mira, monkeypatch):
    """Stripe has raised its minimum while the course waited for its review."""
    release = a_submission(by=ada, price="24.00")
    monkeypatch.setitem(CURRENCIES, "EUR", CurrencyRule(2, Decimal("25.00")))

    with pytest.raises(CourseError, match=r"cannot be charged less than €25\.00") as refusal:
        releases.approve_release(release=release, user=mira)

    assert refusal.value.code == "course_not_valid"
    assert CourseRelease.objects.get().status == ReleaseStatus.IN_REVIEW
    assert not CoursePage.objects.get().live
