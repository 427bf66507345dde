"""Pages by their address; what is not there costs one question."""

import pytest
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail import urls as wagtail_urls

from home.models import HomePage, PlainPage
from home.pages import urls
from home.pages.serving import serve_page
from tests.builders import a_released_course

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(catalogue):
    return HomePage.objects.get().add_child(
        instance=PlainPage(title="Our house", slug="our-house", body="<p>Four floors.</p>")
    )


@pytest.mark.usefixtures("catalogue")  # without a site Wagtail asks nothing else
@pytest.mark.parametrize("path", ["nowhere/", "nowhere/at/all/"])
def test_an_address_that_no_page_has_costs_one_question(rf, path):
    with CaptureQueriesContext(connection) as asked, pytest.raises(Http404):
        serve_page(rf.get(f"/{path}"), path)

    assert len(asked) == 1


def test_nobody_is_told_anything_else_of_an_address_that_is_not_there(client):
    answer = client.get("/nowhere/")

    assert answer.status_code == 404
    assert "This page is not on the shelf" in answer.content.decode()


def test_a_page_is_found_from_its_first_moment_on_and_by_its_new_name(client, house):
    assert "Four floors." in client.get("/our-house/").content.decode()
    house.slug = "the-house"
    house.save_revision().publish()

    assert client.get("/our-house/").status_code == 404
    assert "Four floors." in client.get("/the-house/").content.decode()


def test_a_name_that_a_page_has_elsewhere_leads_nowhere(client, house, ada):
    course = a_released_course(by=ada)

    assert client.get(f"/{course.slug}/").status_code == 404
    assert client.get(f"/our-house/{course.slug}/").status_code == 404
    house.unpublish()
    assert client.get("/our-house/").status_code == 404


def test_wagtails_own_addresses_are_the_same_as_ever():
    ours, theirs = urls.urlpatterns, wagtail_urls.urlpatterns

    assert [(one.name, str(one.pattern)) for one in ours] == [
        (one.name, str(one.pattern)) for one in theirs
    ]
    assert [one.callback for one in ours[:-1]] == [one.callback for one in theirs[:-1]]
    assert reverse("wagtail_serve", args=["terms/"]) == "/terms/"
