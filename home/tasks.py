"""Celery looks for tasks here; the rooms hold them."""

from home.sitemap.tasks import build_sitemap

__all__ = ["build_sitemap"]
