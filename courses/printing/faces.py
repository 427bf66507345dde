"""The faces that printed things are set in, all from ``fonts/`` and none of the machine's.

Ours know Latin, Greek and Cyrillic letters; for every other script there is one face, in which
typst sets what the first does not have. ``build_fonts.py`` makes the files.
"""

from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
# Which characters the files hold, all together: a range a line.
COVERAGE = FONTS / "coverage.txt"

DISPLAY, TITLE, ITALIC, SANS = (
    "Certificate Display",
    "Certificate Title",
    "Certificate Text",
    "Certificate Sans",
)
OTHERS = (
    "Noto Serif Hebrew",
    "Noto Naskh Arabic",
    "Noto Serif Devanagari",
    "Noto Serif Bengali",
    "Noto Serif Armenian",
    "Noto Sans Ethiopic",
    "Noto Serif Georgian",
    "Noto Serif Gujarati",
    "Noto Sans Gurmukhi",
    "Noto Sans Kannada",
    "Noto Serif Khmer",
    "Noto Serif Lao",
    "Noto Serif Malayalam",
    "Noto Serif Myanmar",
    "Noto Serif Sinhala",
    "Noto Serif Tamil",
    "Noto Serif Telugu",
    "Noto Serif Thai",
    "Noto Sans CJK TC",
    "Noto Emoji",
)


def faces(first: str) -> list[str]:
    """A face, and those that letters are taken from which it does not have."""
    return [first, *(face for face in (SANS, TITLE, *OTHERS) if face != first)]
