"""Production starts on services that were named for it, and on nothing less.

Settings are read once per process, so each test starts a Python of its own; one process
reads them many times over, with one thing changed each time.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
COMPLETE = {
    "SECRET_KEY": "a-secret-of-no-worth-but-long-enough-to-be-accepted-0123456789",
    "BASE_URL": "https://courses.example.org",
    "DATABASE_URL": "postgresql://perfomix:secret@db.internal:5432/perfomix",
    "REDIS_URL": "redis://cache.internal:6379/0",
    "EMAIL_HOST": "smtp.example.org",
    "DEFAULT_FROM_EMAIL": "Perfomix <hello@courses.example.org>",
    "STRIPE_SECRET_KEY": "sk_live_example",
    "STRIPE_WEBHOOK_SECRET": "whsec_example",
}
READ = """
import importlib, json, os, sys
from django.core.exceptions import ImproperlyConfigured
answers = []
for variables in json.load(sys.stdin):
    os.environ.clear(); os.environ.update(variables)
    for name in [n for n in sys.modules if n.startswith("perfomix")]:
        del sys.modules[name]
    try:
        settings = importlib.import_module("perfomix.settings.production")
        answers.append({name: repr(getattr(settings, name)) for name in dir(settings)
                        if name.isupper()} | {"": sorted(sys.modules)})
    except ImproperlyConfigured as error:
        answers.append(str(error))
print(json.dumps(answers))
"""


def read(*environments: dict) -> list:
    """For each environment: the settings as {name: repr}, or the sentence of the refusal."""
    base = {"PATH": os.environ["PATH"]}
    done = subprocess.run(
        [sys.executable, "-c", READ],
        input=json.dumps([base | environment for environment in environments]),
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def settings() -> dict:
    (answer,) = read(COMPLETE)
    assert isinstance(answer, dict), answer
    return answer


def test_a_complete_environment_starts(settings):
    assert settings["DEBUG"] == "False"
    assert settings["ALLOWED_HOSTS"] == "['courses.example.org']"


def test_embedded_services_are_not_even_imported(settings):
    assert not [name for name in settings[""] if name.startswith("perfomix.embedded")]


def test_the_mailbox_does_not_exist(settings):
    assert settings["MAILBOX_DIR"] == "None"
    assert "smtp" in settings["EMAIL_BACKEND"]


def test_cookies_travel_over_https_only(settings):
    for name in ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT"):
        assert settings[name] == "True"
    assert int(settings["SECURE_HSTS_SECONDS"]) >= 31_536_000


def test_each_missing_variable_is_named():
    environments = [{k: v for k, v in COMPLETE.items() if k != name} for name in COMPLETE]
    for name, answer in zip(COMPLETE, read(*environments), strict=True):
        assert answer == f"{name} is not set. Set {name} or {name}_FILE."


def test_what_is_good_enough_at_home_is_refused():
    wrong = [
        ({"SECRET_KEY": "only-for-tests"}, "SECRET_KEY must be at least 50 random characters."),
        ({"SECRET_KEY": "a" * 60}, "SECRET_KEY must be at least 50 random characters."),
        ({"BASE_URL": "http://courses.example.org"}, "BASE_URL is"),
        ({"REDIS_URL": "unix:///srv/redis.sock"}, "REDIS_URL is"),
        ({"STRIPE_SECRET_KEY": "sk_test_stripesim"}, "The local Stripe is for development."),
        ({"STRIPE_WEBHOOK_SECRET": "whsec_stripesim"}, "The local Stripe is for development."),
        ({"STRIPE_API_BASE": "http://127.0.0.1:8420"}, "The local Stripe is for development."),
        ({"DATABASE_URL": "sqlite:///db.sqlite3"}, "DATABASE_URL is"),
    ]
    answers = read(*[COMPLETE | change for change, _ in wrong])
    for (change, beginning), answer in zip(wrong, answers, strict=True):
        assert isinstance(answer, str), f"{change} was accepted"
        assert answer.startswith(beginning), answer


def test_debug_cannot_be_switched_on():
    (answer,) = read(COMPLETE | {"DEBUG": "1"})
    assert answer["DEBUG"] == "False"
