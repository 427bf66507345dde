"""Tests run on what production runs on; whatever differs is listed here with its reason.

A page that only production's static files can break, a limit that only Redis counts, or a
session that only its cache loses must fail here first.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.site.test_production import COMPLETE

ROOT = Path(__file__).resolve().parents[2]

# Where a deployment stands and whom it speaks to: different in every one.
OWN = {
    "ALLOWED_HOSTS": "The host of BASE_URL.",
    "BASE_URL": "The address; https in production, see HTTPS.",
    "CACHES": "The address of Redis.",
    "CELERY_BROKER_URL": "The address of Redis.",
    "CSRF_TRUSTED_ORIGINS": "BASE_URL.",
    "DATABASES": "The address of PostgreSQL.",
    "DEFAULT_FROM_EMAIL": "The sender.",
    "FRESHNESS_CLOCK": "The address of Redis.",
    "LIMITS_STORAGE": "The address of Redis.",
    "PROXY_COUNT": "How many stand in front; none of a test client.",
    "REDIS_URL": "The address itself, kept in production only.",
    "SECRET_KEY": "Made once and kept at home, fixed in tests.",
    "STRIPE_API_BASE": "The local Stripe takes no real money.",
    "STRIPE_SECRET_KEY": "The local Stripe's.",
    "STRIPE_WEBHOOK_SECRETS": "The local Stripe's.",
    "WAGTAILADMIN_BASE_URL": "BASE_URL.",
}
# A test client and `make run` speak http. tests/security/test_over_https.py has these on.
HTTPS = dict.fromkeys(
    (
        "CSRF_COOKIE_NAME",
        "CSRF_COOKIE_SECURE",
        "SECURE_HSTS_INCLUDE_SUBDOMAINS",
        "SECURE_HSTS_PRELOAD",
        "SECURE_HSTS_SECONDS",
        "SECURE_SSL_REDIRECT",
        "SESSION_COOKIE_NAME",
        "SESSION_COOKIE_SECURE",
    ),
    "Needs https.",
)
MAIL = dict.fromkeys(
    (
        "EMAIL_BACKEND",
        "EMAIL_HOST",
        "EMAIL_HOST_PASSWORD",
        "EMAIL_HOST_USER",
        "EMAIL_PORT",
        "EMAIL_TIMEOUT",
        "EMAIL_USE_SSL",
        "EMAIL_USE_TLS",
        "MAILBOX_DIR",
    ),
    "Mail is kept where a person or a test reads it, and is sent to nobody.",
)
# For those who build the site. Each of them is tested, so tests have them too.
FOR_BUILDERS = {
    "LANGUAGES": "Two pseudo-languages show a text that is not marked.",
    "LANGUAGES_BIDI": "One of them is mirrored.",
    "LOCALE_PATHS": "Their catalogues.",
    "PAYMENTS_ARE_TESTS": "Says so on the pages, and tells the local Stripe of the demo.",
    "STYLEGUIDE": "The page with every part of the interface.",
    "WAGTAILADMIN_PERMITTED_LANGUAGES": "The pseudo-languages.",
}
DEV = OWN | HTTPS | MAIL | FOR_BUILDERS | {"LOGGING": "Read by a person, not by a program."}
TEST = (
    OWN
    | HTTPS
    | MAIL
    | FOR_BUILDERS
    | {
        "CELERY_TASK_ALWAYS_EAGER": "Tasks run in the test that sends them, still after the "
        "commit; tests/site/test_background_work.py has a worker and a broker.",
        "CELERY_TASK_EAGER_PROPAGATES": "A task that fails, fails its test.",
        "MEDIA_ROOT": "A folder of each run, removed with it.",
        "PASSWORD_HASHERS": "Argon2 is slow on purpose, a twentieth of a second each; "
        "tests/learners/accounts/test_accounts.py reads production's.",
        "SECRET_KEY_FALLBACKS": "Keys of before, and there were none.",
        "STATIC_ROOT": "Collected for the tests, in the same storage.",
        "STORAGES": "The folder of uploads.",
    }
)
# Where only an address or a folder may differ: what must be the same all the same.
SAME_INSIDE = {
    "CACHES": lambda value: value["default"]["BACKEND"],
    "DATABASES": lambda value: {
        name: value["default"].get(name)
        for name in ("ENGINE", "CONN_MAX_AGE", "CONN_HEALTH_CHECKS", "ATOMIC_REQUESTS", "PREPARES")
    },
    "LIMITS_STORAGE": lambda value: value.split("+")[0].split(":")[0],
    "STORAGES": lambda value: {name: each["BACKEND"] for name, each in value.items()},
}
READ = """
import importlib, json, sys
settings = importlib.import_module(sys.argv[1])
found = {name: getattr(settings, name) for name in dir(settings) if name.isupper()}
# Without the address in memory of what has no words of its own.
print(json.dumps(found, default=lambda value: str(value).split(" object at ")[0]))
"""


def read(name: str, **variables: str) -> dict:
    """The settings module ``name`` as a process of its own reads it."""
    done = subprocess.run(
        [sys.executable, "-c", READ, f"perfomix.settings.{name}"],
        env={"PATH": os.environ["PATH"], **variables},
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def production(tmp_path_factory) -> dict:
    return read("production", **COMPLETE, PERFOMIX_DATA_DIR=str(tmp_path_factory.mktemp("data")))


@pytest.fixture(params=["test", "dev"])
def other(request, production) -> tuple[dict, dict]:
    """(settings, what may be different in them with its reason)"""
    variables = {
        "DATABASE_URL": "postgresql://perfomix@elsewhere.internal/perfomix",
        "REDIS_URL": "redis://elsewhere.internal:6379/0",
        "PERFOMIX_DATA_DIR": production["DATA_DIR"],
    }
    return read(request.param, **variables), {"test": TEST, "dev": DEV}[request.param]


def test_what_differs_from_production_has_its_reason(production, other):
    settings, reasons = other
    missing = object()
    different = {
        name
        for name in production.keys() | settings.keys()
        if production.get(name, missing) != settings.get(name, missing)
    }

    assert sorted(different - reasons.keys()) == []
    assert sorted(reasons.keys() - different) == []


def test_of_what_differs_only_the_address_does(production, other):
    settings, _reasons = other

    for name, essence in SAME_INSIDE.items():
        assert essence(settings[name]) == essence(production[name]), name


def test_the_tests_run_with_these_settings(settings):
    """What a plugin of pytest changes is part of what the tests run on."""
    assert settings.SETTINGS_MODULE == "perfomix.settings.test"
    assert settings.DEBUG is False
    assert settings.STORAGES["staticfiles"]["BACKEND"] == "perfomix.sheets.StaticFiles"
