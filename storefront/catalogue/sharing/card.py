"""Draw a course's share card with typst: its cover, and a plate with title and producer.

Sites that show previews of links take PNG and no SVG.
"""

import hashlib
import json
from pathlib import Path

from django.urls import reverse
from django.utils.http import urlencode

from courses.covers import VERSION as COVER_VERSION
from courses.covers import cover
from courses.covers.addresses import ANY_PATTERN
from courses.printing import typeset
from courses.printing.faces import DISPLAY, SANS, faces
from courses.printing.texts import told
from storefront.models import CatalogueEntry

SOURCE = Path(__file__).parent / "card.typ"
VERSION = "2"  # of the plate's drawing


def share_card(entry: CatalogueEntry) -> bytes:
    """A PNG of 1200 x 630 pixels, the size Open Graph asks for."""
    language = entry.language
    data = {
        "title": told(entry.title, language=language),
        "producer": told(entry.producer_name, language=language),
        "title_faces": faces(DISPLAY),
        "sans": faces(SANS),
    }
    pictures = {"cover.svg": cover(entry.uuid, entry.pattern or ANY_PATTERN, "wide")}
    return typeset(SOURCE, data=data, pictures=pictures, format="png", ppi=72)


def share_card_url(entry: CatalogueEntry) -> str:
    """The card's address, a new one whenever it would look different."""
    address = reverse("storefront:share_card", args=[entry.slug])
    return f"{address}?{urlencode({'v': share_card_version(entry)})}"


def share_card_version(entry: CatalogueEntry) -> str:
    plate = [entry.title, entry.producer_name, entry.language]
    shown = [VERSION, COVER_VERSION, *plate, entry.pattern]
    return hashlib.sha256(json.dumps(shown).encode()).hexdigest()[:12]
