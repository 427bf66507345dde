"""What kind of a submission somebody is about to read, in a few words."""

from typing import Protocol

from django.utils.translation import pgettext


class Submitted(Protocol):
    """A release of ``selectors.with_standing``."""

    is_update: bool
    comes_back: bool


def kind_of_submission(release: Submitted) -> str:
    """Amid other facts, so it begins small."""
    if release.is_update and release.comes_back:
        return pgettext("submission", "update of a released course, back after changes were asked")
    if release.is_update:
        return pgettext("submission", "update of a released course")
    if release.comes_back:
        return pgettext("submission", "new course, back after changes were asked")
    return pgettext("submission", "new course")
