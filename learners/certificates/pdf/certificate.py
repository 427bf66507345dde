"""Print a certificate as PDF with typst: 15 ms, no browser, fonts of our own.

Its words are in the language of whoever prints it; names and titles stay as they are.
"""

import json
import tempfile
from functools import cache
from pathlib import Path

import typst
from django.utils.formats import date_format
from django.utils.translation import get_language, get_language_bidi, ngettext, pgettext
from django.utils.translation import gettext as _

from courses.wording.durations import format_minutes
from learners.certificates.issuing import format_code
from learners.certificates.qr import qr_path
from learners.models import Certificate

from .faces import DISPLAY, FONTS, ITALIC, SANS, TITLE, WIDE, face_for
from .ornament import frame_svg, seal_svg

FOLDER = Path(__file__).parent


def certificate_pdf(certificate: Certificate, *, address: str) -> bytes:
    """The certificate as a PDF of one page. ``address`` is where its proof stands."""
    qr = qr_path(address)
    words = _words(certificate)
    data = {
        "language": (get_language() or "en").split("-")[0],
        "from_right_to_left": get_language_bidi(),
        "words": words,
        "name": certificate.name,
        "course": certificate.course_title,
        "producer": certificate.producer_name or "Perfomix",
        "facts": facts_of(certificate),
        "date": date_format(certificate.issued_at, "j F Y"),
        "code": format_code(certificate.code),
        "address": address,
        "shown_address": address.split("://", 1)[-1].split("/", 1)[0],
        "sans": [SANS, *WIDE],
        "title_font": [TITLE, *WIDE],
        "italic": face_for(ITALIC, words["introduction"] + words["achievement"]),
        "name_font": face_for(DISPLAY, certificate.name),
        "course_font": face_for(TITLE, certificate.course_title),
        "producer_font": face_for(ITALIC, certificate.producer_name),
    }
    with tempfile.TemporaryDirectory(prefix="certificate-") as folder:
        for name, content in _drawings().items():
            (Path(folder) / name).write_text(content)
        (Path(folder) / "qr.svg").write_text(
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {qr["size"]} {qr["size"]}">'
            f'<path fill="#22251f" d="{qr["path"]}"/></svg>'
        )
        source = Path(folder) / "certificate.typ"
        source.write_text((FOLDER / "certificate.typ").read_text())
        return typst.compile(
            str(source),
            root=folder,
            font_paths=[str(FONTS)],
            sys_inputs={"data": json.dumps(data)},
        )


def facts_of(certificate: Certificate) -> str:
    """``31 lessons, 9 h 40 min``."""
    n = certificate.lessons
    lessons = ngettext("%(n)s lesson", "%(n)s lessons", n) % {"n": n}
    minutes = format_minutes(certificate.minutes)
    if not minutes:
        return lessons
    return pgettext("facts", "%(first)s, %(second)s") % {"first": lessons, "second": minutes}


def _words(certificate: Certificate) -> dict[str, str]:
    """What stands on every certificate, around what is this one's own."""
    return {
        "title": _("Certificate No. %(number)d") % {"number": certificate.number},
        "introduction": _("This is to say that"),
        "achievement": _("has finished the course"),
        "teaching": _("taught this course"),
        "number": _("No. %(number)05d") % {"number": certificate.number},
        "frame": _("Ornamental border"),
        "seal": _("Perfomix seal"),
        "qr": _("Code that opens the proof page"),
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
