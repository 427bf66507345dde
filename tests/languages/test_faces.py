"""A title in another language stands in the face of its sentence, wherever it is said."""

import re
from pathlib import Path

import pytest

from courses.models import LessonPage
from learners.enrollment.enrollments import enroll
from learners.enrollment.progress import mark_complete
from tests.builders import a_chapter, a_course, a_lesson, a_released_course
from tests.journeys.steps import arrive

STYLES = Path(__file__).resolve().parents[2] / "static/css"
# Serif lines in which no other language is said, or which say what they hold in its own element.
ALONE = {
    *("courses/blocks.css .question legend", "interface/chrome.css .brand"),
    *("interface/chrome.css .menu .who b", "interface/forms.css .form legend"),
    *("interface/prose.css .prose", "learners/lesson.css .transcript-text"),
    *("learners/lesson.css .transcript p", "learners/lesson.css .transcript a"),
    *("storefront/catalogue.css .results-bar b", "storefront/checkout.css .receipt-brand"),
    *("storefront/contents.css .toc summary .no", "storefront/reviews.css .score .figure"),
    # What is typed has the language of the page; a number has none.
    "courses/studio/theme.css #wagtail .DraftEditor-root, #wagtail .Draftail-Editor",
    "courses/studio/theme.css #wagtail [data-field-wrapper] :is(#id_title, .title textarea), "
    "#wagtail .title-wrapper, #wagtail :is(h1, .w-h1)",
    "courses/studio/outline.css .st-row.chapter .no",
    *("learners/quizzes.css .quiz legend", "interface/base.css h1, h2, h3, h4"),
}
SAID = """() => [...document.querySelectorAll("bdi[lang]")].map((said) => {
  const kind = (tag) => getComputedStyle(tag).fontFamily.split(",").at(-1).trim()
  const family = (tag) => getComputedStyle(tag).fontFamily
  return {
    words: said.textContent, of: said.parentElement.outerHTML.slice(0, 90), lang: said.lang,
    kind: kind(said), around: kind(said.parentElement),
    same: family(said) === family(said.parentElement),
  }
})"""

SET = """(tags) => tags.map((tag) => {
  const style = getComputedStyle(tag)
  return [parseFloat(style.lineHeight) / parseFloat(style.fontSize), style.letterSpacing]
})"""


def serif_lines() -> set[str]:
    """What is set in serifs, as “file selector”."""
    found = set()
    for sheet in STYLES.rglob("*.css"):
        text = re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL)
        for selector in re.findall(r"([^{};]+)\{[^{}]*font[^{};]*var\(--serif\)", text):
            found.add(f"{sheet.relative_to(STYLES)} {' '.join(selector.split())}")
    return {line for line in found if not line.partition(" ")[0].endswith("/languages.css")}


def test_every_serif_line_is_known_where_languages_get_their_faces():
    known = (STYLES / "interface/languages.css").read_text()
    of_studio = " ".join((STYLES / "courses/studio/languages.css").read_text().split())

    lines = serif_lines()

    assert len(lines) > 20 and lines >= ALONE
    named = {line: " ".join(line.partition(" ")[2].split()) for line in lines - ALONE}
    unknown = {line for line, selector in named.items() if f" {selector} *" not in known}
    assert {line for line in unknown if _bare(named[line]) not in of_studio} == set()


def _bare(selector: str) -> str:
    """As it is written where it stands in a list."""
    return selector.replace("( ", "(").replace(" )", ")")


@pytest.mark.browser
@pytest.mark.parametrize("language", ["de", "pl", "hi", "ja", "ar"])
def test_a_title_has_the_face_of_the_sentence(live_site, page, ada, cleo, language):
    draft = a_course(by=ada, title="Nähen von Hand", language=language, syllabus={})
    chapter = a_chapter(under=draft, title="Werkzeug")
    a_lesson(under=chapter, title="Zuschnitt", is_preview=True)
    a_lesson(under=chapter, title="Naht")
    course = a_released_course(by=ada, course=draft)
    enrollment = enroll(user=cleo, course=course)
    first, last = LessonPage.objects.descendant_of(course).order_by("path")
    arrive(page, live_site, "cleo")
    said = []

    for address in (
        "/",
        "/my-learning/",
        f"/learn/{first.uuid}/",
        f"/my-learning/{course.uuid}/review/",
    ):
        page.goto(live_site + address)
        said += page.evaluate(SAID)
    for lesson in (first, last):
        mark_complete(enrollment=enrollment, lesson=lesson)
    for address in (f"/learn/{last.uuid}/", "/my-learning/"):
        page.goto(live_site + address)
        said += page.evaluate(SAID)

    page.goto(f"{live_site}/courses/{course.slug}/")
    lead = page.locator(".lead").evaluate("tag => [tag.lang, getComputedStyle(tag).fontFamily]")

    assert lead[0] == language and lead[1].split(", ")[-1] == "serif"
    assert len(said) >= 8 and {one["lang"] for one in said} == {language}
    assert [one for one in said if one["kind"] != one["around"]] == []
    if language == "de":
        assert all(one["same"] for one in said)


@pytest.mark.browser
@pytest.mark.parametrize(("language", "least"), [("hi", 1.4), ("ja", 1.3), ("ko", 1.3), ("de", 1)])
def test_titles_have_the_height_and_the_air_that_their_letters_need(
    live_site, page, ada, cleo, language, least
):
    draft = a_course(by=ada, title="Ein langer Titel", language=language, price="24.00")
    course = a_released_course(by=ada, course=draft)
    enroll(user=cleo, course=course)
    arrive(page, live_site, "cleo")

    found = []
    for address, selector in (
        (f"/courses/{course.slug}/", "h1"),
        ("/my-learning/", "main :is(h2, h3) [lang], main :is(h2, h3)[lang]"),
        (f"/my-learning/{course.uuid}/review/", f"h1 bdi[lang={language}]"),
    ):
        page.goto(live_site + address)
        found += page.locator(selector).first.evaluate_all(SET)

    assert len(found) == 3
    assert [height for height, _air in found if height < least] == []
    if language != "de":
        assert {air for _height, air in found} <= {"normal", "0px"}
