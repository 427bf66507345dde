"""The faces that printed things are set in.

Ours know Latin letters. Text with others is set whole in a wider face, so that it never
changes in the middle; scripts that none of these has (Chinese, Japanese, Korean) need a font
of the system, for which typst looks by itself.
"""

from pathlib import Path

FONTS = Path(__file__).parent / "fonts"
DISPLAY, TITLE, ITALIC, SANS = (
    "Certificate Display",
    "Certificate Title",
    "Certificate Text",
    "Certificate Sans",
)
WIDE = ["Libertinus Serif", "Noto Serif CJK SC", "Noto Sans CJK SC", "Source Han Serif SC"]


def face_for(first: str, text: str) -> list[str]:
    """Our own face for text it can set in full."""
    try:
        text.encode("latin-1")
    except UnicodeEncodeError:
        return WIDE
    return [first, *WIDE]
