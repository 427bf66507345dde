"""For the tests: a database of their own, mail in memory, background work at once."""

import os

from perfomix.embedded.postgres import database_url

from . import env
from .base import *  # noqa: F403
from .base import DATA_DIR, STORAGES, web_database
from .pseudo import *  # noqa: F403

DEBUG = False
SECRET_KEY = "only-for-tests"
ALLOWED_HOSTS = ["*"]
BASE_URL = "http://testserver"
WAGTAILADMIN_BASE_URL = BASE_URL

_database = env.text("DATABASE_URL", "") or database_url(DATA_DIR)
_connection = web_database(env.database("DATABASE_URL", _database))
# A test database need not survive a crash: commits do not wait for the disk.
_connection["OPTIONS"]["options"] += " -c synchronous_commit=off"
DATABASES = {
    "default": {
        **_connection,
        "CONN_MAX_AGE": 0,
        "TEST": {"NAME": env.text("PERFOMIX_TEST_DB", "test_perfomix")},
    }
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
LIMITS_STORAGE = "memory://"
SESSION_ENGINE = "django.contrib.sessions.backends.db"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
DEFAULT_FROM_EMAIL = "Perfomix <hello@perfomix.example>"
MEDIA_ROOT = DATA_DIR / "test-media" / str(os.getpid())
STORAGES = {
    **STORAGES,
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(MEDIA_ROOT)},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT = DATA_DIR / "test-static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
CELERY_BROKER_URL = "memory://"
STRIPE_SECRET_KEY = "sk_test_stripesim"
STRIPE_WEBHOOK_SECRETS = ["whsec_stripesim"]
STRIPE_API_BASE = "http://127.0.0.1:9"  # refused at once: tests that pay start stripesim
PAYMENTS_ARE_TESTS = True
MAILBOX_DIR = DATA_DIR / "test-mail"
STYLEGUIDE = True
