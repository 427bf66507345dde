"""Which caches stand before the site, as the environment names them."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured

from . import env

BACKENDS = "wagtail.contrib.frontend_cache.backends"


def named() -> dict[str, dict[str, Any]]:
    """``WAGTAILFRONTENDCACHE``: Varnish or another that takes PURGE, Cloudflare, CloudFront."""
    found: dict[str, dict[str, Any]] = {}
    if purge := env.url("CDN_PURGE_URL", ""):
        found["http"] = {"BACKEND": f"{BACKENDS}.HTTPBackend", "LOCATION": purge}
    zone, token = env.text("CLOUDFLARE_ZONE_ID", ""), env.text("CLOUDFLARE_TOKEN", "")
    if bool(zone) != bool(token):
        raise ImproperlyConfigured("Set CLOUDFLARE_ZONE_ID and CLOUDFLARE_TOKEN, or neither.")
    if zone:
        backend = f"{BACKENDS}.CloudflareBackend"
        found["cloudflare"] = {"BACKEND": backend, "ZONEID": zone, "BEARER_TOKEN": token}
    if distribution := env.text("CLOUDFRONT_DISTRIBUTION_ID", ""):
        backend = f"{BACKENDS}.CloudfrontBackend"
        found["cloudfront"] = {"BACKEND": backend, "DISTRIBUTION_ID": distribution}
    return found
