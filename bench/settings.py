"""The site as ``make bench`` serves it: as ``make run`` does, behind one proxy, with references."""

from perfomix.settings import dev
from perfomix.settings.dev import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
WSGI_APPLICATION = "bench.wsgi.application"
# Every client has an address of its own, told as a proxy tells it: limits hold as in production,
# and no measurement runs into one.
PROXY_COUNT = 1
ALLOWED_HOSTS = [*dev.ALLOWED_HOSTS, "testserver"]
# For the references, which are Django as it comes.
DATABASES = {
    **dev.DATABASES,
    "reference": {**dev.DATABASES["default"], "ENGINE": "django.db.backends.postgresql"},
}
