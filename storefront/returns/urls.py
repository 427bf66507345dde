"""Addresses of a buyer's return."""

from django.urls import path

from .views import return_course

urlpatterns = [path("purchases/<uuid:order_id>/return/", return_course, name="return_course")]
