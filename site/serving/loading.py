"""Loads the site before the workers are forked, so that they share what it takes in memory."""

import gc
import threading
from itertools import product

from granian._internal import load_target

# Of what people meet first: each worker would read them with its first pages.
FOLDERS = ("components", "home", "storefront", "learners")
TEMPLATES = ("*.html", *(f"{folder}/**/*.html" for folder in FOLDERS))


class NotAlone(Exception):
    """A thread runs that no worker would have."""


def load_once(target: str) -> None:
    """Import ``module:application``, and what addresses and pages need. Raises NotAlone."""
    # All of it stays: the collector would look through it again and again, and later write to
    # pages of memory that are shared as long as nobody writes to them.
    gc.disable()
    load_target(target)
    _load_addresses()
    _load_pages()
    if threading.active_count() > 1:
        raise NotAlone(", ".join(thread.name for thread in threading.enumerate()))
    gc.collect()
    gc.freeze()
    gc.enable()


def _load_addresses() -> None:
    # Django can be imported once the target has named its settings.
    from django.urls import get_resolver

    get_resolver().reverse_dict  # noqa: B018 (reads every pattern)


def _load_pages() -> None:
    from django.conf import settings
    from django.template.loader import get_template

    from courses.words.direction import direction_of

    direction_of(settings.LANGUAGE_CODE)  # Unicode's facts of a language are a large file
    roots = [folder for engine in settings.TEMPLATES for folder in engine["DIRS"]]
    for root, pattern in product(roots, TEMPLATES):
        for path in sorted(root.glob(pattern)):
            get_template(path.relative_to(root).as_posix())
