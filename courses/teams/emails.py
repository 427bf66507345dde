"""The mail to whoever is asked to join a team."""

import hashlib

from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from courses.models import TeamInvitation
from courses.outbox.queue import queue_mail

PARAGRAPHS = [
    _(
        "Somebody who teaches on Perfomix would like to write a course together with you. Who, "
        "and which course, stands under “My courses” in the studio. You decide there, and "
        "nothing happens until you do. The invitation waits for 30 days."
    ),
    _(
        "If you do not teach here yet, create an account with this address and apply to teach "
        "first: the invitation is there when you may. If this means nothing to you, leave it."
    ),
]


def send_invitation(invitation: TeamInvitation) -> None:
    """The same words for whoever has the address, at most once a day for each course.

    Nobody may have proved the address, so it repeats nothing that somebody typed: no name, no
    title. Else an invitation would be a free way to send spam.
    """
    address = hashlib.sha256(invitation.email.encode()).hexdigest()[:32]
    reader = (
        get_user_model()
        .objects.filter(email__iexact=invitation.email)
        .only("language", "time_zone")
    )
    person = reader.first()
    queue_mail(
        key=f"team_invitation:{invitation.course_id}:{address}:{timezone.now():%Y-%m-%d}",
        to=invitation.email,
        language=person.language if person else get_language() or "",
        zone=person.time_zone if person else "",
        template="notice",
        context={
            "heading": _("You are invited to write a course together"),
            "paragraphs": PARAGRAPHS,
            "path": reverse("studio:my_courses"),
            "action": _("Open “My courses”"),
        },
    )
