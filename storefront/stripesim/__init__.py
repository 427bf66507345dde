"""stripesim: a local Stripe, spoken to over real HTTP.

A program of its own and a process of its own: ``python -m storefront.stripesim``. It imports
nothing of ours and no Django, keeps its own state in its own folder, and answers the part
of Stripe's API that Perfomix uses (Checkout Sessions, PaymentIntents, Charges, Refunds,
Events) in the shapes of one API version, with a hosted checkout page, idempotency keys and
signed webhooks. The same code of ours talks to it and to Stripe; only keys and the base
address differ.

It is for development and tests. Cards are test cards and no money moves.
"""

#: The API version whose shapes and parameters are simulated: the one stripe-python 16 pins.
API_VERSION = "2026-10-28.endive"
