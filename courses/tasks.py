"""Celery looks for tasks here; the rooms hold them."""

from courses.outbox.tasks import deliver_mail, send_waiting_mail

__all__ = ["deliver_mail", "send_waiting_mail"]
