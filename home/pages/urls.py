"""Wagtail's own addresses, the last of which leads to any page: that one by our road."""

from django.urls import re_path
from wagtail import urls as wagtail_urls

from .serving import serve_page

*OTHERS, _ANY = wagtail_urls.urlpatterns

urlpatterns = [*OTHERS, re_path(wagtail_urls.serve_pattern, serve_page, name=_ANY.name)]
