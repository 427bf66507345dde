"""What is fastened when all models are there; imported by ``StorefrontConfig.ready``.

Importing this file registers the system checks and the receivers of signals.
"""

from storefront.catalogue import receivers
from storefront.payments import system_checks
from storefront.seller import receivers as seller_receivers

__all__ = ["receivers", "seller_receivers", "system_checks"]
