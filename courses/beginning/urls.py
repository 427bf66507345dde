"""Addresses below ``/admin/my-courses/``. Each view asks by itself whose it is."""

from django.urls import path

from . import views

urlpatterns = [
    path("new/", views.new_course, name="new_course"),
    path("new/copy/", views.copy, name="copy_course"),
    path("new/file/", views.bring_course, name="bring_course"),
    path("new/imports/", views.imports, name="imports"),
    path("imports/<uuid:key>/", views.import_report, name="import_report"),
    path("imports/<uuid:key>/stop/", views.stop_import, name="stop_import"),
    path("imports/<uuid:key>/put-away/", views.put_away_import, name="put_away_import"),
]
