"""A buyer gives a course back, at once where the rule allows it, else when an admin agrees.

Both verbs decide under the order's lock and write the promise of the money in the same
transaction; Stripe is asked after it, outside of all locks. When Stripe does not answer, they
raise PaymentsUnavailable with everything written: the sweeper carries the refund out.
"""

import logging

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.outbox.queue import queue_mail
from courses.people import Person
from courses.words.cutting import clip
from storefront.checkout import refunds
from storefront.checkout.locks import lock_order
from storefront.checkout.log_fields import order_fields
from storefront.checkout.returnable import Returning, returning
from storefront.errors import OrderError
from storefront.models import Order, RefundStatus, ReturnRequest, ReturnStatus
from storefront.models.returns import MOST_ANSWER, MOST_WORDS, RETURN_MOVES
from storefront.seller.current import rule_as_set
from storefront.seller.returning import ReturnOutcome, ReturnReason

from .emails import asked_mail, declined_mail

logger = logging.getLogger(__name__)

DECIDE = "storefront.change_returnrequest"


def may_decide(person: Person) -> bool:
    return person.has_perm(DECIDE)


def request_return(
    *, order: Order, by: Person, words: str = "", agreed: ReturnOutcome | None = None
) -> ReturnRequest:
    """Give an order back at once where the rule allows it; else ask an admin, once.

    ``agreed`` is what the buyer was told would happen: if that has changed since, nothing
    happens and they are told. Asked twice, also at the same moment, it returns the one request.
    Raises OrderError, PaymentsUnavailable (the money then follows).
    """
    words = _within(MOST_WORDS, words)
    with transaction.atomic():
        order = lock_order(order.pk)
        if order.buyer_id != by.pk:
            raise OrderError(_("Only its buyer can return a course."), code="not_the_buyer")
        now = returning([order], rule=rule_as_set())[order.pk]
        request = _repeated(now) or _ask(order, by, words, agreed, now)
    return _give_back(request)


def _repeated(now: Returning) -> ReturnRequest | None:
    """The request that was made already, unless it came to nothing."""
    request = now.asked
    if not request or request.status == ReturnStatus.DECLINED:
        return None
    return None if now.facts.granted else request


def _ask(
    order: Order, by: Person, words: str, agreed: ReturnOutcome | None, now: Returning
) -> ReturnRequest:
    if now.answer.outcome == ReturnOutcome.NOT_POSSIBLE:
        raise OrderError(_not_possible(now.answer.reason), code="return_not_possible")
    if agreed and agreed != now.answer.outcome:
        raise OrderError(
            _("What can be done has changed since you opened this page. Please look again."),
            code="return_answer_changed",
        )
    if now.answer.reason == ReturnReason.GRANTED and now.asked:
        return _grant(now.asked, order=order, by=by)
    if not now.answer.at_once and not words:
        raise OrderError(
            _("Say in a sentence why you would like to return it."), code="return_words_missing"
        )
    request = ReturnRequest(
        order=order,
        asked_by=by,
        words=words,
        studied_percent=now.facts.studied_percent,
        finished=now.facts.finished,
        return_days=now.rule.days,
        return_below_percent=now.rule.below_percent,
    )
    if now.answer.at_once:
        return _grant(request, order=order, by=by)
    request.save()
    queue_mail(**asked_mail(request=request, order=order))
    _tell("return asked for", "return.asked", request, order)
    return request


def _not_possible(reason: ReturnReason) -> str:
    if reason == ReturnReason.FREE:
        return _("Nothing was paid, so there is nothing to give back.")
    if reason == ReturnReason.RETURNED:
        return _("This course was returned already.")
    if reason == ReturnReason.UNDER_WAY:
        return _("The money is on its way back already.")
    return _("Only a paid order can be returned.")


def decide_request(
    *, request: ReturnRequest, by: Person, grant: bool, answer: str = ""
) -> ReturnRequest:
    """Give the money back, or decline and write to the buyer why.

    The same decision twice changes nothing. Raises OrderError when ``by`` is no admin, the
    request was decided the other way, or is declined without a word; PaymentsUnavailable (the
    money then follows).
    """
    if not may_decide(by):
        raise OrderError(_("Only an admin decides on returns."), code="not_an_admin")
    answer = _within(MOST_ANSWER, answer)
    wanted = ReturnStatus.GRANTED if grant else ReturnStatus.DECLINED
    with transaction.atomic():
        order = lock_order(request.order_id)
        request = ReturnRequest.objects.select_related("refund").get(pk=request.pk)
        if request.status == ReturnStatus.WAITING:
            request.answer = answer
            _decide(request, order=order, by=by, grant=grant)
        elif request.status != wanted:
            raise OrderError(
                _("This return was declined already.")
                if grant
                else _("This return was granted already."),
                code="return_already_decided",
            )
    return _give_back(request)


def _decide(request: ReturnRequest, *, order: Order, by: Person, grant: bool) -> None:
    if grant:
        request.decided_by = by
        _grant(request, order=order, by=by, note=request.answer)
        return
    if not request.answer:
        raise OrderError(
            _("Tell the buyer why, in a sentence or two."), code="return_answer_missing"
        )
    if order.payments.filter(refunds__status=RefundStatus.PENDING).exists():
        raise OrderError(
            _("The money of this order is on its way back already."), code="refund_under_way"
        )
    RETURN_MOVES.move(request, ReturnStatus.DECLINED)
    request.decided_by = by
    request.decided_at = timezone.now()
    request.save(update_fields=["status", "answer", "decided_by", "decided_at"])
    queue_mail(**declined_mail(request=request, order=order))
    _tell("return declined", "return.declined", request, order)


def _grant(request: ReturnRequest, *, order: Order, by: Person, note: str = "") -> ReturnRequest:
    """Promise the money, and say so in the request; again when a promise came to nothing.

    ``note`` is kept with the refund for admins, cut to what fits there.
    """
    request.refund = refunds.promise_all(order=order, by=by, reason=clip(note, 255))
    RETURN_MOVES.move(request, ReturnStatus.GRANTED)
    request.decided_at = timezone.now()
    request.save()
    _tell("return granted", "return.granted", request, order)
    return request


def _give_back(request: ReturnRequest) -> ReturnRequest:
    """Ask Stripe, with nothing locked. Repeating it changes nothing."""
    if request.refund:
        request.refund = refunds.carry_out(request.refund)
    return request


def _within(most: int, text: str) -> str:
    text = text.strip()
    if len(text) > most:
        raise OrderError(
            _("Please shorten this to %(most)s characters.") % {"most": most},
            code="return_words_too_long",
        )
    return text


def _tell(what: str, event: str, request: ReturnRequest, order: Order) -> None:
    logger.info(what, extra={"event": event, "return": request.pk, **order_fields(order)})
