"""What the site says of itself is what is set, measured or enforced, on the day it is read."""

import re
from datetime import timedelta
from hashlib import sha256
from importlib import import_module
from pathlib import Path

import pytest
from django.apps import apps
from django.utils import timezone

from courses.models import CourseRelease, ReleaseStatus
from courses.releases.promptness import ENOUGH
from home.founding import CONTENT, found_site, founding_text
from home.front.contents import teaching_facts
from home.models import HomePage, PlainPage
from storefront.models import Seller
from tests.builders import a_course

pytestmark = pytest.mark.django_db

PAGES = sorted(path.stem for path in (CONTENT / "pages").glob("*.md"))
TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


def words_of(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


# Plain pages


def test_plain_pages_say_what_is_set_when_they_are_read(client, settings):
    found_site()
    Seller.objects.create(name="Lantern & Sons", return_days=14, return_below_percent=25)
    settings.PRODUCER_SHARE_PERCENT = type(settings.PRODUCER_SHARE_PERCENT)("72.5")

    refunds, terms = (words_of(client, f"/{slug}/") for slug in ("refunds", "terms"))

    rule = "Return it within 14 days, as long as you have studied less than 25 % of it."
    assert rule in refunds and rule in terms
    assert "Of the sale, the producer gives up their 72.5 % and Lantern &amp; Sons its 27.5 %" in (
        refunds
    )
    assert "Of each sale you receive 72.5 % and we keep 27.5 %." in terms
    assert "you buy it from Lantern &amp; Sons" in terms


def test_a_facts_words_are_never_markup_and_other_braces_stay(client):
    found_site()
    Seller.objects.create(name="<script>alert(1)</script>")
    page = PlainPage.objects.get(slug="terms")
    page.body = "<p>{seller} {nobody} {{ x }}</p>"
    page.intro = "{seller} & {return rule}"
    page.save_revision().publish()

    text = words_of(client, "/terms/")

    assert "<p>&lt;script&gt;alert(1)&lt;/script&gt; {nobody} {{ x }}</p>" in text
    assert "<script>alert(1)" not in text
    assert "&lt;/script&gt; &amp; Return it within 30 days" in text


@pytest.mark.parametrize("slug", PAGES)
def test_no_founding_text_types_what_a_setting_holds(slug):
    text = " ".join(founding_text(slug).values())

    assert not re.search(r"\d+ ?%|\b(30|thirty) days|\bPerfomix\b", text, re.IGNORECASE)


@pytest.mark.parametrize("slug", PAGES)
def test_every_link_of_a_founding_text_leads_somewhere(client, cleo, slug):
    found_site()
    client.force_login(cleo)

    links = re.findall(r'href="(/[^"]*)"', founding_text(slug)["body"])

    assert "/help/" in links
    assert {link: client.get(link).status_code for link in links} == dict.fromkeys(links, 200)


def test_whoever_is_told_to_write_to_us_is_led_there():
    """In templates the words stand in a link, or beside one; mails have one in their foot."""
    told = [
        path
        for path in TEMPLATES.rglob("*.html")
        if re.search(r"write to us", path.read_text(), re.IGNORECASE)
        and "mail/base.html" not in path.read_text()
    ]

    assert len(told) >= 6
    for path in told:
        text = path.read_text()
        assert "/help/" in text or "'help'" in text or path.parent.name == "help", path


# Pages that were there before


OLD = "<h2>The rule</h2><p>You may ask for your money back within <b>30 days</b>.</p>"


@pytest.fixture
def old_pages(monkeypatch):
    """A site as it was founded before, with the old words on one page."""
    found_site()
    migration = import_module("home.migrations.0003_pages_say_what_is_set")
    monkeypatch.setitem(migration.FOUNDED, "refunds", sha256(OLD.encode()).hexdigest())
    page = PlainPage.objects.get(slug="refunds")
    page.intro, page.body = "Thirty days.", OLD
    page.save_revision().publish()
    home = HomePage.objects.get()
    home.promise = migration.PROMISED
    home.save_revision().publish()
    return migration


def test_a_founding_text_that_nobody_edited_is_replaced_where_it_is_read_and_edited(old_pages):
    old_pages.say_what_is_set(apps, None)

    page, home = PlainPage.objects.get(slug="refunds"), HomePage.objects.get()
    for shown in (page, page.get_latest_revision_as_object()):
        assert (shown.intro, shown.body) == (
            founding_text("refunds")["intro"],
            founding_text("refunds")["body"],
        )
    assert home.promise == home.get_latest_revision_as_object().promise == old_pages.PROMISES


def test_what_somebody_wrote_is_left_as_it_is(old_pages):
    page = PlainPage.objects.get(slug="refunds")
    page.body = OLD + "<p>Ours.</p>"
    page.save_revision().publish()
    home = HomePage.objects.get()
    home.promise = "Our own words."
    home.save_revision().publish()

    old_pages.say_what_is_set(apps, None)

    page, home = PlainPage.objects.get(slug="refunds"), HomePage.objects.get()
    assert page.body == page.get_latest_revision_as_object().body == OLD + "<p>Ours.</p>"
    assert page.intro == "Thirty days."
    assert home.promise == "Our own words."


# Teaching


def decided(course, hours: list[float], *, ago: int = 10, status=ReleaseStatus.SUPERSEDED) -> None:
    """Submissions of a course that were decided after so many hours."""
    first = course.releases.count()
    for number, taken in enumerate(hours, start=first + 1):
        submitted = timezone.now() - timedelta(days=ago)
        CourseRelease.objects.create(
            course=course,
            number=number,
            status=status,
            submitted_at=submitted,
            decided_at=submitted + timedelta(hours=taken),
        )


def time_to_review() -> str | None:
    return dict(teaching_facts()).get("Median time to review")


def test_time_to_review_is_told_once_enough_were_decided(ada):
    course = a_course(by=ada)
    decided(course, [72] * (ENOUGH - 1))
    assert time_to_review() is None

    decided(course, [24])

    assert time_to_review() == "3 days"


@pytest.mark.parametrize(
    ("hours", "told"), [(1, "less than a day"), (24, "1 day"), (60, "2 days"), (61, "3 days")]
)
def test_time_to_review_is_the_middle_of_what_was_measured(ada, hours, told):
    decided(a_course(by=ada), [0.1, 0.1, hours, 900, 900])

    assert time_to_review() == told


def test_what_was_taken_back_or_decided_long_ago_does_not_count(ada):
    course = a_course(by=ada)
    decided(course, [48] * ENOUGH)
    decided(course, [0.1] * 20, status=ReleaseStatus.CANCELLED)
    decided(course, [900] * 20, ago=500)

    assert time_to_review() == "2 days"


def test_the_page_for_teachers_says_the_share_that_is_set(client, db, settings):
    settings.PRODUCER_SHARE_PERCENT = type(settings.PRODUCER_SHARE_PERCENT)("40")

    page = words_of(client, "/account/teach/")

    assert "40 % of every sale is yours." in page
    assert "larger share" not in page


def test_a_page_says_when_it_was_last_published(client):
    found_site()

    today = timezone.now()
    assert f'<time datetime="{today:%Y-%m-%d}">' in words_of(client, "/terms/")
