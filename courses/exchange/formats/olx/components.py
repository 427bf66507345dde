"""Read one component of a vertical, whatever kind it is."""

from collections.abc import Callable
from xml.etree.ElementTree import Element

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext, pgettext_lazy

from courses.exchange.archive import Archive, UnreadableEntry
from courses.exchange.encodings import Decoded, UnknownEncoding, decode
from courses.exchange.errors import ImportRefused
from courses.exchange.neutral import ImportedComponent, Prose
from courses.exchange.xml import MAX_TEXT, inner_html
from courses.wording.sizes import format_size

from . import activities
from .links import Links
from .markup import CONTROLS, SCRIPTS, read_markup
from .problems import missing, read_problem
from .videos import read_video

CONTAINERS = {"conditional", "split_test", "library_content", "itembank", "randomize", "wrapper"}
WIDGET_WORDS = 15  # a fragment with dropped buttons and no more words than this was a widget

MAX_ALL_TEXT = 64 * 1024**2  # bytes; one file may be named by many components

WIDGET = gettext_lazy("a small widget that worked only through its script")
NOTHING = gettext_lazy("only scripts and styles, nothing to read")
EMPTY = gettext_lazy("it is empty")

READERS: dict[str, Callable[[ImportedComponent, Element, Links], None]] = {
    "problem": read_problem,
    "video": read_video,
    "videoalpha": read_video,
    "openassessment": activities.read_open_assessment,
    "poll": activities.read_poll,
    "poll_question": activities.read_poll,
    "survey": activities.read_survey,
    "annotatable": activities.read_annotatable,
    "google-document": activities.read_google_document,
    "google-calendar": activities.read_google_calendar,
    "pdf": activities.read_pdf,
    "conditional": activities.read_conditional,
    "split_test": activities.read_split_test,
    "library_content": activities.read_pool,
    "itembank": activities.read_pool,
    "randomize": activities.read_pool,
    "wrapper": activities.read_wrapper,
}

NEEDS_FILE = {"html", *READERS}  # of the rest nothing is read that a file could hold

NO_COUNTERPART = {
    "discussion": pgettext_lazy("what a course had", "a discussion"),
    "edx_sga": pgettext_lazy("what a course had", "an assignment graded by staff"),
    "staffgradedxblock": pgettext_lazy("what a course had", "an activity graded by staff"),
    "drag-and-drop-v2": pgettext_lazy("what a course had", "a drag and drop exercise"),
    "lti": pgettext_lazy("what a course had", "a tool of another site"),
    "lti_consumer": pgettext_lazy("what a course had", "a tool of another site"),
    "word_cloud": pgettext_lazy("what a course had", "a word cloud that learners filled together"),
    "recommender": pgettext_lazy("what a course had", "a list of links that learners recommended"),
    "azure_media_services": pgettext_lazy(
        "what a course had", "a video kept at Azure Media Services"
    ),
    "scorm": pgettext_lazy("what a course had", "a SCORM package"),
    "h5pxblock": pgettext_lazy("what a course had", "an H5P activity"),
}


class NoText(ValueError):
    """There is no text to read; the message is a reason for the report."""


class HtmlFiles:
    """The HTML of html components: in files of their own, or inside the element."""

    def __init__(self, archive: Archive, root: str, language: str) -> None:
        self.archive = archive
        self.root = root
        self.language = language
        self.read = 0

    def text_of(self, element: Element, home: str) -> Decoded:
        """`home` is the folder in which its element stood.

        Raises NoText with the reason, and ImportRefused past 64 MB in all.
        """
        name = element.get("filename")
        if not name:
            return Decoded(inner_html(element))
        paths = [f"{self.root}{folder}html/{name.replace(':', '/')}.html" for folder in (home, "")]
        path = next((path for path in paths if path in self.archive), None)
        if path is None:
            raise NoText(_("its file is not in the archive"))
        if self.archive.size(path) > MAX_TEXT:
            raise NoText(_("its file is too large"))
        self.read += self.archive.size(path)
        if self.read > MAX_ALL_TEXT:
            raise ImportRefused(
                _("This course holds more than %(size)s of text.")
                % {"size": format_size(MAX_ALL_TEXT)},
                code="too_much_text",
            )
        try:
            return decode(self.archive.read(path), self.language)
        except UnreadableEntry as error:
            raise NoText(_("its file is damaged in the archive")) from error
        except UnknownEncoding as error:
            raise NoText(_("its text is in an encoding that cannot be told")) from error


def read_component(
    component: ImportedComponent, element: Element, links: Links, files: HtmlFiles, home: str
) -> None:
    """Fill an ImportedComponent from its XML element; every way out leaves an outcome."""
    kind = component.kind
    if kind == "html":
        try:
            _read_html(component, files.text_of(element, home), links)
        except NoText as error:
            component.leave_out(str(error))
    elif kind == "done":
        component.leave_out(_("a button to mark work as done; lessons here have their own"))
    elif kind in READERS:
        READERS[kind](component, element, links)
    else:
        other = pgettext("what a course had", "an activity of the kind “%(kind)s”")
        what = str(NO_COUNTERPART.get(kind) or other % {"kind": kind})
        # Translators: “a discussion has no counterpart here”, one of several reasons in a row.
        told = _("%(what)s has no counterpart here")
        component.leave_out(told % {"what": what}, missing(component.title, what))


def _read_html(component: ImportedComponent, page: Decoded, links: Links) -> None:
    if page.guess:
        told = _("its text is not UTF-8; it was read as %(encoding)s, by its look")
        component.degrade(told % {"encoding": page.guess})
    markup = read_markup(page.text, links)
    if not markup.pieces:
        reasons = markup.reasons
        nothing: str | Promise = reasons[0] if reasons else EMPTY
        nothing = NOTHING if SCRIPTS in reasons else nothing
        component.leave_out(WIDGET if CONTROLS in reasons else nothing)
        return
    only_words = all(isinstance(piece, Prose) for piece in markup.pieces)
    if markup.controls and only_words and markup.words <= WIDGET_WORDS:
        component.leave_out(WIDGET)
        return
    component.pieces = markup.pieces
    for reason in markup.reasons:
        component.degrade(reason)
