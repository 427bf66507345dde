"""Production's settings, with one door more than the site has."""

import os

from perfomix.settings.production import *  # noqa: F403

ROOT_URLCONF = "tests.site.one_door"
# Collected for the tests: what this machine has collected for itself is not theirs to lean on.
STATIC_ROOT = os.environ["STATIC_ROOT_OF_TESTS"]
