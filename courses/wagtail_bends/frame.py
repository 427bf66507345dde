"""What stands on every page of the admin and is the same on each: worked out once in a process."""

from functools import cache
from typing import Any

from django.utils.translation import get_language
from wagtail.admin import localization
from wagtail.admin.templatetags import wagtailadmin_tags
from wagtail.admin.ui import sidebar
from wagtail.models import Locale

from courses.freshness import keys
from courses.freshness.remembered import Remembered


@cache
def _texts(language: str | None) -> dict[str, Any]:
    return _translated()


_told_of_the_menu = sidebar.MainMenuModule.js_args
_translated = localization.get_js_translation_strings
_locales = Remembered(lambda: list(Locale.objects.all()), keys.SETTINGS)


class _Locales:
    """In place of ``Locale``, of which the tag asks for all there are; nobody edits them here."""

    class objects:  # noqa: N801  # as Wagtail calls it
        @staticmethod
        def all() -> list[Locale]:
            return _locales()


def call_people_by_their_names() -> None:
    """Below the menu, where Wagtail shows the address that somebody signs in with."""

    def told_of_the_menu(menu: sidebar.MainMenuModule) -> list[Any]:
        *items, person = _told_of_the_menu(menu)
        return [*items, {**person, "name": menu.user.get_full_name()}]

    sidebar.MainMenuModule.js_args = told_of_the_menu


def work_out_the_frame_once() -> None:
    wagtailadmin_tags.get_js_translation_strings = lambda: _texts(get_language())
    wagtailadmin_tags.Locale = _Locales
