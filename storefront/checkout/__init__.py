"""How a course is bought and given back: orders, coupons, fulfilment, refunds, Stripe's messages.

Verbs: those of ``orders``, ``fulfilment.fulfil``, those of ``refunds``, ``webhooks.handle``.
"""
