"""What is written on a page of a kind has its rules in the one sheet that the page asks for."""

import re

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage

from courses.models import LessonPage
from tests.builders import a_released_course, an_enrollment

from .test_sheets import parts_of
from .test_styles import COMMENT_OR_ADDRESS
from .test_weights import PUBLIC, SIGNED_IN

pytestmark = pytest.mark.django_db
KINDS = (each.stem for each in (settings.BASE_DIR / "static/css/sheets").glob("*.css"))
ALL_PARTS = {
    part for kind in KINDS if kind != "studio" for part in parts_of(f"css/sheets/{kind}.css")
}
CLASS_NAME = re.compile(r"\.([a-zA-Z_][\w-]*)")
SELECTOR = re.compile(r"([^{};]+)\{")


def groups_in(css: str) -> set[frozenset[str]]:
    """The classes that each selector asks for together."""
    bare = COMMENT_OR_ADDRESS.sub("", css)
    parts = [part for rule in SELECTOR.findall(bare) for part in rule.split(",")]
    return {frozenset(CLASS_NAME.findall(part)) for part in parts} - {frozenset()}


def test_whatever_has_rules_anywhere_has_them_there(client, catalogue, ada, cleo):
    course = a_released_course(by=ada, title="Sewing by hand")
    lesson = LessonPage.objects.descendant_of(course).filter(live=True).last()
    parts = ((settings.BASE_DIR / "static" / each).read_text() for each in ALL_PARTS)
    everywhere = groups_in("".join(parts))
    bare = set()

    def look(kind: str, address: str) -> None:
        page = BeautifulSoup(client.get(address).content, "html.parser")
        (sheet,) = page.select("link[rel=stylesheet]")
        name = sheet["href"].removeprefix(settings.STATIC_URL)
        there = groups_in((settings.STATIC_ROOT / name).read_text())
        worn = {each for element in page.select("[class]") for each in element["class"]}
        bare.update((kind, *each) for each in everywhere - there if each <= worn)

    for kind, address in PUBLIC.items():
        look(kind, address.format(lesson=lesson.uuid, producer=ada.pk))
    client.force_login(cleo)
    look("checkout", SIGNED_IN["checkout"])
    an_enrollment(user=cleo, course=course)
    for kind in SIGNED_IN.keys() - {"checkout"}:
        look(kind, SIGNED_IN[kind].format(lesson=lesson.uuid))
    assert bare == set()


def test_a_sheet_that_lacks_a_part_would_be_found():
    part = (settings.BASE_DIR / "static/css/storefront/catalogue.css").read_text()
    whole = (
        settings.STATIC_ROOT / staticfiles_storage.stored_name("css/sheets/site.css")
    ).read_text()

    assert frozenset({"catalogue"}) in groups_in(part) - groups_in(whole)
