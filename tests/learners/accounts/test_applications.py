"""From learner to producer: one asks, an admin decides, one mail tells."""

import pytest
from django.core import mail
from django.urls import reverse

from learners.accounts.applications import apply_to_teach, decide_application
from learners.errors import LearnerError
from learners.models import ApplicationStatus, ProducerApplication, Role

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
    with pytest.raises(LearnerError, match="already waiting"):
        apply_to_teach(user=dana, pitch="Again")
    assert ProducerApplication.objects.count() == 1


def test_a_producer_need_not_apply(client, ada):
    with pytest.raises(LearnerError, match="You may already teach"):
        apply_to_teach(user=ada, pitch=PITCH)
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


def test_a_decision_is_not_turned_round(application, dana, ivo, commit):
    decide_application(application=application, by=ivo, approve=False)
    with pytest.raises(LearnerError, match="was declined already"):
        decide_application(application=application, by=ivo, approve=True)
    dana.refresh_from_db()
    assert dana.role == Role.CONSUMER


@pytest.mark.parametrize("name", ["mira", "bruno", "dana"])
def test_only_an_admin_decides(application, request, client, name):
    somebody = request.getfixturevalue(name)
    with pytest.raises(LearnerError, match="Only an admin decides"):
        decide_application(application=application, by=somebody, approve=True)
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
    assert "approved" in client.get(response.url).content.decode().lower()
    assert len(mail.outbox) == 1
