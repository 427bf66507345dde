"""A formula: its TeX, and the MathML that pages show."""

import re
from dataclasses import dataclass, field

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from .budget import GROWTH, LEAST, RUIN, spend
from .delimiters import without_delimiters
from .engine import LONGEST, Untypeset, typeset
from .mathml import Unforeseen, core, is_empty

# Signs in a row that fit on the narrowest phone; a longer formula scrolls by itself.
MOST_IN_A_LINE = 15
_SIGNS = re.compile(r"<(?:mi|mn|mo|mtext)\b")
_UNKNOWN = re.compile(r"(?:Unsupported function name|Undefined control sequence): (\\\S+)")
_ENVIRONMENT = re.compile(r"No such environment: (\S+)")
_REFUSED = re.compile(r'Function "(\\\w+)" is (?:not trusted|disabled)')
_DELIMITER = re.compile(r"Can't use function '(\$|\\[()\[\]])'")
_ENDLESS = re.compile(r"expansions|stack|memory|interrupted")
_CUT_OFF = re.compile(r"end of input|got 'EOF'|Expected '\}'")


@dataclass(frozen=True)
class Formula:
    """``mathml`` is empty where the TeX cannot be read; ``complaint`` then says why, if it was
    just tried. What is stored is believed as it stands: no reader waits for a formula to be set.
    """

    tex: str
    mathml: str = ""
    complaint: str = field(default="", compare=False)

    def __str__(self) -> str:
        return self.tex

    def __bool__(self) -> bool:
        return bool(self.tex)

    @property
    def shown(self) -> SafeString:
        """For a page: MathML, or else the TeX as it was written."""
        if not self.mathml:
            return mark_safe(f"<code>{escape(self.tex)}</code>")
        in_a_line = self.mathml.startswith("<math>")
        if in_a_line and len(_SIGNS.findall(self.mathml)) > MOST_IN_A_LINE:
            return mark_safe(f'<span class="math-run" tabindex="0">{self.mathml}</span>')
        return mark_safe(self.mathml)


def read_formula(tex: str, *, display: bool = False) -> Formula:
    """The formula that ``tex`` says; what cannot be read has a ``complaint``.

    Delimiters around it are taken off: a formula that is pasted from elsewhere brings them along.
    Takes about a millisecond, a quarter of a second at the worst; raises Misshapen past a budget
    (``at_most``).
    """
    tex = without_delimiters(tex)
    if not tex:
        return Formula("", complaint=_("This formula is empty."))
    if len(tex) > LONGEST:
        told = _("This formula is longer than %(most)s characters. Part it into several.")
        return Formula(tex, complaint=told % {"most": LONGEST})
    if not _can_be_read(tex):
        return Formula(tex, complaint=_("This formula holds a character that is none."))
    try:
        mathml = core(_typeset_within_budget(tex, display=display))
    except Untypeset as error:
        return Formula(tex, complaint=_in_words(error, tex))
    except Unforeseen:
        return Formula(tex, complaint=_("This formula needs something that pages do not show."))
    if is_empty(mathml):
        return Formula(tex, complaint=_("This formula is empty."))
    return Formula(tex, mathml)


def _typeset_within_budget(tex: str, *, display: bool) -> str:
    cost = max(LEAST, len(tex))
    spend(cost)
    try:
        mathml = typeset(tex, display=display)
    except Untypeset as error:
        spend(RUIN if error.ruinous else 0)
        raise
    spend(max(0, len(mathml) // GROWTH - cost))
    return mathml


def _can_be_read(tex: str) -> bool:
    """Whether TeX and XML can hold every character: no control character, no half of a pair."""
    return not re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", tex)


def _in_words(error: Untypeset, tex: str) -> str:
    """Why a formula cannot be read, for whoever wrote it."""
    message = error.message
    place = (error.place if error.place is not None else len(tex)) + 1
    if found := _UNKNOWN.search(message):
        told = _("“%(name)s” (character %(place)d) is no command that is known here.")
        return told % {"name": found[1], "place": place}
    if found := _ENVIRONMENT.search(message):
        told = _("“%(name)s” (character %(place)d) is no environment that is known here.")
        return told % {"name": found[1].rstrip("."), "place": place}
    if found := _DELIMITER.search(message):
        told = _(
            "Leave out “%(name)s” (character %(place)d): nothing stands around a formula here."
        )
        return told % {"name": found[1], "place": place}
    if found := _REFUSED.search(message):
        told = _("“%(name)s” (character %(place)d) is not allowed in a formula.")
        return told % {"name": found[1], "place": place}
    if _ENDLESS.search(message):
        return _("This formula never comes to an end, or is nested too deeply.")
    if _CUT_OFF.search(message):
        return _("This formula ends too early: a brace, “\\right” or “\\end” is missing.")
    if error.place is None:
        return _("This formula cannot be read as TeX.")
    told = _("This formula cannot be read from “%(rest)s” (character %(place)d) on.")
    return told % {"rest": tex[error.place : error.place + 12], "place": place}
