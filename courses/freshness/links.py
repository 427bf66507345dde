"""What rich text shows besides itself: where the pages are that its links lead to."""

from . import keys

# How it names a page of the site, whose address is looked up as it is drawn.
NAMES_A_PAGE = "linktype="


def addresses_in(*texts: str) -> list[str]:
    """The key of all addresses where any of ``texts`` names a page; else none."""
    return [keys.ADDRESSES] if any(NAMES_A_PAGE in text for text in texts) else []
