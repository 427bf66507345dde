"""Find the files a course refers to, under all the names Open edX gives them."""

import re
import unicodedata
from base64 import b64decode
from hashlib import sha256
from urllib.parse import SplitResult, unquote, urlsplit

import filetype

from courses.exchange.archive import Archive, UnreadableEntry
from courses.exchange.media import IMAGE_SUFFIXES
from courses.exchange.words import load_json
from courses.exchange.xml import MAX_TEXT

_ASSET_ADDRESS = re.compile(r"^/?(?:asset-v1:[^/]*block@|c4x/[^/]+/[^/]+/asset/|static/)(.+)$")


class Assets:
    """The entries below `static/`, looked up by what a course writes in `src` and `href`.

    Open edX replaces what it dislikes in a file name by underscores, in the text but not in the
    export, and addresses one file as `/static/a_b.png`, `/asset-v1:…block@a_b.png` or
    `/c4x/Org/Course/asset/a_b.png`.
    """

    def __init__(self, archive: Archive, root: str) -> None:
        self._archive = archive
        self._entries: dict[str, str] = {}
        self._folded: dict[str, str] = {}  # for addresses that mistake the case
        prefix = self._prefix = f"{root}static/"
        for entry in archive.names:
            if entry.startswith(prefix):
                self._learn(entry.removeprefix(prefix), entry)
        self._learn_aliases(f"{root}policies/assets.json")

    def find(self, address: str | None) -> str | None:
        """The archive entry behind an address or a bare file name, or None."""
        if not address:
            return None
        path = unquote(_split(address).path if "/" in address else address)
        match = _ASSET_ADDRESS.match(path)
        return self._named(match[1] if match else path.lstrip("/"))

    def is_asset_address(self, address: str) -> bool:
        """Whether the address can only mean a file of the course."""
        parts = _split(address)
        if parts.netloc and "/c4x/" not in parts.path and "asset-v1:" not in parts.path:
            return False
        return bool(_ASSET_ADDRESS.match(unquote(parts.path)))

    def written_out(self, address: str) -> str | None:
        """The entry made of a picture that is written into its address (data:…), or None."""
        head, _comma, body = address.partition(",")
        if not head.lower().endswith(";base64"):
            return None
        try:
            data = b64decode("".join(unquote(body).split()), validate=True)
        except ValueError:
            return None
        kind = filetype.guess_extension(data[:8192])
        if f".{kind}" not in IMAGE_SUFFIXES:
            return None
        entry = f"{self._prefix}written/picture-{sha256(data).hexdigest()[:12]}.{kind}"
        if entry not in self._archive:
            self._archive.hold(entry, data)
        return entry

    def _learn(self, name: str, entry: str) -> None:
        self._entries.setdefault(_plain(name), entry)
        self._folded.setdefault(_plain(name).casefold(), entry)

    def _named(self, name: str) -> str | None:
        plain = _plain(name)
        return self._entries.get(plain) or self._folded.get(plain.casefold())

    def _learn_aliases(self, policy: str) -> None:
        if policy not in self._archive:
            return
        try:
            listed = load_json(self._archive.read(policy, limit=MAX_TEXT))
        except UnreadableEntry:
            return  # whatever only it names is told where it is missed
        for key, asset in listed.items() if isinstance(listed, dict) else ():
            shown = asset.get("displayname") if isinstance(asset, dict) else None
            entry = self._named(str(shown)) or self._named(key)
            if entry:
                self._learn(key, entry)


def _split(address: str) -> SplitResult:
    try:
        return urlsplit(address)
    except ValueError:  # an unclosed bracket where the host would be
        return urlsplit("")


def _plain(name: str) -> str:
    name = unicodedata.normalize("NFC", name)
    return re.sub(r"_+", "_", re.sub(r"[^\w.%-]", "_", name))
