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
    "REDIS_URL": "redis://:secret@cache.internal:6379/0",
    "EMAIL_HOST": "smtp.example.org",
    "DEFAULT_FROM_EMAIL": "Perfomix <hello@courses.example.org>",
    "STRIPE_SECRET_KEY": "sk_live_an_example_of_a_key",
    "STRIPE_WEBHOOK_SECRET": "whsec_an_example_of_a_secret",
    "PROXY_COUNT": "1",
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


LONG = "whsec_another_example_of_a_secret"
KEY = COMPLETE["SECRET_KEY"]
WEAK = "must be at least 50 random characters. Make one: python -c"
AT_HOME = "The local Stripe is for development."
S3 = {"S3_BUCKET": "files", "S3_ACCESS_KEY": "key", "S3_SECRET_KEY": "secret"}
FAR = "postgresql://perfomix:secret@db.example.org/perfomix"
REFUSED = [
    ({"SECRET_KEY": "only-for-tests"}, f"SECRET_KEY {WEAK}"),
    ({"SECRET_KEY": "a" * 60}, f"SECRET_KEY {WEAK}"),
    ({"SECRET_KEY": "abcdefghijklmnop" * 4}, f"SECRET_KEY {WEAK}"),
    ({"SECRET_KEY": "abcde" * 13 + "z"}, f"SECRET_KEY {WEAK}"),
    ({"SECRET_KEY": f"django-insecure-{KEY}"}, f"SECRET_KEY {WEAK}"),
    ({"SECRET_KEY_FALLBACKS": "short"}, f"SECRET_KEY_FALLBACKS, entry 1, {WEAK}"),
    ({"SECRET_KEY_FALLBACKS": f"{KEY}old,short"}, f"SECRET_KEY_FALLBACKS, entry 2, {WEAK}"),
    ({"SECRET_KEY_FALLBACKS": KEY}, "SECRET_KEY_FALLBACKS repeats a key."),
    ({"SECRET_KEY_FALLBACKS": f"{KEY}old,,{KEY}older"}, "SECRET_KEY_FALLBACKS has an empty"),
    ({"SECRET_KEY_FALLBACKS": f"{KEY}old,"}, "SECRET_KEY_FALLBACKS has an empty"),
    ({"SECRET_KEY_FALLBACKS": f"{KEY}old,{KEY}old"}, "SECRET_KEY_FALLBACKS has an empty"),
    ({"BASE_URL": "http://courses.example.org"}, "BASE_URL is http:; it must be an address"),
    ({"BASE_URL": "https://courses.example.org/shop"}, "BASE_URL must be a scheme and a host"),
    ({"BASE_URL": "https://me@courses.example.org"}, "BASE_URL must be a scheme and a host"),
    ({"BASE_URL": "https://courses.example.org?a=1"}, "BASE_URL must be a scheme and a host"),
    ({"BASE_URL": "https://localhost:8000"}, "BASE_URL is an address of this machine"),
    ({"BASE_URL": "https://127.0.0.2"}, "BASE_URL is an address of this machine"),
    ({"BASE_URL": "https://[::1]"}, "BASE_URL is an address of this machine"),
    ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS must name each host"),
    ({"ALLOWED_HOSTS": "courses.example.org,*"}, "ALLOWED_HOSTS must name each host"),
    ({"ALLOWED_HOSTS": ".example.org"}, "ALLOWED_HOSTS must name each host"),
    ({"ALLOWED_HOSTS": "https://courses.example.org"}, "ALLOWED_HOSTS must hold hosts without"),
    ({"ALLOWED_HOSTS": "www.example.org"}, "ALLOWED_HOSTS must hold the host of BASE_URL, courses"),
    ({"DATABASE_URL": "sqlite:///db.sqlite3"}, "DATABASE_URL is sqlite:; it must be an address"),
    (
        {"DATABASE_URL": "postgresql://perfomix@127.0.0.1/perfomix"},
        "DATABASE_URL holds no password",
    ),
    ({"DATABASE_URL": "postgresql://perfomix:@db.internal/x"}, "DATABASE_URL holds no password"),
    ({"DATABASE_URL": FAR}, "DATABASE_URL leads out of the private network without TLS."),
    ({"DATABASE_URL": f"{FAR}?sslmode=prefer"}, "DATABASE_URL leads out of the private network"),
    ({"DATABASE_URL": "postgresql://perfomix:a/b@db.internal/x"}, "DATABASE_URL is not readable."),
    ({"REDIS_URL": "unix:///srv/redis.sock"}, "REDIS_URL is unix:; it must be an address"),
    ({"REDIS_URL": "redis://cache.internal:6379/0"}, "REDIS_URL holds no password."),
    ({"REDIS_URL": "redis://127.0.0.1:6379/0"}, "REDIS_URL holds no password."),
    ({"REDIS_URL": "redis://user@cache.internal/0"}, "REDIS_URL holds no password."),
    ({"REDIS_URL": "redis://:@cache.internal/0"}, "REDIS_URL holds no password."),
    ({"REDIS_URL": "rediss://cache.example.org:6380/0"}, "REDIS_URL holds no password."),
    ({"REDIS_URL": "redis://:secret@cache.example.org/0"}, "REDIS_URL leads out of the private"),
    ({"REDIS_URL": "redis://:secret@203.0.114.9/0"}, "REDIS_URL leads out of the private"),
    ({"REDIS_URL": "redis://:secret@/0"}, "REDIS_URL names no host"),
    (
        {"REDIS_URL": "rediss://:secret@cache.example.org/0?ssl_cert_reqs=none"},
        "REDIS_URL must end with the number of the database.",
    ),
    ({"PROXY_COUNT": "-1"}, "PROXY_COUNT is -1; it must lie from 0 to 10."),
    ({"PROXY_COUNT": "one"}, "PROXY_COUNT is 'one'; it must be a whole number."),
    ({"EMAIL_USE_TLS": "no"}, "Mails hold codes that sign people in"),
    (
        {
            "EMAIL_HOST": "localhost",
            "EMAIL_USE_TLS": "no",
            "EMAIL_HOST_USER": "me",
            "EMAIL_HOST_PASSWORD": "secret",
        },
        "Mails hold codes that sign people in",
    ),
    ({"EMAIL_USE_TLS": "yes", "EMAIL_PORT": "465"}, "EMAIL_USE_TLS is STARTTLS (port 587)"),
    ({"EMAIL_HOST_USER": "me"}, "Set EMAIL_HOST_USER and EMAIL_HOST_PASSWORD both"),
    ({"EMAIL_HOST_PASSWORD": "secret"}, "Set EMAIL_HOST_USER and EMAIL_HOST_PASSWORD both"),
    ({"DEFAULT_FROM_EMAIL": "Perfomix"}, "DEFAULT_FROM_EMAIL must be one address"),
    ({"DEFAULT_FROM_EMAIL": "webmaster@localhost"}, "DEFAULT_FROM_EMAIL must be one address"),
    ({"DEFAULT_FROM_EMAIL": "a@example.org, b@example.org"}, "DEFAULT_FROM_EMAIL must be one"),
    ({"DEFAULT_FROM_EMAIL": "a@example.org\nBcc: b@example.org"}, "DEFAULT_FROM_EMAIL must be one"),
    ({"STRIPE_SECRET_KEY": "sk_test_stripesim"}, AT_HOME),
    ({"STRIPE_WEBHOOK_SECRET": "whsec_stripesim"}, AT_HOME),
    ({"STRIPE_WEBHOOK_SECRET": f"{LONG},whsec_stripesim"}, AT_HOME),
    ({"STRIPE_API_BASE": "http://127.0.0.1:8420"}, AT_HOME),
    ({"STRIPE_SECRET_KEY": "pk_live_a_key_that_is_public"}, "STRIPE_SECRET_KEY must be a secret"),
    ({"STRIPE_SECRET_KEY": "sk_live_"}, "STRIPE_SECRET_KEY must be a secret"),
    ({"STRIPE_WEBHOOK_SECRET": "a_secret_of_another_kind"}, "STRIPE_WEBHOOK_SECRET must be the"),
    ({"STRIPE_WEBHOOK_SECRET": "whsec_"}, "STRIPE_WEBHOOK_SECRET must be the signing secret"),
    ({"STRIPE_WEBHOOK_SECRET": f"{LONG},whsec_"}, "STRIPE_WEBHOOK_SECRET must be the signing"),
    ({"STRIPE_WEBHOOK_SECRET": f"{LONG},"}, "STRIPE_WEBHOOK_SECRET has an empty or a repeated"),
    ({"STRIPE_WEBHOOK_SECRET": f"{LONG},{LONG}"}, "STRIPE_WEBHOOK_SECRET has an empty or a"),
    ({"S3_ENDPOINT": "https://s3.example.org"}, "S3_BUCKET is not set, and other variables"),
    ({"S3_BUCKET": "files", "S3_ACCESS_KEY": "key"}, "Set S3_ACCESS_KEY and S3_SECRET_KEY both"),
    (S3 | {"S3_ENDPOINT": "http://s3.example.org"}, "S3_ENDPOINT leads out of the private"),
    (S3 | {"S3_ENDPOINT": "s3.example.org"}, "S3_ENDPOINT is no address; it must be an address"),
    ({"SECURE_SSL_REDIRECT": "maybe"}, "SECURE_SSL_REDIRECT is 'maybe'; it must be true or false."),
]


def test_what_is_good_enough_at_home_is_refused():
    answers = read(*[COMPLETE | change for change, _ in REFUSED])

    for (change, beginning), answer in zip(REFUSED, answers, strict=True):
        assert isinstance(answer, str), f"{change} was accepted"
        assert answer.startswith(beginning), answer


def test_no_refusal_repeats_a_secret():
    secret = "Tr0ub4dor"
    changes = [
        {"SECRET_KEY": secret},
        {"SECRET_KEY_FALLBACKS": secret},
        {"DATABASE_URL": f"mysql://perfomix:{secret}@db.internal/x"},
        {"DATABASE_URL": f"postgresql://perfomix:{secret}/1@db.internal/x"},
        {"DATABASE_URL": f"postgresql://perfomix:{secret}@db.example.org/x"},
        {"REDIS_URL": f"http://:{secret}@cache.internal"},
        {"REDIS_URL": f"redis://:{secret}#1@cache.internal"},
        {"REDIS_URL": f"redis://:{secret}@[cache.internal/0"},
        {"STRIPE_SECRET_KEY": secret},
        {"STRIPE_WEBHOOK_SECRET": secret},
        {"EMAIL_HOST_PASSWORD": secret},
        {"S3_SECRET_KEY": secret},
    ]

    for change, answer in zip(
        changes, read(*[COMPLETE | change for change in changes]), strict=True
    ):
        assert isinstance(answer, str), f"{change} was accepted"
        assert secret not in answer


def test_what_is_safe_is_taken():
    old = f"{KEY}old"
    good = [
        ({"SECRET_KEY_FALLBACKS": old}, "SECRET_KEY_FALLBACKS", repr([old])),
        (
            {"SECRET_KEY": "0123456789abcdef1032547698badcfe02468ace13579bdf0369cf"},
            "DEBUG",
            "False",
        ),
        ({"ALLOWED_HOSTS": "www.example.org,courses.example.org"}, "DEBUG", "False"),
        (
            {"DATABASE_URL": "postgresql://perfomix@/perfomix?host=/run/postgresql"},
            "DEBUG",
            "False",
        ),
        ({"DATABASE_URL": f"{FAR}?sslmode=verify-full"}, "DEBUG", "False"),
        ({"DATABASE_URL": "postgresql://perfomix:secret@postgres/perfomix"}, "DEBUG", "False"),
        ({"REDIS_URL": "redis://:secret@redis/0"}, "DEBUG", "False"),
        ({"REDIS_URL": "redis://:secret@127.0.0.1/0"}, "DEBUG", "False"),
        (
            {"REDIS_URL": "rediss://:secret@cache.example.org:6380/0"},
            "CELERY_BROKER_USE_SSL",
            "{'ssl_cert_reqs': <VerifyMode.CERT_REQUIRED: 2>}",
        ),
        ({"PROXY_COUNT": "0"}, "PROXY_COUNT", "0"),
        ({"EMAIL_PORT": "465"}, "EMAIL_USE_SSL", "True"),
        ({"EMAIL_HOST": "localhost", "EMAIL_USE_TLS": "no"}, "EMAIL_USE_TLS", "False"),
        ({"STRIPE_SECRET_KEY": "rk_test_an_example_of_a_key"}, "PAYMENTS_ARE_TESTS", "True"),
        (
            {"STRIPE_WEBHOOK_SECRET": f"{LONG}, {COMPLETE['STRIPE_WEBHOOK_SECRET']}"},
            "STRIPE_WEBHOOK_SECRETS",
            repr([LONG, COMPLETE["STRIPE_WEBHOOK_SECRET"]]),
        ),
        (S3 | {"S3_ENDPOINT": "http://minio:9000"}, "DEBUG", "False"),
        ({"S3_BUCKET": "files"}, "DEBUG", "False"),
    ]

    for (change, name, value), answer in zip(
        good, read(*[COMPLETE | change for change, _, _ in good]), strict=True
    ):
        assert isinstance(answer, dict), f"{change}: {answer}"
        assert answer[name] == value


def test_earlier_secrets_may_be_mounted_as_a_file(tmp_path):
    mounted = tmp_path / "fallbacks"
    mounted.write_text(f"{KEY}old\n{KEY}older\n")
    rest = {name: value for name, value in COMPLETE.items() if name != "SECRET_KEY_FALLBACKS"}

    (answer,) = read(rest | {"SECRET_KEY_FALLBACKS_FILE": str(mounted)})

    assert answer["SECRET_KEY_FALLBACKS"] == repr([f"{KEY}old", f"{KEY}older"])


def test_no_header_is_believed_by_django_itself(settings):
    """``perfomix.proxies`` alone knows how many proxies there are."""
    assert settings["MIDDLEWARE"].startswith("['perfomix.proxies.VisitorsAsProxiesSay', ")
    assert "SECURE_PROXY_SSL_HEADER" not in settings
    assert "USE_X_FORWARDED_HOST" not in settings
    assert "USE_X_FORWARDED_PORT" not in settings
    assert settings["ALLAUTH_TRUSTED_PROXY_COUNT"] == "0"


@pytest.mark.parametrize(
    ("key", "said"),
    [
        (COMPLETE["STRIPE_SECRET_KEY"], "System check identified no issues (1 silenced)."),
        ("sk_test_an_example_of_a_key", "storefront.W001"),
    ],
)
def test_djangos_checks_for_the_open_internet_find_test_payments_and_nothing_else(key, said):
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy"],
        env={
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "perfomix.settings.production",
            **COMPLETE,
            "STRIPE_SECRET_KEY": key,
        },
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )

    output = done.stdout + done.stderr
    assert said in output
    assert output.count("W0") == said.count("W0")


def test_debug_cannot_be_switched_on():
    (answer,) = read(COMPLETE | {"DEBUG": "1"})
    assert answer["DEBUG"] == "False"
