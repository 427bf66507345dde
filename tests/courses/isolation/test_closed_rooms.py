"""Reports, people and settings: for admins, and not there for producers and moderators."""

import pytest

from tests.people import logged_in

from .addresses import admin

pytestmark = pytest.mark.django_db


CLOSED = [
    "wagtailadmin_reports:site_history",
    "wagtailadmin_reports:workflow",
    "wagtailadmin_reports:workflow_tasks",
    "wagtailadmin_reports:locked_pages",
    "wagtailadmin_reports:aging_pages",
    "wagtailadmin_reports:page_types_usage",
    "wagtailusers_users:index",
    "wagtailusers_groups:index",
    "wagtailadmin_collections:index",
    "wagtailadmin_workflows:index",
    "wagtailsnippets:index",
    "wagtailsnippets_courses_category:list",
    "wagtailsites:index",
]


@pytest.mark.parametrize("name", CLOSED)
def test_reports_people_and_settings_are_closed_to_producers_and_moderators(
    client, ada, mira, hers, name
):
    for person in (ada, mira):
        response = logged_in(client, person).get(admin(name))
        assert response.status_code == 404


def test_an_admin_opens_what_is_closed_to_producers(client, ivo, hers, his):
    logged_in(client, ivo)

    assert client.get(admin("wagtailadmin_reports:site_history")).status_code == 200
    assert client.get(admin("wagtailsnippets_courses_category:list")).status_code == 200
    assert client.get(admin("wagtailadmin_pages:edit", his.lessons[0].pk)).status_code == 200
