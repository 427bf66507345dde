"""What a change did, in a sentence: for the toast of whoever did it, and beside “Undo”."""

from collections.abc import Mapping, Sequence

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.models.outline import OutlineChange, OutlineVerb
from courses.wording.apart import apart
from courses.wording.facts import extent

from .tree import OutlinePart

PLACED = (OutlineVerb.MOVE, OutlineVerb.ADD, OutlineVerb.RESTORE)


def label_of(change: OutlineChange, parts: Sequence[OutlinePart]) -> str:
    """``“Knots” removed``, ``3 lessons moved``.

    ``parts`` are the uppermost of what it was about, as they are called now: none where all of
    it is gone.
    """
    verb = OutlineVerb(change.verb)
    if verb in (OutlineVerb.UNDO, OutlineVerb.REDO) and change.of:
        what = {"what": label_of(change.of, parts)}
        return (
            _("Undone: %(what)s") % what
            if verb == OutlineVerb.UNDO
            else _("Done again: %(what)s") % what
        )
    if verb == OutlineVerb.STRUCTURE:
        return _("Changed the structure")
    if not parts:
        return _of_so_many(verb, change.parts) % {"n": number_format(change.parts)}
    whole = [one for part in parts for one in part.coming_back()]
    if len(parts) == 1 and (verb != OutlineVerb.PASTE or len(whole) == 1):
        return _of_one(verb) % {"title": apart(parts[0].title)}
    chapters = sum(part.is_chapter for part in whole)
    return _of_many(verb) % {"parts": extent(chapters=chapters, lessons=len(whole) - chapters)}


def sentence_of(
    change: OutlineChange, *, numbers: Mapping[int, str], parts: Sequence[OutlinePart]
) -> str:
    """``“Knots” moved: it is 4.1 now.``; ``numbers`` are those of the outline now."""
    said = label_of(change, parts)
    told = [numbers[part.id] for part in parts if part.id in numbers]
    if change.verb in PLACED and len(told) == 1:
        # Translators: “‘Knots’ moved: it is 4.1 now.”
        return _("%(said)s: it is %(number)s now.") % {"said": said, "number": told[0]}
    if change.verb in PLACED and told:
        # Translators: “3 lessons moved: they are 4.1 to 4.3 now.”
        return _("%(said)s: they are %(first)s to %(last)s now.") % {
            "said": said,
            "first": told[0],
            "last": told[-1],
        }
    return _("%(said)s.") % {"said": said}


def _of_one(verb: OutlineVerb) -> str:
    sentences = {
        OutlineVerb.ADD: lambda: _("“%(title)s” added"),
        OutlineVerb.RENAME: lambda: _("“%(title)s” renamed"),
        OutlineVerb.MOVE: lambda: _("“%(title)s” moved"),
        OutlineVerb.DUPLICATE: lambda: _("“%(title)s” made"),
        OutlineVerb.PREVIEW: lambda: _("Changed who may open “%(title)s”"),
        OutlineVerb.REMOVE: lambda: _("“%(title)s” removed"),
        OutlineVerb.RESTORE: lambda: _("“%(title)s” brought back"),
        OutlineVerb.PASTE: lambda: _("“%(title)s” pasted"),
        OutlineVerb.FILES: lambda: _("“%(title)s” made of a file"),
    }
    return sentences[verb]()


def _of_many(verb: OutlineVerb) -> str:
    # Translators: each with how much it was: “2 chapters, 6 lessons moved”.
    sentences = {
        OutlineVerb.ADD: lambda: _("%(parts)s added"),
        OutlineVerb.RENAME: lambda: _("%(parts)s renamed"),
        OutlineVerb.MOVE: lambda: _("%(parts)s moved"),
        OutlineVerb.DUPLICATE: lambda: _("%(parts)s copied"),
        OutlineVerb.PREVIEW: lambda: _("Changed who may open %(parts)s"),
        OutlineVerb.REMOVE: lambda: _("%(parts)s removed"),
        OutlineVerb.RESTORE: lambda: _("%(parts)s brought back"),
        OutlineVerb.PASTE: lambda: _("%(parts)s pasted"),
        OutlineVerb.FILES: lambda: _("%(parts)s made of files"),
    }
    return sentences[verb]()


def _of_so_many(verb: OutlineVerb, n: int) -> str:
    """Nothing of it has a title any more."""
    if verb == OutlineVerb.DELETE:
        return ngettext("Deleted one part for ever", "Deleted %(n)s parts for ever", n)
    return ngettext("Changed one part", "Changed %(n)s parts", n)
