"""Addresses below ``/admin/reviews/``."""

from django.urls import path

from . import views

app_name = "course_reviews"

urlpatterns = [
    path("", views.queue, name="queue"),
    path("<int:release_id>/", views.review, name="review"),
]
