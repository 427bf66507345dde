"""The time as stripesim sees it: the machine's clock, moved forward on request.

Stripe calls the idea a test clock. Moving it lets a test see a session expire or an
idempotency key forgotten without waiting a day.
"""

import time


class Clock:
    def __init__(self) -> None:
        self.ahead = 0

    def now(self) -> int:
        """Whole seconds since 1970, as Stripe's timestamps are."""
        return int(time.time()) + self.ahead

    def advance(self, seconds: int) -> int:
        self.ahead += seconds
        return self.now()
