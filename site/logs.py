"""How a line of the log is written: what happened, its fields, and the request it belongs to.

Code says ``logger.info("order paid", extra={"event": "order.paid", "order": number})``. At
home the fields follow the words as ``name=value``; in production each line is one JSON object
(python-json-logger). ``request`` is the id of the request, or of the one that sent the task:
django-guid makes it, keeps one that a proxy sent as X-Request-ID, hands it to Celery and
answers it in the response.
"""

import logging
from typing import Any

# What every record has; whatever else it carries was given as a field.
KNOWN = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "request"}


def fields_of(record: logging.LogRecord) -> dict[str, Any]:
    """The fields that the code gave to this line, in the order it gave them."""
    return {name: value for name, value in vars(record).items() if name not in KNOWN}


class PlainFormatter(logging.Formatter):
    """``INFO storefront.checkout.fulfilment order paid event=order.paid order=1042``"""

    def format(self, record: logging.LogRecord) -> str:
        line, *rest = super().format(record).split("\n", 1)
        told = " ".join(f"{name}={value}" for name, value in fields_of(record).items())
        return "\n".join([f"{line} {told}".rstrip(), *rest])


def logging_settings(*, json: bool) -> dict[str, Any]:
    """Django's LOGGING: our apps from INFO on, everybody else from WARNING on, to the console."""
    formatter = (
        {
            "()": "pythonjsonlogger.json.JsonFormatter",
            "fmt": ["asctime", "levelname", "name", "message", "request"],
            "rename_fields": {"asctime": "at", "levelname": "level", "name": "logger"},
            "timestamp": False,
        }
        if json
        else {"()": PlainFormatter, "format": "%(levelname)s %(name)s %(message)s"}
    )
    ours = ("courses", "learners", "storefront", "home", "perfomix")
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {
            "request": {
                "()": "django_guid.log_filters.CorrelationId",
                "correlation_id_field": "request",
            }
        },
        "formatters": {"line": formatter},
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "formatter": "line",
                "filters": ["request"],
            }
        },
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {name: {"level": "INFO"} for name in ours},
    }
