"""What people do on the pages, in the words of those pages."""

import re

from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from learners.accounts.workplaces import landing
from tests.people import PASSWORD, person

CODE = re.compile(r"^[A-Z0-9]{3,4}-?[A-Z0-9]{3,4}$")


def sign_in(page: Page, site: str, first_name: str, *, onward: str = "") -> Page:
    """A member of the cast types address and password; ``onward`` is where they wanted to go."""
    page.goto(f"{site}/accounts/login/" + (f"?next={onward}" if onward else ""))
    page.get_by_label("E-mail").fill(f"{first_name}@example.com")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).to_have_url(site + (onward or landing(person(first_name))))
    return page


def arrive(page: Page, site: str, first_name: str, *, onward: str = "") -> Page:
    """The same, of somebody who signed in before: it costs no form and no password."""
    user = person(first_name)
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    page.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": site}])
    page.goto(site + (onward or landing(user)))
    return page


def sign_up(page: Page, site: str, *, name: str, email: str) -> None:
    """From the sign-up page to the code in the mailbox and back."""
    page.get_by_label("Your name").fill(name)
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Create account").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Look in your mailbox")

    letters = page.context.new_page()
    letters.goto(f"{site}/mailbox/")
    letters.get_by_role("link", name="Your code for Perfomix").click()
    code = letters.frame_locator("iframe").get_by_text(CODE).inner_text()
    letters.close()

    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Confirm the address").click()


def pay(page: Page, total: str, *, card: str = "pays") -> None:
    """On the payment page: choose the test card that does so, and press Pay."""
    page.get_by_role("radio", name=card).first.check()
    page.get_by_role("button", name=f"Pay {total}").click()


def approve(page: Page, site: str, title: str) -> None:
    """The moderator opens the submission from the queue and releases it."""
    open_submission(page, site, title)
    page.get_by_role("button", name="Approve and release").click()
    expect(page.get_by_text(f"“{title}” is released. Learners see it now.")).to_be_visible()


def open_submission(page: Page, site: str, title: str) -> None:
    page.goto(f"{site}/admin/")
    page.get_by_role("link", name=re.compile(r"^Reviews")).first.click()
    page.get_by_role("link", name=f"Review {title}").click()
    expect(page.get_by_role("heading", name="Decide")).to_be_visible()
