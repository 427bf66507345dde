"""What the outline adds to the studio: its addresses."""

from django.urls import URLPattern
from wagtail import hooks

from .urls import urlpatterns


@hooks.register("studio_urls")
def outline_urls() -> list[URLPattern]:
    return urlpatterns
