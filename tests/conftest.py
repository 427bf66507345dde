"""The ground every test stands on: database, people, catalogue, browser, services."""

import os
import shutil

# Playwright keeps an event loop in the main thread, where Django would refuse to query.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

import pytest
from django.conf import settings as django_settings
from django.test import TransactionTestCase
from django.utils import translation

pytest_plugins = [
    "tests.fixtures.browser",
    "tests.fixtures.demo",
    "tests.fixtures.logs",
    "tests.fixtures.pooling",
    "tests.fixtures.services",
    "tests.fixtures.serving",
    "tests.fixtures.stripe",
]


def pytest_collection_modifyitems(config, items):
    """What takes minutes and seldom changes is for the night: `make nightly`, or by its name."""
    named = any(".py" in argument for argument in config.args)
    if os.environ.get("NIGHTLY") or named:
        return
    night = [item for item in items if item.get_closest_marker("nightly")]
    config.hook.pytest_deselected(items=night)
    items[:] = [item for item in items if item not in set(night)]


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, django_db_modify_db_settings):
    """Clone the migrated template instead of migrating; see tests/database.py."""
    from tests import database  # Django must be set up first

    with django_db_blocker.unblock():
        database.create()
    TransactionTestCase._fixture_teardown = lambda self: database.restore()
    yield
    with django_db_blocker.unblock():
        database.drop()


@pytest.fixture(autouse=True)
def empty_cache(cache_server):
    """Rate limits, site roots and fragments of one test are not those of the next."""
    from courses.limits.trying import limiter  # Django must be set up first
    from tests.forgetting import forget_what_is_kept

    forget_what_is_kept()
    limiter(django_settings.LIMITS_STORAGE).storage.reset()


@pytest.fixture(autouse=True)
def usual_language():
    """The language of one test's last page is not that of the next."""
    translation.deactivate()


@pytest.fixture(scope="session", autouse=True)
def media():
    """Uploaded files of this run, removed with it."""
    yield
    shutil.rmtree(django_settings.MEDIA_ROOT, ignore_errors=True)


def _member_of_the_cast(first_name):
    @pytest.fixture(name=first_name)
    def member(db):
        from tests.people import person  # Django must be set up first

        return person(first_name)

    return member


ada = _member_of_the_cast("ada")
bruno = _member_of_the_cast("bruno")
cleo = _member_of_the_cast("cleo")
dana = _member_of_the_cast("dana")
mira = _member_of_the_cast("mira")
ivo = _member_of_the_cast("ivo")


@pytest.fixture
def catalogue(db):
    """The page under which courses stand, below the home page of the default site."""
    from tests.builders import the_catalogue  # Django must be set up first

    return the_catalogue()


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    """``with commit(): …`` runs what waits for the commit, as the end of a request would."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def pytest_terminal_summary(terminalreporter):
    ran = sum(len(terminalreporter.stats.get(kind, [])) for kind in ("passed", "failed", "error"))
    skipped = len(terminalreporter.stats.get("skipped", []))
    terminalreporter.write_line(f"Ran {ran} tests, skipped {skipped}.")
