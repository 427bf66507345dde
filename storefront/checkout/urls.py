"""Addresses of checkout, purchases and Stripe's messages."""

from django.urls import path

from .views import checkout, purchases, webhook

urlpatterns = [
    path("courses/<str:slug>/checkout/", checkout.checkout, name="checkout"),
    path("checkout/<uuid:order_id>/return/", checkout.back, name="return"),
    path("checkout/<uuid:order_id>/cancelled/", checkout.cancelled, name="cancelled"),
    path("purchases/", purchases.purchases, name="purchases"),
    path("purchases/<uuid:order_id>/", purchases.receipt, name="receipt"),
    path("stripe/webhook/", webhook.webhook, name="webhook"),
]
