"""Addresses below ``/admin/my-courses/``. Each view asks by itself whose the course is."""

from django.urls import path

from . import views

urlpatterns = [
    path("<int:course_id>/outline/", views.outline, name="outline"),
    path("<int:course_id>/outline/rows/", views.rows, name="outline_rows"),
    path("<int:course_id>/outline/changes/", views.changes, name="outline_changes"),
    path("<int:course_id>/sample-lesson/", views.sample, name="sample_lesson"),
    path("<int:course_id>/outline/files/", views.files, name="outline_files"),
]
