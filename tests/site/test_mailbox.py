"""The mailbox of a development site: what was sent can be read, and nothing in it runs."""

import re

import pytest
from django.core.mail import EmailMultiAlternatives

from perfomix import mailbox

BACKEND = "perfomix.mailbox.EmailBackend"


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.EMAIL_BACKEND = BACKEND
    settings.MAILBOX_DIR = tmp_path / "mail"
    return settings.MAILBOX_DIR


def send(subject="Your code for Perfomix", html="<p>Hello <a href='/x/'>there</a></p>", **options):
    message = EmailMultiAlternatives(
        subject, "Hello there & all\n", "Perfomix <hello@perfomix.example>", ["cleo@example.com"]
    )
    if html:
        message.attach_alternative(html, "text/html")
    message.send()


def test_an_empty_mailbox_says_so(client, db):
    assert "No mail yet" in client.get("/mailbox/").content.decode()


def test_mails_are_listed_newest_first(client, db):
    for number in range(3):
        send(f"Letter {number}")
    page = client.get("/mailbox/").content.decode()
    assert re.findall(r"Letter \d", page) == ["Letter 2", "Letter 1", "Letter 0"]
    assert "cleo@example.com" in page


def test_mails_of_one_moment_and_of_a_clock_set_back_keep_their_order(monkeypatch, client, db):
    moments = iter([1_764_400_000_000, 1_764_400_000_000, 1_764_300_000_000])
    monkeypatch.setattr(mailbox.time, "time_ns", lambda: next(moments) * 1_000_000)

    for number in range(3):
        send(f"Letter {number}")

    assert [mail.subject for mail in mailbox.mails()] == ["Letter 2", "Letter 1", "Letter 0"]


def test_a_mail_is_read_as_it_looks_and_as_text(client, db):
    send("Grüße & more")
    (mail,) = mailbox.mails()
    page = client.get(f"/mailbox/{mail.name}/").content.decode()
    assert "Grüße &amp; more" in page
    assert "Hello there &amp; all" in page
    assert f'src="/mailbox/{mail.name}/body/"' in page


def test_the_body_runs_nothing_and_its_links_leave_the_frame(client, db):
    send(html="<p>Hi</p><script>alert(1)</script>")
    (mail,) = mailbox.mails()
    response = client.get(f"/mailbox/{mail.name}/body/")
    assert response.content.decode().startswith('<base target="_parent">')
    policy = response["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "sandbox" in policy
    assert "allow-scripts" not in policy
    assert response["X-Frame-Options"] == "SAMEORIGIN"


def test_a_mail_without_html_is_shown_as_text(client, db):
    send(html="")
    (mail,) = mailbox.mails()
    assert (
        "<pre>Hello there &amp; all" in client.get(f"/mailbox/{mail.name}/body/").content.decode()
    )


@pytest.mark.parametrize("name", ["..%2f..%2fsecrets", "1234567890123-0000000z", "nothing"])
def test_only_filed_mails_are_read(client, db, folder, name):
    send()
    assert client.get(f"/mailbox/{name}/").status_code == 404
