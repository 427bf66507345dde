"""Admins manage people in the studio: name, role, moderation, open or closed."""

import pytest
from allauth.account.models import EmailAddress
from bs4 import BeautifulSoup
from django.core import mail

from learners.accounts.roles import is_moderator
from learners.models import Role, User

NEW = {"name": "Tomás Ferreira", "email": "Tomas@Example.com", "role": "producer"}


@pytest.fixture
def desk(client, ivo):
    client.force_login(ivo)
    return client


def edit_url(user) -> str:
    return f"/admin/users/edit/{user.pk}/"


def test_the_list_shows_names_roles_and_finds_by_name(desk, ada, cleo):
    page = desk.get("/admin/users/").content.decode()
    assert "Ada Okafor" in page
    assert "Producer" in page
    found = desk.get("/admin/users/?q=okafor").content.decode()
    assert "Ada Okafor" in found
    assert "Cleo Marchetti" not in found


def test_the_pages_about_people_are_named_as_the_menu_names_them(desk, ada):
    people = BeautifulSoup(desk.get("/admin/users/").text, "html.parser")
    person = BeautifulSoup(desk.get(edit_url(ada)).text, "html.parser")

    assert people.h1.text.strip() == "People"
    assert person.find("label", attrs={"for": "id_name"}).text.strip() == "Name*"


def test_a_person_made_by_an_admin_signs_in_with_a_code(desk, client, commit):
    form = desk.get("/admin/users/new/").content.decode()
    assert "first_name" not in form
    assert "password" not in form.lower()
    response = desk.post("/admin/users/new/", NEW)
    assert response.status_code == 302, response.context["form"].errors
    made = User.objects.get(email="tomas@example.com")
    assert (made.name, made.role, made.has_usable_password()) == (
        "Tomás Ferreira",
        "producer",
        False,
    )
    client.logout()
    with commit():
        response = client.post("/accounts/login/code/", {"email": made.email})
    code = next(
        line for line in mail.outbox[-1].body.splitlines() if len(line) in (6, 9) and line.isupper()
    )
    client.post(response.url, {"code": code})
    assert client.session["_auth_user_id"] == str(made.pk)
    assert EmailAddress.objects.get(user=made).verified is True


def test_an_address_that_is_taken_is_refused_whatever_its_case(desk, ada):
    response = desk.post("/admin/users/new/", {**NEW, "email": "ADA@example.com"})
    assert response.status_code == 200
    assert "There is an account with this e-mail address." in response.content.decode()
    assert not User.objects.filter(name="Tomás Ferreira").exists()


def test_an_admin_gives_a_role_and_moderation(desk, dana):
    values = {"name": dana.name, "role": "producer", "moderator": "on", "is_active": "on"}
    assert desk.post(edit_url(dana), values).status_code == 302
    dana.refresh_from_db()
    assert (dana.role, is_moderator(dana), dana.is_staff) == (Role.PRODUCER, True, True)
    values.pop("moderator")
    desk.post(edit_url(dana), {**values, "role": "consumer"})
    dana.refresh_from_db()
    assert (dana.role, is_moderator(dana), dana.is_staff) == (Role.CONSUMER, False, False)


def test_a_closed_account_is_out_with_its_next_request(desk, cleo):
    other = type(desk)()
    other.force_login(cleo)
    assert other.get("/account/").status_code == 200
    desk.post(edit_url(cleo), {"name": cleo.name, "role": "consumer"})
    cleo.refresh_from_db()
    assert cleo.is_active is False
    assert other.get("/account/").status_code == 302


def test_what_is_not_on_the_form_cannot_be_posted(desk, dana):
    values = {"name": dana.name, "role": "consumer", "is_active": "on"}
    more = {"email": "x@example.com", "is_superuser": "on", "is_staff": "on", "password1": "x" * 12}
    desk.post(edit_url(dana), {**values, **more, "groups": ["1", "2"]})
    dana.refresh_from_db()
    assert (dana.email, dana.is_superuser, dana.is_staff) == ("dana@example.com", False, False)
    assert dana.groups.count() == 0


def test_nobody_changes_their_own_role(desk, ivo):
    desk.post(edit_url(ivo), {"name": "Ivo P.", "role": "consumer"})
    ivo.refresh_from_db()
    assert (ivo.name, ivo.role, ivo.is_active) == ("Ivo P.", Role.ADMIN, True)


def test_a_person_is_not_copied_and_no_button_says_so(desk, cleo):
    assert desk.get(f"/admin/users/copy/{cleo.pk}/").status_code == 404
    assert "/admin/users/copy/" not in desk.get("/admin/users/").content.decode()


def test_people_are_neither_deleted_nor_changed_in_bulk(desk, cleo, dana):
    assert desk.post(f"/admin/users/delete/{cleo.pk}/").status_code in (302, 403)
    for action in ("delete", "assign_role", "set_active_state"):
        desk.post(f"/admin/bulk/learners/user/{action}/?id={cleo.pk}&id={dana.pk}", {"role": 1})
    for user in (cleo, dana):
        user.refresh_from_db()
        assert (user.is_active, user.groups.count()) == (True, 0)


def test_the_studio_account_page_leaves_names_and_passwords_to_ours(desk):
    page = desk.get("/admin/account/").content.decode()
    assert "first_name" not in page
    assert 'href="/account/"' in page
    assert "Colours of the studio" in page


def test_the_studio_offers_no_language_that_the_product_lacks(desk):
    page = desk.get("/admin/account/").content.decode()
    for word in ("Preferred language", "server language", "Mongol", "Монгол", "accented"):
        assert word not in page
