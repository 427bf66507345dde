"""Everybody lands where their work is, and the menu leads there."""

import re
from urllib.parse import urlencode

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from courses.models import LessonPage
from learners.accounts.roles import set_moderator
from learners.accounts.workplaces import landing, workplaces
from tests.builders import a_released_course, a_submission
from tests.people import PASSWORD, logged_in, person

pytestmark = pytest.mark.django_db

LANDINGS = {
    "cleo": "/my-learning/",
    "ada": "/admin/",
    "mira": "/admin/reviews/",
    "ivo": "/admin/",
}


def sign_in(client, first_name: str, **values):
    form = {"login": f"{first_name}@example.com", "password": PASSWORD, **values}
    return client.post("/accounts/login/", form)


@pytest.mark.parametrize(("first_name", "address"), LANDINGS.items())
def test_signing_in_leads_to_where_the_work_is(client, first_name, address):
    person(first_name)

    response = sign_in(client, first_name)

    assert response.url == address
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("first_name", LANDINGS)
def test_whoever_is_signed_in_and_comes_to_the_door_is_led_on_too(client, first_name):
    assert logged_in(client, person(first_name)).get("/accounts/login/").url == LANDINGS[first_name]


@pytest.mark.parametrize("first_name", LANDINGS)
def test_where_somebody_wanted_to_go_comes_first(client, first_name):
    person(first_name)

    assert sign_in(client, first_name, next="/courses/?q=rye").url == "/courses/?q=rye"


@pytest.mark.parametrize("first_name", LANDINGS)
def test_an_address_elsewhere_leads_to_the_work_instead(client, first_name):
    person(first_name)

    response = sign_in(client, first_name, next="https://evil.example/")

    assert response.url == LANDINGS[first_name]


def test_a_producer_who_moderates_goes_where_others_wait_and_finds_both(ada):
    both = set_moderator(user=ada, moderator=True)

    assert landing(both) == "/admin/reviews/"
    assert [place.address for place in workplaces(both)] == [
        "/admin/reviews/",
        "/admin/",
    ]


@pytest.mark.parametrize("first_name", ["ada", "mira", "ivo"])
def test_a_closed_account_has_no_work_whatever_it_was(first_name):
    user = person(first_name)
    user.is_active = False

    assert workplaces(user) == []
    assert landing(user) == "/my-learning/"


def test_a_closed_account_and_a_visitor_have_no_work_here(client, ada):
    ada.is_active = False

    assert workplaces(ada) == []
    assert "/admin/" not in client.get(reverse("storefront:catalogue")).content.decode()


@pytest.mark.parametrize(
    ("first_name", "links"),
    [
        ("cleo", []),
        ("ada", [("/admin/", "Studio")]),
        ("mira", [("/admin/reviews/", "Courses to review")]),
        ("ivo", [("/admin/", "Admin")]),
    ],
)
def test_the_header_and_the_menu_lead_to_the_work(client, catalogue, first_name, links):
    page = logged_in(client, person(first_name)).get("/my-learning/").content.decode()
    header, menu = page.split('id="menu"')

    for part in (header, menu.split("<hr>")[0]):
        found = re.findall(r'<a[^>]*href="(/admin/[^"]*)"[^>]*>(?:\s*<svg.*?</svg>)?([^<]+)', part)
        assert [(address, label.strip()) for address, label in found] == links
    assert ('href="/account/teach/"' in header) == (links == [])


def test_asking_for_the_work_costs_no_query(ada, mira, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert [place.address for place in workplaces(ada)] == ["/admin/"]
        assert [place.address for place in workplaces(mira)] == ["/admin/reviews/"]


def test_a_visitor_who_signs_in_where_courses_are_looked_at_is_back_there(client, ada):
    course = a_released_course(by=ada)
    lesson = LessonPage.objects.descendant_of(course).filter(is_preview=False).first()
    for address in (
        "/courses/?level=beginner",
        reverse("storefront:producer", args=[ada.pk]),
        reverse("learners:lesson", args=[lesson.uuid]),
    ):
        onward = urlencode({"next": address}, safe="/")
        page = client.get(address).content.decode()
        assert f'href="/accounts/login/?{onward}"' in page
        assert f'href="/accounts/signup/?{onward}"' in page


@pytest.mark.parametrize("address", ["/help/", "/?ref=a+b"])
def test_a_visitor_who_signs_in_elsewhere_goes_to_their_work(client, catalogue, address):
    page = client.get(address).content.decode()

    assert 'href="/accounts/login/"' in page
    assert 'href="/accounts/login/?next=' not in page


def test_a_visitor_who_signs_in_on_a_course_is_back_on_the_course(client, ada):
    course = a_released_course(by=ada)
    address = f"/courses/{course.slug}/"

    page = client.get(f"{address}?ref=a+b").content.decode()

    assert f'href="/accounts/login/?next={address}%3Fref%3Da%2Bb"' in page
    assert f'href="/accounts/signup/?next={address}%3Fref%3Da%2Bb"' in page
    assert 'href="/accounts/login/"' in client.get("/").content.decode()


@pytest.mark.browser
def test_a_moderator_signs_in_and_sees_what_waits(page, live_site, mira, ada):
    a_submission(by=ada)

    page.goto(f"{live_site}/accounts/login/")
    page.get_by_label("E-mail").fill("mira@example.com")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()

    expect(page).to_have_url(f"{live_site}/admin/reviews/")
    expect(page.get_by_role("link", name="Sewing by hand").first).to_be_visible()

    page.goto(f"{live_site}/courses/")
    page.get_by_role("button", name="Your account").click()
    page.locator("#menu").get_by_role("link", name="Courses to review").click()
    expect(page).to_have_url(f"{live_site}/admin/reviews/")
