"""What a course says of itself: course.xml attributes, policy.json, the about pages."""

from collections.abc import Iterable
from typing import Any
from xml.etree.ElementTree import Element

from django.utils.translation import gettext as _

from courses.blocks.lists import LONGEST_LINE
from courses.exchange.archive import Archive, UnreadableEntry
from courses.exchange.encodings import UnknownEncoding, decode
from courses.exchange.neutral import Heading, ImportedCourse, Note, Piece, Prose, Quotation
from courses.exchange.words import escape, load_json, paragraph
from courses.exchange.xml import MAX_TEXT, parse_html
from courses.words.cutting import clip, shorten, whole_sentences

from .assets import Assets
from .links import Links
from .markup import read_markup
from .secrets import Secrets

LEAST_KEPT = 60  # letters of whole sentences; with less, the cut comes after a word
STUDIO_SAMPLE = "Include your long course description here"


def read_facts(
    archive: Archive, root: str, run: str, element: Element, assets: Assets, secrets: Secrets
) -> tuple[ImportedCourse, dict[str, str]]:
    """The ImportedCourse without chapters, and the display names that the policy gives.

    A policy wins over the XML, as it does in Open edX.
    """
    notes: list[str] = []
    policy = _read_policy(archive, root, run, notes)
    secrets.learn_policy(policy)
    own = policy.get(f"course/{run}")
    facts = {name: _loaded(value) for name, value in element.attrib.items()}
    facts |= own if isinstance(own, dict) else {}
    course = ImportedCourse(title=_line(facts.get("display_name"), 255) or _("Imported course"))
    course.language = _line(facts.get("language"), 10).split("-")[0].lower() or "en"
    course.image = assets.find(_line(facts.get("course_image"), 500)) or ""
    course.notes = notes
    course.subtitle = _fit(_about(archive, root, "short_description", course), 200, course)
    outcomes = facts.get("learning_info")
    if isinstance(outcomes, list):
        lines = [str(line) for line in outcomes if str(line).strip()]
        course.outcomes = [_fit(line, LONGEST_LINE, course) for line in lines]
    _read_overview(archive, root, course, assets)
    course.notes += _notes(archive, root, facts)
    titles = {
        key: value["display_name"]
        for key, value in policy.items()
        if isinstance(value, dict) and isinstance(value.get("display_name"), str)
    }
    return course, titles


def _read_policy(archive: Archive, root: str, run: str, notes: list[str]) -> dict[str, Any]:
    for name in (f"{root}policies/{run}/policy.json", f"{root}policies/{run}.json"):
        if name in archive:
            try:
                policy = load_json(archive.read(name, limit=MAX_TEXT))
            except UnreadableEntry:
                policy = None
            if isinstance(policy, dict):
                return policy
            told = _("“%(name)s” cannot be read; what it says of the course was passed over.")
            notes.append(told % {"name": name.removeprefix(root)})
    return {}


def _read_overview(archive: Archive, root: str, course: ImportedCourse, assets: Assets) -> None:
    text = _about(archive, root, "overview", course, plain=False)
    if STUDIO_SAMPLE in text:
        course.notes.append(_("The description was still Studio's sample text and was left out."))
    elif text:
        markup = read_markup(text, Links({}, assets))
        course.description = _as_html(markup.pieces)
        kept = Heading | Prose | Note | Quotation
        if any(not isinstance(piece, kept) for piece in markup.pieces):
            course.notes.append(_("Pictures, films and files in its description were left out."))


def _as_html(pieces: Iterable[Piece]) -> str:
    parts = []
    for piece in pieces:
        if isinstance(piece, Heading):
            parts.append(f"<h3>{escape(piece.text)}</h3>")
        elif isinstance(piece, Prose):
            parts.append(piece.html)
        elif isinstance(piece, Note):
            parts.append((f"<h3>{escape(piece.title)}</h3>" if piece.title else "") + piece.html)
        elif isinstance(piece, Quotation):
            lines = [*piece.text.split("\n\n"), *filter(None, [piece.source])]
            parts += map(paragraph, lines)
    return "".join(parts)


def _notes(archive: Archive, root: str, facts: dict[str, Any]) -> list[str]:
    """What belongs to the course as a whole and stays behind."""
    notes = []

    def count(folder: str) -> int:
        return sum(name.startswith(f"{root}{folder}/") for name in archive.names)

    if tabs := count("tabs"):
        notes.append(_("Extra pages of the course were left out: %(number)d.") % {"number": tabs})
    known = {"overview", "short_description"}
    prefix = f"{root}about/"
    about = [name.removeprefix(prefix) for name in archive.names if name.startswith(prefix)]
    pages = [n[:-5] for n in about if n.endswith(".html") and "/" not in n and n[:-5] not in known]
    if other := [name for name in pages if archive.size(f"{prefix}{name}.html")]:
        told = _("About pages that have no place here were left out: %(names)s.")
        notes.append(told % {"names": ", ".join(sorted(other))})
    if count("info"):
        notes.append(_("Course updates and handouts were left out."))
    books = sum(
        len(facts[name])
        for name in ("pdf_textbooks", "html_textbooks", "textbooks")
        if isinstance(facts.get(name), list)
    )
    if books:
        notes.append(_("Textbooks of the course were left out: %(number)d.") % {"number": books})
    if facts.get("lti_passports"):
        notes.append(
            _("Passports of outside tools hold secrets and were not read into the course.")
        )
    notes.append(
        _("Dates, grading rules, cohorts and certificates of the original do not carry over.")
    )
    return notes


def _about(
    archive: Archive, root: str, name: str, course: ImportedCourse, plain: bool = True
) -> str:
    path = f"{root}about/{name}.html"
    if path not in archive:
        return ""
    try:
        page = decode(archive.read(path, limit=MAX_TEXT), course.language)
    except (UnreadableEntry, UnknownEncoding):
        told = _("“%(name)s” cannot be read and was left out.")
        course.notes.append(told % {"name": path.removeprefix(root)})
        return ""
    if page.guess:
        told = _("“%(name)s” is not UTF-8; it was read as %(encoding)s, by its look.")
        course.notes.append(told % {"name": path.removeprefix(root), "encoding": page.guess})
    return " ".join(parse_html(page.text).text_content().split()) if plain else page.text


def _loaded(value: str) -> Any:
    """Studio writes structured attributes as JSON inside the XML attribute."""
    return load_json(value, value) if value[:1] in ("[", "{") else value


def _line(value: object, limit: int) -> str:
    return clip(" ".join(value.split()), limit) if isinstance(value, str) else ""


def _fit(text: str, limit: int, course: ImportedCourse) -> str:
    clipped = _clip(text, limit)
    if clipped != text:
        told = _("A text about the course was shortened to “%(text)s”.")
        course.notes.append(told % {"text": clipped})
    return clipped


def _clip(text: str, limit: int) -> str:
    """At most `limit` letters: whole sentences, unless that leaves next to nothing."""
    kept = whole_sentences(text, limit)
    return kept if len(kept) > LEAST_KEPT else shorten(text, limit)
