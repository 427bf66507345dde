"""Dates of the mirrored pseudo-language, as in English."""

from perfomix.formats.en.formats import *  # noqa: F403
