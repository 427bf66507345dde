"""The account page, people's pictures, and the way to becoming a producer."""

import logging
import re
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.core.files.storage import default_storage
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST

from courses.files.deleting import promise_to_delete
from courses.people import signed_in
from learners.errors import LearnerError
from learners.models import ApplicationStatus, Role

from .applications import (
    apply_to_teach,
    change_application,
    median_answer_days,
    take_application_back,
)
from .forms import ApplicationForm, ProfileForm
from .zones import guess_zone

logger = logging.getLogger(__name__)

AVATAR = re.compile(r"[0-9a-f]{32}\.webp")


@login_required
@never_cache
def account(request: HttpRequest) -> HttpResponse:
    """Name, picture and words about oneself; the rest of the account is a link away."""
    user = signed_in(request)
    form = ProfileForm(request.POST or None, request.FILES or None, instance=user)
    if request.method == "POST" and form.is_valid():
        _save_profile(form)
        messages.success(request, _("Saved."))
        return redirect("learners:account")
    if request.method == "POST":
        user.refresh_from_db()  # the header shows what is, not what was refused
    context = {"form": form, "section": "account"}
    return render(request, "learners/accounts/account.html", context)


@require_POST
@login_required
def zone(request: HttpRequest) -> HttpResponse:
    """What the browser of whoever has no zone says."""
    guess_zone(user=signed_in(request), zone=request.POST.get("time_zone", ""))
    return HttpResponse(status=204)


@require_GET
def avatar(request: HttpRequest, name: str) -> HttpResponseBase:
    """A picture by its random name: the only uploaded files that anybody may see."""
    path = f"avatars/{name}"
    if not AVATAR.fullmatch(name) or not default_storage.exists(path):
        raise Http404("No such picture.")
    response = FileResponse(default_storage.open(path), content_type="image/webp")
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    response["Content-Security-Policy"] = "default-src 'none'"
    return response


@never_cache
def apply(request: HttpRequest) -> HttpResponse:
    """Ask to teach. Says what teaching here means to everybody, and how it stands to you."""
    user = request.user
    share = Decimal(settings.PRODUCER_SHARE_PERCENT).normalize()
    context: dict[str, Any] = {"section": "teach", "share": f"{share:f}"}
    if not user.is_authenticated:
        return render(request, "learners/accounts/apply.html", context)
    form, refused = ApplicationForm(request.POST or None), ""
    does = request.POST.get("do", "")
    if request.method == "POST" and (does == "take-back" or form.is_valid()):
        try:
            if does == "take-back":
                take_application_back(user=user)
            elif does == "change":
                change_application(user=user, **form.cleaned_data)
            else:
                apply_to_teach(user=user, **form.cleaned_data)
            return redirect("learners:apply")
        except LearnerError as refusal:
            refused = str(refusal)
    latest = user.producer_applications.exclude(status=ApplicationStatus.WITHDRAWN).first()
    waiting = latest is not None and latest.status == ApplicationStatus.PENDING
    changing = None
    if latest and waiting:
        changes = does == "change" and not refused
        changing = form if changes else ApplicationForm(instance=latest)
        context |= {"how_long": median_answer_days(), "changes": changes}
    may_apply = user.role == Role.CONSUMER and not waiting
    unsent = "" if may_apply or context.get("changes") else request.POST.get("pitch", "").strip()
    if latest and waiting and latest.pitch == unsent:  # pressed twice
        return redirect("learners:apply")
    if refused:
        messages.error(request, refused)
    context |= {"form": form if may_apply else None, "unsent": unsent, "changing": changing}
    context |= {"latest": latest, "waiting": waiting}
    return render(request, "learners/accounts/apply.html", context, status=409 if unsent else 200)


@never_cache
def studio_door(request: HttpRequest) -> HttpResponse:
    """Where Wagtail sends whoever may not enter: strangers to sign in, others are told why.

    Sending somebody who is signed in to the login would send them straight back here.
    """
    if request.user.is_authenticated:
        reason = _(
            "The studio is for producers, moderators and admins of this marketplace. If you are "
            "invited to write a course, apply to teach first: the invitation waits for you there."
        )
        return render(request, "403.html", {"reason": reason, "may_apply": True}, status=403)
    return redirect_to_login(request.GET.get("next", reverse("wagtailadmin_home")))


@transaction.atomic
def _save_profile(form: ProfileForm) -> None:
    user = form.instance
    fields: list[str] = [name for name in ("name", "bio", "time_zone") if name in form.fields]
    picture = form.cleaned_data["picture"]
    if picture or form.cleaned_data.get("remove_picture"):
        if user.avatar:
            promise_to_delete(user.avatar.name)
        user.avatar = picture or ""
        fields.append("avatar")
    user.save(update_fields=[*fields, "updated_at"])
    logger.info(
        "profile saved",
        extra={"event": "profile.saved", "person": str(user.pk), "fields": ",".join(fields)},
    )
