"""Celery looks for tasks here; the rooms hold them."""

from learners.accounts.tasks import end_old_sessions, forget_unproved_accounts

__all__ = ["end_old_sessions", "forget_unproved_accounts"]
