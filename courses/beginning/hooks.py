"""What beginning a course adds to the studio: its addresses."""

from django.urls import URLPattern
from wagtail import hooks

from .urls import urlpatterns


@hooks.register("studio_urls")
def beginning_urls() -> list[URLPattern]:
    return urlpatterns
