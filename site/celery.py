"""The Celery app. What runs on the clock stands in the settings (CELERY_BEAT_SCHEDULE).

``celery -A perfomix worker -B`` finds it; ``perfomix.apps`` imports it in every other
process, so that ``@shared_task`` knows where to send.
"""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "perfomix.settings.dev")

app = Celery("perfomix")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.autodiscover_tasks(["perfomix"])
