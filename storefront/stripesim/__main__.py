"""``python -m storefront.stripesim --port 8420 --state DIR --webhook-url URL``.

Key and webhook secret come from ``--api-key`` and ``--webhook-secret``, or better from the
environment (``STRIPE_SECRET_KEY``, ``STRIPE_WEBHOOK_SECRET``), which other users of the
machine cannot read. Ends cleanly on SIGTERM and SIGINT; started again on the same folder it
goes on where it stopped, undelivered webhooks included.
"""

import argparse
import os
import signal
import sys
import threading
from pathlib import Path

from . import known
from .parts import Config
from .server import Server
from .simulator import Simulator


def options(arguments: list[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="stripesim", description=__doc__)
    parser.add_argument("--port", type=int, default=8420, help="0 takes a free one")
    parser.add_argument("--state", type=Path, required=True, help="folder of its own")
    parser.add_argument("--api-key", default=os.environ.get("STRIPE_SECRET_KEY", ""))
    parser.add_argument("--webhook-url", default=None)
    parser.add_argument("--webhook-secret", default=os.environ.get("STRIPE_WEBHOOK_SECRET", ""))
    parser.add_argument("--public-url", default="", help="the address browsers reach it at")
    parser.add_argument("--payments", type=Path, help="JSON file of payments made before")
    parser.add_argument("--retry", type=float, default=1.0, help="first wait, in seconds")
    chosen = parser.parse_args(arguments)
    if not chosen.api_key.startswith("sk_test_"):
        parser.error("the API key must start with sk_test_: no real key belongs here")
    if chosen.webhook_url and not chosen.webhook_secret:
        parser.error("webhooks need --webhook-secret")
    return chosen


def main(arguments: list[str] | None = None) -> int:
    chosen = options(arguments)
    sim = Simulator(
        Config(
            state=chosen.state,
            api_key=chosen.api_key,
            webhook_url=chosen.webhook_url,
            webhook_secret=chosen.webhook_secret,
            public_url=chosen.public_url.rstrip("/"),
            retry=chosen.retry,
        )
    )
    server = Server(chosen.port, sim)
    known.learn(sim, chosen.payments)
    sim.start()

    def stop(*_: object) -> None:
        # shutdown() waits for the loop, which runs in this very thread
        threading.Thread(target=server.shutdown, daemon=True).start()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    print(f"stripesim: test payments on {sim.public_url}", flush=True)  # noqa: T201 its one line
    server.serve_forever(poll_interval=0.1)
    server.server_close()
    sim.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
