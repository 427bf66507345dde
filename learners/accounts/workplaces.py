"""Where somebody's work is: what the menu leads to, and where signing in does.

A producer writes courses, a moderator decides on them, an admin runs the place; everybody
studies. Asked of the person alone, without a query.
"""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from courses.models.team import may_teach
from courses.people import Visitor
from learners.models import Role


@dataclass(frozen=True)
class Workplace:
    """A page where work waits, as the menu and the header name it."""

    page: str
    label: Promise
    icon: str

    @property
    def address(self) -> str:
        return reverse(self.page)


DASHBOARD = Workplace("wagtailadmin_home", pgettext_lazy("menu", "Admin"), "settings")
REVIEWS = Workplace("moderation:queue", _("Courses to review"), "shield-check")
STUDIO = Workplace("wagtailadmin_home", _("Studio"), "pencil")


def workplaces(user: Visitor) -> list[Workplace]:
    """What waits for ``user`` besides learning; first where somebody else waits for them.

    An admin's dashboard shows reviews and courses too, so it is the only one of theirs.
    """
    if not user.is_authenticated or not user.is_active:
        return []
    if user.role == Role.ADMIN:
        return [DASHBOARD]
    # Of everybody else, ``is_staff`` says that they moderate (``roles.set_moderator``).
    found = [REVIEWS] if user.is_staff else []
    return [*found, STUDIO] if may_teach(user) else found


def landing(user: Visitor) -> str:
    """The address where ``user`` goes on after signing in, when they wanted nothing else."""
    return next((place.address for place in workplaces(user)), reverse("learners:my_learning"))
