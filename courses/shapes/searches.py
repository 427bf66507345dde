"""How much an address may ask for: words to search, values to filter by.

A search costs a condition for each word, in some lists a join: 6 KB of words were 8 seconds.
So words past the limit are not read, and the page shows which were; a value or a list of
values that no page of ours sends is refused.
"""

from django.http import QueryDict
from django.utils.translation import gettext

from courses.words.cutting import clip
from courses.words.segments import first_words

from .refusals import Misshapen

# Whatever is typed into a field to search for: in lists, choosers, reports and the catalogue,
# in the API of the editor, while a tag is typed, and in the history of the site.
SEARCHES = frozenset({"q", "search", "term", "label"})
LONGEST_SEARCH = 100
MOST_WORDS = 8

# Of any one parameter: the longest are addresses to return to.
LONGEST_VALUE = 2000
# Ids of a bulk action or choices of a filter under one name.
MOST_VALUES = 500


def within_limits(asked: QueryDict) -> QueryDict:
    """``asked`` itself, or with its searches cut to what is read. Raises Misshapen."""
    asked = _cut_searches(asked)
    for _name, values in asked.lists():
        if len(values) > MOST_VALUES or any(len(value) > LONGEST_VALUE for value in values):
            raise Misshapen(
                gettext(
                    "This address asks for more than can be looked up at once. Go back, choose "
                    "fewer filters or rows, and try again."
                ),
                code="address_too_long",
            )
    return asked


def _cut_searches(asked: QueryDict) -> QueryDict:
    found = {name: asked.getlist(name) for name in SEARCHES & asked.keys()}
    read = {name: [cut(text) for text in texts] for name, texts in found.items()}
    if read == found:
        return asked
    shorter = asked.copy()
    for name, texts in read.items():
        shorter.setlist(name, texts)
    shorter._mutable = False
    return shorter


def cut(text: str) -> str:
    """The beginning of ``text`` that is searched for: eight words, a hundred characters.

    Words are those of any language, and what stands between spaces: lists ask for either.
    """
    read = first_words(clip(text, LONGEST_SEARCH), MOST_WORDS)
    spaced = read.split()
    return read if len(spaced) <= MOST_WORDS else " ".join(spaced[:MOST_WORDS])
