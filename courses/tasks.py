"""Celery looks for tasks here; the rooms hold them."""

from courses.outbox.tasks import deliver_mail, send_waiting_mail
from courses.promises.tasks import keep_promise, keep_promises

__all__ = ["deliver_mail", "keep_promise", "keep_promises", "send_waiting_mail"]
