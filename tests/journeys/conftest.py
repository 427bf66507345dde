"""What journeys start from: a mailbox to read, and a browser window for each person."""

import pytest
from playwright.sync_api import expect

# A loaded machine answers late, not wrongly.
PATIENCE = 30_000


@pytest.fixture(scope="package", autouse=True)
def patience():
    expect.set_options(timeout=PATIENCE)
    yield
    expect.set_options(timeout=5_000)


@pytest.fixture
def mailbox(settings, tmp_path):
    """Mail goes where ``/mailbox/`` reads it, as on a development site."""
    settings.EMAIL_BACKEND = "perfomix.mailbox.EmailBackend"
    settings.MAILBOX_DIR = tmp_path


@pytest.fixture
def window(new_context):
    """``window()`` is the first page of somebody new: no cookies, nothing shared."""

    def open_window():
        page = new_context().new_page()
        page.set_default_timeout(PATIENCE)
        return page

    return open_window
