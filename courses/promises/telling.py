"""Telling a worker of a row that waits for it."""

import logging
from typing import Any

from kombu.exceptions import OperationalError

from .after_commit import after_commit

logger = logging.getLogger(__name__)


def tell_worker(task: Any, key: Any, *, queue: str, waits: str) -> None:
    """Once the transaction is committed, have a worker of ``queue`` run ``task(key)``.

    For work whose row a sweeper finds as well: without a broker, or when the message gets lost,
    it happens later. ``waits`` names the event of the log then, as in "mail.waits".
    """
    after_commit(_send, task, key, queue, waits)


def _send(task: Any, key: Any, queue: str, waits: str) -> None:
    try:
        task.apply_async([key], queue=queue)
    except OperationalError as error:
        logger.warning(
            "the broker does not answer; what was promised waits for the sweeper",
            extra={"event": waits, "key": key, "reason": str(error)},
        )
