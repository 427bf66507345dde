"""The help page: who sells here, where to write to, and a form."""

from typing import Any

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses.limits.trying import limit, within
from courses.limits.visitors import network_of
from courses.people import Person, signed_in
from home.models import Inquiry
from storefront.seller.current import seller_now

from .forms import InquiryForm, MemberForm, VisitorForm
from .inquiries import mark_answered, open_again, send_inquiry

# What one person has to say in an hour, and how many confirmations an address gets in it that was
# only typed. Beyond them a message is kept all the same: whoever has the address must not be kept
# from writing to us by a stranger who types it.
FROM_ONE = "6/hour"
TO_ONE = "3/hour"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def help_page(request: HttpRequest) -> HttpResponse:
    """``/help/?order=<number>``: the form, with one of one's own orders chosen already.

    What is typed is stored for us alone; the answer is the same whether or not the address
    belongs to an account.
    """
    user = signed_in(request) if request.user.is_authenticated else None
    form = _form(request, user)
    if request.method == "POST" and form.is_valid():
        _send(request, form.cleaned_data, user)
        return redirect("help_sent")
    context = {"form": form, "seller": seller_now(), "section": "help"}
    status = 422 if form.errors else 200
    return render(request, "home/help/help.html", context, status=status)


def _form(request: HttpRequest, user: Person | None) -> InquiryForm:
    posted = request.POST if request.method == "POST" else None
    if user is None:
        return VisitorForm(posted)
    return MemberForm(posted, user=user, initial={"order": request.GET.get("order", "")})


def _send(request: HttpRequest, said: dict[str, Any], user: Person | None) -> None:
    email = user.email if user else said["email"]
    limit(action="help", who=user.pk if user else network_of(request), rate=FROM_ONE)
    send_inquiry(
        key=said["key"],
        email=email,
        text=said["text"],
        language=user.language if user else get_language() or "",
        user=user,
        order=said.get("order"),
        confirm=bool(user) or within(action="help-to", who=email.casefold(), rate=TO_ONE),
    )


@never_cache
@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    return render(request, "home/help/sent.html", {"section": "help"})


@permission_required("home.change_inquiry", raise_exception=True)
@require_POST
def answer(request: HttpRequest, pk: Any) -> HttpResponse:
    """An admin notes that an inquiry was answered, or that it waits after all."""
    inquiry = get_object_or_404(Inquiry, pk=pk)
    verb = open_again if request.POST.get("state") == "open" else mark_answered
    verb(inquiry=inquiry, by=signed_in(request))
    return redirect("home_inquiry_modeladmin_inspect", instance_pk=inquiry.pk)
