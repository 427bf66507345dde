"""The page of a producer: who they are and what they sell."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from courses.errors import CursorError
from courses.freshness import keys
from courses.freshness.pages import public_page, shows
from courses.models.team import who_may_teach
from courses.records.cursors import SortKey, keyset_page
from courses.wording.apart import apart
from learners.models import User
from storefront.catalogue.selectors import listed_entries, producer_facts
from storefront.catalogue.telling import continued

COURSES_ON_A_PAGE = 24


@require_safe
@public_page(knows=["at"])
def producer(request: HttpRequest, user_id: UUID) -> HttpResponse:
    """``/producers/<uuid>/``: missing unless this person sells a course. Three SQL."""
    person = User.objects.filter(who_may_teach(), pk=user_id).first()
    facts = producer_facts(user_id) if person else None
    if facts is None or not facts.courses:
        raise Http404("No such producer.")
    here = reverse("storefront:producer", args=[user_id])
    try:
        page = keyset_page(
            listed_entries().filter(producer_id=user_id),
            order=SortKey("students"),
            size=COURSES_ON_A_PAGE,
            cursor=request.GET.get("at", ""),
            scope=f"producer{user_id}",
        )
    except CursorError:
        return HttpResponseRedirect(here)
    shows(request, keys.SUBJECTS, keys.SETTINGS, keys.producer(user_id))
    shows(request, *keys.courses(entry.pk for entry in page.rows))
    name, heading = apart(person), _("Courses")
    context = {
        "person": person,
        "page_title": continued(name) if page.before else name,
        "heading": continued(heading) if page.before else heading,
        "facts": facts,
        "entries": page.rows,
        "newer": page.before and f"{here}?at={page.before}",
        "older": page.after and f"{here}?at={page.after}",
        "canonical": request.build_absolute_uri(here),
        "trail": [
            ("/", _("Home")),
            (reverse("storefront:catalogue"), _("Courses")),
            ("", str(person)),
        ],
    }
    return render(request, "storefront/catalogue/producer.html", context)
