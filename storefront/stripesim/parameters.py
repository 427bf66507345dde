"""What a request may carry: small types that check a decoded form and say what is wrong.

A name that an endpoint does not know is refused, as Stripe refuses it. What Stripe knows
and stripesim does not simulate is refused too, so that nothing is silently ignored.
"""

import re
from dataclasses import dataclass, field
from typing import Any, Protocol

from .errors import invalid_parameter, missing_parameter, unknown_parameter


def at(path: str, name: str) -> str:
    """``line_items`` and ``quantity`` make ``line_items[quantity]``, as Stripe writes it."""
    return f"{path}[{name}]" if path else name


class Parameter(Protocol):
    """A type that a value must have; what it reads is what endpoints get."""

    def read(self, value: Any, path: str) -> Any: ...


@dataclass(frozen=True)
class Text:
    longest: int = 5000
    pattern: str | None = None

    def read(self, value: Any, path: str) -> str:
        if not isinstance(value, str):
            raise invalid_parameter(path, f"Invalid string: {path} must be a string.")
        if not value:
            raise invalid_parameter(
                path,
                f"You passed an empty string for '{path}'. "
                "We assume empty values are an attempt to unset a parameter; "
                f"however '{path}' cannot be unset.",
                "parameter_invalid_empty",
            )
        if len(value) > self.longest:
            raise invalid_parameter(
                path, f"Invalid string: '{path}' must be at most {self.longest} characters."
            )
        if self.pattern and not re.fullmatch(self.pattern, value):
            raise invalid_parameter(path, f"Invalid value for {path}: {value}")
        return value


@dataclass(frozen=True)
class Whole:
    least: int | None = None
    most: int | None = None

    def read(self, value: Any, path: str) -> int:
        if not isinstance(value, str) or not re.fullmatch(r"-?\d{1,15}", value):
            raise invalid_parameter(path, f"Invalid integer: {value}", "parameter_invalid_integer")
        number = int(value)
        if self.least is not None and number < self.least:
            raise invalid_parameter(
                path,
                f"This value must be greater than or equal to {self.least}.",
                "parameter_invalid_integer",
            )
        if self.most is not None and number > self.most:
            raise invalid_parameter(
                path,
                f"This value must be less than or equal to {self.most}.",
                "parameter_invalid_integer",
            )
        return number


@dataclass(frozen=True)
class Flag:
    def read(self, value: Any, path: str) -> bool:
        if value not in ("true", "false"):
            raise invalid_parameter(path, f"Invalid boolean: {value}")
        return value == "true"


@dataclass(frozen=True)
class OneOf:
    choices: tuple[str, ...]

    def read(self, value: Any, path: str) -> str:
        if value not in self.choices:
            known = ", ".join(self.choices)
            raise invalid_parameter(path, f"Invalid {path}: must be one of {known}")
        return value


@dataclass(frozen=True)
class Listed:
    of: Parameter
    most: int = 100

    def read(self, value: Any, path: str) -> list:
        if not isinstance(value, list):
            raise invalid_parameter(path, "Invalid array")
        if len(value) > self.most:
            raise invalid_parameter(path, f"Array {path} exceeded maximum {self.most}.")
        return [self.of.read(item, at(path, str(i))) for i, item in enumerate(value)]


@dataclass(frozen=True)
class Metadata:
    """Stripe: up to 50 keys, names up to 40 characters, values up to 500,
    https://docs.stripe.com/api/metadata."""

    def read(self, value: Any, path: str) -> dict:
        if value == "":
            return {}
        if isinstance(value, list):  # every key was a number
            value = {str(i): item for i, item in enumerate(value)}
        if not isinstance(value, dict):
            raise invalid_parameter(path, "Invalid object")
        if len(value) > 50:
            raise invalid_parameter(path, "Metadata can have up to 50 keys.")
        for name, text in value.items():
            if len(name) > 40 or not isinstance(text, str) or len(text) > 500:
                raise invalid_parameter(
                    at(path, name),
                    "Metadata keys can be up to 40 characters long and values up to 500.",
                )
        return value


@dataclass(frozen=True)
class Fields:
    """An object: ``may`` maps names to types, ``must`` lists the names that are required."""

    may: dict[str, Parameter] = field(default_factory=dict)
    must: tuple[str, ...] = ()

    def read(self, value: Any, path: str = "") -> dict:
        if not isinstance(value, dict):
            raise invalid_parameter(path, "Invalid object")
        for name in value:
            if name not in self.may:
                raise unknown_parameter(at(path, name))
        for name in self.must:
            if name not in value:
                raise missing_parameter(at(path, name))
        return {name: self.may[name].read(item, at(path, name)) for name, item in value.items()}


EXPAND = Listed(Text(longest=200), most=20)
CURRENCY = Text(longest=3, pattern=r"[a-z]{3}")
EMAIL = Text(longest=800, pattern=r"[^@\s]+@[^@\s]+\.[^@\s]+")
URL = Text(pattern=r"https?://\S+")
#: ``created`` filters a list by time: a moment, or a range of gt, gte, lt, lte.
RANGE = Fields({name: Whole() for name in ("gt", "gte", "lt", "lte")})
PAGING: dict[str, Parameter] = {
    "limit": Whole(least=1, most=100),
    "starting_after": Text(),
    "ending_before": Text(),
    "created": RANGE,
    "expand": EXPAND,
}
