"""Lines of the log: readable at home, JSON in production, with fields and the request's id."""

import io
import json
import logging
import logging.config

import pytest

from perfomix.logs import logging_settings


@pytest.fixture
def written():
    """``written(json=…)`` gives a logger of ours and what it has written so far."""
    stream, loggers = io.StringIO(), []

    def begin(*, as_json: bool):
        settings = logging_settings(json=as_json)
        formatter = settings["formatters"]["line"]
        maker = logging.config.DictConfigurator(
            {
                "version": 1,
                "formatters": {"line": formatter},
                "filters": settings["filters"],
                "handlers": {
                    "to_stream": {
                        **settings["handlers"]["console"],
                        "stream": stream,
                    }
                },
                "loggers": {
                    "storefront.tests": {
                        "handlers": ["to_stream"],
                        "level": "INFO",
                        "propagate": False,
                    }
                },
                "disable_existing_loggers": False,
            }
        )
        maker.configure()
        loggers.append(logging.getLogger("storefront.tests"))
        return loggers[-1], stream

    yield begin
    for logger in loggers:
        logger.handlers.clear()
        logger.propagate = True


def test_at_home_the_fields_follow_the_words(written):
    logger, stream = written(as_json=False)

    logger.info("order paid", extra={"event": "order.paid", "order": 1042})

    assert stream.getvalue() == "INFO storefront.tests order paid event=order.paid order=1042\n"


def test_a_traceback_stands_below_the_line_with_its_fields(written):
    logger, stream = written(as_json=False)

    try:
        raise ValueError("no")
    except ValueError:
        logger.exception("refund failed", extra={"refund": 7})

    first, second, *_, last = stream.getvalue().splitlines()
    assert first == "ERROR storefront.tests refund failed refund=7"
    assert second == "Traceback (most recent call last):"
    assert last == "ValueError: no"


def test_in_production_a_line_is_one_json_object(written):
    logger, stream = written(as_json=True)

    logger.info("order paid", extra={"event": "order.paid", "order": 1042})

    told = json.loads(stream.getvalue())
    assert told.pop("at")
    assert told == {
        "level": "INFO",
        "logger": "storefront.tests",
        "message": "order paid",
        "request": None,
        "event": "order.paid",
        "order": 1042,
    }


def test_a_request_has_an_id_that_a_proxy_may_have_given(client, db):
    given = "0f3b1c6a5d7e4f8091a2b3c4d5e6f708"

    own = client.get("/nowhere/").headers["X-Request-ID"]
    kept = client.get("/nowhere/", headers={"x-request-id": given}).headers["X-Request-ID"]
    forged = client.get("/nowhere/", headers={"x-request-id": "a\tb"}).headers["X-Request-ID"]

    assert len(own) == 32
    assert kept == given
    assert len(forged) == 32
    assert own != forged
