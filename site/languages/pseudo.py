"""Two languages that nobody speaks, for tests and development.

``en-xa`` writes each text accented, a third longer and in brackets: “⟦Ŝťåŕť ĺēåŕňïñğ…⟧”. What
is still written in plain letters was never marked for translation; what breaks with it will
break in German. ``qps-plocm`` writes from right to left: what points the wrong way there will
point the wrong way in Arabic. Every letter of a text becomes one outside ASCII, in brackets
and in both languages, so whatever is plain within the brackets came in from elsewhere.

The catalogues are made from the English ones of our apps, of Django, Wagtail and allauth, when
Django starts, and again when one of them has changed. They stand in ``LOCALE_PATHS[0]``; what
another one there says instead of a text is taken in its place.
"""

import math
import os
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator
from itertools import cycle
from pathlib import Path

import django
from babel.messages.catalog import Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.apps import apps
from django.conf import settings
from django.conf.locale import LANG_INFO
from django.utils.translation import to_locale

from perfomix.languages.catalogues import Catalogue
from perfomix.supervisor.stamps import Stamp, fingerprint

ACCENTED = "en-xa"
# Django asks the part before the hyphen for the direction, so this one cannot begin with “en”.
# “qps” is the code Windows uses for the same purpose; “plocm” is its mirrored one.
MIRRORED = "qps-plocm"
LANGUAGES = [(ACCENTED, "English, accented"), (MIRRORED, "English, mirrored")]
RIGHT_TO_LEFT = [MIRRORED.partition("-")[0]]

_PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_ODD = "ÅƁĆĐĒƑĞĤÏĴĶĹṀÑÕÞǪŔŜŤŨṼŴẊŶŽåƀćđēƒğĥïĵķĺṁñõþǫŕŝťũṽŵẋŷž"
_ACCENTS = str.maketrans(_PLAIN, _ODD)
_FILLING = "one two three four five six seven eight nine ten "
# Overrides the direction of the letters between them, as if they were Hebrew.
_BACKWARDS, _END = "\u202e", "\u202c"

_KEPT = re.compile(
    r"""
    %\(\w+\)[#0 +-]*\d*(?:\.\d+)?[a-zA-Z]   # %(name)s
    | %[#0+-]*\d*(?:\.\d+)?[sdifgrxX%]      # %s, %.1f, %%
    | \{[^{}]*\}                            # {name}
    | </?[a-zA-Z][^<>]*>                    # a tag of HTML
    | &\#?\w+;                              # an entity
    """,
    re.VERBOSE,
)
_WORD = re.compile(r"[^\W\d_]+")


def accented(text: str) -> str:
    """``Start learning`` is ``⟦Ŝťåŕť ĺēåŕñïñğ õñē ť⟧``; what fills the text in stays."""
    return _rewritten(text, lambda piece: piece.translate(_ACCENTS), longer=True)


def mirrored(text: str) -> str:
    """The same letters, each word running from right to left; not longer."""
    return _rewritten(text, _backwards, longer=False)


def _backwards(piece: str) -> str:
    return _WORD.sub(lambda word: f"{_BACKWARDS}{word[0].translate(_ACCENTS)}{_END}", piece)


def _rewritten(text: str, letters: Callable[[str], str], *, longer: bool) -> str:
    """``text`` in brackets with its letters changed; one without letters is left as it is."""
    count = sum(map(str.isalpha, _KEPT.sub("", text)))
    if not count:
        return text
    pieces, position = [], 0
    for kept in _KEPT.finditer(text):
        pieces += [letters(text[position : kept.start()]), kept[0]]
        position = kept.end()
    rest = text[position:]
    body = rest.rstrip()
    filling = f" {letters(_filling(math.ceil(count / 3)))}" if longer else ""
    whole = "".join([*pieces, letters(body), filling])
    start = len(whole) - len(whole.lstrip())
    return f"{whole[:start]}⟦{whole[start:]}⟧{rest[len(body) :]}"


def _filling(length: int) -> str:
    """``length`` characters of words, the last of which may be cut."""
    words = "".join(letter for letter, _ in zip(cycle(_FILLING), range(length), strict=False))
    return words.rstrip()


_WAYS = {ACCENTED: accented, MIRRORED: mirrored}


def are_in_use() -> bool:
    """In tests and in development: their settings list the pseudo-languages."""
    return set(LANGUAGES) <= set(settings.LANGUAGES)


def install() -> None:
    """Make the pseudo-languages known to this process and their catalogues up to date."""
    for code, name in LANGUAGES:
        bidi = code.partition("-")[0] in RIGHT_TO_LEFT
        LANG_INFO[code] = {"bidi": bidi, "code": code, "name": name, "name_local": name}
    made, *instead = map(Path, settings.LOCALE_PATHS)
    folders = [Path(app.path) / "locale" for app in apps.get_app_configs()]
    build([*catalogues_in(instead), *sources(folders)], made)


def sources(folders: Iterable[Path]) -> list[Path]:
    """The English catalogues in ``folders`` and in Django itself."""
    return catalogues_in([Path(django.__file__).parent / "conf" / "locale", *folders])


def catalogues_in(folders: Iterable[Path]) -> list[Path]:
    return [path for folder in folders for path in sorted(folder.glob("en/LC_MESSAGES/*.po"))]


def build(catalogues: list[Path], folder: Path) -> bool:
    """Write every pseudo-language below ``folder``; False if nothing had changed since."""
    wanted = fingerprint([*catalogues, Path(__file__)])
    stamp = Stamp(folder, "catalogues")
    if stamp.matches(wanted):
        return False
    for domain, paths in _by_domain(catalogues):
        messages = [message for path in paths for message in _messages(path)]
        for code, way in _WAYS.items():
            name = Path(to_locale(code)) / "LC_MESSAGES" / f"{domain}.mo"
            _write(_catalogue(messages, way), folder / name)
    stamp.write(wanted)
    return True


def _by_domain(catalogues: list[Path]) -> Iterator[tuple[str, list[Path]]]:
    for domain in sorted({path.stem for path in catalogues}):
        yield domain, [path for path in catalogues if path.stem == domain]


def _messages(path: Path) -> list:
    with path.open("rb") as file:
        return [message for message in read_po(file, locale="en") if message.id]


def _catalogue(messages: list, way: Callable[[str], str]) -> Catalogue:
    catalogue = Catalogue(locale="en", fuzzy=False)
    for message in messages:
        catalogue.add(message.id, _said(message, way), context=message.context)
    return catalogue


def _said(message: Message, way: Callable[[str], str]) -> str | tuple[str, ...]:
    """In its first catalogue; most hold no more than the text itself."""
    if message.pluralizable:
        return tuple(map(way, message.string if all(message.string) else message.id))
    return way(message.string or message.id)


def _write(catalogue: Catalogue, path: Path) -> None:
    """Whole at once: another process may be reading, or writing the same."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, unfinished = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        write_mo(file, catalogue)
    os.replace(unfinished, path)
