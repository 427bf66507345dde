"""What may go wrong while courses are found and bought."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from courses.errors import Refusal


class OrderError(Refusal):
    """While a course is bought or given back."""

    code = "order_refused"


class PaymentMismatch(OrderError):
    """What Stripe says was paid is not what was ordered. For a person to look at."""

    code = "payment_mismatch"


class PaymentsUnavailable(OrderError):
    """Stripe does not answer, or answers with a fault of its own. Trying again is safe."""

    code = "payments_unavailable"

    def __init__(self, message: str | Promise = "") -> None:
        super().__init__(
            message or _("Payments do not answer right now. Please try again in a minute.")
        )
