"""How a course is found and bought, and where the money went."""

from .catalogue import CatalogueEntry, FacetCount, Findable, Pigeonhole
from .coupons import Coupon
from .ledger import Account, LedgerEntry
from .orders import Order, OrderLine, OrderStatus
from .payments import Payment, PaymentStatus, Refund, RefundStatus
from .returns import ReturnRequest, ReturnStatus
from .seller import Seller
from .synonyms import Synonyms
from .webhooks import WebhookEvent, WebhookStatus

__all__ = [
    "Account",
    "CatalogueEntry",
    "Coupon",
    "FacetCount",
    "Findable",
    "LedgerEntry",
    "Order",
    "OrderLine",
    "OrderStatus",
    "Payment",
    "PaymentStatus",
    "Pigeonhole",
    "Refund",
    "RefundStatus",
    "ReturnRequest",
    "ReturnStatus",
    "Seller",
    "Synonyms",
    "WebhookEvent",
    "WebhookStatus",
]
