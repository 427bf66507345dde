"""Pictures, files, links and videos of a body, each stored once."""

import re
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from courses.blocks.hosted_videos import VIMEO, YOUTUBE, HostedVideo
from courses.blocks.media import CaptionTrackBlock
from courses.exchange.media import IMAGE_SUFFIXES, MediaStore, NotStored
from courses.exchange.neutral import Attachment, Clip, ImportedComponent, Outcome, Picture
from courses.exchange.words import paragraph

from .complaints import complain
from .texts import Raw, TextWriter

NO_ALT = gettext_lazy("a picture without a description is described by its file name")
OTHER_CAPTIONS = gettext_lazy("captions in a language that cannot be named here were left out")
MORE_CAPTIONS = gettext_lazy("a second caption track in one language was left out")
ELSEWHERE = gettext_lazy("a video kept on another site became a link")
LONGEST_VIDEO = 86_400  # seconds


class MediaWriter:
    """Writes media; captions in ``language``, the course's own, come first."""

    def __init__(self, *, media: MediaStore, texts: TextWriter, language: str) -> None:
        self.media = media
        self.texts = texts
        self.language = language
        self._tracks = {
            code for code, _label in CaptionTrackBlock().child_blocks["language"].field.choices
        }

    def picture(self, piece: Picture, component: ImportedComponent) -> tuple[str, Raw]:
        image = self.media.image(piece.name, piece.alt)
        if not piece.alt:
            component.degrade(NO_ALT)
        alt = piece.alt or _named(piece.name)
        return "image", {
            "image": image.pk,
            "alt": self.texts.fit(alt, component, "image", "alt"),
            "caption": self.texts.fit(piece.caption, component, "image", "caption"),
        }

    def described_picture(
        self, piece: Picture, component: ImportedComponent
    ) -> list[tuple[str, Any]]:
        """A picture, and as a text of its own what is too long to describe it, or what described
        a picture that cannot be stored."""
        description = [("rich_text", paragraph(piece.alt))] if piece.alt else []
        try:
            kind, value = self.picture(piece, component)
        except NotStored as error:
            complain(component, str(error))
            return [] if component.outcome is Outcome.LEFT_OUT else description
        is_cut = len(piece.alt) > len(value["alt"])
        return [(kind, value), *description] if is_cut else [(kind, value)]

    def attachment(self, piece: Attachment, component: ImportedComponent) -> tuple[str, Raw]:
        suffix = "." + piece.name.rsplit(".", 1)[-1].lower()
        if suffix in IMAGE_SUFFIXES:
            return self.picture(Picture(piece.name, piece.title), component)
        document = self.media.document(piece.name, piece.title)
        kind = "pdf" if document.file_extension.lower() == "pdf" else "file"
        return "resource", {
            "type": kind,
            "title": self.texts.fit(piece.title, component, "resource", "title"),
            "description": "",
            "url": "",
            "file": document.pk,
        }

    def link(self, url: str, title: str, component: ImportedComponent) -> tuple[str, Raw]:
        title = self.texts.fit(title, component, "resource", "title")
        value = {"type": "link", "title": title, "description": "", "url": url}
        return "resource", {**value, "file": None}

    def video(self, piece: Clip, component: ImportedComponent) -> tuple[str, Raw]:
        title = self.texts.fit(piece.title, component, "video", "title")
        if piece.url:
            component.degrade(ELSEWHERE)
            return self.link(piece.url, title, component)
        captions, seconds = self.captions(piece, component)
        url, file = "", None
        if piece.youtube:
            url = HostedVideo(YOUTUBE, piece.youtube, start=piece.start).watch_url
        elif piece.vimeo:
            url = HostedVideo(VIMEO, piece.vimeo, piece.key, piece.start).watch_url
        else:
            file = self.media.document(piece.name, title).pk
        return "video", {
            "title": title,
            "url": url,
            "file": file,
            "thumbnail": None,
            "duration": None if piece.excerpt else seconds,
            "captions": captions,
            "transcript": "",
        }

    def captions(self, piece: Clip, component: ImportedComponent) -> tuple[list[Raw], int | None]:
        """Raw caption tracks, and the seconds that the longest of them covers."""
        tracks: dict[str, Raw] = {}
        seconds = 0
        for code, entry in sorted(piece.captions.items()):
            language = self._caption_language(code)
            if language not in self._tracks or language in tracks:
                component.degrade(MORE_CAPTIONS if language in tracks else OTHER_CAPTIONS)
                continue
            try:
                name = _("Captions (%(language)s): %(title)s")
                stored = self.media.captions(
                    entry, name % {"language": code, "title": piece.title}, language
                )
            except NotStored as error:
                component.degrade(str(error))
                continue
            if stored.guess:
                told = _("captions that are not UTF-8 were read as %(encoding)s, by their look")
                component.degrade(told % {"encoding": stored.guess})
            tracks[language] = {"language": language, "file": stored.document.pk}
            seconds = max(seconds, stored.end)
        ordered = sorted(tracks.values(), key=lambda track: track["language"] != self.language)
        return ordered, min(seconds, LONGEST_VIDEO) or None

    def _caption_language(self, code: str) -> str:
        """The language a code names, such as pt-br; without its region where that is unknown."""
        whole = code.replace("_", "-").lower()
        return whole if whole in self._tracks else whole.split("-")[0]


def _named(entry: str) -> str:
    """A file's name as words."""
    name = entry.rsplit("/", 1)[-1].rsplit(".", 1)[0]
    return " ".join(re.sub(r"[_\-]+", " ", name).split()) or _("Picture")
