"""A moderator asks for changes; what is approved in the end is what was submitted last."""

import pytest
from playwright.sync_api import expect

from courses.models import LessonPage, OutboxMail
from tests.builders import a_course

from .steps import approve, arrive, open_submission
from .studio import save, submit, write

pytestmark = pytest.mark.browser

COURSE = "Sewing by hand"
NOTE = "Say in lesson 1.1 which needle to buy."
PINNED = "Take a number nine needle and waxed thread."
BEHIND = "Take my own needles, sold on another site."


def test_a_course_is_sent_back_mended_and_released_as_it_was_submitted(
    window, live_shop, mailbox, ada, mira, cleo
):
    course = a_course(
        by=ada, title=COURSE, price="0.00", syllabus={"Tools": ["Two needles and a thread"]}
    )
    editor = f"{live_shop}/admin/pages/{course.pk}/edit/"
    lesson = LessonPage.objects.get()
    producer, moderator, learner = window(), window(), window()

    arrive(producer, live_shop, "ada", onward="/admin/")
    submit(producer, editor)

    arrive(moderator, live_shop, "mira", onward="/admin/")
    open_submission(moderator, live_shop, COURSE)
    moderator.get_by_text("Ask for changes").click()
    moderator.get_by_label("What should change").fill(NOTE)
    moderator.get_by_role("button", name="Send back with this note").click()
    expect(moderator.get_by_text("Your note is on its way")).to_be_visible()

    the_producer_reads_the_note_in_the_editor_and_in_one_mail(producer, live_shop, editor)

    tab = producer.context.new_page()
    tab.goto(f"{live_shop}/admin/pages/{lesson.pk}/edit/")
    write(tab.locator("[data-contentpath=body]"), PINNED)
    save(tab)
    submit(producer, editor)

    # The tab stays open during the review, and saves once more.
    write(tab.locator("[data-contentpath=body]"), BEHIND)
    save(tab)
    open_submission(moderator, live_shop, COURSE)
    moderator.get_by_role("link", name="Two needles and a thread").click()
    expect(moderator.frame_locator("iframe").get_by_text(PINNED)).to_be_visible()
    approve(moderator, live_shop, COURSE)
    write(tab.locator("[data-contentpath=body]"), BEHIND + " Soon.")
    save(tab)

    arrive(learner, live_shop, "cleo")
    learner.goto(f"{live_shop}/courses/sewing-by-hand/")
    learner.get_by_role("button", name="Start learning, free").first.click()
    expect(learner.get_by_text(f"{COURSE} is yours, for as long as you like.")).to_be_visible()
    expect(learner.get_by_text(PINNED)).to_be_visible()
    expect(learner.get_by_text(BEHIND)).to_have_count(0)


def the_producer_reads_the_note_in_the_editor_and_in_one_mail(page, site, editor):
    page.goto(editor)
    banner = page.locator(".review-banner")
    expect(banner).to_contain_text("Mira Sandoval asks for changes")
    expect(banner).to_contain_text(NOTE)

    page.goto(f"{site}/mailbox/")
    letter = page.get_by_role("link", name=f"Changes asked for in “{COURSE}”")
    expect(letter).to_have_count(1)
    expect(letter).to_contain_text("ada@example.com")
    letter.click()
    expect(page.get_by_role("main")).to_contain_text(NOTE)
    assert OutboxMail.objects.filter(to="ada@example.com").count() == 1
