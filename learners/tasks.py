"""Celery looks for tasks here; the rooms hold them."""

from learners.enrollment.tasks import follow_release

__all__ = ["follow_release"]
