"""Which language a page is written in."""

from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse
from django.middleware.locale import LocaleMiddleware


class LanguageOfTheReader(LocaleMiddleware):
    """Django's choice: the cookie, else what the browser asks for, else the site's language.

    Where there is one language there is nothing to choose, and the middleware steps aside: its
    ``Vary: Accept-Language`` would make every cache keep one page many times over.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if len(settings.LANGUAGES) == 1:
            raise MiddlewareNotUsed
        super().__init__(get_response)
