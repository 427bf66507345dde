"""Where Stripe's messages arrive."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from storefront.checkout import webhooks
from storefront.errors import PaymentsUnavailable
from storefront.payments import stripe


@csrf_exempt  # the only view that is: the signature says who sends
@require_POST
def webhook(request: HttpRequest) -> HttpResponse:
    """200 when stored and acted on, or refused for good; 400 when forged; 503 to come again.

    Refused for good is also what is rightly signed and no message: it stays one when repeated.

    Stripe repeats what is not answered 2xx, https://docs.stripe.com/webhooks#retries.
    """
    try:
        notice = stripe.read_notice(request.body, request.headers.get("Stripe-Signature"))
    except stripe.ForgedNotice:
        return HttpResponse(status=400)
    except stripe.UnreadableNotice as odd:
        webhooks.keep_unreadable(request.body, reason=str(odd))
        return HttpResponse(status=200)
    try:
        webhooks.receive(notice)
    except PaymentsUnavailable:
        return HttpResponse(status=503)
    return HttpResponse(status=200)
