"""Wagtail looks for hooks here; the rooms hold them."""

from wagtail_modeladmin.options import modeladmin_register

from storefront.accounting import hooks as accounting
from storefront.catalogue import hooks as catalogue
from storefront.checkout import hooks as checkout
from storefront.modeladmin import Shop
from storefront.returns import hooks as returns
from storefront.seller import hooks as seller

modeladmin_register(Shop)

__all__ = ["accounting", "catalogue", "checkout", "returns", "seller"]
