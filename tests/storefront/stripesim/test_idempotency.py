"""Idempotency keys of the local Stripe: https://docs.stripe.com/api/idempotent_requests."""

import threading

import pytest
import stripe

from .calls import sdk, wanted


def test_the_same_key_gives_the_same_session(api):
    first = api.checkout.sessions.create(wanted(), {"idempotency_key": "k"})
    again = api.checkout.sessions.create(wanted(), {"idempotency_key": "k"})

    assert again.id == first.id
    assert again.last_response.headers["Idempotent-Replayed"] == "true"
    assert len(api.checkout.sessions.list().data) == 1


def test_the_same_key_with_other_parameters_is_an_error(api):
    api.checkout.sessions.create(wanted(), {"idempotency_key": "k"})

    with pytest.raises(stripe.IdempotencyError):
        api.checkout.sessions.create(wanted(2500), {"idempotency_key": "k"})


def test_a_request_that_failed_validation_may_be_sent_again_under_its_key(api):
    with pytest.raises(stripe.InvalidRequestError):
        api.checkout.sessions.create({"mode": "payment"}, {"idempotency_key": "k"})

    assert api.checkout.sessions.create(wanted(), {"idempotency_key": "k"}).id


def test_a_saved_500_is_given_again(api, stripesim):
    stripesim.fault("POST /v1/checkout/sessions", "fail_after")

    for _ in range(2):
        with pytest.raises(stripe.APIError):
            api.checkout.sessions.create(wanted(), {"idempotency_key": "k"})

    assert len(api.checkout.sessions.list().data) == 1


def test_a_dropped_answer_is_given_to_the_next_try(api, stripesim):
    stripesim.fault("POST /v1/checkout/sessions", "drop")

    with pytest.raises(stripe.APIConnectionError):
        api.checkout.sessions.create(wanted(), {"idempotency_key": "k"})
    again = api.checkout.sessions.create(wanted(), {"idempotency_key": "k"})

    assert [session.id for session in api.checkout.sessions.list().data] == [again.id]


def test_a_key_in_use_answers_409(stripesim):
    stripesim.fault("POST /v1/checkout/sessions", "delay", seconds=1)
    slow = threading.Thread(
        target=lambda: sdk(stripesim.url).v1.checkout.sessions.create(
            wanted(), {"idempotency_key": "k"}
        )
    )
    slow.start()
    while not stripesim.requests():
        pass

    with pytest.raises(stripe.StripeError) as refused:
        sdk(stripesim.url).v1.checkout.sessions.create(wanted(), {"idempotency_key": "k"})
    slow.join()

    assert refused.value.http_status == 409
    assert refused.value.error.code == "idempotency_key_in_use"


def test_a_key_is_forgotten_after_a_day(api, stripesim):
    first = api.checkout.sessions.create(wanted(), {"idempotency_key": "k"})
    stripesim.advance(hours=25)

    assert api.checkout.sessions.create(wanted(), {"idempotency_key": "k"}).id != first.id
