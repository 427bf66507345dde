"""One style sheet for each kind of page: joined in the order of the cascade, found by templates."""

import re

import pytest
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage

from perfomix.sheets import COMMENT, StaticFiles, joined

STATIC = settings.BASE_DIR / "static"
TEMPLATES = settings.BASE_DIR / "templates"
KINDS = sorted(each.stem for each in (STATIC / "css/sheets").glob("*.css"))
RAW_COLOUR = re.compile(r"#[0-9a-f]{3,8}\b(?=[^{}]*;)|\b(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch)\(")
LINKED = re.compile(r"""rel="stylesheet" href="\{% static ['"]css/([^'"]+)""")


def of(**files: str):
    """Reads from ``files``, whose names stand for ``css/<folder>/<name>.css``."""
    named = {f"css/{name.replace('__', '/')}.css": text for name, text in files.items()}
    return named.__getitem__


def source(name: str) -> str:
    return (STATIC / name).read_text()


def test_imports_give_way_to_what_they_name_in_their_order_and_depth():
    read = of(
        sheets__course='@import url("site.css");@import url("../shop/course.css");\n.own { a: b }',
        sheets__site="@import url('../base/base.css');",
        base__base=".base {\n  a: b;\n}",
        shop__course=".course {}",
    )

    css = joined("css/sheets/course.css", read)

    assert css == ".base {\na: b;\n}\n.course {}\n.own { a: b }"


def test_comments_go_and_what_only_looks_like_one_stays():
    read = of(sheets__site='/* @import url("gone.css"); */ .a { content: "/* kept */" } /* gone */')

    assert joined("css/sheets/site.css", read) == '.a { content: "/* kept */" }'


def test_an_address_inside_a_part_leads_to_the_same_file_from_the_joined_sheet():
    read = of(
        sheets__site='@import url("../deep/down/part.css");',
        deep__down__part=".a { src: url('../../../fonts/a.woff2') url(pin.svg) }\n"
        '.b { src: url("data:image/svg+xml,%3Csvg/%3E") url("#mask") url(/covers/a.svg) }',
    )

    assert joined("css/sheets/site.css", read) == (
        ".a { src: url('../../fonts/a.woff2') url(../deep/down/pin.svg) }\n"
        '.b { src: url("data:image/svg+xml,%3Csvg/%3E") url("#mask") url(/covers/a.svg) }'
    )


@pytest.mark.parametrize("import_", ['@import "a.css";', '@import url("a.css") print;'])
def test_an_import_that_is_not_understood_is_refused_instead_of_left(import_):
    with pytest.raises(ValueError, match="import"):
        joined("css/sheets/site.css", of(sheets__site=import_, sheets__a=""))


@pytest.mark.parametrize("kind", KINDS)
def test_a_collected_sheet_holds_every_part_whole_and_in_its_order(kind):
    collected = staticfiles_storage.open(
        staticfiles_storage.stored_name(f"css/sheets/{kind}.css")
    ).read()
    text = collected.decode()

    assert "@import" not in text
    at = 0
    for part in parts_of(f"css/sheets/{kind}.css"):
        rules = squeezed(COMMENT.sub(lambda found: found[1] or "", source(part)))
        at = squeezed(text).find(rules, at)
        assert at >= 0, part
        at += len(rules)


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_collected_sheet_fetches_is_there(kind):
    name = staticfiles_storage.stored_name(f"css/sheets/{kind}.css")
    css = (settings.STATIC_ROOT / name).read_text()

    fetched = re.findall(r'url\("(?!data:)([^"]+)"\)', css)

    assert fetched
    for address in fetched:
        assert re.search(r"\.[0-9a-f]{12}\.woff2$", address)
        assert (settings.STATIC_ROOT / name).parent.joinpath(address).resolve().is_file()


def test_each_template_asks_for_one_sheet_and_each_sheet_is_asked_for():
    asked = {
        path.relative_to(TEMPLATES).as_posix(): LINKED.findall(path.read_text())
        for path in TEMPLATES.rglob("*.html")
    }
    asked = {path: sheets for path, sheets in asked.items() if sheets}

    assert all(len(sheets) == 1 for sheets in asked.values())
    assert {sheet for (sheet,) in asked.values()} == {
        f"sheets/{kind}.css" for kind in KINDS if kind != "studio"
    }
    hooks = (settings.BASE_DIR / "courses/editor/hooks.py").read_text()
    assert "css/sheets/studio.css" in hooks


def test_the_studio_has_no_colour_that_is_not_a_token():
    parts = [part for part in parts_of("css/sheets/studio.css") if not part.endswith("tokens.css")]

    raw = {
        part: found
        for part in parts
        if (found := RAW_COLOUR.findall(COMMENT.sub(lambda found: found[1] or "", source(part))))
    }

    assert len(parts) > 20
    assert raw == {}


def parts_of(name: str) -> list[str]:
    """The small sheets of the rooms that ``name`` imports, in order."""
    found = []
    for address in re.findall(r'@import url\("([^"]+)"\);', source(name)):
        part = (STATIC / name).parent.joinpath(address).resolve().relative_to(STATIC).as_posix()
        found += parts_of(part) if part.startswith("css/sheets/") else [part]
    return found


def squeezed(css: str) -> str:
    """Without white space, and with the addresses of files as they were before collecting."""
    return re.sub(r"\s+", "", re.sub(r"\.[0-9a-f]{12}\.woff2", ".woff2", css))


def test_the_address_of_a_file_is_put_together_once(monkeypatch):
    asked = []
    put = StaticFiles.stored_name
    monkeypatch.setattr(
        StaticFiles, "stored_name", lambda self, name: asked.append(name) or put(self, name)
    )
    files = StaticFiles()

    addresses = {files.url("css/sheets/site.css") for _ in range(3)}

    assert asked == ["css/sheets/site.css"]
    assert addresses == {staticfiles_storage.url("css/sheets/site.css")}


def test_a_file_that_was_not_collected_is_an_error_each_time():
    for _ in range(2):
        with pytest.raises(ValueError, match=r"nowhere\.css"):
            staticfiles_storage.url("css/nowhere.css")


def test_while_somebody_writes_files_nothing_is_remembered(settings):
    settings.DEBUG = True
    files = StaticFiles()

    files.url("css/sheets/site.css")
    settings.DEBUG = False

    assert re.search(r"site\.\w{12}\.css$", files.url("css/sheets/site.css"))
