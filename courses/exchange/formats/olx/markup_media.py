"""Pictures, players and frames of a fragment."""

import html
import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from lxml.html import HtmlElement

from courses.exchange.neutral import Attachment, Clip, Embed, Picture
from courses.exchange.words import escape, plain_text

from .links import VARIABLE, hosted_clip, web_address
from .markup_lines import LineWriter

LOST_PICTURE = gettext_lazy("a picture that is not in the archive was left out")
DISTANT_PICTURE = gettext_lazy("a picture kept on another site became a link")
LOST_FRAME = gettext_lazy("an embedded page that cannot be shown here was left out")
LOST_PLAYER = gettext_lazy("a player whose file is not in the archive was left out")


class MediaReader(LineWriter):
    """The part of the reader that knows img, figure, video, audio, iframe, embed and object."""

    def do_img(self, element: HtmlElement) -> None:
        source = (element.get("src") or "").strip()
        alt = " ".join((element.get("alt") or "").split())
        if entry := self.find_file(source):
            self.piece(Picture(entry, alt))
        elif address := web_address(source):
            self.because(DISTANT_PICTURE)
            name = escape(alt or _("Picture"))
            linked = "a" in self.open
            self.line.append(name if linked else f'<a href="{html.escape(address)}">{name}</a>')
        else:
            self.because(LOST_PICTURE)

    def do_figure(self, element: HtmlElement) -> None:
        caption = next((plain_text(c.text_content()) for c in element.iter("figcaption")), "")
        self.end_prose()
        start = len(self.pieces)
        self.children(element)
        self.end_prose()
        pictures = [piece for piece in self.pieces[start:] if isinstance(piece, Picture)]
        if pictures:
            pictures[-1].caption = caption
        elif caption:
            self.words(caption)
            self.end_line()

    def do_figcaption(self, element: HtmlElement) -> None:
        """Its words were taken by the figure."""

    def do_video(self, element: HtmlElement) -> None:
        entry = self.find_source(element)
        if entry:
            self.piece(Clip(title=element.get("title") or _("Video"), name=entry))
        else:
            self.because(LOST_PLAYER)

    def do_audio(self, element: HtmlElement) -> None:
        entry = self.find_source(element)
        if entry:
            self.piece(Attachment(entry, element.get("title") or entry.split("/")[-1]))
        else:
            self.because(LOST_PLAYER)

    def do_iframe(self, element: HtmlElement) -> None:
        self.frame(element.get("src"), element.get("title"))

    def do_embed(self, element: HtmlElement) -> None:
        self.frame(element.get("src"), element.get("title"))

    def do_object(self, element: HtmlElement) -> None:
        self.frame(element.get("data"), element.get("title"))

    def frame(self, source: str | None, title: str | None) -> None:
        source, title = (source or "").strip(), " ".join((title or "").split())
        if clip := hosted_clip(source, title or _("Video")):
            self.piece(clip)
            return
        entry = self.find_file(source)
        if entry and not entry.lower().endswith((".html", ".htm", ".svg")):
            self.piece(Attachment(entry, title or entry.split("/")[-1]))
            return
        address = None if VARIABLE.search(source) else web_address(source)
        if address and address.startswith(("https:", "http:")):
            self.piece(Embed(address, title or _("Embedded page")))
        else:
            self.because(LOST_FRAME)

    def find_source(self, element: HtmlElement) -> str | None:
        sources = [element.get("src"), *(source.get("src") for source in element.iter("source"))]
        return next(filter(None, (self.find_file(source) for source in sources if source)), None)

    def find_file(self, source: str) -> str | None:
        assets = self.links.assets
        if assets.is_asset_address(source) or not re.match(r"(\w+:|//)", source):
            return assets.find(source)
        return None
