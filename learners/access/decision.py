"""Who may open a lesson, and why: the one place that decides.

``facts.access_facts`` reads, ``decide`` is pure. Every door asks: the lesson page and its
preview, its files and images, quiz and progress posts.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from learners.models.enrollments import STUDYING, EnrollmentStatus

from .facts import AccessFacts


class Reason(TextChoices):
    """Why a lesson is open, or why it is not."""

    ENROLLED = "enrolled", _("You are enrolled in this course.")
    TEAM = "team", _("You teach this course.")
    ADMIN = "admin", _("You look after this marketplace.")
    MODERATOR = "moderator", _("You review courses.")
    HISTORY = "history", _("This lesson has left the course; you studied it while it was there.")
    PREVIEW = "preview", _("This lesson is open to everyone.")
    # Refusals
    NOT_RELEASED = "not_released", _("This lesson is not part of the course.")
    RETIRED = "retired", _("This lesson has left the course.")
    SUSPENDED = "suspended", _("This account is closed.")
    REFUNDED = "refunded", _("This course was refunded, so its lessons are closed.")
    ARCHIVED = "archived", _("This course is not for sale.")
    ANONYMOUS = "anonymous", _("This lesson belongs to a course you have to buy first.")
    NOT_ENROLLED = "not_enrolled", _("This lesson belongs to a course you have not bought yet.")


class NextStep(TextChoices):
    """What a person who was refused can do."""

    NONE = "", _("Nothing")
    BUY = "buy", _("Buy the course")
    BUY_AGAIN = "buy_again", _("Buy the course again")
    SIGN_IN = "sign_in", _("Sign in, or buy the course")
    RESUME = "resume", _("Continue with the course")
    BROWSE = "browse", _("Find another course")


@dataclass(frozen=True)
class Access:
    """The decision. ``until`` is when an open door closes or a closed one opens, if known."""

    allowed: bool
    reason: Reason
    until: datetime | None = None
    next_step: NextStep = NextStep.NONE

    @property
    def records(self) -> bool:
        """Only learners leave traces; who looks on from outside records nothing."""
        return self.reason == Reason.ENROLLED

    @property
    def is_visit(self) -> bool:
        """Seen as a learner sees it, by somebody who answers for the course."""
        return self.reason in (Reason.TEAM, Reason.ADMIN, Reason.MODERATOR)

    @property
    def hidden(self) -> bool:
        """Answered like a lesson that does not exist: its existence is not public."""
        return not self.allowed and self.reason == Reason.NOT_RELEASED


def decide(facts: AccessFacts, at: datetime) -> Access:
    """The decision on ``facts`` at the moment ``at``; total, pure, no surprises.

    An enrollment comes before every office, so that a producer who also bought the
    course makes progress in it. Nothing here ends with time yet, so ``at`` only has
    to be given: callers will not change when something does.
    """
    if not facts.active:
        if facts.released and facts.preview and facts.on_sale:
            return Access(True, Reason.PREVIEW)
        return Access(False, Reason.SUSPENDED if facts.released else Reason.NOT_RELEASED)
    if facts.released and facts.status in STUDYING:
        return Access(True, Reason.ENROLLED)
    if facts.teaches:
        return Access(True, Reason.TEAM)
    if facts.admin:
        return Access(True, Reason.ADMIN)
    if facts.moderator and (facts.released or facts.was_released or facts.in_review):
        return Access(True, Reason.MODERATOR)
    if not facts.released:
        return _decide_outside_release(facts)
    if facts.preview and facts.on_sale:
        return Access(True, Reason.PREVIEW)
    if facts.status == EnrollmentStatus.REFUNDED:
        step = NextStep.BUY_AGAIN if facts.on_sale else NextStep.BROWSE
        return Access(False, Reason.REFUNDED, next_step=step)
    if not facts.on_sale:
        return Access(False, Reason.ARCHIVED, next_step=NextStep.BROWSE)
    if not facts.signed_in:
        return Access(False, Reason.ANONYMOUS, next_step=NextStep.SIGN_IN)
    return Access(False, Reason.NOT_ENROLLED, next_step=NextStep.BUY)


def _decide_outside_release(facts: AccessFacts) -> Access:
    """A draft is nobody's business; a retired lesson belongs to those who studied it."""
    if facts.was_released and facts.status in STUDYING:
        if facts.studied:
            return Access(True, Reason.HISTORY)
        return Access(False, Reason.RETIRED, next_step=NextStep.RESUME)
    return Access(False, Reason.NOT_RELEASED)
