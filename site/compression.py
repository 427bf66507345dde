"""Answers as small as the browser can read them."""

from django.http import HttpRequest, HttpResponseBase
from django.middleware.gzip import GZipMiddleware

TEXTS = ("text/", "application/json", "application/javascript", "application/xml", "image/svg+xml")


class TextsCompressed(GZipMiddleware):
    """Django's, for texts only: pictures and films are compressed already, and read by ranges.

    It makes every answer a little longer, by chance, so that its length tells nobody what stands
    in it (BREACH); tokens are masked anew in each answer by Django itself.
    """

    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        kind = response.headers.get("Content-Type", "")
        if response.streaming or not kind.startswith(TEXTS):
            return response
        return super().process_response(request, response)
