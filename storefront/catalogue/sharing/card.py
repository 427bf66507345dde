"""Draw a course's share card with typst: its cover, and a plate with title and producer.

Sites that show previews of links take PNG and no SVG.
"""

import hashlib
import json
import tempfile
from pathlib import Path

import typst
from django.urls import reverse
from django.utils.http import urlencode

from courses.covers import VERSION as COVER_VERSION
from courses.covers import cover
from courses.covers.addresses import ANY_PATTERN
from learners.certificates.pdf.faces import DISPLAY, FONTS, SANS, WIDE, face_for
from storefront.models import CatalogueEntry

SOURCE = Path(__file__).parent / "card.typ"
VERSION = "1"  # of the plate's drawing


def share_card(entry: CatalogueEntry) -> bytes:
    """A PNG of 1200 x 630 pixels, the size Open Graph asks for."""
    data = {
        "title": entry.title,
        "producer": entry.producer_name,
        "title_font": face_for(DISPLAY, entry.title),
        "sans": [SANS, *WIDE],
    }
    with tempfile.TemporaryDirectory(prefix="share-card-") as folder:
        picture = cover(entry.uuid, entry.pattern or ANY_PATTERN, "wide")
        (Path(folder) / "cover.svg").write_text(picture)
        source = Path(folder) / SOURCE.name
        source.write_text(SOURCE.read_text())
        return typst.compile(
            str(source),
            root=folder,
            font_paths=[str(FONTS)],
            format="png",
            ppi=72,
            sys_inputs={"data": json.dumps(data)},
        )


def share_card_url(entry: CatalogueEntry) -> str:
    """The card's address, a new one whenever it would look different."""
    address = reverse("storefront:share_card", args=[entry.slug])
    return f"{address}?{urlencode({'v': share_card_version(entry)})}"


def share_card_version(entry: CatalogueEntry) -> str:
    shown = [VERSION, COVER_VERSION, entry.title, entry.producer_name, entry.pattern]
    return hashlib.sha256(json.dumps(shown).encode()).hexdigest()[:12]
