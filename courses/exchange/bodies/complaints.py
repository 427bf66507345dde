"""What becomes of a component whose piece could not be brought along."""

from django.utils.functional import Promise

from courses.exchange.neutral import ImportedComponent, Outcome


def complain(component: ImportedComponent, reason: str | Promise) -> None:
    """A piece was lost: with no other left, so is the component."""
    if component.outcome is Outcome.LEFT_OUT:
        return
    if len(component.pieces) <= 1:
        component.leave_out(reason)
    else:
        component.degrade(reason)
