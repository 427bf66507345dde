"""The rule for returns in words: the one place that says it, wherever it is read."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.wording.shares import format_share

from .returning import ReturnRule


def rule_for_buyers(rule: ReturnRule) -> str:
    """The sentence that a buyer reads: course page, checkout, receipt, refunds, terms."""
    if not rule.days:
        return _("You may ask to return it; we decide on each request.")
    if rule.below_percent == 50:
        words = ngettext(
            "Return it within %(days)s day, as long as you have studied less than half.",
            "Return it within %(days)s days, as long as you have studied less than half.",
            rule.days,
        )
    elif rule.below_percent == 100:
        words = ngettext(
            "Return it within %(days)s day, as long as you have not finished it.",
            "Return it within %(days)s days, as long as you have not finished it.",
            rule.days,
        )
    else:
        words = ngettext(
            "Return it within %(days)s day, as long as you have studied less than %(share)s of it.",
            "Return it within %(days)s days, as long as you have studied less than "
            "%(share)s of it.",
            rule.days,
        )
    return words % {"days": rule.days, "share": format_share(rule.below_percent)}


def rule_for_producers(rule: ReturnRule) -> str:
    """The same as what stands behind “Learners may return a course”."""
    if not rule.days:
        return _("when we agree to it")
    if rule.below_percent == 50:
        words = ngettext(
            "within %(days)s day, less than half studied",
            "within %(days)s days, less than half studied",
            rule.days,
        )
    elif rule.below_percent == 100:
        words = ngettext(
            "within %(days)s day, not finished", "within %(days)s days, not finished", rule.days
        )
    else:
        words = ngettext(
            "within %(days)s day, less than %(share)s studied",
            "within %(days)s days, less than %(share)s studied",
            rule.days,
        )
    return words % {"days": rule.days, "share": format_share(rule.below_percent)}
