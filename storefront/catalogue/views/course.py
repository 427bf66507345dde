"""The page that sells a course."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from courses.errors import CursorError
from courses.freshness.pages import public_page, shows
from storefront.catalogue.course_sheet import CourseForSale
from storefront.catalogue.selectors import standing


@require_safe
@public_page(knows=["reviews"])
def course(request: HttpRequest, slug: str) -> HttpResponse:
    """``/courses/<slug>/?reviews=<cursor>``: what was released, never the draft.

    A course that is not sold opens for those who bought or teach it. Everybody else gets a
    404 that says so, without a word of the course but its title.
    """
    # SQL: none for a visitor while the page is kept; session, user and standing for others: 3.
    found = CourseForSale(slug, absolute=request.build_absolute_uri)
    facts = found.facts()
    reader = standing(request.user, facts.pk)
    if not facts.listed and not reader.may_enter:
        return render(request, "storefront/catalogue/not_sold.html", {"course": facts}, status=404)
    try:
        sheet = found.sheet(
            enter=reader.may_enter,
            owns=reader.owns,
            reviewed=reader.owns and reader.reviewed,
            cursor=request.GET.get("reviews", ""),
        )
    except CursorError:
        here = reverse("storefront:course", args=[facts.slug])
        return HttpResponseRedirect(f"{here}#reviews")
    shows(request, *sheet.keys)
    context = {"facts": facts, "reader": reader, "sheet": sheet}
    return render(request, "storefront/catalogue/course.html", context)
