"""For the tests: production's settings, but for those that tests/site/test_same_settings.py lists.

What is different has its reason there; a new difference fails that test until it has one.
"""

import os

from perfomix.embedded.postgres import database_url
from perfomix.embedded.redis import socket_name
from perfomix.logs import logging_settings

from . import env
from .base import *  # noqa: F403
from .base import DATA_DIR, STORAGES, web_database
from .pseudo import *  # noqa: F403

DEBUG = False
SECRET_KEY = "only-for-tests"
ALLOWED_HOSTS = ["testserver"]
BASE_URL = "http://testserver"
CSRF_TRUSTED_ORIGINS = [BASE_URL]
WAGTAILADMIN_BASE_URL = BASE_URL

_database = env.text("DATABASE_URL", "") or database_url(DATA_DIR)
_connection = web_database(env.database("DATABASE_URL", _database))
# A test database need not survive a crash: commits do not wait for the disk.
_connection["OPTIONS"]["options"] += " -c synchronous_commit=off"
DATABASES = {
    "default": {**_connection, "TEST": {"NAME": env.text("PERFOMIX_TEST_DB", "test_perfomix")}}
}

# Of Redis' sixteen databases `make run` has 0 and 2; each worker of the tests empties its own.
_number = 3 + int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
_redis = socket_name(DATA_DIR)
if _redis:
    CACHES = {
        "default": {
            "BACKEND": "perfomix.caching.CacheThatMayBeAway",
            "LOCATION": f"unix://{_redis}?db={_number}",
        }
    }
    LIMITS_STORAGE = f"redis+unix://{_redis}?db={_number}"
    FRESHNESS_CLOCK = f"unix://{_redis}?db={_number}"
else:  # no wheel for this machine
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    LIMITS_STORAGE = "memory://"
    FRESHNESS_CLOCK = ""
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
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
}
STATIC_ROOT = DATA_DIR / "test-static"
LOGGING = logging_settings(json=True)
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True
CELERY_BROKER_URL = "memory://"
STRIPE_SECRET_KEY = "sk_test_stripesim"
STRIPE_WEBHOOK_SECRETS = ["whsec_stripesim"]
STRIPE_API_BASE = "http://127.0.0.1:9"  # refused at once: tests that pay start stripesim
PAYMENTS_ARE_TESTS = True
MAILBOX_DIR = DATA_DIR / "test-mail"
STYLEGUIDE = True
