"""Faults on order: what goes wrong between a shop and its bank, made to happen.

A rule says where (``POST /v1/checkout/sessions`` or ``webhook charge.refunded``, with ``*``
as wildcard), what, and how many times. Rules live in memory; a restart forgets them.
"""

import threading
from dataclasses import asdict, dataclass
from fnmatch import fnmatchcase

#: What can happen to an API request.
API_FAULTS = {
    "fail": "answer 500 before anything happens",
    "fail_after": "do it, then answer 500, and keep answering 500 to the same key",
    "drop": "do it, then close the connection without an answer",
    "delay": "wait for `seconds` before doing it",
    "limit": "answer 429",
}
#: What can happen to a webhook.
WEBHOOK_FAULTS = {
    "lose": "never deliver it",
    "hold": "keep it until it is released by hand, in any order",
    "late": "deliver it `seconds` later",
    "repeat": "deliver it `count` times",
    "forge": "sign it with a wrong secret",
    "stale": "sign it with a time `seconds` ago",
    "tamper": "change the body after signing",
}


@dataclass
class Rule:
    where: str
    what: str
    times: int = 1
    seconds: float = 0
    count: int = 2

    def __post_init__(self) -> None:
        if self.what not in API_FAULTS | WEBHOOK_FAULTS:
            known = ", ".join(API_FAULTS | WEBHOOK_FAULTS)
            raise ValueError(f"{self.what!r} is no fault known here: {known}")


class Faults:
    def __init__(self) -> None:
        self._rules: list[Rule] = []
        self._lock = threading.Lock()

    def add(self, rule: Rule) -> None:
        with self._lock:
            self._rules.append(rule)

    def clear(self) -> None:
        with self._lock:
            self._rules.clear()

    def take(self, where: str) -> Rule | None:
        """The first rule for this place, which is used up by one."""
        with self._lock:
            for rule in self._rules:
                if fnmatchcase(where, rule.where):
                    rule.times -= 1
                    if rule.times <= 0:
                        self._rules.remove(rule)
                    return rule
        return None

    def waiting(self) -> list[dict]:
        with self._lock:
            return [asdict(rule) for rule in self._rules]
