"""Whether this Wagtail is one that was tried, with every name that we bend."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.utils.module_loading import import_string
from wagtail import VERSION

from .listed import BENDS

# Versions the whole suite has passed on. A new one is added after `make next` passed.
TESTED_VERSIONS = ((8, 0),)


@register()
def bends_fit_this_wagtail(app_configs: Any, **kwargs: Any) -> Iterable[CheckMessage]:
    """The version is one that was tried, and every name is still there."""
    found: list[CheckMessage] = []
    if VERSION[:2] not in TESTED_VERSIONS and not settings.TRY_NEXT_WAGTAIL:
        version = ".".join(str(part) for part in VERSION[:2])
        found.append(
            Error(
                f"Nobody has tried our bends on Wagtail {version}.",
                hint="Run `make next`, read courses/wagtail_bends/listed.py beside it, and add "
                "the version to TESTED_VERSIONS.",
                id="courses.E004",
            )
        )
    return found + [
        Error(
            f"{bent.name} is gone from Wagtail: {bent.why}",
            hint="See whether the new Wagtail does it by itself; else bend the new name.",
            id="courses.E005",
        )
        for bent in BENDS
        if (bent.until is None or bent.until > VERSION) and not _exists(bent.name)
    ]


def _exists(name: str) -> bool:
    """Whether a dotted name, of something in a module or in a class of one, can be found."""
    path, _, last = name.rpartition(".")
    try:
        owner = import_string(path)
    except ImportError:
        try:
            import_string(name)
        except ImportError:
            return False
        return True
    return hasattr(owner, last)
