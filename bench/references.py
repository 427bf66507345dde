"""What the journeys are measured against, in the same server."""

from django.http import HttpRequest, HttpResponse

from courses.models import Category

# As heavy as a page of a catalogue.
PAGE = b"<!doctype html><title>Reference</title>" + b"<p>Thirty kilobytes of page.</p>" * 936


def nothing(request: HttpRequest) -> HttpResponse:
    """What Django itself costs."""
    return HttpResponse(b"")


def row(request: HttpRequest, pk: int) -> HttpResponse:
    """One row by its key, by Django's own backend."""
    return HttpResponse(Category.objects.using("reference").get(pk=pk).name)
