"""Celery looks for tasks here; the rooms hold them."""

from courses.beginning.tasks import import_brought, import_left_courses
from courses.exports.tasks import forget_old_exports, write_export, write_left_exports
from courses.files.tasks import remove_left_uploads
from courses.outbox.tasks import deliver_mail, empty_old_mails, send_waiting_mail
from courses.promises.tasks import keep_promise, keep_promises

__all__ = [
    "deliver_mail",
    "empty_old_mails",
    "forget_old_exports",
    "import_brought",
    "import_left_courses",
    "keep_promise",
    "keep_promises",
    "remove_left_uploads",
    "send_waiting_mail",
    "write_export",
    "write_left_exports",
]
