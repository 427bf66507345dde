"""Languages for development and the tests: English once more, accented and mirrored."""

from django.conf.global_settings import LANGUAGES_BIDI

from perfomix.languages import pseudo

from .base import DATA_DIR, LANGUAGES, LOCALE_PATHS

LANGUAGES = [*LANGUAGES, *pseudo.LANGUAGES]
LANGUAGES_BIDI = [*LANGUAGES_BIDI, *pseudo.RIGHT_TO_LEFT]
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
LOCALE_PATHS = [DATA_DIR / "pseudo-languages", *LOCALE_PATHS]
