"""Addresses of the storefront app."""

from django.urls import path

from storefront.urls_money import urlpatterns as money
from storefront.views.catalogue import catalogue
from storefront.views.course import course
from storefront.views.producers import producer

app_name = "storefront"

urlpatterns = [
    path("courses/", catalogue, name="catalogue"),
    path("courses/<str:slug>/", course, name="course"),
    path("producers/<uuid:user_id>/", producer, name="producer"),
    *money,
]
