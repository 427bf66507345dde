"""Addresses of the home app that are not pages."""

from django.conf import settings
from django.urls import path

from home.help.views import help_page, sent
from home.sitemap.views import part, sitemap
from home.styleguide import styleguide
from home.views import choose_theme, front, robots

urlpatterns = [
    path("", front, name="front"),
    path("theme/", choose_theme, name="theme"),
    path("help/", help_page, name="help"),
    path("help/sent/", sent, name="help_sent"),
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("sitemap-<slug:section>-<int:number>.xml", part, name="sitemap_part"),
]

if settings.STYLEGUIDE:
    urlpatterns.append(path("styleguide/", styleguide, name="styleguide"))
