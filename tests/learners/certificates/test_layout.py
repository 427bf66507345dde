"""Whatever is long on a certificate takes the room there is, and never that of something else."""

from datetime import date
from io import BytesIO
from itertools import pairwise

import pytest
from PIL import Image, ImageChops
from pypdf import PdfReader

from courses.printing import typeset
from learners.certificates.pdf import certificate as printing
from learners.models import Certificate

ADDRESS = "https://perfomix.example/certificates/7K2M94QD7K2M94QD7K2M94QD7K/"
POINTS = 72 / 25.4  # a millimetre
# Where what is somebody's own may stand, in millimetres: left, top, right, bottom.
MIDDLE = (35, 56, 262, 147)
TEACHER = (43, 148, 122, 184)
LONG = {
    "as people write": (
        "Maria del Carmen Fernández-Villaverde y García de la Concepción Oyarzábal Etxeberria "
        "Mendizábal de Santa Cruz y Montes",
        "How to draw maps that people can trust, even when the ground moves, the rivers change "
        "their beds, the borders are disputed, and nobody agrees on the names of towns, together "
        "with three exercises for each chapter and a large project at the end of it all, for you",
        "Alessandra Maddalena Buonarroti-Castellammare della Rovere und Freifrau von Hohenstein "
        "zu Lichtenberg-Wallerstein am See",
    ),
    "one word": ("W" * 120, "M" * 255, "W" * 120),
    "Chinese": ("山" * 120, "信頼できる地図" * 36 + "を作る", "王小明" * 40),
    "Thai": ("น้ำผึ้ง" * 17, "แผนที่ที่ผู้คนเชื่อถือได้" * 10, "ปู่ที่น้ำ" * 13),
    "Arabic": ("محمد بن عبد الله " * 7, "خرائط يثق بها الناس " * 12, "عبدالرحمن" * 13),
    "Devanagari": ("प्रिया कृष्णमूर्ति " * 6, "मानचित्र जिन पर भरोसा " * 11, "कृष्णमूर्ति" * 10),
}


def a_certificate(name: str, title: str, producer: str) -> Certificate:
    return Certificate(
        number=7,
        code="7K2M94QD7K2M94QD7K2M94QD7K",
        name=name[:120],
        course_title=title[:255],
        producer_name=producer[:120],
        lessons=100_000,
        minutes=600_000,
        issued_on=date(2026, 11, 14),
    )


def picture(certificate: Certificate) -> Image.Image:
    png = typeset(
        printing.SOURCE,
        data=printing.certificate_data(certificate, ADDRESS),
        pictures=printing.pictures_of(ADDRESS),
        format="png",
        ppi=72,
    )
    return Image.open(BytesIO(png)).convert("L")


def without_texts(picture: Image.Image) -> Image.Image:
    """The frame, the seal, the code: all that is the same on two certificates."""
    for box in (MIDDLE, TEACHER):
        left, top, right, bottom = (round(edge * POINTS) for edge in box)
        picture.paste(255, (left, top, right, bottom))
    return picture


@pytest.mark.parametrize("kind", LONG)
def test_nothing_long_is_printed_over_the_frame_the_seal_or_the_code(kind):
    plain = without_texts(picture(a_certificate("Noor Brandt", "Maps", "Marit Oskelund")))

    full = without_texts(picture(a_certificate(*LONG[kind])))

    assert ImageChops.difference(plain, full).getbbox() is None


def lines_of(pdf: bytes) -> list[tuple[float, float]]:
    """(height on the page, size of the letters) of each line in the middle, from the top."""
    found: dict[float, float] = {}

    def note(text: str, cm: list, tm: list, font: dict | None, size: float) -> None:
        x, y = tm[4] * cm[0] + cm[4], tm[5] * cm[3] + cm[5]
        if text.strip() and MIDDLE[1] * POINTS < 595.3 - y < MIDDLE[3] * POINTS:
            assert 0 < x < 842
            height = round(y, 1)
            found[height] = max(found.get(height, 0), size * abs(tm[3] * cm[3]))

    (page,) = PdfReader(BytesIO(pdf)).pages
    page.extract_text(visitor_text=note)
    return sorted(found.items(), reverse=True)


@pytest.mark.parametrize("kind", ["as people write", "one word", "Chinese"])
def test_no_line_is_printed_over_another(kind):
    certificate = a_certificate(*LONG[kind])

    lines = lines_of(printing.certificate_pdf(certificate, address=ADDRESS))

    assert len(lines) >= 7  # name and title take two lines or more
    for (above, _size), (below, size) in pairwise(lines):
        assert above - below > 0.95 * size


def test_a_short_name_stands_where_the_designer_put_it():
    lines = lines_of(
        printing.certificate_pdf(a_certificate("Noor", "Maps", "Marit"), address=ADDRESS)
    )

    assert [round(size, 1) for _height, size in lines] == [15, 50, 15, 26, 11.5]


def test_a_certificate_given_with_what_cannot_be_printed_prints_a_sign_for_it():
    certificate = a_certificate("Ada 𒀀", "Maps", "Marit")

    text = PdfReader(BytesIO(printing.certificate_pdf(certificate, address=ADDRESS))).pages[0]

    assert "Ada □" in text.extract_text()
