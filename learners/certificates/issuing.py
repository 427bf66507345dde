"""Certificates: given once, at completion, and never changed afterwards."""

import logging
import re

from django.db import connection
from django.db.models import Count, Max, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from courses.models import CourseTeamMember, ItemKind, ReleaseItem, ReleaseStatus, TeamRole
from courses.outbox.queue import queue_mail
from courses.wording.zones import zone_of
from learners.models import Certificate, Enrollment, Review

logger = logging.getLogger(__name__)

CODE_LENGTH = 26
# Held while the next number is taken, so that numbers have no gaps and no twins.
_NUMBERING_LOCK = 7_264_011
# What people read into Crockford's alphabet when they copy by hand.
_CONFUSED = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"})


def issue_certificate(*, enrollment: Enrollment) -> Certificate:
    """The certificate of a completed enrollment, given now or long ago.

    Called with the enrollment locked, in the transaction that completes it. Freezes the
    learner's name, the released title, the lead's name, lessons and minutes of the day, and
    which day it was for the learner.
    """
    given = Certificate.objects.filter(enrollment=enrollment).first()
    if given:
        return given
    items = ReleaseItem.objects.filter(
        release__course=enrollment.course_id, release__status=ReleaseStatus.CURRENT
    )
    lessons = items.filter(kind=ItemKind.LESSON).aggregate(
        number=Count("pk"), minutes=Sum("minutes")
    )
    course_title = items.filter(kind=ItemKind.COURSE).values_list("title", flat=True).first()
    lead = CourseTeamMember.objects.filter(course=enrollment.course_id, role=TeamRole.LEAD)
    issued_at = enrollment.completed_at or timezone.now()
    certificate = Certificate.objects.create(
        enrollment=enrollment,
        number=_next_number(),
        name=enrollment.user.name or _("A learner"),
        course_title=course_title or enrollment.course.title,
        producer_name=lead.values_list("user__name", flat=True).first() or "",
        lessons=lessons["number"],
        minutes=lessons["minutes"] or 0,
        issued_at=issued_at,
        issued_on=issued_at.astimezone(zone_of(enrollment.user.time_zone)).date(),
    )
    theirs = Review.objects.filter(course=enrollment.course_id, user=enrollment.user_id)
    queue_mail(
        key=f"certificate:{certificate.pk}",
        to=enrollment.user.email,
        language=enrollment.user.language,
        zone=enrollment.user.time_zone,
        template="certificate",
        context={
            "name": enrollment.user.get_short_name(),
            "certificate": certificate,
            "course_language": enrollment.course.language,
            "path": reverse("learners:certificate", args=[certificate.code]),
            "review_path": reverse("learners:review", args=[enrollment.course.uuid]),
            "reviewed": theirs.exists(),
        },
    )
    logger.info(
        "certificate issued",
        extra={
            "event": "certificate.issued",
            "certificate": certificate.number,
            "enrollment": str(enrollment.pk),
        },
    )
    return certificate


def find_certificate(code: str) -> Certificate | None:
    """The certificate with this code, however it was typed; None when there is none."""
    code = normalise_code(code)
    if len(code) != CODE_LENGTH:
        return None
    return Certificate.objects.filter(code=code).select_related("enrollment__course").first()


def normalise_code(typed: str) -> str:
    """Upper case, without what stands between, with confused letters put right."""
    return re.sub(r"[^0-9A-Z]", "", typed.upper()).translate(_CONFUSED)


def format_code(code: str) -> str:
    """Groups that can be read out: ``7K2M-94QD-…``."""
    return "-".join(code[i : i + 4] for i in range(0, len(code), 4))


def _next_number() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_NUMBERING_LOCK])
    return (Certificate.objects.aggregate(last=Max("number"))["last"] or 0) + 1
