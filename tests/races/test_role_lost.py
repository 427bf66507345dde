"""Whoever loses a right while they wait for a lock has lost it when their turn comes.

The course is held; a person who may act begins to wait for it; their right ends; the course is
let go. The person was read before, as the request's user is, so only asking the database again
refuses. Each control takes that question away and sees the act done.
"""

import threading

import pytest
from django.db import transaction

from courses import releases
from courses.drafts.locks import lock_course
from courses.errors import CourseError
from courses.models import CourseRelease, CourseReviewTask
from courses.releases import decisions, pinning
from learners.accounts.roles import set_moderator, set_role
from learners.models import Role, User
from storefront.checkout import orders
from storefront.errors import OrderError
from storefront.models import Order
from tests.builders import a_course, a_submission
from tests.people import person
from tests.storefront.shop import a_course_on_sale

from .test_submit_and_approve import Other, somebody_waits, until

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def meanwhile(act, hold, end):
    """What became of ``act``, which waited for ``hold`` while ``end`` happened."""
    held, let_go = threading.Event(), threading.Event()

    def holding():
        with transaction.atomic():
            hold()
            held.set()
            assert let_go.wait(60)

    holder, acting = Other(holding), Other(act)
    holder.start()
    assert held.wait(60)
    acting.start()
    until(somebody_waits)
    end()
    let_go.set()
    assert holder.finished() is None
    return acting.finished()


def demote(user):
    return lambda: set_role(user=user, role=Role.CONSUMER)


def close(user):
    return lambda: User.objects.filter(pk=user.pk).update(is_active=False)


# Submitting


@pytest.mark.parametrize("end", [demote, close])
def test_a_producer_who_is_demoted_while_submitting_submits_nothing(ada, end):
    course = a_course(by=ada)
    user = person("ada")

    outcome = meanwhile(
        lambda: releases.submit_course(course=course, user=user),
        lambda: lock_course(course.pk),
        end(ada),
    )

    assert isinstance(outcome, CourseError)
    assert outcome.code == "only_team_submits"
    assert not CourseRelease.objects.exists()


def test_control_a_submission_that_trusts_who_came_in_is_written(ada, bruno, monkeypatch):
    course = a_course(by=ada)
    course.team.create(user=bruno)  # so that the course is led, and only the question is missing
    user = person("bruno")
    monkeypatch.setattr(decisions, "teaches", lambda user, course_id: True)
    monkeypatch.setattr(pinning, "_may_write", lambda course_id, user: True)

    outcome = meanwhile(
        lambda: releases.submit_course(course=course, user=user),
        lambda: lock_course(course.pk),
        demote(bruno),
    )

    assert isinstance(outcome, CourseRelease)


# Deciding


def test_a_moderator_who_is_none_any_more_when_their_turn_comes_decides_nothing(ada, mira):
    release = a_submission(by=ada)
    user = person("mira")

    outcome = meanwhile(
        lambda: releases.approve_release(release=release, user=user),
        lambda: lock_course(release.course_id),
        lambda: set_moderator(user=mira, moderator=False),
    )

    assert isinstance(outcome, CourseError)
    assert outcome.code == "not_yours_to_decide"
    release.refresh_from_db()
    assert release.status == "in_review"


def test_a_moderator_who_is_closed_while_they_wait_decides_nothing(ada, mira):
    release = a_submission(by=ada)
    user = person("mira")

    outcome = meanwhile(
        lambda: releases.approve_release(release=release, user=user),
        lambda: lock_course(release.course_id),
        close(mira),
    )

    assert isinstance(outcome, CourseError)
    release.refresh_from_db()
    assert release.status == "in_review"


def test_control_an_approval_by_the_account_that_came_in_is_given(ada, mira, monkeypatch):
    release = a_submission(by=ada)
    user = person("mira")
    monkeypatch.setattr(
        CourseReviewTask, "may_decide", staticmethod(lambda who: who.is_active and bool(who.pk))
    )

    outcome = meanwhile(
        lambda: releases.approve_release(release=release, user=user),
        lambda: lock_course(release.course_id),
        close(mira),
    )

    assert isinstance(outcome, CourseRelease)
    assert outcome.status == "current"


# Buying


@pytest.fixture
def free_course(ada):
    return a_course_on_sale(by=ada, price="0.00")


def buy_meanwhile(course, buyer, end):
    user = person("cleo")
    held = User.objects.select_for_update(no_key=True).filter(pk=buyer.pk)
    return meanwhile(
        lambda: orders.start_checkout(buyer=user, course=course), lambda: list(held), end
    )


def test_a_course_that_is_off_sale_when_the_buyers_turn_comes_is_not_sold(free_course, ada, cleo):
    outcome = buy_meanwhile(free_course, cleo, close(ada))

    assert isinstance(outcome, OrderError)
    assert outcome.code == "course_without_lead"
    assert not Order.objects.exists()


def test_control_a_checkout_that_asked_before_the_lock_sells_it(
    free_course, ada, cleo, monkeypatch
):
    monkeypatch.setattr(orders, "check_buyable", lambda **_: None)

    outcome = buy_meanwhile(free_course, cleo, close(ada))

    assert outcome.order.status == "paid"
