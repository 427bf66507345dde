"""A new machine: one command makes the pages that a site cannot do without."""

from io import StringIO

import pytest
from django.core.management import call_command
from wagtail.models import Page, Site

from courses.models import CataloguePage, Category
from home.models import HomePage, PlainPage

pytestmark = pytest.mark.django_db


def found_site() -> str:
    told = StringIO()
    call_command("found_site", stdout=told)
    return told.getvalue()


def test_a_new_site_has_a_front_page_a_catalogue_terms_and_subjects(client, settings):
    settings.BASE_URL = "https://courses.example"

    assert "https://courses.example/" in found_site()

    site = Site.objects.get()
    assert (site.hostname, site.port, site.root_page.specific) == (
        "courses.example",
        443,
        HomePage.objects.get(),
    )
    assert CataloguePage.objects.get().live
    assert set(PlainPage.objects.values_list("slug", flat=True)) == {"terms", "privacy", "refunds"}
    assert Category.objects.count() == 8
    for address in ("/", "/courses/", "/terms/", "/privacy/", "/refunds/"):
        assert client.get(address).status_code == 200


def test_founding_again_leaves_alone_what_is_there():
    found_site()
    home = HomePage.objects.get()
    home.title = "Our courses"
    home.save_revision().publish()
    PlainPage.objects.get(slug="terms").delete()
    pages = Page.objects.count()

    found_site()

    assert HomePage.objects.get().title == "Our courses"
    assert PlainPage.objects.filter(slug="terms").exists()
    assert Page.objects.count() == pages + 1


def test_each_page_that_is_founded_is_told_once(caplog):
    caplog.set_level("INFO")

    found_site()
    found_site()

    told = [record.page for record in caplog.records if hasattr(record, "event")]
    assert sorted(told) == sorted(
        [HomePage.objects.get().pk, CataloguePage.objects.get().pk]
        + list(PlainPage.objects.values_list("pk", flat=True))
    )
