"""What a producer does in the editor: Wagtail's own pages, moved as hands would move them."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

SAVED = re.compile(r"^\s*“.*” is (created|saved)\.")
SUBMIT = re.compile("^Submit for review")


def new_course(page: Page, title: str) -> str:
    """From "New course" to its empty draft, arranged in chapters; the editor's address."""
    page.get_by_role("link", name="New course").first.click()
    page.get_by_role("textbox", name="Title").fill(title)
    page.get_by_label("In chapters").check()
    page.get_by_role("button", name="Create the course").click()
    expect(page.get_by_text(f"“{title}” is yours. Only your team can see it.")).to_be_visible()
    page.get_by_role("link", name="Price and page").click()
    expect(page.get_by_role("textbox", name="Subtitle")).to_be_visible()
    return page.url


def describe_course(
    page: Page, *, subtitle: str, description: str, category: str, outcome: str, price: str
) -> None:
    """Fill, tab by tab, what a course needs before anybody may read it; save."""
    page.get_by_role("textbox", name="Subtitle").fill(subtitle)
    write(page.get_by_role("region", name="Description"), description)
    page.get_by_role("combobox", name="Category").select_option(category)
    page.get_by_role("tab", name="For whom").click()
    outcomes = page.get_by_role("region", name="What you will learn")
    outcomes.get_by_role("button", name="Add a line").click()
    outcomes.get_by_role("textbox").fill(outcome)
    page.get_by_role("tab", name="Price").click()
    page.get_by_role("textbox", name="Price").fill(price)
    save(page)


def add_chapter(page: Page, *, course: str, title: str) -> str:
    """From the course's editor to a chapter in its outline; the address where lessons are added."""
    page.get_by_role("link", name=course, exact=True).click()
    not_now = page.get_by_role("button", name="Not now")
    not_now.click()
    page.get_by_role("button", name="Name the first chapter").click()
    page.keyboard.insert_text(title)
    page.keyboard.press("Enter")
    page.keyboard.press("Escape")
    edit = page.get_by_role("treegrid").get_by_role("link", name=title)
    expect(edit).to_have_attribute("href", re.compile(r"/pages/\d+/edit/"))
    site = page.url.partition("/admin/")[0]
    return site + (edit.get_attribute("href") or "").removesuffix("edit/")


def add_lesson(
    page: Page, chapter: str, title: str, *write_body: Callable[[Page], None], preview: bool = False
) -> None:
    """A lesson in the chapter whose list stands at ``chapter``, block after block."""
    page.goto(chapter)
    page.get_by_role("link", name="Add a page inside").first.click()
    page.get_by_role("link", name="Lesson", exact=True).click()
    page.get_by_role("textbox", name="Title").fill(title)
    for add_block in write_body:
        add_block(page)
    if preview:
        page.get_by_role("tab", name="How it is studied").click()
        page.get_by_role("checkbox", name="Open preview").check()
    save(page)


def text(words: str) -> Callable[[Page], None]:
    """A block of text."""

    def add(page: Page) -> None:
        _insert(page, "Text")
        write(page.locator("[data-contentpath=body]"), words)

    return add


def question(words: str, *, right: str, wrong: str, feedback: str) -> Callable[[Page], None]:
    """A question with two options; ``feedback`` is for whoever picks the wrong one."""

    def add(page: Page) -> None:
        _insert(page, "Quiz question: one right answer")
        write(page.locator("[data-contentpath=question]"), words)
        options = page.locator("[data-contentpath=options]")
        options.locator("[name$='-0-value-text']").fill(right)
        options.locator("[name$='-0-value-correct']").check()
        options.locator("[name$='-1-value-text']").fill(wrong)
        options.locator("[name$='-1-value-feedback']").fill(feedback)

    return add


def write(place: Locator, words: str) -> None:
    """Replace what the first rich text editor in ``place`` says."""
    editor = place.locator("[contenteditable=true]").first
    editor.click()
    editor.press("ControlOrMeta+a")
    editor.page.keyboard.insert_text(words)
    # The editor hands its words to the form a moment later.
    field = place.locator("input:has(+ [data-draftail-editor-wrapper])").first
    expect(field).to_have_value(re.compile(re.escape(words)))


def save(page: Page) -> None:
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text(SAVED)).to_be_visible()


def submit(page: Page, editor: str) -> None:
    """In the course's editor at ``editor``: hand the course to the moderators, again perhaps."""
    page.goto(editor)
    page.get_by_role("button", name="More actions").click()
    actions = page.get_by_role("navigation", name="Actions (footer)")
    actions.get_by_role("button", name=SUBMIT).click()
    expect(page.get_by_text("A moderator reads it")).to_be_visible()


def _insert(page: Page, block: str) -> None:
    page.locator("[data-contentpath=body]").get_by_title("Insert a block").last.click()
    page.get_by_role("option", name=block, exact=True).click()
