"""Pressing “Download” above a list.

It is a link, as other downloads are: what it writes belongs to the person who follows it, and asked
again while the worker is at it, it writes nothing.
"""

import logging
from collections.abc import Callable
from hashlib import sha256
from typing import Any

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.encoding import force_str
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from courses.errors import CourseError
from courses.models import Export
from courses.models.exports import UNFINISHED
from courses.people import Person, signed_in
from courses.promises.queues import EXPORTS
from courses.promises.telling import tell_worker
from courses.records.parts import in_parts
from courses.words.cutting import shorten

from .requests import writer_of
from .tasks import write_export

logger = logging.getLogger(__name__)

FEW = 1000  # as long as anybody waits for a page
AT_ONCE = 5  # of one person

AtOnce = Callable[[Any, Any, str], HttpResponse]


def answer(view: Any, rows: Any, kind: str, at_once: AtOnce) -> HttpResponse:
    """What a list answers that is wanted as a file; ``at_once`` writes it into the answer."""
    if not view.list_export:
        raise Http404
    decorate = getattr(view, "decorate_paginated_queryset", list)
    writer = writer_of(view.request)
    if writer is not None:
        return writer(view, rows, decorate)
    if _is_short(rows):
        return at_once(view, in_parts(rows, decorate), kind)
    request: HttpRequest = view.request
    try:
        ask(
            person=signed_in(request),
            title=_title_of(view),
            address=_address_of(request),
            kind=kind,
            filename=view.get_filename(),
        )
    except CourseError as refusal:
        messages.error(request, str(refusal))
    return redirect("exports:index")


def ask(*, person: Person, title: str, address: str, kind: str, filename: str) -> Export:
    """Note that the person wants the list at ``address``; the one under way, if there is one.

    Raises CourseError when too many of theirs are under way.
    """
    occasion = sha256(f"{person.pk} {kind} {address}".encode()).hexdigest()
    under_way = Export.objects.filter(person=person, status__in=UNFINISHED)
    if found := under_way.filter(occasion=occasion).first():
        return found
    if under_way.count() >= AT_ONCE:
        raise CourseError(
            ngettext(
                "%(number)s export of yours is being written. Ask again when it is ready.",
                "%(number)s exports of yours are being written. Ask again when one is ready.",
                AT_ONCE,
            )
            % {"number": AT_ONCE},
            code="exports_under_way",
        )
    try:
        with transaction.atomic():
            export = Export.objects.create(
                person=person,
                title=shorten(title, 255),
                address=address,
                occasion=occasion,
                kind=kind,
                filename=shorten(filename, 255),
                language=get_language() or "",
                zone=timezone.get_current_timezone_name(),
            )
            tell_worker(write_export, export.pk, queue=EXPORTS, waits="export.waits")
    except IntegrityError:  # pressed twice at once
        return under_way.get(occasion=occasion)
    logger.info(
        "export asked for",
        extra={"event": "export.asked", "export": export.pk, "person": str(person.pk)},
    )
    return export


def _is_short(rows: Any) -> bool:
    if isinstance(rows, QuerySet):
        return bool(rows.order_by()[: FEW + 1].count() <= FEW)
    return len(rows) <= FEW


def _address_of(request: HttpRequest) -> str:
    """Without the page on which somebody pressed: a file has them all."""
    asked = request.GET.copy()
    asked.pop("p", None)
    return f"{request.path}?{asked.urlencode()}"


def _title_of(view: Any) -> str:
    told = view.get_page_title() if hasattr(view, "get_page_title") else view.page_title
    return capfirst(force_str(told) or _("List"))
