"""Switching the language by an address, where the pseudo-languages are."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe


@require_safe
def switch(request: HttpRequest, code: str) -> HttpResponse:
    """``/language/en-xa/``: this browser reads the site in that language from now on.

    Whoever is signed in gets their mails in it too.
    """
    if code not in dict(settings.LANGUAGES):
        raise Http404("No such language.")
    back = request.META.get("HTTP_REFERER", "")
    if not url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        back = "/"
    if request.user.is_authenticated:
        request.user.language = code
        request.user.save(update_fields=["language"])
    response = HttpResponseRedirect(back)
    response.set_cookie(settings.LANGUAGE_COOKIE_NAME, code, samesite="Lax")
    return response


app_name = "languages"
urlpatterns = [path("<slug:code>/", switch, name="switch")]
