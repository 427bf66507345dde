"""One style sheet for each kind of page, joined from the small sheets of the rooms.

A sheet in ``static/css/sheets/`` names its parts by ``@import``, in the order of the cascade.
Browsers understand that as it stands, one request after the other; where static files are
collected, each import gives way to what it names, and the page waits for one file.
"""

import posixpath
import re
from collections.abc import Callable, Iterator
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

FOLDER = "css/sheets/"
# Strings are matched to be passed over: what stands in them is no comment.
COMMENT = re.compile(r"""("(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')|/\*.*?\*/""", re.DOTALL)
IMPORT = re.compile(r"""@import\s+url\(\s*["']([^"')]+)["']\s*\)\s*;""")
ADDRESS = re.compile(r"""url\(\s*(["']?)([^"')]+)\1\s*\)""")
ELSEWHERE = re.compile(r"[a-z]+:|/|#", re.IGNORECASE)

Read = Callable[[str], str]


def joined(sheet: str, read: Read) -> str:
    """What ``sheet`` imports, in its order, without comments; ``read`` gives a file's text."""
    return "\n".join(_lines(sheet, read, into=posixpath.dirname(sheet)))


def _lines(name: str, read: Read, *, into: str) -> Iterator[str]:
    here = posixpath.dirname(name)
    css = COMMENT.sub(lambda found: found[1] or "", read(name))
    # Every second of these is the address of an import.
    for at, text in enumerate(IMPORT.split(css)):
        if at % 2:
            yield from _lines(posixpath.normpath(posixpath.join(here, text)), read, into=into)
        elif "@import" in text:
            raise ValueError(f'{name}: an import must read @import url("…"); and nothing else.')
        else:
            moved = ADDRESS.sub(lambda found: _moved(found, here, into), text)
            yield from filter(None, map(str.strip, moved.splitlines()))


def _moved(found: re.Match[str], here: str, into: str) -> str:
    """The same file, named from the folder of the joined sheet."""
    mark, address = found.groups()
    if ELSEWHERE.match(address):
        return found[0]
    target = posixpath.relpath(posixpath.join(here, address), into)
    return f"url({mark}{target}{mark})"


class JoinsSheets(ManifestStaticFilesStorage):
    """Collects the sheets joined, before their names get a digest of what is in them."""

    # Modules name each other as they are collected, so that they may be kept for ever too.
    support_js_module_import_aggregation = True

    def post_process(
        self, paths: dict[str, Any], dry_run: bool = False, **options: Any
    ) -> Iterator[tuple[str, str | None, Any]]:
        def read(name: str) -> str:
            storage, path = paths[name]
            with storage.open(path) as file:
                return str(file.read().decode())

        made = InMemoryStorage()
        sheets = {
            name: (made, made.save(name, ContentFile(joined(name, read))))
            for name in paths
            if name.startswith(FOLDER) and name.endswith(".css")
        }
        yield from super().post_process({**paths, **sheets}, dry_run, **options)


class StaticFiles(JoinsSheets, CompressedManifestStaticFilesStorage):
    """As production serves them: joined, hashed, compressed.

    Every page names a dozen files. Their addresses are put together once in a process: what was
    collected does not change while it runs. As many are remembered as templates name.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        self._addresses: dict[tuple[str | None, str, bool], str] = {}
        super().__init__(*args, **options)

    def url(self, name: str, force: bool = False) -> str:
        if settings.DEBUG:  # files as they were written, which may change
            return super().url(name, force)
        key = (self.base_url, name, force)
        address = self._addresses.get(key)
        if address is None:
            address = self._addresses[key] = super().url(name, force)
        return address
