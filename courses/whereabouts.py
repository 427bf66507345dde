"""Which part of the site a request is for, before any view says so."""

from functools import cache

from django.http import HttpRequest
from django.urls import reverse


def in_editor(request: HttpRequest) -> bool:
    """Whether the address is Wagtail's admin, or a page of ours below it."""
    return request.path.startswith(_editor())


@cache
def _editor() -> str:
    """Asked several times in every request, and the same for as long as the process runs."""
    return reverse("wagtailadmin_home")
