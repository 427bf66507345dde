"""Keep a course's secrets out of pages and reports.

Exports carry LTI passports, consumer secrets and keys of outside services in attributes and
policies. None of those attributes is ever imported; their values are also looked for in the texts,
because authors paste them into instructions.
"""

import html
import re
from xml.etree.ElementTree import Element

from django.utils.translation import pgettext_lazy

from courses.exchange.neutral import change_texts
from courses.exchange.words import load_json

REMOVED = pgettext_lazy("in place of a secret", "[removed]")
MAX_DEPTH = 50  # of nested JSON
SECRET_NAME = re.compile(
    r"passport|passw|secret|token|credential|api_?key|private_?key|(client|consumer|access)_?key",
    re.IGNORECASE,
)
_ASSIGNMENT = re.compile(r"""\b(\w+)\s*[=:]\s*["']([^"'\n]{8,})["']""")


class Secrets:
    """The secret values met while reading one course. Its repr shows none of them."""

    def __init__(self) -> None:
        self._values: set[str] = set()

    def __repr__(self) -> str:
        return f"<Secrets: {len(self._values)}>"

    def learn_attributes(self, element: Element) -> None:
        """Remember values of telling attributes anywhere in an XML element."""
        for node in element.iter():
            for name, value in node.attrib.items():
                if SECRET_NAME.search(name):
                    self._learn(load_json(value, value))

    def learn_policy(self, policy: object, depth: int = 0) -> None:
        """Remember values under telling keys anywhere in a parsed JSON policy."""
        if depth > MAX_DEPTH:
            return
        if isinstance(policy, dict):
            for name, value in policy.items():
                if SECRET_NAME.search(str(name)):
                    self._learn(value)
                else:
                    self.learn_policy(value, depth + 1)
        elif isinstance(policy, list):
            for value in policy:
                self.learn_policy(value, depth + 1)

    def learn_script(self, text: str | None) -> None:
        """Remember strings assigned to telling names in a problem's script."""
        for name, value in _ASSIGNMENT.findall(text or ""):
            if SECRET_NAME.search(name):
                self._learn(value)

    def redact(self, text: str) -> str:
        """The text with every known secret replaced by “[removed]”."""
        for value in sorted(self._values, key=len, reverse=True):
            text = text.replace(value, str(REMOVED))
        return text

    def scrub(self, thing: object) -> bool:
        """Redact every text of a part of the course in place; tells whether any was."""
        return bool(self._values) and change_texts(thing, self.redact)

    def _learn(self, value: object, depth: int = 0) -> None:
        if depth > MAX_DEPTH:
            return
        if isinstance(value, str):
            # "lti_id:key:secret" is how a passport is written; its first part is no secret.
            parts = value.split(":")[1:] if value.count(":") == 2 else []
            for part in [value, *parts]:
                if _telling(part):
                    self._values.update((part, html.escape(part), html.escape(part, quote=False)))
        elif isinstance(value, dict):
            for part in value.values():
                self._learn(part, depth + 1)
        elif isinstance(value, list):
            for part in value:
                self._learn(part, depth + 1)


def _telling(value: str) -> bool:
    """Whether a value is long and odd enough to be a secret and not an ordinary word."""
    ordinary = value.isalpha() and value[1:] == value[1:].lower()
    return len(value) >= 8 and not ordinary and not re.fullmatch(r"[\d\s.,:-]+", value)
