r"""Formulas, tables and hints: laid out by the font that has them, narrow and wide, by keys."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from courses.formulas.stored import formula_html
from courses.models import LessonPage
from learners.enrollment.enrollments import enroll
from tests.builders import a_chapter, a_course, a_lesson, a_released_course

from . import studio
from .steps import arrive

pytestmark = pytest.mark.browser

WIDE = r"a_1 + a_2 + a_3 + a_4 + a_5 + a_6 + a_7 + a_8 + \frac{a_9}{b} + a_{10} + a_{11} + a_{12}"
LONG = "<p>" + "What leans always to one side. " * 3 + "</p>"
BODY = [
    ("rich_text", f"<p>Let {formula_html(WIDE)} be.</p><ul><li>Or {formula_html(WIDE)}</li></ul>"),
    ("formula", {"formula": WIDE + r" = \sqrt{\frac{1}{2}}", "caption": "All of it"}),
    (
        "table",
        {
            "cells": {
                "columns": [{"type": "text", "heading": name} for name in "ABCD"],
                "rows": [{"values": [f"<p>Area {formula_html('x^2')}</p>", LONG, LONG, LONG]}],
                "caption": "What leans",
            },
            "row_heads": True,
        },
    ),
    (
        "single_choice",
        {
            "question": f"<p>What is {formula_html('x^2')}?</p>",
            "options": [
                {"text": r"\(\frac{1}{2}\)", "correct": True, "feedback": ""},
                {"text": "Two", "correct": False, "feedback": ""},
            ],
            "hints": ["<p>It is small.</p>", "<p>It is half of one.</p>"],
            "explanation": "",
        },
    ),
]
SETTLED = "Promise.all(document.getAnimations().map(each => each.finished.catch(() => null)))"


@pytest.fixture
def lesson(catalogue, ada, cleo):
    draft = a_course(by=ada, title="Sewing by hand", syllabus={})
    tools = a_chapter(under=draft, title="Tools")
    a_lesson(under=tools, title="Open to all", is_preview=True)
    a_lesson(under=tools, title="How much cloth", body=BODY)
    course = a_released_course(by=ada, course=draft)
    enroll(user=cleo, course=course)
    return LessonPage.objects.get(title="How much cloth")


def font_of(page, selector: str) -> str:
    """The font that Chromium really draws an element with."""
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    node = session.send("DOM.querySelector", {"nodeId": root, "selector": selector})["nodeId"]
    (font,) = session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    return font["familyName"]


def test_a_lesson_with_formulas_fits_and_is_drawn_by_their_font(live_site, window, lesson):
    page = arrive(window(), live_site, "cleo")

    for width, scheme in ((320, "light"), (390, "dark"), (1440, "light"), (1440, "dark")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        page.goto(f"{live_site}/learn/{lesson.uuid}/")
        page.evaluate("document.fonts.ready")
        for selector in (".formula math mi", ".rich-text math mi", ".choice-text math mn"):
            assert font_of(page, selector) == "Perfomix Formulas"
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.locator("math [style], math[style]").count() == 0
        page.evaluate(SETTLED)
        found = Axe().run(page).response["violations"]
        assert [(each["id"], node["html"]) for each in found for node in each["nodes"]] == []

    page.set_viewport_size({"width": 320, "height": 900})
    for box in (".formula-line", ".lesson-table"):
        scrolls = "box => box.scrollWidth > box.clientWidth"
        assert page.locator(box).evaluate(scrolls)
    taller = page.evaluate(
        "document.querySelector('.formula mfrac').getBoundingClientRect().height >"
        "document.querySelector('.formula mi').getBoundingClientRect().height * 1.5"
    )
    assert taller


def test_hints_open_one_by_one_with_keys_and_without_scripts(live_site, new_context, lesson):
    page = arrive(new_context(java_script_enabled=False).new_page(), live_site, "cleo")
    page.goto(f"{live_site}/learn/{lesson.uuid}/")
    first, second = (page.get_by_text(f"Show a hint ({n} of 2)") for n in (1, 2))
    expect(page.get_by_text("It is small.")).to_be_hidden()
    expect(second).to_be_hidden()

    first.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("It is small.")).to_be_visible()
    expect(page.get_by_text("It is half of one.")).to_be_hidden()
    page.keyboard.press("Tab")
    expect(second).to_be_focused()
    page.keyboard.press("Space")
    expect(page.get_by_text("It is half of one.")).to_be_visible()


def test_a_producer_writes_formulas_and_sees_what_they_look_like(live_site, window, ada, lesson):
    page = arrive(window(), live_site, "ada", onward="/admin/")
    page.goto(f"{live_site}/admin/pages/{lesson.pk}/edit/")
    field, below = page.locator("textarea.tex"), page.locator(".formula-preview")
    expect(below.locator("math")).to_be_visible()

    field.fill(r"x + \foo")
    expect(below).to_contain_text("“\\foo” (character 5) is no command that is known here.")
    field.fill(r"\frac{1}{3}")
    expect(below.locator("mfrac")).to_be_visible()

    editor = page.locator("[contenteditable=true]").first
    expect(editor.locator("math").first).to_be_visible()
    editor.click()
    page.keyboard.press("ControlOrMeta+End")
    page.keyboard.type(" /")
    page.get_by_role("option", name=re.compile("Formula within a line")).click()
    page.get_by_label("TeX, as in LaTeX").fill(r"\sqrt{7}")
    expect(page.get_by_role("dialog").locator("msqrt")).to_be_visible()
    page.get_by_label("TeX, as in LaTeX").press("Enter")
    expect(editor.locator("msqrt")).to_be_visible()

    # The editor hands its words to the form a moment later.
    expect(page.locator("[name='body-0-value']")).to_have_value(re.compile(r"sqrt\{7\}"))
    studio.save(page)
    body = LessonPage.objects.get(pk=lesson.pk).get_latest_revision_as_object().body
    assert body[1].value["formula"].tex == r"\frac{1}{3}"
    assert r'tex="\sqrt{7}"' in body[0].value.source
