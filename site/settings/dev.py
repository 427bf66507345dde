"""One machine, nothing installed: embedded services, mail in a local mailbox, test payments."""

from perfomix.embedded.postgres import database_url
from perfomix.embedded.redis import socket_path
from perfomix.embedded.secrets import secret

from . import env
from .base import *  # noqa: F403
from .base import DATA_DIR, web_database
from .pseudo import *  # noqa: F403

DEBUG = env.flag("DEBUG", False)
SECRET_KEY = env.text("SECRET_KEY", "") or secret(DATA_DIR, "secret_key")
SECRET_KEY_FALLBACKS = env.secrets("SECRET_KEY_FALLBACKS", [])
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
BASE_URL = env.url("BASE_URL", "http://127.0.0.1:8000")
WAGTAILADMIN_BASE_URL = BASE_URL
CSRF_TRUSTED_ORIGINS = [BASE_URL]

_database = env.text("DATABASE_URL", "") or database_url(DATA_DIR)
DATABASES = {"default": web_database(env.database("DATABASE_URL", _database))}

_redis = env.text("REDIS_URL", "") or socket_path(DATA_DIR)
if _redis and _redis.startswith("/"):
    CACHES = {
        "default": {
            "BACKEND": "perfomix.caching.CacheThatMayBeAway",
            "LOCATION": f"unix://{_redis}?db=2",
        }
    }
    LIMITS_STORAGE = f"redis+unix://{_redis}?db=2"
    FRESHNESS_CLOCK = f"unix://{_redis}?db=2"
    CELERY_BROKER_URL = f"redis+socket://{_redis}?virtual_host=0"
elif _redis:
    CACHES = {"default": {"BACKEND": "perfomix.caching.CacheThatMayBeAway", "LOCATION": _redis}}
    LIMITS_STORAGE = _redis
    FRESHNESS_CLOCK = _redis
    CELERY_BROKER_URL = _redis
else:
    # A broker that needs nothing: files in folders.
    for _folder in ("broker", "broker-control"):
        (DATA_DIR / _folder).mkdir(mode=0o700, parents=True, exist_ok=True)
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": str(DATA_DIR / "cache"),
        }
    }
    LIMITS_STORAGE = "memory://"  # each process counts for itself
    FRESHNESS_CLOCK = ""
    CELERY_BROKER_URL = "filesystem://"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(DATA_DIR / "broker"),
        "data_folder_out": str(DATA_DIR / "broker"),
        "control_folder": str(DATA_DIR / "broker-control"),
        "polling_interval": 0.1,
    }
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"

EMAIL_BACKEND = "perfomix.mailbox.EmailBackend"
MAILBOX_DIR = DATA_DIR / "mail"
DEFAULT_FROM_EMAIL = "Perfomix <hello@perfomix.example>"

# Without keys of your own the local Stripe answers; it takes no real money.
STRIPE_SECRET_KEY = env.text("STRIPE_SECRET_KEY", "sk_test_stripesim")
STRIPE_WEBHOOK_SECRETS = env.secrets("STRIPE_WEBHOOK_SECRET", ["whsec_stripesim"])
STRIPE_API_BASE = env.url(
    "STRIPE_API_BASE",
    "http://127.0.0.1:8420"
    if STRIPE_SECRET_KEY == "sk_test_stripesim"
    else "https://api.stripe.com",
)
PAYMENTS_ARE_TESTS = STRIPE_SECRET_KEY.startswith(("sk_test_", "rk_test_"))

STYLEGUIDE = True
