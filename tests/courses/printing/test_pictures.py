"""Every script is drawn as its readers write it, and the same on every machine."""

from io import BytesIO

import pytest
from fontTools.ttLib import TTFont
from PIL import Image, ImageChops, ImageStat
from pypdf import PdfReader

from courses.printing.faces import DISPLAY, FONTS, ITALIC, OTHERS, SANS, TITLE

from .lines import LINES, PICTURES, picture_of

# Of 255, over all pixels: another processor may round a shade; another shape of one letter is more.
TOLERANCE = 0.4
# Letters that join, move or stack, and the same ones kept apart.
JOINING = ("arabic", "persian", "urdu", "devanagari", "bengali", "tamil", "telugu", "khmer")


def difference(picture: bytes, name: str) -> float:
    drawn, known = (
        Image.open(file).convert("L") for file in (BytesIO(picture), PICTURES / f"{name}.png")
    )
    assert drawn.size == known.size
    return ImageStat.Stat(ImageChops.difference(drawn, known)).mean[0]


@pytest.mark.parametrize("name", LINES)
def test_every_script_looks_as_it_should(name):
    assert difference(picture_of(LINES[name]), name) < TOLERANCE


@pytest.mark.parametrize("name", JOINING)
def test_letters_that_do_not_join_would_be_seen(name):
    apart = "\u200c".join(LINES[name])

    assert difference(picture_of(apart), name) > 3 * TOLERANCE


@pytest.mark.parametrize("name", ["arabic", "hebrew", "mixed", "thai", "latin", "korean"])
def test_a_line_that_runs_the_other_way_would_be_seen(name):
    backwards = LINES[name][::-1]

    assert difference(picture_of(backwards), name) > 3 * TOLERANCE


def test_one_character_has_the_shape_of_each_country():
    shapes = {picture_of(line) for line in ("骨さ", "骨가", "骨龙", "骨體")}

    assert len(shapes) == 4


def fonts_in(pdf: bytes) -> set[str]:
    fonts = PdfReader(BytesIO(pdf)).pages[0]["/Resources"]["/Font"]
    return {str(font.get_object()["/BaseFont"]).split("+")[-1] for font in fonts.values()}


def our_names() -> set[str]:
    files = [*FONTS.glob("*.ttf"), *FONTS.glob("*.otf")]
    return {TTFont(file, lazy=True)["name"].getDebugName(6) for file in files}


def test_nothing_is_set_in_a_font_of_the_machine_or_of_typst():
    # Lisu is in DejaVu, which many machines have; Ω and ∮ are in the fonts that typst brings.
    embedded = fonts_in(picture_of("Zoë ꓐꓑ Ω ∮ 漢 한 ก", format="pdf"))

    assert {name.split("-Identity")[0] for name in embedded} <= our_names()


def test_every_face_is_a_file_of_ours():
    files = [*FONTS.glob("*.ttf"), *FONTS.glob("*.otf")]
    families = {TTFont(file, lazy=True)["name"].getBestFamilyName() for file in files}

    assert families == {DISPLAY, TITLE, ITALIC, SANS, *OTHERS}
