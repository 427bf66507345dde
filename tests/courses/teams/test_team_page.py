"""The page of a team: for a browser without scripts and for htmx, with one rule for both."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from tests.builders import a_course
from tests.parts import HTMX, forms_that_swap, messages_in, parts_of, same_parts_in
from tests.people import logged_in
from tests.teams import add_instructor

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(ada):
    return a_course(by=ada, title="Sewing by hand", syllabus=[])


@pytest.fixture
def page(course):
    return reverse("studio:team", args=[course.pk])


def change(course, member, verb):
    return reverse("studio:change_member", args=[course.pk, member.pk, verb])


def team_of(course):
    return {person.user.get_short_name(): person.role for person in course.team.all()}


@pytest.mark.parametrize("who", ["ada", "bruno", "ivo"])
def test_the_part_says_what_the_page_says(client, request, ada, bruno, course, page, who):
    add_instructor(course=course, email=bruno.email, by=ada)
    logged_in(client, request.getfixturevalue(who))

    whole, alone = client.get(page), client.get(page, headers=HTMX)

    parts = parts_of(alone)
    assert list(parts) == ["team"]
    assert "Bruno Keller" in parts["team"]
    assert same_parts_in(whole, parts) == parts


def test_htmx_sends_what_the_form_would_send(client, ada, bruno, course, page):
    add_instructor(course=course, email=bruno.email, by=ada)

    pairs = forms_that_swap(logged_in(client, ada).get(page))

    assert len(pairs) == 3  # make lead, remove, invite
    assert [htmx for htmx, _plain in pairs] == [plain for _htmx, plain in pairs]


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_inviting_handing_over_and_removing_answer_with_the_list_and_a_message(
    client, ada, bruno, course, page, headers
):
    logged_in(client, ada)

    asked = client.post(page, {"email": "Bruno@example.com"}, headers=headers, follow=True)
    assert messages_in(asked) == ["bruno@example.com is invited. Whoever has this address decides."]
    assert "bruno@example.com" in asked.text
    assert "Bruno Keller" not in asked.text

    address = reverse("studio:withdraw_invitation", args=[course.pk, course.invitations.get().pk])
    back = client.post(address, headers=headers, follow=True)
    assert messages_in(back) == ["The invitation to bruno@example.com is taken back."]

    member = add_instructor(course=course, email=bruno.email, by=ada)
    removed = client.post(change(course, member, "remove"), headers=headers, follow=True)
    assert messages_in(removed) == ["Bruno Keller is no longer on the team."]

    member = add_instructor(course=course, email=bruno.email, by=ada)
    led = client.post(change(course, member, "lead"), headers=headers, follow=True)
    assert messages_in(led) == ["Bruno Keller leads the course now."]
    assert "Only the lead can invite or remove people." in led.text
    assert team_of(course) == {"Bruno": "lead", "Ada": "instructor"}
    assert {response.status_code for response in (asked, back, removed, led)} == {200}


@pytest.mark.parametrize(("who", "leads_to"), [("ada", "the team"), ("bruno", "my courses")])
def test_whoever_removes_another_stays_and_whoever_leaves_is_led_to_their_courses(
    client, request, ada, bruno, course, page, who, leads_to
):
    member = add_instructor(course=course, email=bruno.email, by=ada)
    logged_in(client, request.getfixturevalue(who))

    response = client.post(change(course, member, "remove"))

    address = {"the team": page, "my courses": reverse("studio:my_courses")}[leads_to]
    assert (response.status_code, response["Location"]) == (302, address)
    assert team_of(course) == {"Ada": "lead"}


def test_the_page_says_whose_team_it_shows(client, ada, course, page):
    shown = BeautifulSoup(logged_in(client, ada).get(page).text, "html.parser")

    assert [h1.text.strip() for h1 in shown.find_all("h1")] == ["Team of “Sewing by hand”"]


def test_the_page_calls_a_course_by_the_title_of_its_draft(client, ada, course, page):
    course.title = "Sewing by machine"
    course.save_revision(user=ada)

    text = logged_in(client, ada).get(page).text

    assert "Sewing by machine" in text
    assert "Sewing by hand" not in text


@pytest.mark.parametrize(
    ("who", "verb", "status", "says"),
    [
        ("bruno", "lead", 200, "Only the lead of a course can hand it over."),
        ("ada", "dismiss", 404, ""),
        ("dana", "remove", 403, "The studio is not open to you yet."),
    ],
)
def test_a_refusal_is_the_same_for_both_and_changes_nothing(
    client, request, ada, bruno, dana, course, who, verb, status, says
):
    member = add_instructor(course=course, email=bruno.email, by=ada)
    before = team_of(course)
    logged_in(client, request.getfixturevalue(who))
    address = change(course, member, verb)

    plain = client.post(address, follow=True)
    swapped = client.post(address, headers=HTMX, follow=True)

    assert (plain.status_code, swapped.status_code) == (status, status)
    assert messages_in(plain) == messages_in(swapped) == ([says] if says else [])
    assert team_of(course) == before


@pytest.mark.parametrize("email", ["ada@example.com", "no address"])
def test_an_address_that_is_refused_is_refused_in_the_same_words(
    client, ada, dana, course, page, email
):
    logged_in(client, ada)

    plain = client.post(page, {"email": email})
    swapped = client.post(page, {"email": email}, headers=HTMX)

    assert plain.status_code == swapped.status_code
    parts = parts_of(swapped)
    assert 'aria-invalid="true"' in parts["team"]
    assert same_parts_in(plain, parts) == parts
    assert team_of(course) == {"Ada": "lead"}


def test_whoever_was_signed_out_is_led_to_the_login_and_never_gets_a_part(client, page):
    plain = client.post(page, {"email": "bruno@example.com"}, follow=True)
    swapped = client.post(page, {"email": "bruno@example.com"}, headers=HTMX, follow=True)

    assert plain.redirect_chain == swapped.redirect_chain
    assert not swapped.has_header("X-Parts")
