"""Units that an export keeps apart, in drafts/, because learners had not been shown them yet.

Each names the section it belongs to and its place there (`parent_url`, `index_in_children_list`);
the components of a draft stand in folders of drafts/ as well. Reference: `xml_exporter.py` of Open
edX, `_export_drafts`.
"""

import re
from collections.abc import Container
from dataclasses import dataclass

from courses.exchange.archive import Archive, UnreadableEntry
from courses.exchange.xml import MAX_TEXT, UnreadableXML, parse_xml

HOME = "drafts/"


@dataclass(frozen=True)
class DraftUnit:
    url_name: str
    parent: str  # url_name of its section
    index: int


def draft_units(archive: Archive, root: str) -> tuple[list[DraftUnit], list[str]]:
    """The drafts of units in their order, and the files among them that cannot be read."""
    found, unreadable = [], []
    folder = f"{root}{HOME}vertical/"
    for name in sorted(archive.names):
        if not (name.startswith(folder) and name.endswith(".xml")):
            continue
        try:
            element = parse_xml(archive.read(name, limit=MAX_TEXT), name.removeprefix(root))
        except (UnreadableXML, UnreadableEntry):
            unreadable.append(name.removeprefix(root))
            continue
        parent = re.split(r"[@/]", element.get("parent_url") or "")[-1]
        index = element.get("index_in_children_list") or ""
        url_name = name.removeprefix(folder).removesuffix(".xml")
        found.append(DraftUnit(url_name, parent, int(index) if index.isdecimal() else 10**6))
    return sorted(found, key=lambda unit: (unit.parent, unit.index, unit.url_name)), unreadable


def changed_components(archive: Archive, root: str, seen: Container[str]) -> list[str]:
    """Files of components in drafts/ that were not read with a unit there, though the same
    component was read elsewhere: a newer draft of it."""
    folder = f"{root}{HOME}"
    names = [
        name.removeprefix(root)
        for name in archive.names
        if name.startswith(folder) and name.endswith(".xml")
    ]
    return [
        name
        for name in sorted(names)
        if not name.startswith(f"{HOME}vertical/")
        and name not in seen
        and name.removeprefix(HOME) in seen
    ]
