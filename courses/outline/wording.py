"""What a change did, in a sentence: for the toast of whoever did it, and beside “Undo”."""

from collections.abc import Mapping, Sequence

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from courses.models.outline import OutlineChange, OutlineVerb


def label_of(change: OutlineChange) -> str:
    """``Moved 3 parts``: of which numbers may be other ones now."""
    counted = {"n": number_format(change.parts)}
    return _done(OutlineVerb(change.verb), change.parts) % counted


def sentence_of(change: OutlineChange, *, numbers: Mapping[int, str], pages: Sequence[int]) -> str:
    """``Moved 3 parts to 4.1 to 4.3.``; ``numbers`` are those of the outline now.

    ``pages`` are the parts that it was about, in reading order.
    """
    said = label_of(change)
    told = [numbers[page] for page in pages if page in numbers]
    if change.verb in (OutlineVerb.MOVE, OutlineVerb.ADD, OutlineVerb.RESTORE) and told:
        if len(told) == 1:
            # Translators: “Moved one part: it is 4.1 now.”
            return _("%(said)s: it is %(number)s now.") % {"said": said, "number": told[0]}
        # Translators: “Moved 3 parts: they are 4.1 to 4.3 now.”
        return _("%(said)s: they are %(first)s to %(last)s now.") % {
            "said": said,
            "first": told[0],
            "last": told[-1],
        }
    return _("%(said)s.") % {"said": said}


def _done(verb: OutlineVerb, n: int) -> str:
    sentences = {
        OutlineVerb.ADD: lambda: ngettext("Added one part", "Added %(n)s parts", n),
        OutlineVerb.RENAME: lambda: pgettext("outline", "Renamed"),
        OutlineVerb.MOVE: lambda: ngettext("Moved one part", "Moved %(n)s parts", n),
        OutlineVerb.DUPLICATE: lambda: ngettext("Copied one part", "Copied %(n)s parts", n),
        OutlineVerb.PREVIEW: lambda: ngettext(
            "Changed who may open one lesson", "Changed who may open %(n)s lessons", n
        ),
        OutlineVerb.REMOVE: lambda: ngettext("Removed one part", "Removed %(n)s parts", n),
        OutlineVerb.RESTORE: lambda: ngettext(
            "Brought one part back", "Brought %(n)s parts back", n
        ),
        OutlineVerb.DELETE: lambda: ngettext(
            "Deleted one part for ever", "Deleted %(n)s parts for ever", n
        ),
        OutlineVerb.PASTE: lambda: ngettext("Pasted one part", "Pasted %(n)s parts", n),
        OutlineVerb.FILES: lambda: ngettext(
            "Made a lesson of one file", "Made lessons of %(n)s files", n
        ),
        OutlineVerb.STRUCTURE: lambda: _("Changed the structure"),
        OutlineVerb.UNDO: lambda: pgettext("outline", "Undone"),
        OutlineVerb.REDO: lambda: pgettext("outline", "Done again"),
    }
    return sentences[verb]()
