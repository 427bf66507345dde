"""Giving a course back: a buyer asks, the rule or an admin answers.

Verbs: ``requests.request_return``, ``requests.decide_request``. The rule is
``storefront.seller.returning``; what it is asked is read by ``storefront.checkout.returnable``;
money goes back by ``storefront.checkout.refunds`` alone.
"""
