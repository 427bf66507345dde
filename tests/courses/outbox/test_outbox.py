"""Mail that is promised in a transaction and leaves once."""

import re
import smtplib
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection, transaction
from django.utils import timezone

from courses.models import OutboxMail
from courses.outbox import delivery
from courses.outbox.queue import queue_mail

ROOT = Path(__file__).resolve().parents[3]

TEMPLATES = {
    "mail/greeting.subject.txt": "Hello\n {{ name }}",
    "mail/greeting.txt": "Dear {{ name }}, see {{ site_url }}/courses/",
    "mail/greeting.html": "<p>Dear {{ name }}</p>",
    "mail/plain.subject.txt": "Plain",
    "mail/plain.txt": "Only text.",
    "mail/timed.subject.txt": "{{ at|date:'j F' }}",
    "mail/timed.txt": "{% load interface %}{{ at|moment }}",
    "mail/signature.txt": "--\nWrite to us: {{ site_url }}/help/\n",
}


@pytest.fixture(autouse=True)
def templates(settings):
    settings.TEMPLATES = [
        {
            "BACKEND": "django.template.backends.django.DjangoTemplates",
            "OPTIONS": {
                "loaders": [("django.template.loaders.locmem.Loader", TEMPLATES)],
                "libraries": {"interface": "courses.templatetags.interface"},
            },
        }
    ]


class RefusingBackend(EmailBackend):
    def send_messages(self, messages):
        raise smtplib.SMTPServerDisconnected("Connection unexpectedly closed")


def greet(**changes):
    words = {"key": "greeting:1", "to": "cleo@example.com", "language": "", "template": "greeting"}
    return queue_mail(**{**words, "context": {"name": "Cleo & Co"}, **changes})


def test_a_queued_mail_leaves_after_the_commit(db, commit):
    with commit():
        greet()
        assert mail.outbox == []
    (sent,) = mail.outbox
    assert (sent.subject, sent.to) == ("Hello Cleo & Co", ["cleo@example.com"])
    assert sent.body == (
        "Dear Cleo & Co, see http://testserver/courses/\n"
        "\n"
        "--\n"
        "Write to us: http://testserver/help/\n"
    )
    assert sent.reply_to == []
    assert sent.alternatives[0].content == "<p>Dear Cleo &amp; Co</p>"
    assert OutboxMail.objects.get().sent_at is not None


def test_a_mail_may_have_no_html(db, commit):
    with commit():
        greet(template="plain")
    assert mail.outbox[0].alternatives == []


def test_an_answer_goes_where_the_mail_says(db, commit):
    with commit():
        greet(reply_to="noor@example.com")
    assert mail.outbox[0].reply_to == ["noor@example.com"]


def test_the_same_key_twice_is_one_mail(db, commit):
    with commit():
        first = greet()
        again = greet(to="somebody.else@example.com")
    assert again.pk == first.pk
    assert [sent.to for sent in mail.outbox] == [["cleo@example.com"]]


@pytest.mark.django_db(transaction=True)
def test_nothing_is_promised_when_the_transaction_fails():
    with pytest.raises(RuntimeError), transaction.atomic():
        greet()
        raise RuntimeError
    assert (OutboxMail.objects.count(), mail.outbox) == (0, [])


def test_a_sent_mail_is_not_sent_again(db, commit):
    with commit():
        promised = greet()
    assert delivery.deliver(promised.pk) is False
    assert len(mail.outbox) == 1


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_a_mail_that_another_worker_is_sending_is_left_alone():
    promised = OutboxMail.objects.create(key="k", to="cleo@example.com", subject="s", text="t")
    other = connection.copy()
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("SELECT 1 FROM courses_outboxmail FOR UPDATE")
        assert delivery.deliver(promised.pk) is False
        assert mail.outbox == []
        other.rollback()
    finally:
        other.close()
    assert delivery.deliver(promised.pk) is True  # the control: without the lock it leaves


def test_a_refused_mail_waits_longer_each_time(db, commit, settings):
    settings.EMAIL_BACKEND = f"{__name__}.RefusingBackend"
    with commit():
        promised = greet()
    promised.refresh_from_db()
    assert (promised.sent_at, promised.attempts) == (None, 1)
    assert promised.last_error == "SMTPServerDisconnected: Connection unexpectedly closed"
    waits = []
    for _ in range(3):
        delivery.deliver(promised.pk)
        promised.refresh_from_db()
        waits.append(round((promised.due_at - timezone.now()).total_seconds() / 60))
    assert waits == [2, 4, 8]


def test_the_sweeper_sends_what_was_left_behind(db):
    greet()  # the nudge waits for a commit that never comes
    assert delivery.sweep() == 0, "a fresh mail is left to its nudge"
    assert delivery.sweep(now=timezone.now() + timedelta(minutes=2)) == 1
    assert delivery.sweep(now=timezone.now() + timedelta(minutes=4)) == 0
    assert len(mail.outbox) == 1


def test_a_mail_is_given_up_after_its_last_attempt(db, settings, caplog):
    settings.EMAIL_BACKEND = f"{__name__}.RefusingBackend"
    promised = greet(sensitive=True)
    for _ in range(delivery.ATTEMPTS + 3):
        delivery.deliver(promised.pk)
    promised.refresh_from_db()
    assert (promised.attempts, promised.sent_at) == (delivery.ATTEMPTS, None)
    assert (promised.text, promised.html) == (delivery.SCRUBBED, "")
    told = [line for line in caplog.records if hasattr(line, "event")]
    assert [line.event for line in told] == [
        *["mail.refused"] * (delivery.ATTEMPTS - 1),
        "mail.given_up",
    ]
    last = told[-1]
    assert (last.mail, last.attempts) == (promised.pk, delivery.ATTEMPTS)
    assert last.fault == "SMTPServerDisconnected"


def test_a_sensitive_mail_loses_its_body_once_sent(db, commit):
    with commit():
        promised = greet(sensitive=True)
    promised.refresh_from_db()
    assert (promised.text, promised.html) == (delivery.SCRUBBED, "")
    assert mail.outbox[0].body.startswith("Dear Cleo")


def test_an_address_nobody_can_write_to_is_noted_not_raised(db, commit, settings):
    with commit():
        promised = greet(to="cleo@example.com\nBcc: all@example.com")
    promised.refresh_from_db()
    assert promised.attempts == 1
    assert promised.last_error.startswith("BadHeaderError")
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("zone", "told"),
    [
        ("Asia/Kolkata", "15 November 2026, 05:00 (UTC+5:30)"),
        ("America/Los_Angeles", "14 November 2026, 15:30 (UTC−8)"),
        ("", "14 November 2026, 23:30 (UTC)"),
        ("Mars/Olympus", "14 November 2026, 23:30 (UTC)"),
    ],
)
def test_a_mail_tells_times_by_the_clock_of_its_reader(db, zone, told):
    at = datetime(2026, 11, 14, 23, 30, tzinfo=UTC)

    with timezone.override("Pacific/Kiritimati"):  # whoever causes it
        written = greet(template="timed", zone=zone, context={"at": at})

    assert written.text.startswith(f"{told}\n")
    assert written.subject == told.rsplit(" ", 3)[0]


def test_every_mail_to_a_person_names_their_zone_beside_their_language():
    """Whoever passes ``somebody.language`` passes ``.time_zone`` or an order's ``.zone`` too."""
    missing, found = [], 0
    for file in ROOT.glob("*/**/*.py"):
        lines = file.read_text().splitlines()
        for number, line in enumerate(lines):
            if re.search(r"""^\s+("language":|language=)\s*\S*(user|buyer)\.language,""", line):
                found += 1
                near = " ".join(lines[number : number + 3])
                if "zone" not in near:
                    missing.append(f"{file.relative_to(ROOT)}:{number + 1}")

    assert missing == []
    assert found >= 6
