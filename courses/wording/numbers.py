"""Small numbers as words, where a sentence begins with one."""

from django.utils.formats import number_format
from django.utils.text import capfirst
from django.utils.translation import pgettext

NINE = 9


def in_words(number: int, *, first: bool = False) -> str:
    """One to nine in words, more in digits; ``first`` where it begins a sentence."""
    if not 1 <= number <= NINE:
        return number_format(number)
    words = (
        pgettext("number", "one"),
        pgettext("number", "two"),
        pgettext("number", "three"),
        pgettext("number", "four"),
        pgettext("number", "five"),
        pgettext("number", "six"),
        pgettext("number", "seven"),
        pgettext("number", "eight"),
        pgettext("number", "nine"),
    )
    word = words[number - 1]
    return str(capfirst(word)) if first else word
