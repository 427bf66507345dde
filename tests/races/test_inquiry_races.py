"""A message sent twice at once, and one answered by two admins: each happens once.

The control answers without the lock, and then both believe that they were the one.
"""

import uuid
from types import SimpleNamespace

import pytest
from django.utils import timezone
from wagtail.models import ModelLogEntry

from courses.models import OutboxMail
from home.help import inquiries
from home.help.inquiries import mark_answered, send_inquiry
from home.models import Inquiry
from tests.people import person

from .together import Meeting, together

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def sends(*keys):
    said = {"email": "noor@example.com", "text": "It stops at 4:10.", "language": "en"}
    return [lambda key=key: send_inquiry(key=key, **said) for key in keys]


def test_a_form_sent_many_times_at_once_is_one_inquiry_and_two_mails():
    key = uuid.uuid4()

    sent = together(*sends(*[key] * 6))

    assert {inquiry.pk for inquiry in sent} == {key}
    assert Inquiry.objects.count() == 1
    assert OutboxMail.objects.count() == 2


def test_control_forms_with_keys_of_their_own_are_as_many_inquiries():
    together(*sends(*[uuid.uuid4() for _form in range(6)]))

    assert Inquiry.objects.count() == 6
    assert OutboxMail.objects.count() == 12


def answers(monkeypatch):
    """Two admins, both about to write that they answered."""
    (send,) = sends(uuid.uuid4())
    inquiry, admins = send(), (person("ivo"), person("mira"))
    # Of this file alone: rows ask for the time as well, and would come to the meeting too early.
    clock = SimpleNamespace(now=Meeting(2).before(timezone.now))
    monkeypatch.setattr(inquiries, "timezone", clock)
    return [lambda admin=admin: mark_answered(inquiry=inquiry, by=admin) for admin in admins]


def noted() -> int:
    return ModelLogEntry.objects.filter(action="home.inquiry_answered").count()


def test_two_who_answer_at_once_are_noted_as_one(monkeypatch):
    first, second = together(*answers(monkeypatch))

    assert first.answered_by == second.answered_by
    assert noted() == 1


def test_control_two_who_answer_at_once_without_the_lock_are_two(monkeypatch, without_locks):
    together(*answers(monkeypatch))

    assert noted() == 2
