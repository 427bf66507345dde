"""Addresses of the home app that are not pages."""

from django.conf import settings
from django.contrib.sitemaps.views import index, sitemap
from django.urls import path

from home.help.views import help_page, sent
from home.sitemaps import PlainSitemap
from home.styleguide import styleguide
from home.views import choose_theme, robots
from storefront.catalogue.sitemaps import SITEMAPS

SECTIONS = {"pages": PlainSitemap, **SITEMAPS}

urlpatterns = [
    path("theme/", choose_theme, name="theme"),
    path("help/", help_page, name="help"),
    path("help/sent/", sent, name="help_sent"),
    path("robots.txt", robots, name="robots"),
    path(
        "sitemap.xml",
        index,
        {"sitemaps": SECTIONS, "sitemap_url_name": "sitemap_section"},
        name="sitemap",
    ),
    path("sitemap-<section>.xml", sitemap, {"sitemaps": SECTIONS}, name="sitemap_section"),
]

if settings.STYLEGUIDE:
    urlpatterns.append(path("styleguide/", styleguide, name="styleguide"))
