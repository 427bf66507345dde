"""Print a certificate as PDF with typst: a tenth of a second, no browser, fonts of our own.

Its words are in the language of whoever prints it; names and titles stay as they are, each set in
the language of its own letters.
"""

from functools import cache
from pathlib import Path
from typing import Any

from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from courses.printing import typeset
from courses.printing.faces import DISPLAY, ITALIC, SANS, TITLE, faces
from courses.printing.texts import told
from courses.wording.facts import extent
from courses.wording.moments import format_date
from learners.certificates.issuing import format_code
from learners.certificates.qr import qr_path
from learners.models import Certificate

from .ornament import frame_svg, seal_svg

SOURCE = Path(__file__).parent / "certificate.typ"


def certificate_pdf(certificate: Certificate, *, address: str) -> bytes:
    """The certificate as a PDF of one page. ``address`` is where its proof stands."""
    return typeset(
        SOURCE, data=certificate_data(certificate, address), pictures=pictures_of(address)
    )


def certificate_data(certificate: Certificate, address: str) -> dict[str, Any]:
    """What differs from one certificate to the next, and the words around it."""
    language = (get_language() or "en").split("-")[0]
    # One's own, in the language of its letters; the rest in that of the page.
    texts = {
        "name": certificate.name,
        "course": certificate.course_title,
        "producer": certificate.producer_name or "Perfomix",
        "facts": facts_of(certificate),
        "introduction": _("This is to say that"),
        "achievement": _("has finished the course"),
        "teaching": _("taught this course"),
        "shown_address": address.split("://", 1)[-1].split("/", 1)[0],
    }
    return {
        **{name: told(text, language=language) for name, text in texts.items()},
        "language": language,
        "from_right_to_left": get_language_bidi(),
        "title": _("Certificate No. %(number)d") % {"number": certificate.number},
        "number": _("No. %(number)05d") % {"number": certificate.number},
        "date": format_date(certificate.issued_on),
        "code": format_code(certificate.code),
        "address": address,
        "frame": _("Ornamental border"),
        "seal": _("Perfomix seal"),
        "qr": _("Code that opens the proof page"),
        "faces": {
            "sans": faces(SANS),
            "title": faces(TITLE),
            "italic": faces(ITALIC),
            "display": faces(DISPLAY),
        },
    }


def facts_of(certificate: Certificate) -> str:
    """``31 lessons, 9 h 40 min``."""
    return extent(lessons=certificate.lessons, minutes=certificate.minutes)


def pictures_of(address: str) -> dict[str, str]:
    qr = qr_path(address)
    return {
        **_drawings(),
        "qr.svg": '<svg xmlns="http://www.w3.org/2000/svg" '
        f'viewBox="0 0 {qr["size"]} {qr["size"]}">'
        f'<path fill="#22251f" d="{qr["path"]}"/></svg>',
    }


@cache
def _drawings() -> dict[str, str]:
    return {
        "frame.svg": frame_svg(),
        "seal.svg": seal_svg(),
        "mark.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 30">'
        '<path d="M0 0h9v30H0z" fill="#0d5f68"/>'
        '<path d="M11 0a9.5 9.5 0 0 1 0 19z" fill="#d98a1f"/></svg>',
    }
