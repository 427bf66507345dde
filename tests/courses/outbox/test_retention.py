"""Of an old mail nothing is left but that it was sent, and for which occasion."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.db.models import CharField, TextField
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from courses.models import OutboxMail
from courses.outbox import retention
from courses.outbox.delivery import ATTEMPTS, sweep
from courses.outbox.queue import queue_mail
from courses.outbox.tasks import empty_old_mails

pytestmark = pytest.mark.django_db
WORDS = {
    "to": "cleo@example.com",
    "subject": "Receipt for Cleo",
    "text": "Dear Cleo",
    "html": "<p>Dear Cleo</p>",
    "last_error": "SMTPRecipientsRefused: cleo@example.com",
}


def a_mail(*, days: float, key: str = "receipt:1", sent: bool = True, attempts: int = 1):
    """One that was written so many days ago."""
    row = OutboxMail.objects.create(key=key, attempts=attempts, **WORDS)
    written = timezone.now() - timedelta(days=days)
    OutboxMail.objects.filter(pk=row.pk).update(
        created_at=written, due_at=written, sent_at=written if sent else None
    )
    return row


def words(row) -> dict:
    return OutboxMail.objects.filter(pk=row.pk).values(*WORDS).get()


def test_a_mail_is_emptied_30_days_after_it_left_and_not_before():
    old, young = a_mail(days=30.1), a_mail(days=29.9, key="receipt:2")

    empty_old_mails()

    assert set(words(old).values()) == {""}
    assert words(young) == WORDS
    old.refresh_from_db()
    assert old.key == "receipt:1"
    assert old.sent_at < timezone.now() - timedelta(days=30)
    assert old.emptied_at > timezone.now() - timedelta(minutes=1)


def test_no_text_of_the_row_is_overlooked():
    texts = {f.name for f in OutboxMail._meta.fields if isinstance(f, CharField | TextField)}
    row = a_mail(days=31)
    OutboxMail.objects.filter(pk=row.pk).update(**dict.fromkeys(texts, "c@example.com"))

    retention.empty_old_mails()

    left = OutboxMail.objects.filter(pk=row.pk).values(*texts).get()
    assert {name for name, value in left.items() if value} == {"key"}


def test_one_that_was_given_up_is_emptied_and_one_that_waits_is_not():
    given_up = a_mail(days=31, sent=False, attempts=ATTEMPTS)
    waiting = a_mail(days=31, sent=False, attempts=ATTEMPTS - 1, key="receipt:2")

    assert retention.empty_old_mails() == 1

    assert set(words(given_up).values()) == {""}
    assert words(waiting) == WORDS


def test_the_same_occasion_causes_no_second_mail(commit):
    a_mail(days=31)
    retention.empty_old_mails()

    with commit():
        found = queue_mail(
            key="receipt:1", to="cleo@example.com", language="", template="none", context={}
        )

    assert (OutboxMail.objects.get(), found.text) == (found, "")
    assert sweep(now=timezone.now() + timedelta(days=1)) == 0
    assert mail.outbox == []


def test_a_second_run_finds_nothing_and_writes_nothing(logged):
    a_mail(days=31)
    assert retention.empty_old_mails() == 1
    (line,) = logged()
    assert (line.event, line.mails) == ("mail.emptied", 1)

    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert retention.empty_old_mails() == 0

    assert len(queries) == 1
    assert logged() == []


def test_a_backlog_goes_in_batches(monkeypatch):
    monkeypatch.setattr(retention, "AT_ONCE", 2)
    for number in range(5):
        a_mail(days=31, key=f"receipt:{number}")

    with CaptureQueriesContext(connection) as queries:
        assert retention.empty_old_mails() == 5

    assert len(queries) == 3 * 2 + 1


def test_what_is_to_be_emptied_is_found_by_its_index():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    old = retention.old_mails(timezone.now()).order_by("created_at").values_list("pk")

    assert "outbox_mail_whole" in old.explain()
