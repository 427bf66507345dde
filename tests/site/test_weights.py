"""What a page of each kind asks the browser to fetch before it can be read, in bytes sent."""

import posixpath
import re
from collections.abc import Iterator

import brotli
import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.urls import reverse
from fontTools.ttLib import TTFont

from courses.models import LessonPage
from tests.builders import a_released_course, an_enrollment

pytestmark = pytest.mark.django_db
STYLES = 14_000
SCRIPTS = 10_000  # of a page for everybody
FONTS = 40_000  # of one file
IMPORTED = re.compile(r"""(?:import|from)\s*["']([^"']+)["']""")


@pytest.fixture
def course(catalogue, ada):
    return a_released_course(by=ada, title="Sewing by hand")


@pytest.fixture
def lesson(course):
    """The open one."""
    return LessonPage.objects.descendant_of(course).filter(live=True).last()


PUBLIC = {
    "home": "/",
    "catalogue": "/courses/",
    "course": "/courses/sewing-by-hand/",
    "lesson": "/learn/{lesson}/",
    "producer": "/producers/{producer}/",
    "help": "/help/",
    "sign in": "/accounts/login/",
    "sign up": "/accounts/signup/",
    "a look-up": "/certificates/verify/",
    "teaching": "/account/teach/",
    "nothing there": "/nowhere/",
}
SIGNED_IN = {
    "checkout": "/courses/sewing-by-hand/checkout/",
    "my learning": "/my-learning/",
    "account": "/account/",
    "purchases": "/account/purchases/",
    "lesson": "/learn/{lesson}/",
}


@pytest.mark.parametrize("kind", PUBLIC)
def test_a_page_for_everybody_is_light(client, kind, lesson, ada):
    page = read(client, PUBLIC[kind].format(lesson=lesson.uuid, producer=ada.pk))

    assert len(sheets(page)) == 1
    assert sent(sheets(page)) <= STYLES
    assert 0 < sent(scripts(page)) <= SCRIPTS


@pytest.mark.parametrize("kind", SIGNED_IN)
def test_a_page_of_a_person_has_one_sheet_too(client, kind, lesson, course, cleo):
    if kind != "checkout":
        an_enrollment(user=cleo, course=course)
    client.force_login(cleo)

    page = read(client, SIGNED_IN[kind].format(lesson=lesson.uuid))

    assert len(sheets(page)) == 1
    assert sent(sheets(page)) <= STYLES
    assert sent(scripts(page)) <= 25_000  # with htmx


def test_the_weights_count_what_a_module_imports(client, lesson):
    page = read(client, f"/learn/{lesson.uuid}/")

    assert any("/position." in name for name in scripts(page))


@pytest.mark.parametrize("kind", ["lesson", "course"])
def test_modules_are_fetched_at_once_and_each_once(client, kind, lesson):
    """Whatever a module imports is named in the page, by the very name it is imported by."""
    page = read(client, PUBLIC[kind].format(lesson=lesson.uuid))
    written = {named(each["src"]) for each in page.select("script[src]")}
    written |= {named(each["href"]) for each in page.select("link[rel=modulepreload]")}

    assert scripts(page) == written
    assert all(re.search(r"\.[0-9a-f]{12}\.", name) for name in written)


@pytest.mark.parametrize("kind", PUBLIC)
def test_no_font_goes_before_what_is_waited_for(client, kind, lesson, ada):
    page = read(client, PUBLIC[kind].format(lesson=lesson.uuid, producer=ada.pk))

    assert page.select("link[rel=preload][as=font]") == []


def test_every_page_decides_on_its_faces_before_its_sheet_in_the_same_words(client, lesson, ada):
    """A policy can allow one script by its hash; a kept page has no nonce."""
    said = set()
    for kind, address in PUBLIC.items():
        page = read(client, address.format(lesson=lesson.uuid, producer=ada.pk))
        (script,) = page.select("script[data-faces]")
        said.add(script.string)
        faces = [named(each) for each in script["data-faces"].split()]

        assert page.select_one("link[rel=stylesheet]") in script.find_all_next("link"), kind
        assert [face.partition(".")[0] for face in faces] == [
            *("fonts/inter-latin", "fonts/literata-latin"),
            *(["fonts/literata-latin-italic"] if page.select(".lead") else []),
        ], kind
        assert all((settings.STATIC_ROOT / face).is_file() for face in faces)

    assert len(said) == 1


def test_fonts_are_subset_and_each_is_light():
    """What English needs stands in files of its own; the rest comes where it is written."""
    fonts = {
        each.name.partition(".")[0]: each.stat().st_size
        for each in (settings.BASE_DIR / "static/fonts").glob("*.woff2")
    }

    assert fonts.pop("formulas") > FONTS  # fetched where a formula stands
    faces = {"inter-latin", "literata-latin", "literata-latin-italic"}
    assert fonts.keys() == {name + part for name in faces for part in ("", "-more")}
    assert max(fonts.values()) <= FONTS
    assert fonts["inter-latin"] + fonts["literata-latin"] <= 60_000
    assert fonts["literata-latin-italic"] <= 24_000


def test_each_letter_stands_in_one_file_of_its_face():
    """A file that is fetched for a letter holds it, and no letter is in two."""
    sheet = (settings.BASE_DIR / "static/css/interface/tokens.css").read_text()
    faces = re.findall(r"fonts/([\w-]+)\.woff2.*?unicode-range:\s*([^;]+);", sheet, re.DOTALL)
    assert len(faces) == 6

    told = {name: set(codes_of(ranges)) for name, ranges in faces}
    for name, codes in told.items():
        held = set(TTFont(settings.BASE_DIR / f"static/fonts/{name}.woff2").getBestCmap())
        assert held <= codes
        assert held >= codes & set(range(0x20, 0x100)) - {0xAD}
        other = name.removesuffix("-more") if name.endswith("-more") else f"{name}-more"
        assert codes.isdisjoint(told[other])


def codes_of(ranges: str) -> Iterator[int]:
    for each in ranges.split(","):
        first, _, last = each.strip().removeprefix("U+").partition("-")
        yield from range(int(first, 16), int(last or first, 16) + 1)


@pytest.mark.parametrize("kind", [*PUBLIC, "checkout", "my learning"])
def test_scripts_wait_for_styles_and_pictures(client, kind, lesson, ada, cleo):
    """They add to what is there already: on a slow line they would only take its width."""
    if kind in SIGNED_IN and kind not in PUBLIC:
        client.force_login(cleo)
    address = {**SIGNED_IN, **PUBLIC}[kind]
    page = read(client, address.format(lesson=lesson.uuid, producer=ada.pk))

    fetched = page.select("script[src], link[rel=modulepreload]")
    assert fetched
    assert [str(each) for each in fetched if each.get("fetchpriority") != "low"] == []


def test_a_stranger_gets_nothing_to_send_answers_with_and_a_learner_does(
    client, lesson, course, cleo
):
    address = reverse("learners:lesson", args=[lesson.uuid])
    assert not any("htmx" in each for each in scripts(read(client, address)))
    an_enrollment(user=cleo, course=course)

    client.force_login(cleo)

    assert any("htmx" in each for each in scripts(read(client, address)))


# What a page asks for


def read(client, address: str) -> BeautifulSoup:
    return BeautifulSoup(client.get(address).content, "html.parser")


def named(address: str) -> str:
    assert address.startswith("/static/"), address
    return address.removeprefix("/static/")


def sheets(page: BeautifulSoup) -> set[str]:
    return {named(each["href"]) for each in page.select("link[rel=stylesheet]")}


def scripts(page: BeautifulSoup) -> set[str]:
    """Those in the page, with whatever they import."""
    found: set[str] = set()
    waiting = [named(each["src"]) for each in page.select("script[src]")]
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        if "vendor" not in name:
            text = (settings.STATIC_ROOT / name).read_text()
            waiting += [
                posixpath.normpath(posixpath.join(posixpath.dirname(name), address))
                for address in IMPORTED.findall(text)
            ]
    return found


def sent(names: set[str]) -> int:
    """Fonts are compressed already; whatever else is sent as brotli."""
    texts = (name for name in names if not name.endswith(".woff2"))
    fonts = (name for name in names if name.endswith(".woff2"))
    total = sum(len(brotli.compress((settings.STATIC_ROOT / each).read_bytes())) for each in texts)
    return total + sum((settings.STATIC_ROOT / each).stat().st_size for each in fonts)
