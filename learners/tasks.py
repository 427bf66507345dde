"""Celery looks for tasks here; the rooms hold them."""

from learners.study.tasks import follow_release

__all__ = ["follow_release"]
