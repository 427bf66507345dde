"""Addresses of the storefront app."""

from django.urls import path

from storefront.urls_money import urlpatterns as money
from storefront.views.catalogue import catalogue
from storefront.views.course import course
from storefront.views.producers import producer
from storefront.views.sharing import share_card

app_name = "storefront"

urlpatterns = [
    path("courses/", catalogue, name="catalogue"),
    path("courses/<str:slug>/", course, name="course"),
    path("courses/<str:slug>/card.png", share_card, name="share_card"),
    path("producers/<uuid:user_id>/", producer, name="producer"),
    *money,
]
