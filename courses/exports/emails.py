"""Telling whoever has gone on meanwhile that their file is ready."""

from datetime import timedelta

from django.urls import reverse

from courses.models import Export
from courses.outbox.queue import queue_mail

# Who waited less has the page before them.
WORTH_A_MAIL = timedelta(minutes=1)


def announce_ready(export: Export) -> None:
    """To the person who asked for it, when it took its time."""
    if export.finished_at is None or export.finished_at - export.asked_at < WORTH_A_MAIL:
        return
    queue_mail(
        key=f"export_ready:{export.key}",
        to=export.person.email,
        language=export.person.language,
        zone=export.person.time_zone,
        template="export_ready",
        context={"title": export.title, "path": reverse("exports:index")},
    )
