"""Addresses of the courses app."""

from django.urls import path

from courses.covers.views import cover_view
from courses.files.views import rendition

app_name = "courses"

urlpatterns = [
    path("covers/<uuid:seed>.svg", cover_view, name="cover"),
    path("images/<int:rendition_id>/<str:name>", rendition, name="rendition"),
]
