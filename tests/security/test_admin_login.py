"""Wagtail's own ways in are closed: one door, with verification and limits, for everybody."""

import pytest
from django.urls import reverse

from tests.people import PASSWORD


def test_wagtails_login_leads_to_ours_and_logs_nobody_in(client, ivo):
    login = reverse("account_login")
    assert client.get("/admin/login/?next=/admin/").url == f"{login}?next=%2Fadmin%2F" or (
        client.get("/admin/login/?next=/admin/").url == f"{login}?next=/admin/"
    )
    response = client.post("/admin/login/", {"username": ivo.email, "password": PASSWORD})
    assert response.status_code == 302
    assert response.url.startswith(login)
    assert "_auth_user_id" not in client.session


def test_the_login_that_wagtail_keeps_for_private_pages_logs_nobody_in(client, ivo):
    response = client.post("/_util/login/", {"username": ivo.email, "password": PASSWORD})
    assert response.status_code == 302
    assert response.url == reverse("account_login")
    assert "_auth_user_id" not in client.session


def test_the_studio_sends_strangers_to_our_login(client, db):
    response = client.get("/admin/pages/?q=x", follow=True)
    assert response.redirect_chain[-1] == ("/accounts/login/?next=/admin/pages/%3Fq%3Dx", 302)


def test_a_learner_at_the_studios_door_is_told_so_and_not_sent_in_circles(client, cleo):
    client.force_login(cleo)
    response = client.get("/admin/", follow=True)
    assert response.status_code == 403
    assert len(response.redirect_chain) == 1
    assert "The studio is for producers" in response.content.decode()


def test_whoever_is_invited_but_does_not_teach_finds_the_way_at_the_studios_door(client, cleo):
    client.force_login(cleo)
    text = " ".join(client.get("/admin/my-courses/", follow=True).text.split())
    assert "If you are invited to write a course, apply to teach first" in text
    assert f'<a class="button" href="{reverse("learners:apply")}">Apply to teach</a>' in text


@pytest.mark.parametrize("path", ["", "done/", "confirm/MQ/abc/", "complete/"])
def test_wagtails_password_reset_is_closed(client, ivo, path):
    response = client.post(f"/admin/password_reset/{path}", {"email": ivo.email})
    assert response.status_code in (302, 404)
    if response.status_code == 302:
        assert response.url.startswith("/accounts/")


def test_wagtails_login_tries_no_password_at_all(client, ivo):
    """Our own door counts tries; a second one would give a guesser a second count."""
    for _ in range(7):
        client.post("/admin/login/", {"username": ivo.email, "password": "wrong"})
    client.post("/accounts/login/", {"login": ivo.email, "password": PASSWORD})
    assert client.session["_auth_user_id"] == str(ivo.pk)


def test_somebody_without_a_verified_address_does_not_get_in(client, ivo):
    ivo.emailaddress_set.update(verified=False)
    response = client.post("/accounts/login/", {"login": ivo.email, "password": PASSWORD})
    assert (response.status_code, "do not fit together" in response.text) == (200, True)
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("forged", ["1.1.1.1", "2.2.2.2, 3.3.3.3"])
def test_a_forged_address_does_not_reset_the_count_of_tries(client, cleo, forged):
    for number in range(5):
        client.post(
            "/accounts/login/",
            {"login": cleo.email, "password": "wrong"},
            headers={"X-Forwarded-For": f"{forged}{number}"},
        )
    client.post(
        "/accounts/login/",
        {"login": cleo.email, "password": PASSWORD},
        headers={"X-Forwarded-For": "9.9.9.9"},
    )
    assert "_auth_user_id" not in client.session
