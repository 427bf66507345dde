"""Addresses of the storefront app."""

from django.urls import path

from storefront.catalogue.views.catalogue import catalogue
from storefront.catalogue.views.course import course
from storefront.catalogue.views.producers import producer
from storefront.catalogue.views.sharing import share_card
from storefront.catalogue.views.suggestions import suggestions
from storefront.checkout.urls import urlpatterns as money
from storefront.returns.urls import urlpatterns as returns

app_name = "storefront"

urlpatterns = [
    path("suggestions/", suggestions, name="suggestions"),
    path("courses/", catalogue, name="catalogue"),
    path("courses/<str:slug>/", course, name="course"),
    path("courses/<str:slug>/card.png", share_card, name="share_card"),
    path("producers/<uuid:user_id>/", producer, name="producer"),
    *money,
    *returns,
]
