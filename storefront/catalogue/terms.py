"""What somebody asks for, as the index of words knows it: forms, stems and synonyms.

Made beforehand, so that a search has a constant query whose matches the planner can estimate.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, pairwise

from courses.shapes.searches import cut
from courses.words.folding import Form, fold, forms
from courses.words.scripts import is_ideographic, script_of

from .stems import NONE, Stems, stems_of
from .synonyms import Synonym, the_synonyms
from .vocabulary import vocabulary

SHORTEST_PREFIX = 3


@dataclass(frozen=True)
class Terms:
    """Words as the index knows them, as two ``tsquery`` texts: begun words, and whole ones.

    ``lexemes`` and ``beginnings`` are what these ask for, for whoever shows where it was found.
    """

    begun: str
    whole: str
    lexemes: tuple[str, ...] = ()
    beginnings: tuple[str, ...] = ()


@dataclass(frozen=True)
class AskedWords:
    """Words that stand together, one as a rule, and what says the same."""

    forms: tuple[Form, ...]
    synonyms: tuple[Synonym, ...] = ()

    @property
    def words(self) -> Iterator[str]:
        yield from (form.text for form in self.forms)
        for synonym in self.synonyms:
            yield from (form.text for form in synonym.forms)


def query_words(query: str) -> list[str]:
    """The words that are searched for: folded, each once, of as much as is read of a query."""
    return list(dict.fromkeys(fold(cut(query))))


def beginnings(query: str) -> str:
    """A ``tsquery`` text: words that begin as those of ``query`` do, as they are written."""
    return " & ".join(f"'{word}':*" for word in query_words(query))


def find_terms(query: str, *, typing: bool = False) -> Terms | None:
    """The forms under which the words of ``query`` may be indexed; None for no words.

    One SQL that reads no table for words whose stems were not asked for before: PostgreSQL
    alone knows them. A word that says nothing in English ("how", "the") is dropped unless all
    words do. While somebody is ``typing``, the last word may have only begun, however short it is.
    """
    typed = list(forms(cut(query)))
    joined = _joined(typed)
    asked = _together(_with_spellings(typed, joined))
    if not asked:
        return None
    if typing:
        asked[-1] = _as_begun(asked[-1])
    stems = stems_of({*chain(*joined), *(word for each in asked for word in each.words)})
    telling = [each for each in asked if not _is_silent(each, stems)] or asked
    begun = {form.text for each in telling for form in each.forms if _may_begin(form.text)}
    if typing:
        begun.add(typed[-1].text)
    return Terms(
        begun=" & ".join(_in_words(each, stems, begun) for each in telling),
        whole=" & ".join(_in_words(each, stems, set()) for each in telling),
        lexemes=tuple(sorted({lexeme for each in telling for lexeme in _lexemes(each, stems)})),
        beginnings=tuple(sorted(begun & {word for each in telling for word in each.words})),
    )


def said_otherwise(text: str) -> list[list[list[str]]]:
    """Other words for all of ``text``, where it is one thing that has synonyms; else none."""
    asked = _together(list(forms(cut(text))))
    if len(asked) != 1:
        return []
    same = asked[0].synonyms or _as_begun(asked[0]).synonyms
    # Subjects are in no language.
    return [[[form.text] for form in one.forms] for one in same if not one.only_in]


def _joined(typed: Sequence[Form]) -> list[list[str]]:
    """Each word with the one before it and the one behind it as one: *bird song*, *birdsong*.

    Where the catalogue has such a word: more to ask for makes each match cost more.
    """
    joined: list[list[str]] = [[] for _form in typed]
    known = vocabulary().words if len(typed) > 1 else {}
    for place, (one, other) in enumerate(pairwise(typed)):
        if (word := one.text + other.text) in known:
            joined[place].append(word)
            joined[place + 1].append(word)
    return joined


def _with_spellings(typed: Sequence[Form], others: Sequence[Sequence[str]]) -> list[Form]:
    return [
        replace(form, spellings=(*form.spellings, *more)) if more else form
        for form, more in zip(typed, others, strict=True)
    ]


def _together(typed: Sequence[Form]) -> list[AskedWords]:
    """The words that were typed, each once; those that have synonyms together, longest first."""
    known, place = the_synonyms(), 0
    found: dict[tuple[str, ...], AskedWords] = {}
    while place < len(typed):
        for length in range(min(known.longest, len(typed) - place), 0, -1):
            words = tuple(form.text for form in typed[place : place + length])
            if length == 1 or words in known.by_words:
                meant = AskedWords(
                    tuple(typed[place : place + length]), known.by_words.get(words, ())
                )
                found.setdefault(words, meant)
                place += length
                break
    return list(found.values())


def _as_begun(asked: AskedWords) -> AskedWords:
    """With what says the same as a word that has only begun, as soon as it says enough."""
    word = asked.forms[-1].text
    if asked.synonyms or len(asked.forms) > 1 or len(word) < SHORTEST_PREFIX:
        return asked
    return AskedWords(asked.forms, the_synonyms().of_begun(word))


def _is_silent(asked: AskedWords, stems: dict[str, Stems]) -> bool:
    return not asked.synonyms and all(stems[word].is_silent for word in asked.words)


def _in_words(asked: AskedWords, stems: dict[str, Stems], begun: set[str]) -> str:
    """``(('js') | ('javascript' | 'javascript'))``: what was typed, or what says the same."""
    typed = _all_of(asked.forms, stems, begun)
    if not asked.synonyms:
        return typed
    same = [_said_otherwise(synonym, stems) for synonym in asked.synonyms]
    return f"({' | '.join([typed, *same])})"


def _said_otherwise(synonym: Synonym, stems: dict[str, Stems]) -> str:
    words = _all_of(synonym.forms, stems, set())
    return f"({words} & '{synonym.only_in}')" if synonym.only_in else words


def _all_of(words: Sequence[Form], stems: dict[str, Stems], begun: set[str]) -> str:
    each = [_form(form, stems, begun=form.text in begun) for form in words]
    return each[0] if len(each) == 1 else f"({' & '.join(each)})"


def _form(form: Form, stems: dict[str, Stems], *, begun: bool) -> str:
    """``('maps':* | 'map')``: the word as it is written, its stems, a name's parts in order."""
    prefix = ":*" if begun else ""
    others = [*sorted(stems[form.text].found - {form.text}), *_spellings(form, stems)]
    found = [f"'{form.text}'{prefix}", *(f"'{other}'" for other in others)]
    if form.parts and form.spellings:
        found.append("(" + " <-> ".join(f"'{part}'" for part in form.parts) + ")")
    return f"({' | '.join(found)})"


def _spellings(form: Form, stems: dict[str, Stems]) -> Iterator[str]:
    for spelling in form.spellings:
        yield spelling
        yield from sorted(stems.get(spelling, NONE).found - {spelling})


def _lexemes(asked: AskedWords, stems: dict[str, Stems]) -> Iterator[str]:
    """All that is asked for, under which a word may be indexed."""
    for form in [*asked.forms, *(form for same in asked.synonyms for form in same.forms)]:
        yield form.text
        yield from stems[form.text].found
        yield from _spellings(form, stems)
        if form.spellings:
            yield from form.parts


def _may_begin(word: str) -> bool:
    """Whether words that begin with ``word`` are found by it.

    In Korean any word: endings are written on to it. A single Chinese or Japanese character
    stands in the index as the beginning of a pair.
    """
    if is_ideographic(word[0]):
        return len(word) == 1
    return script_of(word[0]) == "HANGUL" or len(word) >= SHORTEST_PREFIX
