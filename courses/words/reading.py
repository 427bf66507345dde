"""How long a text takes to read.

What is counted depends on the script, not on a language that somebody chose: a Chinese lesson
with English names in it takes the time of both.
"""

from dataclasses import dataclass

from .scripts import KANA, is_ideographic, script_of
from .segments import words

# Words a minute where words can be counted: with spaces, and by ICU's dictionaries in Thai, Lao,
# Khmer and Burmese. Silent reading of English non-fiction is 238 (Brysbaert 2019, "How many
# words do we read per minute?", doi 10.1016/j.jml.2019.104047); reading aloud is 184 ± 29 on
# average over 17 languages (Trauzettel-Klosinski and Dietz 2012, "IReST", doi
# 10.1167/iovs.11-8284). On a screen, with something to learn: between the two.
WORDS_PER_MINUTE = 200
# Characters a minute, from IReST 2012: Chinese 255 ± 29, Japanese 357 ± 56. The same study
# has English at 228 words a minute, so these are in line with the figure above.
CHINESE_PER_MINUTE = 255
JAPANESE_PER_MINUTE = 357
# Japanese is known by its kana, about half of it; Chinese has none but in a name it quotes.
LEAST_KANA = 0.1


@dataclass(frozen=True, slots=True)
class Amount:
    """How much there is to read: words, and characters of Chinese or Japanese writing."""

    words: int = 0
    characters: int = 0
    kana: int = 0

    def __add__(self, other: "Amount") -> "Amount":
        return Amount(
            self.words + other.words,
            self.characters + other.characters,
            self.kana + other.kana,
        )

    @property
    def minutes(self) -> float:
        is_japanese = self.kana > self.characters * LEAST_KANA
        rate = JAPANESE_PER_MINUTE if is_japanese else CHINESE_PER_MINUTE
        return self.words / WORDS_PER_MINUTE + self.characters / rate


def measure(text: str) -> Amount:
    """The amount of ``text``; signs and spaces take no time of their own."""
    characters = [character for character in text if is_ideographic(character)]
    kana = sum(script_of(character) in KANA for character in characters)
    spaced = sum(not is_ideographic(word[0]) for word in words(text))
    return Amount(spaced, len(characters), kana)


def count_words(text: str) -> int:
    """The words of ``text`` in any language; of Chinese and Japanese those ICU finds in them."""
    return len(words(text))
