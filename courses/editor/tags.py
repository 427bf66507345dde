"""Suggestions while a tag is typed: Wagtail's would name every tag in the database."""

from django.db.models import Q
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from taggit.models import Tag
from wagtail.admin.auth import require_admin_access

from courses.models import CoursePage

LIMIT = 10


@never_cache
@require_admin_access
def suggest_tags(
    request: HttpRequest, app_name: str | None = None, model_name: str | None = None
) -> JsonResponse:
    """Names that begin with ``term``, of released courses and of one's own drafts."""
    term = request.GET.get("term", "").strip()
    if not term:
        return JsonResponse([], safe=False)
    seen = CoursePage.objects.filter(
        Q(live=True) | Q(pk__in=CoursePage.objects.taught_by(request.user).values("pk"))
    )
    tags = Tag.objects.filter(
        name__istartswith=term, courses_coursetag_items__content_object__in=seen.values("pk")
    )
    names = tags.order_by("name").values_list("name", flat=True).distinct()[:LIMIT]
    return JsonResponse(list(names), safe=False)
