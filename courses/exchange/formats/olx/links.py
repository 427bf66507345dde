"""Decide what an address written in Open edX can mean here."""

import re
from collections.abc import Mapping
from urllib.parse import unquote, urlsplit

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from courses.blocks.hosted_videos import YOUTUBE, find_video
from courses.exchange.neutral import PLACE, Attachment, Clip

from .assets import Assets

LOST_LINK = _("links that only lead somewhere inside Open edX were taken off their words")
ODD_LINK = _("links with an address that cannot be kept here were taken off their words")
PERSONAL_LINK = _("links that carried the learner's Open edX identity were taken off their words")
LOST_FILE = _("links to files that are not in the archive were taken off their words")

_LEADS_OUT = re.compile(r"[a-zA-Z][\w+.-]*:|//")
VARIABLE = re.compile(r"%%[A-Z_]+%%")
_JUMP = re.compile(r"(?:^|/)jump_to(?:_id)?/(?:[^/]*[@/])?([^/@?#]+)/?(?:[?#].*)?$")


class Links:
    """Resolves addresses against one course: its places and its files."""

    def __init__(self, places: Mapping[str, str], assets: Assets) -> None:
        self.places = places  # url_names that lead to a lesson
        self.assets = assets

    def resolve(self, href: str | None) -> tuple[str | None, Attachment | None, Promise | None]:
        """(address, attachment, reason): an href to keep or None, a file the link brings along,
        and why the link was dropped, if it was."""
        href = (href or "").strip()
        if VARIABLE.search(href):
            return None, None, PERSONAL_LINK
        if not href or href.startswith("#"):
            return None, None, None
        if jump := _JUMP.search(unquote(href)):
            if jump[1] in self.places:
                return f"{PLACE}{jump[1]}", None, None
            return None, None, LOST_LINK
        if self.assets.is_asset_address(href):
            entry = self.assets.find(href)
            if entry:
                return None, Attachment(entry, ""), None
            if not urlsplit(href).netloc:
                return None, None, LOST_FILE
        if address := web_address(href):
            return address, None, None
        return None, None, ODD_LINK if _LEADS_OUT.match(href) else LOST_LINK


def web_address(href: str) -> str | None:
    """An address that is safe to keep (http, https, mailto, tel), or None."""
    if href.startswith("//"):
        href = "https:" + href
    if len(href) > 2000 or re.search(r"[\s\"'<>\\]", href):
        return None
    try:
        parts = urlsplit(href)
        host = parts.hostname
    except ValueError:
        return None
    if parts.scheme in ("http", "https") and host and not parts.username:
        return href
    if parts.scheme in ("mailto", "tel") and parts.path:
        return href
    return None


def hosted_clip(address: str, title: str) -> Clip | None:
    """A Clip of the video that the address plays at YouTube or Vimeo, or None."""
    video = find_video("https:" + address if address.startswith("//") else address)
    if video is None:
        return None
    if video.provider == YOUTUBE:
        return Clip(title, youtube=video.identity, start=video.start)
    return Clip(title, vimeo=video.identity, key=video.key, start=video.start)
