"""Temml in QuickJS: TeX in, MathML out, with bounds on everything.

What people write runs through a program here, so it runs alone: no file, no network, no clock,
so much memory, so deep a stack, so much time. A context is kept for each thread (making one costs
some 20 ms) and thrown away after anything but an answer or a refusal of Temml's own: stumbling
over what is not there (TypeError) is one of its ways to refuse. Formulas define nothing for one
another: macros live as long as one call.
"""

import json
import threading
from dataclasses import dataclass
from pathlib import Path

# Its wrapper starts a thread as it is imported, which a forked worker would not have.
import _quickjs as quickjs

LONGEST = 2_000  # characters; the longest of the courses that were imported has some 300
MEMORY = 48 * 2**20  # bytes; loading Temml takes some 6
STACK = 256 * 2**10  # bytes, well inside a thread's own
SECONDS = 0.25  # of the processor; what people write takes less than a hundredth
EXPANSIONS = 200

_TEMML = Path(__file__).parent / "temml" / "temml.min.js"
_TYPESET = """
function typeset(tex, display) {
  try {
    const options = {
      displayMode: display, annotate: true, throwOnError: true, trust: false, strict: false,
      wrap: "none", maxExpand: %d, maxSize: [25, 25], macros: {},
    };
    return JSON.stringify({mathml: temml.renderToString(tex, options)});
  } catch (error) {
    const whole = error.name === "ParseError" || error.name === "TypeError";
    return JSON.stringify({message: String(error.message), place: error.position ?? null, whole});
  }
}
"""


@dataclass(frozen=True)
class Untypeset(Exception):
    """``message`` is Temml's own, in English; ``place`` counts characters from 0. ``ruinous`` is
    what brought the program down, so that it has to be loaded anew."""

    message: str
    place: int | None = None
    ruinous: bool = False


class _Kept(threading.local):
    typeset: quickjs.Object | None = None


_kept = _Kept()


def typeset(tex: str, *, display: bool) -> str:
    """The MathML that Temml makes of ``tex``, as it makes it. Raises Untypeset."""
    if _kept.typeset is None:
        _kept.typeset = _new()
    call, _kept.typeset = _kept.typeset, None
    try:
        answer = json.loads(call(tex, display))
    except quickjs.JSException as error:  # out of time, memory or stack
        raise Untypeset("interrupted", ruinous=True) from error
    if "mathml" not in answer and not answer["whole"]:
        raise Untypeset(answer["message"], ruinous=True)
    _kept.typeset = call
    if "mathml" not in answer:
        raise Untypeset(answer["message"], answer["place"])
    mathml: str = answer["mathml"]
    return mathml


def _new() -> quickjs.Object:
    context = quickjs.Context()
    context.set_memory_limit(MEMORY)
    context.set_max_stack_size(STACK)
    context.eval(_TEMML.read_text())
    context.eval(_TYPESET % EXPANSIONS)
    context.set_time_limit(SECONDS)
    return context.get("typeset")
