"""What titles are made of: words as often as words are, few of them all the time."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache, cached_property
from itertools import accumulate
from random import Random
from typing import NamedTuple

from django.db import connection
from django.utils.text import slugify

from courses.words.folding import fold
from storefront.catalogue.search import search_vector

KNOWN = 5_000
# The commonest come first, as in catalogues of courses everywhere.
FIRST = (
    *("practical", "design", "modern", "data", "drawing", "garden", "music", "writing", "history"),
    *("digital", "painting", "market", "kitchen", "language", "photography", "statistics", "wood"),
    *("chemistry", "leadership", "programming", "sewing", "ceramics", "guitar", "philosophy"),
    *("astronomy", "mapping", "letters", "colour", "physics", "portrait", "network", "harvest"),
)
# Stands in one title alone.
RAREST = "quillwort"
# In many titles, with two letters changed about: nobody writes it so.
MISSPELT, MEANT = "photogarphy", "photography"
_HEADS = ("b", "br", "d", "f", "gl", "h", "k", "l", "m", "n", "p", "pr", "r", "st", "t", "tr", "v")
_VOWELS = ("a", "e", "i", "o", "u", "ai", "ou")
_ENDS = ("l", "m", "n", "nd", "r", "rk", "st", "t", "x")


class Title(NamedTuple):
    words: tuple[str, ...]

    @property
    def text(self) -> str:
        return " ".join(self.words).capitalize()

    @property
    def slug(self) -> str:
        return "-".join(self.words)


class Words:
    """Draws titles; the same ones for the same seed."""

    def __init__(self, draw: Random) -> None:
        self._draw = draw
        found = dict.fromkeys(FIRST)
        while len(found) < KNOWN:
            found.setdefault(self._word())
        self.all = [word for word in found if word not in (RAREST, MISSPELT)]
        assert all(slugify(word) == word for word in self.all)
        self._weights = list(accumulate(1 / rank for rank in range(1, len(self.all) + 1)))

    @property
    def commonest(self) -> str:
        return self.all[0]

    def titles(self, shortest: int = 2, longest: int = 5, at_once: int = 10_000) -> Iterator[Title]:
        """Titles without end."""
        while True:
            drawn = self._draw.choices(self.all, cum_weights=self._weights, k=at_once * longest)
            for start in range(0, len(drawn), longest):
                count = shortest + start % (longest - shortest + 1)
                yield Title(tuple(drawn[start : start + count]))

    @cache  # noqa: B019 (as long as a filling)
    def indexed(self, text: str, weight: str) -> list[tuple[str, int]]:
        """(lexeme, place from 1 on) of all that the catalogue's index holds of a text."""
        vector = search_vector(language="en", weighted=[(weight, text)])
        sql, params = vector.as_sql(None, connection)  # type: ignore[arg-type]  # raw
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT lexeme, unnest(positions) FROM unnest({sql})", params)
            return list(cursor.fetchall())

    def folded(self, name: str) -> str:
        """A name as a tsvector spells it, without stems."""
        return " ".join(f"'{word}':{at}A" for at, word in enumerate(fold(name), start=1))

    def names(self, place: int, *texts: str) -> str:
        """The texts one after the other, as a tsvector spells them, weighted as names are."""
        found = []
        for text in texts:
            indexed = self.indexed(text, "B")
            found += [f"'{lexeme}':{place + at - 1}B" for lexeme, at in indexed]
            place += max((at for _, at in indexed), default=0)
        return " ".join(found)

    @cached_property
    def lexemes(self) -> dict[str, list[str]]:
        """What the catalogue's index holds of each word: asked of the product, all at once."""
        words = [*self.all, RAREST]
        found: dict[str, list[str]] = defaultdict(list)
        for lexeme, place in self.indexed(" ".join(words), "A"):
            found[words[place - 1]].append(lexeme)
        return found

    def _word(self) -> str:
        draw = self._draw
        syllables = [
            draw.choice(_HEADS) + draw.choice(_VOWELS) for _ in range(draw.choice((2, 2, 3)))
        ]
        return "".join(syllables) + draw.choice(_ENDS)


def vector(words: Sequence[str], lexemes: dict[str, list[str]], place: int, weight: str) -> str:
    """The words as a tsvector spells them, from ``place`` on."""
    return " ".join(
        f"'{lexeme}':{place + shift}{weight}"
        for shift, word in enumerate(words)
        for lexeme in lexemes.get(word, (word,))
    )
