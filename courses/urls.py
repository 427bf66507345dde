"""Addresses of the courses app."""

from django.urls import path

from courses.covers.views import cover_view

app_name = "courses"

urlpatterns = [
    path("covers/<uuid:seed>.svg", cover_view, name="cover"),
]
