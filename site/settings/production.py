"""For the open internet. Refuses to start on anything that is only good enough at home."""

import ssl

from perfomix.logs import logging_settings

from . import caches_in_front, demands, env
from .base import *  # noqa: F403
from .base import STORAGES, STRIPE_API_BASE, web_database

DEBUG = False
SECRET_KEY = env.text("SECRET_KEY")
SECRET_KEY_FALLBACKS = env.secrets("SECRET_KEY_FALLBACKS", [])
demands.secret_keys(SECRET_KEY, SECRET_KEY_FALLBACKS)
BASE_URL = env.url("BASE_URL", schemes=("https",))
_host = demands.address_of_the_site(BASE_URL)
ALLOWED_HOSTS = env.words("ALLOWED_HOSTS", [_host])
demands.hosts(ALLOWED_HOSTS, _host)
CSRF_TRUSTED_ORIGINS = [BASE_URL]
WAGTAILADMIN_BASE_URL = BASE_URL
# Asked for, 0 included: too few makes one visitor of all, too many lets each choose who they are.
PROXY_COUNT = env.integer("PROXY_COUNT", low=0, high=10)

_database = env.database("DATABASE_URL")
demands.database(_database)
DATABASES = {"default": web_database(_database)}
REDIS_URL = env.url("REDIS_URL", schemes=("redis", "rediss"))
demands.redis(REDIS_URL)
CACHES = {"default": {"BACKEND": "perfomix.caching.CacheThatMayBeAway", "LOCATION": REDIS_URL}}
WAGTAILFRONTENDCACHE = caches_in_front.named()
LIMITS_STORAGE = REDIS_URL
FRESHNESS_CLOCK = REDIS_URL
CELERY_BROKER_URL = REDIS_URL
if REDIS_URL.startswith("rediss:"):
    CELERY_BROKER_USE_SSL = {"ssl_cert_reqs": ssl.CERT_REQUIRED}  # Celery's own is CERT_NONE
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"

MAILBOX_DIR = None
EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_HOST = env.text("EMAIL_HOST")
EMAIL_PORT = env.integer("EMAIL_PORT", 587, low=1, high=65535)
EMAIL_HOST_USER = env.text("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = env.text("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_SSL = env.flag("EMAIL_USE_SSL", EMAIL_PORT == 465)
EMAIL_USE_TLS = env.flag("EMAIL_USE_TLS", not EMAIL_USE_SSL)
demands.mail_server(
    host=EMAIL_HOST,
    user=EMAIL_HOST_USER,
    password=EMAIL_HOST_PASSWORD,
    starttls=EMAIL_USE_TLS,
    tls=EMAIL_USE_SSL,
)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.text("DEFAULT_FROM_EMAIL")
demands.sender(DEFAULT_FROM_EMAIL)

STRIPE_SECRET_KEY = env.text("STRIPE_SECRET_KEY")
STRIPE_WEBHOOK_SECRETS = env.secrets("STRIPE_WEBHOOK_SECRET")
demands.stripe(STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRETS, STRIPE_API_BASE)
PAYMENTS_ARE_TESTS = STRIPE_SECRET_KEY.startswith(("sk_test_", "rk_test_"))

_s3 = {
    "bucket": env.text("S3_BUCKET", ""),
    "endpoint": env.url("S3_ENDPOINT", ""),
    "access_key": env.text("S3_ACCESS_KEY", ""),
    "secret_key": env.text("S3_SECRET_KEY", ""),
}
demands.file_store(**_s3)
if _s3["bucket"]:
    STORAGES = {
        **STORAGES,
        "default": {
            "BACKEND": "storages.backends.s3.S3Storage",
            "OPTIONS": {
                "bucket_name": _s3["bucket"],
                "region_name": env.text("S3_REGION", "") or None,
                "endpoint_url": _s3["endpoint"] or None,
                "access_key": _s3["access_key"] or None,
                "secret_key": _s3["secret_key"] or None,
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
