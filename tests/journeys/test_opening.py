"""A page that opens on a phone: what is far comes later, words change their face once or never."""

import pytest

from tests.builders import a_chapter, a_course, a_lesson, a_released_course

from .test_loading import PHONE, SHIFTS, assert_nothing_jumped, until_faces_are_used

pytestmark = pytest.mark.browser

COURSE = "/courses/sewing-by-hand/"
FAR = ".far, .cards > :nth-child(n + 3)"
LEFT_FOR_LATER = f"""() => [...document.querySelectorAll({FAR!r})].filter(
  (part) => !part.firstElementChild.checkVisibility({{ contentVisibilityAuto: true }})
).length"""
OPENED = "() => !document.documentElement.dataset.drawn"
IN_SIGHT = "() => document.elementFromPoint(180, 400).closest('li, p, summary, h2').textContent"
TOP_OF = "(id) => document.getElementById(id).getBoundingClientRect().top"
# The machine's letters are so much larger here that a title has other lines in them.
LARGER = ':root[data-faces] h1 { font-family: "DejaVu Serif", serif; letter-spacing: 0.4em }'


@pytest.fixture
def course(catalogue, ada):
    """As long on a phone as courses are."""
    draft = a_course(by=ada, title="Sewing by hand", syllabus={})
    for chapter in range(8):
        under = a_chapter(under=draft, title=f"Chapter {chapter}")
        for lesson in range(6):
            a_lesson(under=under, title=f"Lesson {lesson} of chapter {chapter}", is_preview=True)
    return a_released_course(by=ada, course=draft)


@pytest.fixture
def browser_context_args(browser_context_args):
    return {**browser_context_args, "viewport": PHONE}


@pytest.fixture
def phone(page, course):
    page.set_default_timeout(30_000)
    page.add_init_script(SHIFTS)
    return page


@pytest.fixture
def held(phone):
    """Faces wait until they are let go: ``held()``."""
    waiting = []

    def hold(route):
        waiting.append(route)

    def let_go():
        for route in waiting:
            route.continue_()

    phone.route("**/*.woff2", hold)
    let_go.waiting = waiting
    return let_go


def until_faces_are_asked_for(phone, held) -> None:
    while len(held.waiting) < 2:
        phone.wait_for_timeout(20)


def layouts(session) -> float:
    told = session.send("Performance.getMetrics")["metrics"]
    return next(each["value"] for each in told if each["name"] == "LayoutCount")


def test_words_are_laid_out_once_for_all_their_faces(phone, live_site, held):
    session = phone.context.new_cdp_session(phone)
    session.send("Performance.enable")
    phone.goto(live_site + COURSE)
    until_faces_are_asked_for(phone, held)
    phone.evaluate("() => { delete document.documentElement.dataset.drawn; }")  # not counted here
    phone.wait_for_timeout(500)
    before = layouts(session)

    held()
    phone.wait_for_function("!document.documentElement.dataset.faces")
    phone.wait_for_timeout(500)

    assert layouts(session) - before == 1


def test_what_is_far_is_left_for_later_and_then_drawn(phone, live_site, held):
    phone.goto(live_site + COURSE)
    until_faces_are_asked_for(phone, held)
    assert phone.evaluate(LEFT_FOR_LATER) >= 1

    held()
    phone.wait_for_function(OPENED)

    assert phone.evaluate(LEFT_FOR_LATER) == 0
    assert_nothing_jumped(phone)


def test_it_is_on_later_visits_too(phone, live_site):
    phone.add_init_script("localStorage.faces = 'here'; window.addEventListener = () => {};")

    phone.goto(live_site + COURSE)

    assert phone.evaluate(LEFT_FOR_LATER) >= 1


def test_a_wide_screen_draws_everything(phone, live_site, held):
    phone.set_viewport_size({"width": 1440, "height": 900})

    phone.goto(live_site + COURSE)

    until_faces_are_asked_for(phone, held)
    assert phone.evaluate(LEFT_FOR_LATER) == 0


def test_on_paper_nothing_is_left_out(phone, live_site, held):
    phone.goto(live_site + COURSE)
    until_faces_are_asked_for(phone, held)

    phone.emulate_media(media="print")

    assert phone.evaluate(LEFT_FOR_LATER) == 0


def test_without_scripts_nothing_is_left_for_later(browser, live_site, course):
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()

    page.goto(live_site + COURSE)

    assert page.locator("html[data-drawn]").count() == 0
    context.close()


def test_an_address_within_the_page_opens_at_its_place(phone, live_site):
    phone.goto(f"{live_site}{COURSE}#reviews")
    drawn = phone.evaluate("document.documentElement.dataset.drawn")
    phone.wait_for_function("localStorage.faces")
    phone.wait_for_timeout(300)

    assert drawn is None
    assert 0 < phone.evaluate(TOP_OF, "reviews") < PHONE["height"]


@pytest.mark.parametrize("guarded", [True, False], ids=["guarded", "control"])
def test_a_link_within_the_page_goes_to_its_place_while_the_page_opens(
    phone, live_site, held, guarded
):
    phone.goto(live_site + COURSE)
    until_faces_are_asked_for(phone, held)
    phone.evaluate("() => { document.querySelector('h1').innerHTML += '<a href=#reviews>x</a>' }")
    if not guarded:
        phone.evaluate(
            "() => { document.querySelector('h1 a').onclick = (event) => event.stopPropagation() }"
        )

    phone.locator("h1 a").evaluate("(link) => link.click()")
    phone.wait_for_timeout(500)

    # What is still left for later above it has another height than it is taken for.
    assert phone.evaluate(OPENED) is guarded
    if guarded:
        assert 0 < phone.evaluate(TOP_OF, "reviews") < PHONE["height"]


def test_what_somebody_reads_stays_where_it_is_when_the_rest_is_drawn(phone, live_site, held):
    phone.goto(live_site + COURSE)
    until_faces_are_asked_for(phone, held)
    phone.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    phone.wait_for_timeout(300)
    read, length = phone.evaluate(IN_SIGHT), phone.evaluate("document.body.scrollHeight")

    held()
    phone.wait_for_function(OPENED)
    phone.wait_for_timeout(300)

    assert phone.evaluate("document.body.scrollHeight") >= length
    assert phone.evaluate(IN_SIGHT) == read


def test_a_page_loaded_anew_stands_where_it_stood(phone, live_site):
    phone.goto(live_site + COURSE)
    until_faces_are_used(phone)
    phone.wait_for_function(OPENED)
    phone.evaluate("scrollTo(0, 3000)")
    phone.wait_for_timeout(300)
    read = phone.evaluate(IN_SIGHT)

    phone.reload()

    phone.wait_for_timeout(500)
    assert phone.evaluate("document.documentElement.dataset.drawn") is None
    assert phone.evaluate(IN_SIGHT) == read


def test_where_lines_would_move_faces_wait_for_the_next_page(phone, live_site):
    def larger(route):
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text() + LARGER)

    phone.route("**/*.css", larger)
    phone.goto(live_site + COURSE)
    phone.wait_for_function("localStorage.faces")
    phone.wait_for_timeout(500)

    assert phone.evaluate("document.documentElement.dataset.faces") == "next"
    assert_nothing_jumped(phone)
    # The control: what would have moved.
    phone.evaluate("() => { delete document.documentElement.dataset.faces; }")
    phone.wait_for_timeout(300)
    assert phone.evaluate("window.shifts.length") >= 1

    phone.goto(live_site + COURSE)
    assert phone.evaluate("document.documentElement.dataset.faces") is None
    family = phone.evaluate("getComputedStyle(document.querySelector('h1')).fontFamily")
    assert family.startswith("Literata,")
