"""Addresses of the storefront app."""

app_name = "storefront"

urlpatterns = []
