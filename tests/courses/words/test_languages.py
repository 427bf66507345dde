"""Every language of instruction has faces with its letters, and a stemmer only if one exists."""

import re
from pathlib import Path

from courses.models import Language
from courses.words.languages import Language as Offered
from storefront.catalogue.stems import STEMMERS

ROOT = Path(__file__).resolve().parents[3]
STYLES = ROOT / "static/css"
# The web fonts hold the letters of these, and of no other.
WESTERN = {"en", "de", "fr", "es", "pt", "it", "nl", "sv", "da", "nb", "fi", "id"}


def test_every_language_that_the_web_fonts_lack_has_a_stack_of_its_own():
    faces = (STYLES / "interface/languages.css").read_text().partition("@layer base")[0]

    assert set(re.findall(r":lang\((\w+)\)", faces)) == set(Language.values) - WESTERN


def test_no_rule_holds_a_list_of_languages_which_chromium_drops():
    for sheet in STYLES.rglob("*.css"):
        assert not re.search(r":lang\([^)]*,", sheet.read_text().partition("*/")[2]), sheet


def test_direction_is_asked_of_the_element_and_not_of_the_page():
    """Of two directions in one page, ``[dir="rtl"] .icon`` would turn the icons of both."""
    for sheet in STYLES.rglob("*.css"):
        assert '[dir="rtl"]' not in sheet.read_text(), sheet


def test_stems_are_of_languages_that_are_offered():
    assert set(STEMMERS) <= set(Language.values)
    assert Offered is Language
