"""Addresses of the home app that are not pages."""

from django.urls import path

from home.views import choose_theme

urlpatterns = [
    path("theme/", choose_theme, name="theme"),
]
