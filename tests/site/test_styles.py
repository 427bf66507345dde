"""What the style sheets speak of is there: a class renamed in one place only styles nothing."""

import re
from importlib.util import find_spec
from pathlib import Path

from django.conf import settings

SHEETS = settings.BASE_DIR / "static" / "css"
ROOMS = ("templates", "static/js", "courses", "learners", "storefront", "home", "site")
MARKED_UP = {".html", ".js", ".py", ".svg", ".txt"}
COMMENT_OR_ADDRESS = re.compile(r"/\*.*?\*/|url\([^)]*\)", re.DOTALL)
CLASS = re.compile(r"\.([a-zA-Z_][\w-]*)(?=[^{};]*\{)")
WORD = re.compile(r"[\w-]+")
STEM = re.compile(r"([\w-]+(?:--|__|-))(?=[{\"'`$])")  # the rest is a value: tone-{{ tone }}


def texts_under(folder: Path, kinds: set[str]) -> str:
    files = (each for each in folder.rglob("*") if each.suffix in kinds)
    return "\n".join(each.read_text(errors="ignore") for each in files)


def package(name: str) -> Path:
    return Path(find_spec(name).origin).parent


def test_every_class_in_a_style_sheet_is_written_somewhere():
    ours = "\n".join(texts_under(settings.BASE_DIR / room, MARKED_UP) for room in ROOMS)
    admin = [texts_under(package(name), {".html", ".css", ".py"}) for name in FOREIGN]
    words = set(WORD.findall(ours)).union(*map(WORD.findall, admin))
    stems = tuple(set(STEM.findall(ours)) | COMPOSED)

    styled = {
        (sheet.name, named)
        for sheet in SHEETS.rglob("*.css")
        for named in CLASS.findall(COMMENT_OR_ADDRESS.sub("", sheet.read_text()))
    }
    assert len(styled) > 300
    assert {each for each in styled if not (each[1] in words or each[1].startswith(stems))} == set()


FOREIGN = ("wagtail", "wagtail_modeladmin")
COMPOSED = {"field-"}  # modeladmin: field- and the name of a column
