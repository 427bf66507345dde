"""Each journey that `make bench` measures answers as it should, at the smallest size there is."""

import pytest
from django.utils import timezone

from bench.asking import TOKEN, Ask, Sender, ask_inside, visitor
from bench.inside import look_inside
from bench.journeys import JOURNEYS
from bench.measuring import Measured
from bench.table import verdicts
from bench.verbs import deeds
from courses.freshness import kept
from courses.models import CourseRelease, ReleaseStatus
from tests.forgetting import forget_what_is_kept


@pytest.mark.parametrize("journey", JOURNEYS, ids=lambda journey: journey.key)
def test_a_journey_answers_as_it_should(journey, site, stripesim):
    asks, began = journey.asks(site), timezone.now()

    answer = ask_inside(asks[0], encodings="identity")

    assert answer.status_code == journey.status
    body = answer.getvalue().decode(errors="replace")
    assert journey.says(site) in body
    assert journey.leads_to in answer.headers.get("Location", "")
    if journey.leaves:
        assert journey.leaves(began) == 1


def test_the_first_answer_after_a_change_is_made_from_rows(site, monkeypatch):
    monkeypatch.setattr(kept, "in_transaction", lambda: False)  # the site's own, around all tests
    asks = next(one for one in JOURNEYS if one.key == "course").asks(site)[:3]
    forget_what_is_kept()

    again = look_inside(asks, is_slow=False)
    first = look_inside(asks, is_slow=False, changes=site.changes)

    forget_what_is_kept()
    assert (again.statements, first.statements > 3) == (0, True)


def test_no_two_journeys_have_one_key():
    keys = [journey.key for journey in JOURNEYS]

    assert len(keys) == len(set(keys))


def test_a_form_without_its_token_is_refused(site):
    (asked, *_) = next(one for one in JOURNEYS if one.key == "complete").asks(site)
    forged = Ask(asked.path, asked.sender, {"csrfmiddlewaretoken": "0" * 64})

    assert ask_inside(forged).status_code == 403


def test_what_is_done_to_the_long_course_is_taken_back(site):
    release = site.submission_of_long

    submitted, approved = deeds(site)

    assert (submitted.title, approved.title) == ("submit 12 lessons", "approve 12 lessons")
    assert min(submitted.statements, approved.statements) > 20
    status = CourseRelease.objects.get(pk=release.pk).status
    assert status == ReleaseStatus.IN_REVIEW


def test_a_journey_that_answers_something_else_has_met_no_goal():
    measured = Measured(JOURNEYS[0], share_of_static=2.0, wrong=["answered 500 after 0.1 s"])

    assert verdicts(measured) == ["**not met**: answered 500 after 0.1 s"]


def test_a_request_is_written_as_browsers_send_it():
    sender = Sender("10.0.0.7", session="s", secret="c", token="t")
    asked = Ask("/learn/", sender, sender.form(token=TOKEN))

    head, body = asked.on_the_wire().decode().split("\r\n\r\n")

    assert head.startswith("POST /learn/ HTTP/1.1\r\nHost: 127.0.0.1\r\n")
    assert "\r\nX-Forwarded-For: 10.0.0.7\r\n" in head
    assert "\r\nCookie: sessionid=s; csrftoken=c\r\n" in head
    assert head.endswith(f"\r\nContent-Length: {len(body)}")
    assert body == f"csrfmiddlewaretoken=t&token={TOKEN}"


def test_no_two_visitors_come_from_one_address():
    assert len({visitor(number).address for number in range(70_000)}) == 70_000
