"""Every part of the site on one page, for those who draw and build it."""

import re
from decimal import Decimal
from pathlib import Path

from django import forms
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from courses.covers import FAMILIES


class ExampleForm(forms.Form):
    """One field of each kind, one of them filled in wrongly.

    Examples: no visitor reads them, so nobody translates them.
    """

    name = forms.CharField(label="Your name", help_text="As it should stand on a certificate.")
    email = forms.EmailField(label="E-mail")
    bio = forms.CharField(label="About you", widget=forms.Textarea, required=False)
    level = forms.ChoiceField(choices=[("beginner", "Beginner"), ("advanced", "Advanced")])
    picture = forms.FileField(required=False)


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """``/styleguide/``, where ``STYLEGUIDE`` is set."""
    sprite = finders.find("icons/sprite.svg")
    assert sprite is not None  # it is one of our own files
    context = {
        "form": ExampleForm({"name": "Noor Brandt-Adeyo", "email": "noor@example"}),
        "prices": [(Decimal(64), Decimal(84)), (Decimal("57.60"), None), (Decimal(0), None)],
        "tabs": [("#lists", "In progress, 3", True), ("#lists", "Finished, 4", False)],
        "rooms": list(FAMILIES),
        "icons": re.findall(r'<symbol id="([^"]+)"', Path(sprite).read_text()),
    }
    return render(request, "home/styleguide.html", context)
