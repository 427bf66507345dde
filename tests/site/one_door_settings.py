"""Production's settings, with one door more than the site has."""

from perfomix.settings.production import *  # noqa: F403

ROOT_URLCONF = "tests.site.one_door"
