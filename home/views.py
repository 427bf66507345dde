"""Small things of the whole site."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe
from wagtail.views import serve

from courses.freshness.pages import public_page, shows
from courses.themes import THEMES
from home.front.sheet import kept_front

ONE_YEAR = 365 * 24 * 60 * 60


@public_page()
def _kept(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    shows(request, *context["sheet"].keys)
    return render(request, "home/home_page.html", context)


def front(request: HttpRequest) -> HttpResponse:
    """``/``: the front page where it is kept.

    Else by Wagtail's road, which asks four tables where the page is and who may see it.
    """
    context = kept_front(request) if request.method in ("GET", "HEAD") else None
    return _kept(request, context) if context else serve(request, "")


front.knows = _kept.knows  # type: ignore[attr-defined]


# No token is asked: the worst a stranger could do is to change somebody's colours, and
# a token would set a cookie on every anonymous page, which then could not be cached.
@csrf_exempt
@require_POST
def choose_theme(request: HttpRequest) -> HttpResponse:
    """Remember the reader's colours in a cookie and go back to where they were."""
    back = request.META.get("HTTP_REFERER", "")
    if not url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        back = "/"
    response = HttpResponseRedirect(back)
    theme = request.POST.get("theme")
    if theme in THEMES:
        response.set_cookie("theme", theme, max_age=ONE_YEAR, samesite="Lax")
    else:
        response.delete_cookie("theme", samesite="Lax")
    return response


# Nothing here is secret: gates protect it. Robots are kept from wasting their time and ours.
OPEN = ["/account/teach/"]
CLOSED = ["/admin/", "/accounts/", "/account/", "/my-learning/", "/purchases/", "/checkout/"]


@require_safe
@cache_control(public=True, max_age=3600)
def robots(request: HttpRequest) -> HttpResponse:
    """``/robots.txt``: what is not worth a robot's time, and where the sitemap is."""
    # Readers of the first match and of the longest come to the same.
    lines = ["User-agent: *", *(f"Allow: {path}" for path in OPEN)]
    lines += [f"Disallow: {path}" for path in CLOSED]
    lines += ["Disallow: /courses/*/checkout/", ""]
    lines.append(f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
