"""Addresses below ``/admin/my-courses/``. Each view asks by itself whose it is."""

from django.urls import path

from . import views

urlpatterns = [
    path("new/", views.new_course, name="new_course"),
    path("new/copy/", views.copy, name="copy_course"),
]
