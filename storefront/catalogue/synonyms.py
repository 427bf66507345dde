"""Words that say the same, as admins write them down: ``JS, JavaScript, ECMAScript``.

Whoever searches for one of them finds courses with any of them. A row may be for courses in one
language only, where its words say something else in others.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver

from courses.freshness import keys
from courses.freshness.changed import changed
from courses.freshness.remembered import Remembered
from courses.words.folding import Form, fold, forms
from storefront.models import Synonyms


@dataclass(frozen=True)
class Synonym:
    """Words that may stand for others; in courses with the lexeme ``only_in`` alone, if any."""

    forms: tuple[Form, ...]
    only_in: str = ""


@dataclass(frozen=True)
class KnownSynonyms:
    """What else may be said, by what was typed: folded words in their order."""

    by_words: dict[tuple[str, ...], tuple[Synonym, ...]] = field(default_factory=dict)
    longest: int = 1  # words of the longest of them

    def of_begun(self, word: str, *, most: int = 3) -> tuple[Synonym, ...]:
        """What else may be said for words that begin with ``word``; of ``most`` of these."""
        longer = (
            same
            for (first, *others), same in self.by_words.items()
            if not others and first.startswith(word)
        )
        return tuple(chain.from_iterable(islice(longer, most)))


def taught_in(language: str) -> str:
    """The lexeme of a course in ``language``. No word of a text has a colon."""
    return f"lang:{language}"


def _read() -> KnownSynonyms:
    found: dict[tuple[str, ...], list[Synonym]] = defaultdict(list)
    for row in Synonyms.objects.all():
        only_in = taught_in(row.language) if row.language else ""
        for word in row.said:
            others = [other for other in row.said if fold(other) != fold(word)]
            found[tuple(fold(word))] += [Synonym(tuple(forms(o)), only_in) for o in others]
    return KnownSynonyms(
        {words: tuple(same) for words, same in found.items()},
        longest=max(map(len, found), default=1),
    )


the_synonyms = Remembered(_read, keys.SYNONYMS)


@receiver([post_save, post_delete], sender=Synonyms)
def synonyms_changed(sender: Any, raw: bool = False, **kwargs: Any) -> None:
    if not raw:
        changed(keys.SYNONYMS)
