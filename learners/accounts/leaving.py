"""Signing out leaves nothing behind to go back to."""

from typing import Any

from allauth.account.views import LogoutView
from django.http import HttpRequest, HttpResponse


class SignOutView(LogoutView):
    """allauth's, and the browser forgets the pages that it keeps for going back and forward.

    Most pages of the site may be kept so, also for people who are signed in; whoever sits
    down next would find them by going back.
    """

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().post(request, *args, **kwargs)
        response.headers["Clear-Site-Data"] = '"cache"'
        return response
