"""A guest becomes a learner, with nothing but a mailbox."""

import re

import pytest
from playwright.sync_api import expect

from learners.models import User
from tests.people import PASSWORD

pytestmark = pytest.mark.browser


def test_a_guest_signs_up_reads_the_code_in_the_mailbox_and_signs_in_again(
    page, live_site, mailbox
):
    page.goto(f"{live_site}/account/teach/")
    page.get_by_role("link", name="Create an account to apply").click()
    page.get_by_label("Your name").fill("Noor Brandt-Adeyo")
    page.get_by_label("E-mail").fill("noor@example.com")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Create account").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Look in your mailbox")

    letters = page.context.new_page()
    letters.goto(f"{live_site}/mailbox/")
    letters.get_by_role("link", name="Your code for Perfomix").click()
    letter = letters.frame_locator("iframe")
    code = letter.get_by_text(re.compile(r"^[A-Z0-9]{3,4}-?[A-Z0-9]{3,4}$")).inner_text()
    letters.close()

    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Confirm the address").click()

    # Back where the guest wanted to go.
    expect(page).to_have_url(f"{live_site}/account/teach/")
    expect(page.get_by_role("button", name="Send the application")).to_be_visible()

    page.get_by_role("button", name="Your account").click()
    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{live_site}/accounts/login/")
    page.get_by_label("E-mail").fill("noor@example.com")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page).to_have_url(f"{live_site}/my-learning/")
    assert User.objects.get().emailaddress_set.get().verified is True


def test_a_mistake_is_said_beside_its_field_and_found_by_a_screen_reader(page, live_site):
    page.goto(f"{live_site}/accounts/signup/")
    page.get_by_label("Your name").fill("Noor")
    page.get_by_label("E-mail").fill("noor@example.com")
    page.get_by_label("Password").fill("short")
    page.get_by_role("button", name="Create account").click()
    field = page.get_by_label("Password")
    expect(field).to_have_attribute("aria-invalid", "true")
    described_by = field.get_attribute("aria-describedby")
    words = " ".join(page.locator(f"#{name}").inner_text() for name in described_by.split())
    assert "at least 10 characters" in words


@pytest.mark.browser_context_args(timezone_id="Pacific/Kiritimati")
def test_the_browser_tells_where_it_is(page, live_site, cleo):
    page.goto(f"{live_site}/accounts/signup/")
    expect(page.locator("input[name=time_zone]")).to_have_value("Pacific/Kiritimati")

    page.goto(f"{live_site}/accounts/login/")
    page.get_by_label("E-mail").fill("cleo@example.com")
    page.get_by_label("Password").fill(PASSWORD)
    with page.expect_response("**/account/zone/") as told:
        page.get_by_role("button", name="Sign in").click()

    assert told.value.status == 204
    cleo.refresh_from_db()
    assert cleo.time_zone == "Pacific/Kiritimati"
    page.goto(f"{live_site}/account/")
    expect(page.get_by_label("Time zone")).to_have_value("Pacific/Kiritimati")
