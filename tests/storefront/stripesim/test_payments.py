"""Sessions, payments and refunds of the local Stripe, driven by Stripe's own SDK over HTTP."""

import pytest
import stripe

from storefront.stripesim import API_VERSION

from .calls import sdk, wanted


def test_it_speaks_the_version_that_the_sdk_pins():
    assert stripe.api_version == API_VERSION


def test_a_session_is_created_read_listed_and_expired(api):
    made = api.checkout.sessions.create(
        wanted(
            client_reference_id="order-1", customer_email="cleo@example.com", metadata={"a": "b"}
        )
    )

    read = api.checkout.sessions.retrieve(made.id, {"expand": ["line_items"]})
    listed = api.checkout.sessions.list({"status": "open"})
    closed = api.checkout.sessions.expire(made.id)

    assert (read.amount_total, read.currency, read.payment_status) == (2400, "eur", "unpaid")
    assert read.line_items.data[0].description == "Käsin ommellen – «Ä»"
    assert read.metadata.to_dict() == {"a": "b"}
    assert read.payment_intent is None
    assert [session.id for session in listed.data] == [made.id]
    assert (closed.status, closed.url) == ("expired", None)
    with pytest.raises(stripe.InvalidRequestError, match="status of expired"):
        api.checkout.sessions.expire(made.id)


def test_paying_makes_intent_charge_and_events_in_their_order(api, stripesim):
    made = api.checkout.sessions.create(wanted(payment_intent_data={"metadata": {"order": "7"}}))

    stripesim.pay(made.id)

    session = api.checkout.sessions.retrieve(
        made.id, {"expand": ["payment_intent", "payment_intent.latest_charge"]}
    )
    assert (session.status, session.payment_status) == ("complete", "paid")
    assert session.payment_intent.status == "succeeded"
    assert session.payment_intent.metadata.to_dict() == {"order": "7"}
    assert session.payment_intent.latest_charge.payment_method_details.card.last4 == "4242"
    assert [event["type"] for event in stripesim.events()] == [
        "payment_intent.created",
        "charge.succeeded",
        "payment_intent.succeeded",
        "checkout.session.completed",
    ]


def test_a_declined_card_leaves_the_session_open_and_says_why(api, stripesim):
    made = api.checkout.sessions.create(wanted())

    stripesim.pay(made.id, card="4000000000009995")

    session = api.checkout.sessions.retrieve(made.id, {"expand": ["payment_intent"]})
    assert session.status == "open"
    assert session.payment_intent.last_payment_error.decline_code == "insufficient_funds"
    assert stripesim.events()[-1]["type"] == "payment_intent.payment_failed"


def test_refunds_in_parts_never_exceed_the_charge(api, stripesim):
    made = api.checkout.sessions.create(wanted(2400))
    intent = stripesim.pay(made.id)["payment_intent"]

    api.refunds.create({"payment_intent": intent, "amount": 1000})
    with pytest.raises(stripe.InvalidRequestError, match="greater than unrefunded"):
        api.refunds.create({"payment_intent": intent, "amount": 1401})
    rest = api.refunds.create({"payment_intent": intent})
    with pytest.raises(stripe.InvalidRequestError) as refused:
        api.refunds.create({"payment_intent": intent})

    assert (rest.amount, rest.status) == (1400, "succeeded")
    assert refused.value.code == "charge_already_refunded"
    charge = api.charges.retrieve(rest.charge)
    assert (charge.amount_refunded, charge.refunded) == (2400, True)
    assert len(api.refunds.list({"payment_intent": intent}).data) == 2


@pytest.mark.parametrize(
    ("params", "code"),
    [
        ({"mode": "payment", "sucess_url": "https://a.example"}, "parameter_unknown"),
        ({**wanted(), "payment_method_types": ["card"]}, "parameter_unknown"),
        ({"mode": "payment", "success_url": "https://a.example"}, "parameter_missing"),
        ({**wanted(-1)}, "parameter_invalid_integer"),
        ({**wanted(49)}, "amount_too_small"),
    ],
)
def test_a_wrong_parameter_is_refused_and_nothing_is_made(api, params, code):
    with pytest.raises(stripe.InvalidRequestError) as refused:
        api.checkout.sessions.create(params)

    assert refused.value.code == code
    assert api.checkout.sessions.list().data == []


def test_a_session_lives_from_30_minutes_to_24_hours(api, stripesim):
    now = stripesim.order("clock")["now"]
    for seconds in (29 * 60, 24 * 3600 + 60):
        with pytest.raises(stripe.InvalidRequestError) as refused:
            api.checkout.sessions.create(wanted(expires_at=now + seconds))
        assert refused.value.param == "expires_at"
    made = api.checkout.sessions.create(wanted(expires_at=now + 3600))

    stripesim.advance(hours=2)

    assert api.checkout.sessions.retrieve(made.id).status == "expired"
    assert stripesim.events()[-1]["type"] == "checkout.session.expired"


def test_what_is_missing_answers_404_and_a_wrong_key_401(api, stripesim):
    with pytest.raises(stripe.InvalidRequestError) as missing:
        api.checkout.sessions.retrieve("cs_test_nowhere")
    with pytest.raises(stripe.AuthenticationError):
        sdk(stripesim.url, "sk_test_other").v1.events.list()

    assert (missing.value.http_status, missing.value.code) == (404, "resource_missing")
    assert missing.value.request_id.startswith("req_")
