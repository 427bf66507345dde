"""The catalogues of marked texts, ``<app>/locale/<language>/LC_MESSAGES/django.{po,mo}``.

Read with Babel, which is pure Python, so that nothing has to be installed on a machine for it;
Django's own ``templatize`` turns a template into Python that Babel can read. ``en`` holds every
text with no translation: what a translator begins from, and the pseudo-languages too. A catalogue
names files without lines and carries no dates, so it changes only when a text does.

What we say instead of Wagtail stands in catalogues of its own, ``INSTEAD``: their English is
written by hand, under Wagtail's text, and kept (decision 0065).

To begin a language, add the folder ``<app>/locale/<language>/LC_MESSAGES`` with an empty
``django.po`` to each app, the like with ``django.po`` and ``djangojs.po`` to ``INSTEAD``, and write
the catalogues.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation import template

SOURCE = "en"
# What imports go down to comes first: courses knows none of the others.
APPS = ("courses", "learners", "storefront", "home")
SITE = "site"
# The first folder below templates/, and whose catalogue its texts go to; others are the site's:
# the frame of every page, the components, the pages of errors, the mailbox.
OWNER_OF_TEMPLATES = {
    "courses": "courses",
    "mail": "courses",  # as the outbox, whoever sends
    "learners": "learners",
    "account": "learners",
    "allauth": "learners",
    "storefront": "storefront",
    "modeladmin": "storefront",
    "home": "home",
}
INSTEAD = "site/languages/wagtail"
# Migrations are history; the demo is content; the local Stripe imports nothing, gettext neither.
UNREAD = ("migrations", "demo", "stripesim")
TEMPLATE_ENDINGS = {".html", ".txt"}

ONE, MANY, IN_CONTEXT, MANY_IN_CONTEXT = None, (1, 2), ((1, "c"), 2), ((1, "c"), 2, 3)
KEYWORDS = {
    "_": ONE,
    "gettext": ONE,
    "gettext_lazy": ONE,
    "gettext_noop": ONE,
    "ngettext": MANY,
    "ngettext_lazy": MANY,
    "pgettext": IN_CONTEXT,
    "pgettext_lazy": IN_CONTEXT,
    "npgettext": MANY_IN_CONTEXT,
    "npgettext_lazy": MANY_IN_CONTEXT,
}
HEADER = "# What people read in “{app}”. Written by “make messages”."
HEADER_INSTEAD = "# What we say instead of Wagtail. “make messages” sorts and compiles it."
NEEDED_HEADERS = {
    "Language",
    "Plural-Forms",
    "MIME-Version",
    "Content-Type",
    "Content-Transfer-Encoding",
}


class Catalogue(Catalog):
    """Babel's, with the headers that gettext needs; the others would differ each time."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        headers = super().mime_headers
        return [(name, value) for name, value in headers if name in NEEDED_HEADERS]


def outdated(root: Path) -> list[Path]:
    """The catalogues that are not what ``write`` would make of the texts below ``root``."""
    return [
        path for path, content in _wanted(root) if not path.exists() or path.read_bytes() != content
    ]


def write(root: Path) -> list[Path]:
    """Bring every catalogue up to date; the files that changed."""
    changed = []
    for path, content in _wanted(root):
        if path.exists() and path.read_bytes() == content:
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        changed.append(path)
    return changed


def owner(path: Path) -> str:
    """The app to whose catalogue the texts of a file go; ``path`` begins at the root."""
    if path.parts[0] == "templates":
        return OWNER_OF_TEMPLATES.get(path.parts[1], SITE)
    return path.parts[0]


def _wanted(root: Path) -> Iterator[tuple[Path, bytes]]:
    for app, texts in _texts(root).items():
        folder = root / app / "locale"
        found = {path.parent.parent.name for path in folder.glob("*/LC_MESSAGES/django.po")}
        for language in sorted({SOURCE, *found}):
            path = folder / language / "LC_MESSAGES" / "django.po"
            catalogue = _catalogue(app, language, path)
            if language == SOURCE:
                catalogue.update(texts, no_fuzzy_matching=True)
            else:
                catalogue.update(texts)
            yield path, _as_po(catalogue)
            yield path.with_suffix(".mo"), _as_mo(catalogue)
    yield from _instead(root / INSTEAD)


def _instead(folder: Path) -> Iterator[tuple[Path, bytes]]:
    for source in sorted(folder.glob(f"{SOURCE}/LC_MESSAGES/*.po")):
        texts = Catalogue()
        for message in _known(SOURCE, source):
            if message.id:
                ours = f"Ours in English: {message.string}"
                texts.add(message.id, auto_comments=[ours], context=message.context)
        for path in sorted(folder.glob(f"*/LC_MESSAGES/{source.name}")):
            language = path.parent.parent.name
            empty = Catalogue(locale=language, header_comment=HEADER_INSTEAD, fuzzy=False)
            catalogue = _filled(empty, path)
            if language != SOURCE:
                catalogue.update(texts)
            yield path, _as_po(catalogue)
            yield path.with_suffix(".mo"), _as_mo(catalogue)


def _texts(root: Path) -> dict[str, Catalogue]:
    """Every marked text, by app."""
    found = {app: Catalogue() for app in (*APPS, SITE)}
    for path in _files(root):
        catalogue = found[owner(path)]
        for _, message, comments, context in _marked(root / path):
            place = [(path.as_posix(), 1)]
            catalogue.add(message, locations=place, auto_comments=comments, context=context)
    return found


def _files(root: Path) -> Iterator[Path]:
    """What may hold a text, from the root on, in an order that does not change."""
    for app in (*APPS, SITE):
        yield from _below(root, app, {".py"})
    yield from _below(root, "templates", TEMPLATE_ENDINGS)


def _below(root: Path, folder: str, endings: set[str]) -> Iterator[Path]:
    for path in sorted((root / folder).rglob("*")):
        if path.suffix in endings and not set(UNREAD) & set(path.parts):
            yield path.relative_to(root)


def _marked(path: Path) -> Iterator[tuple]:
    source = path.read_bytes() if path.suffix == ".py" else _as_python(path)
    return extract("python", BytesIO(source), keywords=KEYWORDS, comment_tags=["Translators"])


def _as_python(path: Path) -> bytes:
    """A template as calls of gettext between words that mean nothing."""
    source = template.templatize(path.read_text(), origin=str(path))
    # Indentation is a template's own affair, and would be an error in Python.
    return re.sub(r"^\s+", "", source, flags=re.MULTILINE).encode()


def _catalogue(app: str, language: str, path: Path) -> Catalogue:
    """What a catalogue says until now. The source is made anew: nothing is written into it."""
    header = HEADER.format(app=app)
    catalogue = Catalogue(locale=language, header_comment=header, fuzzy=False)
    if language == SOURCE or not path.exists():
        return catalogue
    return _filled(catalogue, path)


def _filled(catalogue: Catalogue, path: Path) -> Catalogue:
    """With what ``path`` says."""
    known = _known(str(catalogue.locale), path)
    for message in known:
        if message.id:
            catalogue[message.id] = message
    catalogue.obsolete = known.obsolete
    return catalogue


def _known(language: str, path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def _as_po(catalogue: Catalogue) -> bytes:
    file = BytesIO()
    write_po(file, catalogue, width=0, sort_output=True, include_lineno=False)
    return file.getvalue()


def _as_mo(catalogue: Catalogue) -> bytes:
    file = BytesIO()
    write_mo(file, catalogue)
    return file.getvalue()
