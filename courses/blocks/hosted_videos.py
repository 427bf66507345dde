"""Which video of YouTube or Vimeo an address means; the one place that reads such addresses.

Only forms that the two give themselves are read, and only where they name one video. The frame's
address is built from the parts that were read, so nothing anybody types is ever its source.
Whatever else an address is, a channel, a playlist, a search, a host that looks alike, is refused
in words that say what to paste: a wrong guess would show learners somebody else's video.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qs, urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

YOUTUBE, VIMEO = "youtube", "vimeo"

_YOUTUBE_HOSTS = {
    "youtube.com",
    "www.youtube.com",
    "m.youtube.com",
    "music.youtube.com",
    "youtube-nocookie.com",
    "www.youtube-nocookie.com",
}
_SHORT_HOSTS = {"youtu.be", "www.youtu.be"}
_VIMEO_HOSTS = {"vimeo.com", "www.vimeo.com"}
_VIMEO_PLAYER = "player.vimeo.com"

_YOUTUBE_ID = re.compile(r"[A-Za-z0-9_-]{11}")
_YOUTUBE_ROOMS = {"embed", "shorts", "live", "v", "e"}
# They stand where an id stands, are as long, and play whatever a channel shows just now.
_NO_IDS = {"videoseries", "live_stream"}

_VIMEO_ID = re.compile(r"[1-9][0-9]{5,11}")
# What opens an unlisted video; ten digits of a hexadecimal number today.
_VIMEO_KEY = re.compile(r"[0-9a-f]{8,40}")
# The path of a video at Vimeo, step for step: an id and a key where they stand, None for a name.
_ID, _KEY, _NAME = "id", "key", None
_VIMEO_PATHS: tuple[tuple[str | None, ...], ...] = (
    (_ID,),
    (_ID, _KEY),
    ("video", _ID),
    ("channels", _NAME, _ID),
    ("groups", _NAME, "videos", _ID),
    ("album", _NAME, "video", _ID),
    ("showcase", _NAME, "video", _ID),
    ("ondemand", _NAME, _ID),
    ("manage", "videos", _ID),
    ("manage", "videos", _ID, _KEY),
)

_TIME = re.compile(r"(?:(\d{1,3})h)?(?:(\d{1,5})m)?(?:(\d{1,6})s?)?", re.ASCII)
_LONGEST = 86_400


@dataclass(frozen=True, slots=True)
class HostedVideo:
    """``key`` opens an unlisted video at Vimeo; ``start`` is in seconds."""

    provider: str
    identity: str
    key: str = ""
    start: int = 0

    @property
    def embed_url(self) -> str:
        """The address of the provider's frame, without cookies where it offers that."""
        if self.provider == YOUTUBE:
            start = f"&start={self.start}" if self.start else ""
            return f"https://www.youtube-nocookie.com/embed/{self.identity}?rel=0{start}"
        key = f"h={self.key}&" if self.key else ""
        return f"https://player.vimeo.com/video/{self.identity}?{key}dnt=1{self._vimeo_start}"

    @property
    def watch_url(self) -> str:
        """Where the video can be watched at its provider; reads back as this video."""
        if self.provider == YOUTUBE:
            start = f"&t={self.start}s" if self.start else ""
            return f"https://www.youtube.com/watch?v={self.identity}{start}"
        key = f"/{self.key}" if self.key else ""
        return f"https://vimeo.com/{self.identity}{key}{self._vimeo_start}"

    @property
    def _vimeo_start(self) -> str:
        return f"#t={self.start}s" if self.start else ""


def find_video(address: str) -> HostedVideo | None:
    """The video that the address means, or None where ``read_video`` would refuse it."""
    try:
        return read_video(address)
    except ValidationError:
        return None


def read_video(address: str) -> HostedVideo:
    """The video that the address means. Raises ValidationError with what to paste instead."""
    address = address.strip()
    if "<" in address:
        raise ValidationError(
            _("Paste the address of the video, and not the code for embedding it."),
            code="embed_code",
        )
    parts = _parted(address)
    read = _reader_of(parts.hostname or "")
    if parts.scheme not in ("http", "https") or read is None:
        raise _not_hosted()
    return read(parts, [step for step in parts.path.split("/") if step])


def is_youtube_id(text: str) -> bool:
    """Whether the text can be the id of one video at YouTube."""
    return bool(_YOUTUBE_ID.fullmatch(text)) and text not in _NO_IDS


def _parted(address: str) -> SplitResult:
    """The parts of a plain address; one with a port or a password is nobody's to paste."""
    # urlsplit passes over line breaks and tabs, and browsers read \ as /.
    if len(address) > 2000 or re.search(r"[\s\x00-\x1f\x7f\\]", address):
        raise _not_hosted()
    try:
        parts = urlsplit(address)
        bare = (parts.hostname or "") == parts.netloc.lower()
    except ValueError as error:
        raise _not_hosted() from error
    if not bare:
        raise _not_hosted()
    return parts


def _reader_of(host: str) -> Callable[[SplitResult, list[str]], HostedVideo] | None:
    if host in _YOUTUBE_HOSTS:
        return _read_youtube
    if host in _SHORT_HOSTS:
        return _read_short
    if host in _VIMEO_HOSTS:
        return _read_vimeo
    return _read_player if host == _VIMEO_PLAYER else None


def _read_youtube(parts: SplitResult, path: list[str]) -> HostedVideo:
    query = parse_qs(parts.query)
    if path == ["watch"] and "v" in query:
        return _at_youtube(query["v"], parts)
    if len(path) == 2 and path[0] in _YOUTUBE_ROOMS and path[1] not in _NO_IDS:
        return _at_youtube([path[1]], parts)
    if "list" in query:
        raise ValidationError(
            _("This is a playlist. Open one video of it and paste the address of that video."),
            code="playlist",
        )
    raise ValidationError(
        _(
            "This page of YouTube is not one video. Open the video and paste its address, such "
            "as https://www.youtube.com/watch?v=… or https://youtu.be/…"
        ),
        code="no_video",
    )


def _read_short(parts: SplitResult, path: list[str]) -> HostedVideo:
    return _at_youtube(path, parts)


def _at_youtube(found: list[str], parts: SplitResult) -> HostedVideo:
    if len(found) != 1 or not is_youtube_id(found[0]):
        raise ValidationError(
            _(
                "This address at YouTube is not complete: the sign of a video has 11 letters and "
                "digits. Copy it again from “Share” below the video."
            ),
            code="incomplete",
        )
    return HostedVideo(YOUTUBE, found[0], start=_start(parts))


def _read_vimeo(parts: SplitResult, path: list[str]) -> HostedVideo:
    for pattern in _VIMEO_PATHS:
        if len(pattern) == len(path) and (found := _match(pattern, path)):
            return _at_vimeo(found.get(_ID, ""), found.get(_KEY, ""), parts)
    raise _no_vimeo_video()


def _read_player(parts: SplitResult, path: list[str]) -> HostedVideo:
    if len(path) != 2 or path[0] != "video" or not _VIMEO_ID.fullmatch(path[1]):
        raise _no_vimeo_video()
    return _at_vimeo(path[1], "", parts)


def _match(pattern: tuple[str | None, ...], path: list[str]) -> dict[str, str]:
    """What the path has in the places of id and key; nothing when it is not of this form."""
    found: dict[str, str] = {}
    for expected, step in zip(pattern, path, strict=True):
        if expected == _ID:
            if not _VIMEO_ID.fullmatch(step):
                return {}
            found[_ID] = step
        elif expected == _KEY:
            found[_KEY] = step
        elif expected is not _NAME and expected != step:
            return {}
    return found


def _at_vimeo(identity: str, key: str, parts: SplitResult) -> HostedVideo:
    keys = {key} if key else set(parse_qs(parts.query, keep_blank_values=True).get("h", []))
    if len(keys) > 1 or not all(_VIMEO_KEY.fullmatch(one) for one in keys):
        raise ValidationError(
            _(
                "This address at Vimeo is not complete: what stands after the number opens an "
                "unlisted video and looks like 8272103f6e. Copy it again from “Share” at the video."
            ),
            code="incomplete",
        )
    return HostedVideo(VIMEO, identity, key="".join(keys), start=_start(parts))


def _start(parts: SplitResult) -> int:
    """Second at which the address asks to begin: ``t=90``, ``start=90``, ``#t=1m30s``."""
    asked = {**parse_qs(parts.fragment), **parse_qs(parts.query)}
    for name in ("t", "start", "time_continue"):
        if (written := _TIME.fullmatch(asked.get(name, [""])[0])) and written[0]:
            hours, minutes, seconds = (int(number or 0) for number in written.groups())
            second = hours * 3600 + minutes * 60 + seconds
            return second if second < _LONGEST else 0
    return 0


def _not_hosted() -> ValidationError:
    return ValidationError(
        _(
            "This is not the address of a YouTube or Vimeo video. "
            "Copy it from the video's own page, or upload the file instead."
        ),
        code="not_hosted",
    )


def _no_vimeo_video() -> ValidationError:
    return ValidationError(
        _(
            "This page of Vimeo is not one video. Open the video and paste its address, such "
            "as https://vimeo.com/76979871"
        ),
        code="no_video",
    )
