"""What production demands of a value beyond its shape. Each refusal says what would do.

No refusal repeats a secret: it ends up in logs. Decision 0025 says why these and no more.
"""

import zlib
from collections.abc import Mapping, Sequence
from email.utils import getaddresses
from ipaddress import ip_address
from itertools import combinations
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import validate_email

# Names that are looked up within one network: of a host, a container, a cluster.
NEAR_NAMES = (".internal", ".local", ".localhost", ".home.arpa", ".svc", ".lan")
ENCRYPTED = {"require", "verify-ca", "verify-full"}
STRIPE_KEYS = ("sk_live_", "rk_live_", "sk_test_", "rk_test_")
KEY_LENGTH, KEY_WEIGHT = 50, 36


def is_near(host: str) -> bool:
    """Whether what is said to ``host`` stays on the machine or in a private network."""
    try:
        return ip_address(host).is_private
    except ValueError:
        return "." not in host or host.endswith(NEAR_NAMES)


# Secrets


def secret_keys(current: str, fallbacks: Sequence[str]) -> None:
    """A fallback signs nothing, but what it signed is believed: it must be as strong."""
    _check_key("SECRET_KEY", current)
    for number, key in enumerate(fallbacks, start=1):
        _check_key(f"SECRET_KEY_FALLBACKS, entry {number},", key)
    if any(one == other for one, other in combinations([current, *fallbacks], 2)):
        raise ImproperlyConfigured(
            "SECRET_KEY_FALLBACKS repeats a key. It holds earlier keys only, each once."
        )


def _check_key(name: str, key: str) -> None:
    # Repetitions and words are what compresses; a random key does not.
    weight = len(zlib.compress(key.encode(), 9))
    if len(key) < KEY_LENGTH or weight < KEY_WEIGHT or "insecure" in key:
        raise ImproperlyConfigured(
            f"{name} must be at least {KEY_LENGTH} random characters. Make one: "
            'python -c "import secrets; print(secrets.token_urlsafe(64))"'
        )


def stripe(key: str, webhook_secrets: Sequence[str], api_base: str) -> None:
    given = [key, *webhook_secrets]
    if any("stripesim" in value for value in given) or api_base != "https://api.stripe.com":
        raise ImproperlyConfigured(
            "The local Stripe is for development. Set STRIPE_SECRET_KEY and STRIPE_WEBHOOK_SECRET "
            "to those of your Stripe account and leave STRIPE_API_BASE out."
        )
    if not key.startswith(STRIPE_KEYS) or len(key) < 24:
        raise ImproperlyConfigured(
            "STRIPE_SECRET_KEY must be a secret or restricted key of your Stripe account: it "
            "starts with sk_live_ or rk_live_ (sk_test_ or rk_test_ to try without money)."
        )
    if not all(value.startswith("whsec_") and len(value) >= 24 for value in webhook_secrets):
        raise ImproperlyConfigured(
            "STRIPE_WEBHOOK_SECRET must be the signing secret of the endpoint at Stripe, which "
            "starts with whsec_; while it is being replaced, both, separated by a comma."
        )


# The site's own address


def address_of_the_site(base_url: str) -> str:
    """The host in ``BASE_URL``, which must be an origin and nothing more."""
    parts = urlsplit(base_url)
    host = parts.hostname or ""
    if not host or parts.path or parts.query or parts.fragment or "@" in parts.netloc:
        raise ImproperlyConfigured(
            "BASE_URL must be a scheme and a host, such as https://courses.example.org."
        )
    if host == "localhost" or _is_loopback(host):
        raise ImproperlyConfigured(
            "BASE_URL is an address of this machine, which nobody else can open. Links in mails "
            "and at Stripe are made from it."
        )
    return host


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def hosts(allowed: Sequence[str], own: str) -> None:
    if any(host.startswith((".", "*")) for host in allowed):
        raise ImproperlyConfigured(
            "ALLOWED_HOSTS must name each host: a wildcard lets strangers choose the host in "
            "links that we write."
        )
    if any(set(host) & set("/@ ") or "://" in host for host in allowed):
        raise ImproperlyConfigured("ALLOWED_HOSTS must hold hosts without scheme or path.")
    if own not in allowed:
        raise ImproperlyConfigured(f"ALLOWED_HOSTS must hold the host of BASE_URL, {own}.")


# Services


def database(settings: Mapping) -> None:
    """A socket is guarded by the system's users; over TCP anybody may knock, also from here."""
    host, options = settings["HOST"], settings["OPTIONS"]
    if not host or host.startswith("/"):
        return
    if not (settings["PASSWORD"] or options.keys() & {"passfile", "sslcert", "service"}):
        raise ImproperlyConfigured(
            "DATABASE_URL holds no password. Give the role one, "
            "postgresql://ROLE:PASSWORD@HOST/NAME, or connect by a socket: ?host=/FOLDER."
        )
    if not is_near(host) and options.get("sslmode") not in ENCRYPTED:
        raise ImproperlyConfigured(
            "DATABASE_URL leads out of the private network without TLS. End it with "
            "?sslmode=verify-full (or require, which does not prove who answers)."
        )


def redis(url: str) -> None:
    """Whoever may write into it may run code here: what the cache holds is unpickled.

    That goes for every program on the machine too, so there is no exception for loopback.
    """
    parts = urlsplit(url)
    if not parts.password:
        raise ImproperlyConfigured(
            "REDIS_URL holds no password. Set requirepass (or a user) in Redis and write "
            "redis://:PASSWORD@HOST:6379/0."
        )
    if not parts.hostname:
        raise ImproperlyConfigured("REDIS_URL names no host: redis://:PASSWORD@HOST:6379/0.")
    if parts.scheme == "redis" and not is_near(parts.hostname):
        raise ImproperlyConfigured(
            "REDIS_URL leads out of the private network without TLS. Begin it with rediss://."
        )
    if parts.query or parts.fragment:
        raise ImproperlyConfigured(
            "REDIS_URL must end with the number of the database. Options such as "
            "ssl_cert_reqs are not taken: certificates are always checked."
        )


def mail_server(*, host: str, user: str, password: str, starttls: bool, tls: bool) -> None:
    if starttls and tls:
        raise ImproperlyConfigured(
            "EMAIL_USE_TLS is STARTTLS (port 587), EMAIL_USE_SSL is TLS from the start (port "
            "465). Set one of them to false."
        )
    if bool(user) != bool(password):
        raise ImproperlyConfigured("Set EMAIL_HOST_USER and EMAIL_HOST_PASSWORD both, or neither.")
    if not (starttls or tls) and (password or not is_near(host)):
        raise ImproperlyConfigured(
            "Mails hold codes that sign people in, and would travel in the clear. Set "
            "EMAIL_USE_TLS to true; only a server near by that asks no password may do without."
        )


def sender(address: str) -> None:
    found = getaddresses([address])
    try:
        ((_name, bare),) = found
        validate_email(bare)
        readable = "." in bare.rpartition("@")[2] and address.isprintable()
    except (ValueError, ValidationError):
        readable = False
    if not readable:
        raise ImproperlyConfigured(
            "DEFAULT_FROM_EMAIL must be one address, such as Perfomix <hello@example.org>."
        )


def file_store(*, bucket: str, endpoint: str, access_key: str, secret_key: str) -> None:
    if not bucket and (endpoint or access_key or secret_key):
        raise ImproperlyConfigured(
            "S3_BUCKET is not set, and other variables of S3 are. Name the bucket, or leave "
            "them all out: then files stay on this machine."
        )
    if bool(access_key) != bool(secret_key):
        raise ImproperlyConfigured(
            "Set S3_ACCESS_KEY and S3_SECRET_KEY both, or neither (then the machine's own role "
            "is used)."
        )
    if endpoint.startswith("http://") and not is_near(urlsplit(endpoint).hostname or ""):
        raise ImproperlyConfigured(
            "S3_ENDPOINT leads out of the private network without TLS. Begin it with https://."
        )
