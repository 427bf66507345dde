"""What may go wrong while courses are found and bought."""


class OrderError(Exception):
    """A refusal in words for the reader; views show it."""


class CursorError(Exception):
    """A page address that was cut short, changed, or belongs to another list."""


class PaymentMismatch(OrderError):
    """What Stripe says was paid is not what was ordered. For a person to look at."""


class PaymentsUnavailable(OrderError):
    """Stripe does not answer, or answers with a fault of its own. Trying again is safe."""

    def __init__(self, message="Payments do not answer right now. Please try again in a minute."):
        super().__init__(message)
