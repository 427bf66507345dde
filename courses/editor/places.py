"""Where a chapter or lesson stands among its neighbours, when the list of them has pages."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.admin.views.pages.ordering import SetPagePositionView
from wagtail.models import Page

from courses.models.drafts import CoursePart
from courses.people import signed_in
from courses.shapes.numbers import whole_number
from courses.wording.apart import apart

# Each row of an outline brings a menu of some four kilobytes.
ON_A_PAGE = 15


class PlaceOnAPage(SetPagePositionView):
    """Wagtail counts from the first row that is shown; ``offset`` rows stand before it."""

    def post(
        self, request: HttpRequest, page_to_move_id: int, offset: int, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        place = whole_number(request.GET.get("position", ""))
        if place is not None:
            asked = request.GET.copy()
            asked["position"] = str(offset + place)
            request.GET = asked  # type: ignore[assignment]
        answer: HttpResponse = super().post(request, page_to_move_id, *args, **kwargs)
        return answer


class PlaceForm(forms.Form):
    def __init__(self, *args: Any, last: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"] = forms.IntegerField(
            label=gettext_lazy("Place"), min_value=1, max_value=last
        )


@require_http_methods(["GET", "POST"])
def change_place(request: HttpRequest, page_to_move_id: int) -> HttpResponse:
    """To any place, on whichever page of the list it is."""
    page = get_object_or_404(Page, pk=page_to_move_id)
    parent = page.get_parent()
    may = parent and parent.permissions_for_user(signed_in(request)).can_reorder_children()
    if not (may and issubclass(page.specific_class or object, CoursePart)):
        raise PermissionDenied
    neighbours = list(parent.get_children().values_list("pk", flat=True))
    here = neighbours.index(page.pk) + 1
    form = PlaceForm(request.POST or None, last=len(neighbours), initial={"place": here})
    if request.method == "POST" and form.is_valid():
        place = form.cleaned_data["place"]
        _move(page, parent, here=here, place=place, user=signed_in(request))
        messages.success(
            request,
            _("“%(title)s” stands at place %(place)s now.")
            % {"title": apart(page.get_admin_display_title()), "place": place},
        )
        shown = (place - 1) // ON_A_PAGE + 1
        return redirect(f"{reverse('wagtailadmin_explore', args=[parent.pk])}?p={shown}")
    return render(
        request,
        "courses/editor/change_place.html",
        {
            "form": form,
            "page": page,
            "here": here,
            "last": len(neighbours),
            "header_title": _("Change the place"),
            "page_subtitle": page.get_admin_display_title(),
            "header_icon": "order",
            "breadcrumbs_items": [
                {
                    "url": reverse("wagtailadmin_explore", args=[parent.pk]),
                    "label": parent.get_admin_display_title(),
                },
                {"url": "", "label": _("Change the place")},
            ],
        },
    )


def _move(page: Page, parent: Page, *, here: int, place: int, user: Any) -> None:
    if place != here:
        target = parent.get_children()[place - 1]
        page.move(target, pos="left" if place < here else "right", user=user)
