"""The sitemap as it was written; nothing is looked up but its parts."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from home.models import SitemapPart

from .building import told

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
AGAIN_IN = 60  # seconds: by then a worker has written the first


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """The index of the parts; 503 until there is one, so that nobody takes the site for empty."""
    parts = SitemapPart.objects.order_by("section", "number").values_list(
        "section", "number", "changed_at"
    )
    told_parts = "".join(_told(request, *part) for part in parts)
    if not told_parts:
        return HttpResponse(status=503, headers={"Retry-After": AGAIN_IN})
    return _xml("sitemapindex", told_parts)


@require_safe
def part(request: HttpRequest, section: str, number: int) -> HttpResponse:
    body = (
        SitemapPart.objects.filter(section=section, number=number)
        .values_list("body", flat=True)
        .first()
    )
    if body is None:
        raise Http404
    origin = request.build_absolute_uri("/").rstrip("/")
    return _xml("urlset", body.replace(SitemapPart.ORIGIN, origin))


def _told(request: HttpRequest, section: str, number: int, changed_at: Any) -> str:
    address = request.build_absolute_uri(reverse("sitemap_part", args=[section, number]))
    changed = f"<lastmod>{told(changed_at)}</lastmod>" if changed_at else ""
    return f"<sitemap><loc>{address}</loc>{changed}</sitemap>\n"


def _xml(root: str, body: str) -> HttpResponse:
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    text = f'{head}\n<{root} xmlns="{NAMESPACE}">\n{body}</{root}>\n'
    return HttpResponse(text, content_type="application/xml", headers={"X-Robots-Tag": "noindex"})
