"""Video components: YouTube ids, files of the archive, sources on the web, transcripts."""

import re
from typing import Any
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.blocks.hosted_videos import is_youtube_id
from courses.exchange.neutral import Attachment, Clip, ImportedComponent, Note
from courses.exchange.words import load_json, paragraph
from courses.wording.durations import format_clock

from .assets import Assets
from .links import Links, hosted_clip, web_address

NO_SOURCE = gettext_lazy("it names no video")
NOT_SECURE = gettext_lazy("its video has no secure address (https)")
NO_FILE = gettext_lazy("its video file is not in the archive")
ODD_SOURCE = gettext_lazy("the address of its video cannot be used here")
KEPT_BY_EDX = gettext_lazy("its video is kept by Open edX and not in the archive")
PART_ONLY = gettext_lazy("its start and end times are not kept: the whole video plays")
LOST_TRANSCRIPT = gettext_lazy("a transcript that is not in the archive was left out")


def read_video(component: ImportedComponent, element: Element, links: Links) -> None:
    """Fill `component` from a video element."""
    title = component.title or _("Video")
    clip = _find_source(element, links, title)
    if clip is None:
        component.leave_out(_why_none(element))
        return
    clip.captions = _find_captions(component, element, links.assets)
    component.pieces.append(clip)
    start, end = _seconds(element.get("start_time")), _seconds(element.get("end_time"))
    if start or end:
        clip.excerpt = True
        told = (
            _("The part meant here runs from %(start)s to %(end)s.")
            if end > start
            else _("The part meant here runs from %(start)s on.")
        )
        times = {"start": format_clock(start), "end": format_clock(end)}
        component.pieces.append(Note(paragraph(told % times)))
        component.degrade(PART_ONLY)
    for address, name, lost in (
        (
            element.get("track"),
            _("Transcript: %(title)s"),
            _("its transcript is not in the archive"),
        ),
        (element.get("handout"), _("Handout: %(title)s"), _("its handout is not in the archive")),
    ):
        if not address:
            continue
        entry = links.assets.find(address)
        if entry:
            component.pieces.append(Attachment(entry, name % {"title": title}))
        else:
            component.degrade(lost)


def _find_source(element: Element, links: Links, title: str) -> Clip | None:
    youtube = (element.get("youtube_id_1_0") or "").strip() or _normal_speed(element.get("youtube"))
    if is_youtube_id(youtube):
        return Clip(title, youtube=youtube)
    sources = _sources(element)
    for source in sources:
        if clip := hosted_clip(source, title):
            return clip
    for source in sources:
        # Studio often keeps a copy of what it plays from elsewhere.
        entry = links.assets.find(source) or links.assets.find(source.rsplit("/", 1)[-1])
        if entry:
            return Clip(title, name=entry)
    for source in sources:
        address = web_address(source)
        if address and address.startswith("https:"):
            return Clip(title, url=address)
    return None


def _why_none(element: Element) -> str:
    """Why no source of a video can be played or linked."""
    sources = _sources(element)
    if any(source.startswith("http:") for source in sources):
        return str(NOT_SECURE)
    if any(source.startswith(("/static/", "/asset-v1", "/c4x/")) for source in sources):
        return str(NO_FILE)
    if sources:
        return str(ODD_SOURCE)
    return str(KEPT_BY_EDX if (element.get("edx_video_id") or "").strip() else NO_SOURCE)


def _sources(element: Element) -> list[str]:
    """The addresses and files that a video names, besides YouTube."""
    named = [node.get("src") for node in element.iter("source")]
    named += _json(element.get("html5_sources"), list)
    named.append(element.get("source"))
    return [source.strip() for source in named if isinstance(source, str) and source.strip()]


def _normal_speed(value: str | None) -> str:
    """The id at normal speed in "0.75:abc,1.00:def"."""
    for part in (value or "").split(","):
        speed, _colon, video = part.partition(":")
        if speed.strip() in ("1.0", "1.00", "1"):
            return video.strip()
    return ""


def _find_captions(
    component: ImportedComponent, element: Element, assets: Assets
) -> dict[str, str]:
    """Archive entries of the transcripts by language code; .srt, .vtt and .sjson are known."""
    written: dict[str, object] = {
        language: node.get("src")
        for node in element.iter("transcript")
        if (language := node.get("language")) and node.get("src")
    }
    written |= _json(element.get("transcripts"), dict)
    captions = {}
    for language, name in written.items():
        entry = assets.find(name) if isinstance(name, str) else None
        if entry:
            captions[language] = entry
        else:
            component.degrade(LOST_TRANSCRIPT)
    sub = (element.get("sub") or "").strip()
    if sub and "en" not in captions:
        entry = assets.find(f"subs_{sub}.srt.sjson") or assets.find(f"{sub}.srt")
        if entry:
            captions["en"] = entry
    return captions


def _seconds(value: str | None) -> float:
    return sum(
        float(part) * 60**power
        for power, part in enumerate(reversed((value or "0").split(":")))
        if re.fullmatch(r"[\d.]+", part) and part != "."
    )


def _json(value: str | None, kind: type) -> Any:
    loaded = load_json(value)
    return loaded if isinstance(loaded, kind) else kind()
