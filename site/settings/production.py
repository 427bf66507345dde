"""For the open internet. Refuses to start on anything that is only good enough at home."""

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from perfomix.logs import logging_settings

from . import env
from .base import *  # noqa: F403
from .base import STORAGES, web_database

DEBUG = False
SECRET_KEY = env.text("SECRET_KEY")
if len(SECRET_KEY) < 50 or len(set(SECRET_KEY)) < 5:
    raise ImproperlyConfigured("SECRET_KEY must be at least 50 random characters.")
BASE_URL = env.url("BASE_URL", schemes=("https",))
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", [urlsplit(BASE_URL).hostname])
CSRF_TRUSTED_ORIGINS = [BASE_URL]
WAGTAILADMIN_BASE_URL = BASE_URL

DATABASES = {"default": web_database(env.database("DATABASE_URL"))}
REDIS_URL = env.url("REDIS_URL", schemes=("redis", "rediss"))
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
}
LIMITS_STORAGE = REDIS_URL
CELERY_BROKER_URL = REDIS_URL
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"

MAILBOX_DIR = None
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = env.text("EMAIL_HOST")
EMAIL_PORT = env.integer("EMAIL_PORT", 587, low=1, high=65535)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", True)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL")

STRIPE_SECRET_KEY = env.text("STRIPE_SECRET_KEY")
STRIPE_WEBHOOK_SECRET = env.text("STRIPE_WEBHOOK_SECRET")
STRIPE_API_BASE = env.url("STRIPE_API_BASE", "https://api.stripe.com")
if "stripesim" in STRIPE_SECRET_KEY + STRIPE_WEBHOOK_SECRET or (
    STRIPE_API_BASE != "https://api.stripe.com"
):
    raise ImproperlyConfigured(
        "The local Stripe is for development. Set STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET "
        "to those of your Stripe account and leave STRIPE_API_BASE out."
    )

PAYMENTS_ARE_TESTS = STRIPE_SECRET_KEY.startswith(("sk_test_", "rk_test_"))

if env.text("S3_BUCKET", ""):
    STORAGES = {
        **STORAGES,
        "default": {
            "BACKEND": "storages.backends.s3.S3Storage",
            "OPTIONS": {
                "bucket_name": env.text("S3_BUCKET"),
                "region_name": env.text("S3_REGION", "") or None,
                "endpoint_url": env.text("S3_ENDPOINT", "") or None,
                "access_key": env.text("S3_ACCESS_KEY", "") or None,
                "secret_key": env.text("S3_SECRET_KEY", "") or None,
                "signature_version": "s3v4",
                "file_overwrite": False,
                "default_acl": None,
                "querystring_auth": True,
                "querystring_expire": 300,
            },
        },
    }

LOGGING = logging_settings(json=True)

SECURE_SSL_REDIRECT = env.flag("SECURE_SSL_REDIRECT", True)
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sessionid"
CSRF_COOKIE_NAME = "__Host-csrftoken"
