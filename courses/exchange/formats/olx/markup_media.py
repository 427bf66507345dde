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
DRAWING = gettext_lazy("a drawing written in the page (SVG) was left out")
BROKEN_PICTURE = gettext_lazy("a picture written into the page could not be read as one")
DISTANT_PICTURE = gettext_lazy("a picture kept on another site became a link")
MAP = gettext_lazy("places to click on in a picture became links below it")
LOST_FRAME = gettext_lazy("an embedded page that cannot be shown here was left out")
WRITTEN_PLAYER = gettext_lazy("a film or a sound written into the page was left out")
DISTANT_SOUND = gettext_lazy("a recording kept on another site became a link")
LOST_TRACK = gettext_lazy("a caption track that cannot be used here was left out")
LOST_PLAYER = gettext_lazy("a player whose file is not in the archive was left out")
LONGEST_CAPTION = 255


class MediaReader(LineWriter):
    """The part of the reader that knows img, figure, video, audio, iframe, embed and object."""

    def do_img(self, element: HtmlElement) -> None:
        source = (element.get("src") or "").strip()
        alt = " ".join((element.get("alt") or "").split())
        shown_on_pointing = " ".join((element.get("title") or "").split())
        caption = shown_on_pointing if shown_on_pointing != alt else ""
        if source.startswith("data:"):
            if entry := self.links.assets.written_out(source):
                self.piece(Picture(entry, alt, caption))
            else:
                drawn = source.startswith("data:image/svg")
                self.because(DRAWING if drawn else BROKEN_PICTURE)
                self.words(alt)
        elif entry := self.find_file(source):
            self.piece(Picture(entry, alt, caption))
        elif address := web_address(source):
            self.because(DISTANT_PICTURE)
            name = escape(alt or _("Picture"))
            linked = "a" in self.open
            self.line.append(name if linked else f'<a href="{html.escape(address)}">{name}</a>')
        else:
            self.because(LOST_PICTURE)
            self.words(alt)

    def do_figure(self, element: HtmlElement) -> None:
        """A caption of plain words is the picture's; any other follows as a text."""
        captions = element.xpath("./figcaption | ./*[not(self::figure)]//figcaption")
        for caption in captions:
            caption.drop_tree()
        self.end_prose()
        start = len(self.pieces)
        self.children(element)
        self.end_prose()
        pictures = [piece for piece in self.pieces[start:] if isinstance(piece, Picture)]
        for caption in captions:
            words = plain_text(caption.text_content())
            plain = next(caption.iter("a", "img", "ul", "ol", "table"), None) is None
            if pictures and plain and len(words) <= LONGEST_CAPTION and not pictures[-1].caption:
                pictures[-1].caption = words
            else:
                self.children(caption)
                self.end_line()

    def do_map(self, element: HtmlElement) -> None:
        """The areas of a picture that lead somewhere, as links below it."""
        self.because(MAP)
        self.end_line()
        for area in element.iter("area"):
            address, _attachment, reason = self.links.resolve(area.get("href"))
            name = plain_text(area.get("alt") or area.get("title") or "") or address or ""
            if reason:
                self.because(reason)
            if name:
                shown = escape(name)
                link = f'<a href="{html.escape(address)}">{shown}</a>' if address else shown
                self.line.append(link)
                self.end_line()

    def do_video(self, element: HtmlElement) -> None:
        title = element.get("title") or _("Video")
        if entry := self.find_source(element):
            clip = Clip(title=title, name=entry)
            for track in element.iter("track"):
                captions = self.find_file(track.get("src") or "")
                if captions and track.get("kind", "subtitles") in ("subtitles", "captions"):
                    clip.captions[track.get("srclang") or "en"] = captions
                else:
                    self.because(LOST_TRACK)
            self.piece(clip)
        elif address := self.distant_source(element):
            self.piece(Clip(title=title, url=address))
        else:
            self.lost_player(element)

    def do_audio(self, element: HtmlElement) -> None:
        title = element.get("title")
        if entry := self.find_source(element):
            self.piece(Attachment(entry, title or entry.split("/")[-1]))
        elif address := self.distant_source(element):
            self.because(DISTANT_SOUND)
            self.piece(Embed(address, title or _("Recording")))
        else:
            self.lost_player(element)

    def lost_player(self, element: HtmlElement) -> None:
        written = any(source.startswith("data:") for source in _sources(element))
        self.because(WRITTEN_PLAYER if written else LOST_PLAYER)

    def distant_source(self, element: HtmlElement) -> str | None:
        addresses = filter(None, map(web_address, _sources(element)))
        return next((address for address in addresses if address.startswith("https:")), None)

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
        return next(filter(None, map(self.find_file, _sources(element))), None)

    def find_file(self, source: str) -> str | None:
        assets = self.links.assets
        if assets.is_asset_address(source) or not re.match(r"(\w+:|//)", source):
            return assets.find(source)
        return None


def _sources(element: HtmlElement) -> list[str]:
    """Where a player finds its file, in its own order."""
    named = [element.get("src"), *(source.get("src") for source in element.iter("source"))]
    return [source.strip() for source in named if source and source.strip()]
