"""What is fastened when all models are there; imported by ``StorefrontConfig.ready``.

Importing this file registers the system checks, the receivers of signals and what keeps promises.
"""

from storefront.catalogue import receivers
from storefront.checkout import refunds
from storefront.payments import system_checks
from storefront.seller import receivers as seller_receivers

__all__ = ["receivers", "refunds", "seller_receivers", "system_checks"]
