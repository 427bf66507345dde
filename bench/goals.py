"""The bars, as they are written down, each with the figure it asks for."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

# Where a bar comes from: the goals for this machine, or what the issue on speed is done by.
Measured = Any


@dataclass(frozen=True)
class Bar:
    """``figure`` is None where this run could not tell."""

    words: str
    figure: Callable[[Measured], float | None]
    limit: float
    unit: str = ""
    at_least: bool = False

    def told(self, measured: Measured) -> str:
        figure = self.figure(measured)
        return "–" if figure is None else f"{number(figure)}{self.unit}"

    def is_met(self, measured: Measured) -> bool | None:
        figure = self.figure(measured)
        if figure is None:
            return None
        return figure >= self.limit if self.at_least else figure <= self.limit


def number(figure: float) -> str:
    """Three digits that say something."""
    if figure >= 100:
        return f"{figure:,.0f}"
    return f"{figure:.1f}" if figure >= 10 else f"{figure:.2f}"


def times(most: float) -> Bar:
    words = f"at most {most:g} × the view with one SELECT"
    return Bar(words, lambda m: m.times_reference, most, " ×")


def share_of_static(least: float) -> Bar:
    words = f"at least {least:g} of nginx's static file"
    return Bar(words, lambda m: m.share_of_static, least, at_least=True)


def per_second(least: float) -> Bar:
    words = f"{least:,.0f} a second"
    return Bar(words, lambda m: m.per_second, least, "/s", at_least=True)


def statements(most: int) -> Bar:
    return Bar(f"at most {most} SQL", lambda m: m.statements, most)


def beyond_person(most: int) -> Bar:
    """Sessions are in the cache, so that the person is one statement."""
    return Bar(f"at most {most} SQL beyond session and person", lambda m: m.statements, most + 1)


def cpu_ms(most: float) -> Bar:
    return Bar(f"at most {most:g} ms of CPU", lambda m: m.cpu_ms, most, " ms")


def p50(most: float) -> Bar:
    return Bar(f"half of them within {most:g} ms", lambda m: m.p50, most, " ms")


def p99(most: float) -> Bar:
    return Bar(f"99 in 100 within {most:g} ms", lambda m: m.p99, most, " ms")


def kilobytes(most: float) -> Bar:
    return Bar(f"at most {most:g} KB", lambda m: m.raw_kb, most, " KB")


def compressed(most: float) -> Bar:
    return Bar(f"at most {most:g} KB compressed", lambda m: m.compressed_kb, most, " KB")
