"""Writing to us: the form, who may, how often, and the inbox."""

import re
import uuid
from datetime import timedelta
from email.utils import parseaddr

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from courses.models import OutboxMail
from home.help.inquiries import mark_answered, open_again, send_inquiry
from home.models import Inquiry
from learners.models import User
from storefront.models import Seller
from tests.people import logged_in
from tests.storefront.shop import a_course_on_sale, a_paid_order

pytestmark = pytest.mark.django_db

TEXT = "The film of lesson 3 stops at 4:10, on every device I have."


def said(**changes) -> dict:
    return {"key": str(uuid.uuid4()), "text": TEXT, **changes}


def an_inquiry(**fields) -> Inquiry:
    fields = {"email": "dana@example.com", "text": TEXT, "language": "en", **fields}
    return send_inquiry(key=uuid.uuid4(), **fields)


def page_of(client, address="/help/") -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def test_only_whoever_typed_an_address_is_told_of_typing_errors(client, cleo):
    warning = "If you gave an address with a typing error, nothing will come"

    assert warning in page_of(client, "/help/sent/")
    assert warning not in page_of(logged_in(client, cleo), "/help/sent/")


def test_a_visitor_writes_and_both_sides_get_a_mail(client, db, commit):
    Seller.objects.create(name="Lantern", contact_email="help@lantern.example")

    with commit():
        answer = client.post("/help/", said(email="noor@example.com"))

    inquiry = Inquiry.objects.get()
    assert answer.url == "/help/sent/"
    assert (inquiry.email, inquiry.text, inquiry.user, inquiry.order) == (
        *("noor@example.com", TEXT, None, None),
    )
    to_us, to_them = mail.outbox
    assert (to_us.to, to_us.reply_to) == (["help@lantern.example"], ["noor@example.com"])
    assert to_us.subject == "Message from noor@example.com"
    assert TEXT in to_us.body
    assert to_them.to == ["noor@example.com"]
    assert to_them.subject == "We have your message"


def test_an_address_that_was_only_typed_gets_none_of_the_words_typed_with_it(client, db):
    client.post("/help/", said(email="noor@example.com", text="Buy now at evil.example"))

    confirmation = OutboxMail.objects.get(key__startswith="inquiry_received:")
    assert "evil.example" not in confirmation.text + confirmation.html + confirmation.subject


def test_somebody_signed_in_is_known_and_may_name_an_order_of_theirs(
    client, stripesim, ada, cleo, commit
):
    order = a_paid_order(stripesim, buyer=cleo, course=a_course_on_sale(by=ada))
    mail.outbox.clear()
    page = page_of(logged_in(client, cleo), f"/help/?order={order.number}")
    assert "We answer to cleo@example.com." in page
    assert f'<option value="{order.number}" selected>' in page
    assert 'name="email"' not in page

    with commit():
        client.post("/help/", said(order=order.number, email="elsewhere@example.com"))

    inquiry = Inquiry.objects.get()
    assert (inquiry.user, inquiry.email, inquiry.order) == (cleo, "cleo@example.com", order)
    to_us, to_them = mail.outbox[-2:]
    assert to_us.subject == f"Message from cleo@example.com about order {order.number}"
    assert "Cleo Marchetti (cleo@example.com) writes:" in to_us.body
    assert to_them.to == ["cleo@example.com"]
    assert TEXT in to_them.body


def test_an_order_of_somebody_else_can_be_neither_seen_nor_named(
    client, stripesim, ada, cleo, dana
):
    order = a_paid_order(stripesim, buyer=cleo, course=a_course_on_sale(by=ada))
    logged_in(client, dana)

    page = page_of(client, f"/help/?order={order.number}")
    foreign = client.post("/help/", said(order=order.number))

    assert order.number not in page
    # She has no orders, so the form has no such field and what is posted is not looked at.
    assert foreign.status_code == 302
    assert Inquiry.objects.get().order is None

    mine = a_paid_order(stripesim, buyer=dana, course=a_course_on_sale(by=ada, title="Darning"))
    refused = [client.post("/help/", said(order=number)) for number in (order.number, "2026-0")]
    assert [answer.status_code for answer in refused] == [422, 422]
    assert refused[0].context["form"].errors == refused[1].context["form"].errors
    assert Inquiry.objects.count() == 1
    assert client.post("/help/", said(order=mine.number)).status_code == 302


def test_the_answer_tells_nothing_about_accounts(client, cleo):
    known = client.post("/help/", said(email="cleo@example.com"))
    unknown = client.post("/help/", said(email="nobody@example.com"))

    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert [inquiry.user for inquiry in Inquiry.objects.all()] == [None, None]
    mails = [
        mail.text.replace("cleo@", "nobody@")
        for mail in OutboxMail.objects.filter(key__startswith="inquiry_received:")
    ]
    assert mails[0] == mails[1]


def test_a_closed_account_may_still_write(client, cleo):
    User.objects.filter(pk=cleo.pk).update(is_active=False)

    assert "/help/" in client.get("/accounts/inactive/").content.decode()
    assert client.post("/help/", said(email="cleo@example.com")).url == "/help/sent/"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": "   "}, "text"),
        ({"text": "a" * 5001}, "text"),
        ({"text": "a\x00b"}, "text"),
        ({"email": ""}, "email"),
        ({"email": "noor@"}, "email"),
        ({"email": "noor@example.com\nBcc: all@example.com"}, "email"),
        ({"key": "1"}, "key"),
        ({"key": ""}, "key"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_written(client, db, wrong, field):
    answer = client.post("/help/", said(email="noor@example.com") | wrong)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert not Inquiry.objects.exists()
    assert not OutboxMail.objects.exists()


def test_what_was_typed_stands_there_still_after_a_refusal(client, db):
    page = client.post("/help/", said(email="noor@")).content.decode()

    assert TEXT in page


def test_a_form_sent_twice_is_one_inquiry_with_its_first_words(client, db, commit):
    once = said(email="noor@example.com")

    with commit():
        for text in (TEXT, "Something else"):
            assert client.post("/help/", once | {"text": text}).url == "/help/sent/"

    assert Inquiry.objects.get().text == TEXT
    assert len(mail.outbox) == 2


def test_one_person_writes_so_often_and_no_more(client, cleo):
    logged_in(client, cleo)
    answers = [client.post("/help/", said()).status_code for _time in range(7)]

    assert answers == [302] * 6 + [429]
    assert Inquiry.objects.count() == 6


def test_words_that_came_too_often_are_given_back(client, cleo):
    logged_in(client, cleo)
    for _time in range(6):
        client.post("/help/", said())

    answer = client.post("/help/", said(text="One thing more:\nwhere is my receipt?"))

    assert answer.status_code == 429
    assert "readonly>One thing more:\nwhere is my receipt?</textarea>" in answer.content.decode()


def test_one_network_writes_so_often_whatever_addresses_it_names(client, db):
    answers = [
        client.post("/help/", said(email=f"noor{number}@example.com")).status_code
        for number in range(7)
    ]

    assert answers == [302] * 6 + [429]
    assert Inquiry.objects.count() == 6


def test_nobodys_mailbox_is_filled_from_many_networks_or_by_many_spellings(client, db):
    spellings = ["Cleo@example.com", "cleo@example.com", "CLEO@example.com", "cleo@Example.com"]
    answers = [
        client.post("/help/", said(email=spelling), REMOTE_ADDR=f"192.0.2.{number}").status_code
        for number, spelling in enumerate(spellings)
    ]

    # An address that was only typed gets three confirmations an hour; what was said is kept.
    assert answers == [302] * 4
    assert Inquiry.objects.count() == 4
    assert OutboxMail.objects.filter(to__iexact="cleo@example.com").count() == 3


def test_a_stranger_who_types_an_address_keeps_nobody_from_writing(client, cleo):
    for number in range(4):
        posted = said(email=cleo.email)
        Client().post("/help/", posted, REMOTE_ADDR=f"192.0.2.{number}")

    as_visitor = Client().post("/help/", said(email=cleo.email), REMOTE_ADDR="198.51.100.7")
    signed_in = logged_in(client, cleo).post("/help/", said())

    assert (as_visitor.status_code, signed_in.status_code) == (302, 302)
    assert Inquiry.objects.count() == 6
    mine = Inquiry.objects.get(user=cleo)
    assert OutboxMail.objects.filter(key=f"inquiry_received:{mine.pk}").exists()


def test_a_form_without_its_token_is_refused(db):
    answer = Client(enforce_csrf_checks=True).post("/help/", said(email="noor@example.com"))

    assert answer.status_code == 403
    assert not Inquiry.objects.exists()


def test_the_page_says_who_sells_and_where_they_are(client, db):
    Seller.objects.create(
        name="Lantern & Sons",
        address="Quay 4\n5003 Bergen",
        tax_number="NO 999",
        contact_email="help@lantern.example",
    )

    page = page_of(client)

    for words in ("Lantern &amp; Sons", "Quay 4<br>5003 Bergen", "NO 999"):
        assert words in page
    assert 'href="mailto:help@lantern.example"' in page


def test_no_cache_keeps_the_page(client, db):
    assert "no-store" in client.get("/help/")["Cache-Control"]


# The inbox

LIST = "home_inquiry_modeladmin_index"


def looks(client, inquiry) -> str:
    answer = client.get(reverse("home_inquiry_modeladmin_inspect", args=[inquiry.pk]))
    return " ".join(answer.content.decode().split())


def test_an_admin_finds_who_waits_and_notes_the_answer(client, ivo, dana):
    inquiry = an_inquiry(user=dana)
    logged_in(client, ivo)
    assert "dana@example.com" in client.get(reverse(LIST)).content.decode()

    page = looks(client, inquiry)
    (write_to,) = re.findall(r'href="(mailto:[^"]+)"', page)
    assert write_to == "mailto:dana@example.com?subject=Your%20message%20to%20us"
    assert TEXT in page
    answer = client.post(reverse("inquiries:answer", args=[inquiry.pk]), {"state": "answered"})

    inquiry.refresh_from_db()
    assert answer.status_code == 302
    assert inquiry.answered_by == ivo
    assert timezone.now() - inquiry.answered_at < timedelta(minutes=1)
    assert ModelLogEntry.objects.get(action="home.inquiry_answered").user == ivo
    assert "dana@example.com" not in client.get(reverse(LIST)).content.decode()
    for state in ("answered", "all"):
        listed = client.get(reverse(LIST), {"state": state}).content.decode()
        assert "dana@example.com" in listed


def test_it_can_be_opened_again(client, ivo):
    inquiry = mark_answered(inquiry=an_inquiry(), by=ivo)

    logged_in(client, ivo).post(reverse("inquiries:answer", args=[inquiry.pk]), {"state": "open"})

    inquiry.refresh_from_db()
    assert (inquiry.answered_at, inquiry.answered_by) == (None, None)
    assert open_again(inquiry=inquiry, by=ivo) == inquiry
    assert ModelLogEntry.objects.filter(action="home.inquiry_opened_again").count() == 1


def test_whoever_answered_first_stays_the_one(ivo, mira):
    inquiry = an_inquiry()
    mark_answered(inquiry=inquiry, by=ivo)

    assert mark_answered(inquiry=inquiry, by=mira).answered_by == ivo
    assert ModelLogEntry.objects.filter(action="home.inquiry_answered").count() == 1


@pytest.mark.parametrize("who", ["ada", "mira", "cleo"])
def test_nobody_but_admins_reads_or_answers(client, request, who):
    inquiry = an_inquiry()
    logged_in(client, request.getfixturevalue(who))
    addresses = [
        (client.get, reverse(LIST)),
        (client.get, reverse("home_inquiry_modeladmin_inspect", args=[inquiry.pk])),
        (client.post, reverse("inquiries:answer", args=[inquiry.pk])),
    ]

    for ask, address in addresses:
        answer = ask(address)
        assert answer.status_code in (302, 403, 404)
        assert TEXT not in answer.content.decode()
    inquiry.refresh_from_db()
    assert inquiry.answered_at is None


def test_an_admin_may_delete_an_inquiry_and_change_none(client, ivo):
    inquiry = an_inquiry()
    logged_in(client, ivo)

    changing = client.post(f"/admin/home/inquiry/edit/{inquiry.pk}/", {"text": "Nothing"})
    inquiry.refresh_from_db()
    client.post(reverse("home_inquiry_modeladmin_delete", args=[inquiry.pk]))

    assert (changing.status_code, inquiry.text) == (404, TEXT)
    assert not Inquiry.objects.exists()


def test_a_strangers_words_are_shown_as_words(client, ivo):
    inquiry = an_inquiry(text="<script>alert(1)</script>", email="a'b?subject=x&c@example.com")

    page = looks(logged_in(client, ivo), inquiry)

    assert "<script>alert(1)" not in page
    assert "mailto:a%27b%3Fsubject%3Dx%26c@example.com?subject=" in page


# Everywhere somebody is told to write to us


def test_every_mail_says_where_to_write_to(stripesim, ada, cleo, ivo, commit):
    order = a_paid_order(stripesim, buyer=cleo, course=a_course_on_sale(by=ada))
    an_inquiry()

    for row in OutboxMail.objects.all():
        assert row.text.rstrip().endswith("/help/"), row.key
        assert not row.html or '/help/"' in row.html
        assert "Reply to this mail" not in row.text + row.html
    assert OutboxMail.objects.filter(key=f"receipt:{order.pk}").exists()


@pytest.mark.parametrize("address", ["/", "/courses/", "/accounts/login/", "/nowhere/"])
def test_every_page_leads_to_help(client, catalogue, address):
    assert 'href="/help/"' in client.get(address).content.decode()


def test_mail_to_the_seller_goes_where_mails_come_from_when_nothing_is_set(client, db, settings):
    client.post("/help/", said(email="noor@example.com"))

    to_us = OutboxMail.objects.get(key__startswith="inquiry:")
    assert to_us.to == parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
