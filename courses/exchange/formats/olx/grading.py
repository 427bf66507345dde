"""How a component was tried and counted in Open edX: what quizzes here do not have is told."""

from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from courses.exchange.neutral import ImportedComponent, Outcome

RANDOM = gettext_lazy("its numbers or words were drawn anew for each learner; here they are fixed")
LATE = gettext_lazy("its answer was shown at a time that its course chose; here it follows a try")
SHOWN_HERE = {"", "attempted", "finished", "answered", "attempted_no_past_due", "always"}


def tell_grading(component: ImportedComponent, element: Element) -> None:
    """Remark the attempts, the weight and the like that a component was given."""
    if component.outcome is Outcome.LEFT_OUT:
        return
    if (most := _number(element.get("max_attempts"))) is not None:
        told = ngettext(
            "it could be tried %(number)d time; a quiz here may be taken again",
            "it could be tried %(number)d times; a quiz here may be taken again",
            int(most),
        )
        component.remark(told % {"number": int(most)})
    if (weight := _number(element.get("weight"))) not in (None, 1):
        told = _("it counted %(points)g points; each question here counts one")
        component.remark(told % {"points": weight})
    if element.get("rerandomize", "never") not in ("never", "", "null", "false"):
        component.remark(RANDOM)
    if (element.get("showanswer") or "").strip('"') not in SHOWN_HERE:
        component.remark(LATE)
    if (wait := _number(element.get("submission_wait_seconds"))) is not None and wait > 0:
        told = _("another try had to wait %(seconds)d seconds; here it does not")
        component.remark(told % {"seconds": wait})


def _number(written: str | None) -> float | None:
    """A number in an attribute; JSON's null, and what is no number, are none."""
    try:
        number = float((written or "").strip('"'))
    except ValueError:
        return None
    return number if 0 <= number < 1_000_000 else None
