"""From learner to producer: one asks, an admin decides, one mail tells."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup, Tag
from django.core import mail
from django.urls import reverse

from learners.accounts.applications import apply_to_teach, decide_application
from learners.errors import LearnerError
from learners.models import ApplicationStatus, ProducerApplication, Role
from tests.people import PASSWORD, logged_in

PITCH = "Sewing by hand, for people who never held a needle. I ran a mending shop for ten years."


@pytest.fixture
def application(dana):
    return apply_to_teach(user=dana, pitch=PITCH)


def test_a_learner_applies_on_the_site(client, dana):
    client.force_login(dana)
    response = client.post("/account/teach/", {"pitch": PITCH, "website": "example.org/mending"})
    assert response.url == reverse("learners:apply")
    written = ProducerApplication.objects.get()
    assert (written.user, written.pitch, written.status) == (dana, PITCH, "pending")
    assert written.website == "https://example.org/mending"
    assert "Your application is waiting." in client.get("/account/teach/").content.decode()


def test_a_guest_is_told_what_teaching_means_and_where_to_begin(client, db):
    page = client.get("/account/teach/").content.decode()
    assert "Create an account to apply" in page
    assert f"{reverse('account_signup')}?next=/account/teach/" in page
    client.post("/account/teach/", {"pitch": PITCH})
    assert ProducerApplication.objects.count() == 0


@pytest.mark.parametrize("website", ["javascript:alert(1)", "not a site", "ftp://example.org"])
def test_a_website_is_an_address_of_the_web(client, dana, website):
    client.force_login(dana)
    response = client.post("/account/teach/", {"pitch": PITCH, "website": website})
    if ProducerApplication.objects.exists():
        assert not ProducerApplication.objects.get().website.startswith("javascript:")
    else:
        assert response.status_code == 200


def test_nobody_waits_twice(application, dana):
    with pytest.raises(LearnerError, match="already waiting") as refusal:
        apply_to_teach(user=dana, pitch="Again")
    assert refusal.value.code == "application_waiting"
    assert ProducerApplication.objects.count() == 1


def test_a_second_application_is_given_back_to_whoever_wrote_it(client, application, dana):
    client.force_login(dana)

    again = client.post("/account/teach/", {"pitch": "Maps, too."})
    twice = client.post("/account/teach/", {"pitch": PITCH})

    assert again.status_code == 409
    assert "already waiting" in again.content.decode()
    assert "readonly>Maps, too.</textarea>" in again.content.decode()
    assert twice.url == reverse("learners:apply")
    assert ProducerApplication.objects.get() == application


@pytest.mark.parametrize("decision", ["approve", "decline"])
def test_an_admin_who_comes_second_keeps_their_words(client, application, ivo, decision):
    decide_application(application=application, by=ivo, approve=True, note="Welcome.")
    client.force_login(ivo)
    address = reverse("applications:decide", args=[application.pk])

    answer = client.post(address, {"decision": decision, "note": "Show us more."})

    assert answer.status_code == 409
    assert "readonly>Show us more.</textarea>" in answer.content.decode()
    application.refresh_from_db()
    assert (application.status, application.note) == ("approved", "Welcome.")


def test_a_producer_need_not_apply(client, ada):
    with pytest.raises(LearnerError, match="You may already teach") as refusal:
        apply_to_teach(user=ada, pitch=PITCH)
    assert refusal.value.code == "already_teaching"
    client.force_login(ada)
    assert "Open the studio" in client.get("/account/teach/").content.decode()
    assert ProducerApplication.objects.count() == 0


def test_an_approved_applicant_may_teach_and_is_told_once(application, dana, ivo, commit):
    with commit():
        for _ in range(2):
            decide_application(application=application, by=ivo, approve=True, note="Welcome.")
    dana.refresh_from_db()
    application.refresh_from_db()
    assert dana.role == Role.PRODUCER
    assert (application.status, application.decided_by) == (ApplicationStatus.APPROVED, ivo)
    (sent,) = mail.outbox
    assert (sent.to, sent.subject) == ([dana.email], "You can teach on Perfomix")
    assert "Welcome." in sent.body
    assert "http://testserver/admin/" in sent.body


def test_a_declined_applicant_reads_why_and_may_apply_again(client, application, dana, ivo, commit):
    with commit():
        decide_application(application=application, by=ivo, approve=False, note="Show us <more>.")
    dana.refresh_from_db()
    assert dana.role == Role.CONSUMER
    (sent,) = mail.outbox
    assert "Show us <more>." in sent.body
    assert "Show us &lt;more&gt;." in sent.alternatives[0].content
    client.force_login(dana)
    page = client.get("/account/teach/").content.decode()
    assert "was declined" in page
    assert "Show us &lt;more&gt;." in page
    client.post("/account/teach/", {"pitch": "Now with samples."})
    assert ProducerApplication.objects.filter(user=dana, status="pending").count() == 1


@pytest.mark.parametrize(
    ("approved", "role", "words"),
    [
        (False, Role.CONSUMER, "This application was declined already."),
        (True, Role.PRODUCER, "This application was approved already."),
    ],
)
def test_a_decision_is_not_turned_round(application, dana, ivo, approved, role, words):
    decide_application(application=application, by=ivo, approve=approved)
    with pytest.raises(LearnerError) as refusal:
        decide_application(application=application, by=ivo, approve=not approved)
    assert (refusal.value.code, str(refusal.value)) == ("already_decided", words)
    dana.refresh_from_db()
    assert dana.role == role


@pytest.mark.parametrize("name", ["mira", "bruno", "dana"])
def test_only_an_admin_decides(application, request, client, name):
    somebody = request.getfixturevalue(name)
    with pytest.raises(LearnerError, match="Only an admin decides") as refusal:
        decide_application(application=application, by=somebody, approve=True)
    assert refusal.value.code == "not_an_admin"
    client.force_login(somebody)
    address = reverse("applications:decide", args=[application.pk])
    assert client.post(address, {"decision": "approve"}).status_code in (302, 403, 404)
    assert client.get(reverse("applications:index")).status_code in (302, 403, 404)
    application.refresh_from_db()
    application.user.refresh_from_db()
    assert (application.status, application.user.role) == ("pending", Role.CONSUMER)


def test_an_admin_decides_from_the_inbox(client, application, dana, ivo, commit):
    client.force_login(ivo)
    assert "Dana Whitfield" in client.get("/admin/").content.decode()
    assert "Dana Whitfield" in client.get(reverse("applications:index")).content.decode()
    address = reverse("applications:decide", args=[application.pk])
    assert PITCH in client.get(address).content.decode()
    with commit():
        response = client.post(address, {"decision": "approve", "note": ""})
    assert response.url == reverse("applications:index")
    dana.refresh_from_db()
    assert dana.role == Role.PRODUCER
    assert (
        "Dana Whitfield: approved. A mail is on its way."
        in client.get(response.url).content.decode()
    )
    assert len(mail.outbox) == 1


def inbox(client, **query) -> Tag:
    """What is on the page. Beside it stand templates of dialogs, which soupsieve reads as parts
    of the page before version 4 and not since; the machine's Python decides which one it is."""
    page = BeautifulSoup(client.get("/admin/applications/", query).content, "html.parser")
    return page.main


def test_the_inbox_lists_who_applied_the_latest_first(client, application, dana, cleo, ivo):
    decide_application(application=application, by=ivo, approve=False)
    latest = apply_to_teach(user=cleo, pitch="Maps.")
    # Not by the clock of this machine, which may be set back between the two.
    earlier = latest.created_at - timedelta(hours=1)
    ProducerApplication.objects.filter(pk=application.pk).update(created_at=earlier)
    page = inbox(logged_in(client, ivo))
    assert page.h1.get_text(strip=True) == "Applications to teach"
    heads = [head.get_text(strip=True) for head in page.select("th")]
    assert heads == ["Who", "E-mail", "Status", "Sent", "Decided by"]
    rows = [
        [cell.get_text(strip=True) for cell in row.find_all("td")]
        for row in page.select("tbody tr")
    ]
    assert [[*row[:3], row[4]] for row in rows] == [
        ["Cleo Marchetti", "cleo@example.com", "Waiting", "–"],
        ["Dana Whitfield", "dana@example.com", "Declined", "Ivo Petrović"],
    ]
    assert [link["href"] for link in page.select("tbody a")] == [
        reverse("applications:decide", args=[one.pk]) for one in (latest, application)
    ]


def test_the_inbox_shows_one_state_alone(client, application, cleo, ivo):
    decide_application(application=application, by=ivo, approve=False)
    apply_to_teach(user=cleo, pitch="Maps.")
    page = inbox(logged_in(client, ivo), status__exact="pending")
    assert [link.get_text() for link in page.select("tbody a")] == ["Cleo Marchetti"]


@pytest.mark.browser
def test_the_last_row_of_the_inbox_is_seen_whole(page, live_site, application, cleo, ivo):
    apply_to_teach(user=cleo, pitch="Maps.")
    page.goto(f"{live_site}/accounts/login/?next=/admin/applications/")
    page.get_by_label("E-mail").fill(ivo.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    row = page.get_by_role("row").filter(has_text="Dana Whitfield").bounding_box()
    box = page.locator(".result-list").bounding_box()
    assert row["y"] + row["height"] <= box["y"] + box["height"]


def test_applications_are_neither_written_edited_nor_deleted_in_the_studio(
    client, application, ivo
):
    logged_in(client, ivo)
    for verb in ("create", "new", f"edit/{application.pk}", f"delete/{application.pk}"):
        assert client.post(f"/admin/applications/{verb}/", {"pitch": "Mine"}).status_code == 404
    application.refresh_from_db()
    assert (application.pitch, application.status) == (PITCH, "pending")
    assert ProducerApplication.objects.count() == 1


# While it waits


def test_what_waits_can_be_said_in_other_words(client, dana, application):
    client.force_login(dana)
    page = BeautifulSoup(client.get("/account/teach/").content, "html.parser")
    assert page.select_one("details textarea").text.strip() == PITCH

    answer = client.post("/account/teach/", {"pitch": "Mending, too.", "do": "change"})

    assert answer.url == "/account/teach/"
    changed = ProducerApplication.objects.get()
    assert (changed.pk, changed.pitch, changed.status) == (
        application.pk,
        "Mending, too.",
        ApplicationStatus.PENDING,
    )


def test_what_was_decided_meanwhile_is_not_changed(client, dana, ivo, application):
    decide_application(application=application, by=ivo, approve=False)
    client.force_login(dana)

    for does in ("change", "take-back"):
        answer = client.post("/account/teach/", {"pitch": "Mending, too.", "do": does})
        assert "does not wait any more" in answer.content.decode()

    kept = ProducerApplication.objects.get()
    assert (kept.pitch, kept.status) == (PITCH, ApplicationStatus.DECLINED)


def test_an_application_taken_back_waits_for_nobody_and_another_may_follow(
    client, dana, ivo, application
):
    client.force_login(dana)
    client.post("/account/teach/", {"do": "take-back"})

    application.refresh_from_db()
    assert application.status == ApplicationStatus.WITHDRAWN
    with pytest.raises(LearnerError) as refused:
        decide_application(application=application, by=ivo, approve=True)
    assert refused.value.code == "taken_back"
    page = client.get("/account/teach/").content.decode()
    assert "Send the application" in page
    assert "declined" not in page
    assert apply_to_teach(user=dana, pitch=PITCH).status == ApplicationStatus.PENDING


def test_who_waits_reads_how_long_it_usually_takes(client, dana, cleo, ivo, application):
    client.force_login(dana)
    assert "usually comes" not in client.get("/account/teach/").content.decode()
    for days in (1, 2, 2, 3, 9):
        other = apply_to_teach(user=cleo, pitch=PITCH)
        decide_application(application=other, by=ivo, approve=False)
        other.refresh_from_db()
        began = other.decided_at - timedelta(days=days)
        ProducerApplication.objects.filter(pk=other.pk).update(created_at=began)

    page = " ".join(client.get("/account/teach/").content.decode().split())

    assert "The answer usually comes within 2 days." in page
