"""What is fastened when all models are there; imported by ``StorefrontConfig.ready``.

Importing this file registers the system checks and the receivers of signals.
"""

from storefront.catalogue import receivers
from storefront.payments import system_checks

__all__ = ["receivers", "system_checks"]
