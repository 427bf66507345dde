"""A mail is written in its reader's language, whoever caused it and whatever they speak."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone, translation
from wagtail.models import CommentReply

from courses import releases
from courses.comments.news import ThreadNews
from courses.comments.telling import tell_of_comments
from courses.exports.emails import announce_ready
from courses.models import CoursePage, Export, OutboxMail
from courses.moderation.comments import comment_on
from learners.accounts.applications import apply_to_teach, decide_application
from learners.accounts.emails import CODES, NOTICES, send_account_mail
from learners.certificates.issuing import issue_certificate
from learners.models import Enrollment, User
from perfomix.languages import pseudo
from storefront.checkout.fulfilment import settle
from storefront.returns.requests import decide_request, request_return
from tests.builders import a_course, a_released_course, a_submission, an_enrollment
from tests.languages.reading import Theirs, unmarked
from tests.storefront.shop import a_checkout, a_course_on_sale, a_paid_order
from tests.teams import add_instructor

CODE = "AB12CD"

pytestmark = pytest.mark.django_db


@pytest.fixture
def readers(ada, cleo, dana, mira):
    """Everybody reads accented English; the process that writes to them speaks plain English."""
    User.objects.update(language=pseudo.ACCENTED)
    for person in (ada, cleo, dana, mira):
        person.refresh_from_db()
    assert translation.get_language() == "en"


def the_mail(occasion: str) -> OutboxMail:
    return OutboxMail.objects.filter(key__startswith=f"{occasion}:").latest("pk")


def assert_every_word_is_marked(mail: OutboxMail) -> None:
    theirs = Theirs()
    theirs.texts |= {mail.to, CODE}
    assert mail.subject.startswith("⟦"), mail.subject
    for part in (f"<p>{mail.text}</p>", mail.html):
        assert list(unmarked(BeautifulSoup(part, "html.parser"), theirs)) == []


def test_the_mail_about_an_export(readers, ada):
    now = timezone.now()
    export = Export(person=ada, title="Maps", asked_at=now - timedelta(minutes=9), finished_at=now)

    announce_ready(export)

    assert_every_word_is_marked(the_mail("export_ready"))


def test_mails_about_a_review(readers, ada, mira):
    course = a_course(by=ada)
    release = releases.submit_course(course=course, user=ada)
    releases.ask_for_changes(release=release, user=mira, note="The second lesson has no picture.")
    release = releases.submit_course(course=course, user=ada)
    releases.approve_release(release=release, user=mira)

    for occasion in ("course_submitted", "course_changes", "course_approved"):
        assert_every_word_is_marked(the_mail(occasion))


def test_mails_about_comments(readers, ada, bruno, mira):
    course = a_course(by=ada)
    add_instructor(course=course, email=bruno.email, by=ada)
    User.objects.update(language=pseudo.ACCENTED)
    item = a_submission(by=ada, course=course).items.filter(kind="lesson").first()
    asked = comment_on(item=item, path="body", text="The second lesson has no picture.", user=mira)
    assert_every_word_is_marked(the_mail("course_comments"))

    lesson = item.page.specific
    answer = CommentReply.objects.create(comment=asked, user=ada, text="Welcome.")
    for said in (
        ThreadNews(replies=[(asked, [answer])]),
        ThreadNews(resolved=[asked]),
        ThreadNews(comments=[asked]),
    ):
        OutboxMail.objects.all().delete()
        tell_of_comments(page=lesson, by=ada, said=said)
        for mail in OutboxMail.objects.filter(key__startswith="course_comments:"):
            assert_every_word_is_marked(mail)


@pytest.mark.parametrize("approve", [True, False])
def test_mails_about_an_application(readers, dana, ivo, approve):
    application = apply_to_teach(user=dana, pitch="Bookbinding, from a paper knife to a press.")
    decide_application(application=application, by=ivo, approve=approve, note="Welcome.")

    assert_every_word_is_marked(the_mail("application"))


def test_the_mail_with_a_certificate(readers, ada, cleo):
    enrollment = an_enrollment(user=cleo, course=a_released_course(by=ada))
    issue_certificate(enrollment=enrollment)

    assert_every_word_is_marked(the_mail("certificate"))


def test_the_receipt_and_the_shops_own_reason_for_a_refund(readers, stripesim, ada, cleo, commit):
    a_paid_order(stripesim, buyer=cleo, course=a_course_on_sale(by=ada, price="24.00"))
    assert_every_word_is_marked(the_mail("receipt"))

    gone = a_course_on_sale(by=ada, title="Darning", price="12.00")
    order, session = a_checkout(buyer=cleo, course=gone)
    stripesim.pay(session)
    CoursePage.objects.filter(pk=gone.pk).update(archived_at=order.created_at)
    with commit():
        settle(session_id=session)
    assert_every_word_is_marked(the_mail("refund"))


def test_mails_about_a_return(readers, stripesim, ada, cleo, dana, ivo):
    course = a_course_on_sale(by=ada, price="24.00")
    orders = [a_paid_order(stripesim, buyer=buyer, course=course) for buyer in (cleo, dana)]
    Enrollment.objects.update(studied_percent=60)
    asked = [
        request_return(order=order, by=order.buyer, words="Too fast for me.") for order in orders
    ]
    assert_every_word_is_marked(the_mail("return"))

    decide_request(request=asked[0], by=ivo, grant=False, answer="There is a slower half.")
    assert_every_word_is_marked(the_mail("return"))
    decide_request(request=asked[1], by=ivo, grant=True, answer="Gladly.")
    assert_every_word_is_marked(the_mail("refund"))


@pytest.mark.parametrize("prefix", [*CODES, *NOTICES])
def test_mails_about_an_account_find_their_reader_by_the_address(readers, cleo, prefix):
    send_account_mail(prefix=prefix, to="CLEO@example.com", context={"code": CODE})

    assert_every_word_is_marked(the_mail("account"))


def test_an_address_that_is_nobodys_yet_is_written_to_in_its_persons_language(readers, cleo):
    new = "cleo.new@example.com"
    send_account_mail(prefix=[*CODES][1], to=new, context={"code": CODE, "user": cleo})

    assert_every_word_is_marked(the_mail("account"))


def test_whoever_has_no_account_is_written_to_in_the_language_of_the_page(db):
    with translation.override(pseudo.ACCENTED):
        send_account_mail(
            prefix="account/email/unknown_account", to="nobody@example.com", context={}
        )

    assert_every_word_is_marked(the_mail("account"))


def test_an_english_reader_gets_english_though_the_causer_reads_accented(ada, mira):
    course = a_course(by=ada)
    with translation.override(pseudo.ACCENTED):
        releases.submit_course(course=course, user=ada)

    assert the_mail("course_submitted").subject == "“Sewing by hand” is waiting for your review"
    assert "⟦" not in the_mail("course_submitted").text


def test_a_language_that_is_no_longer_spoken_is_the_sites_own(ada, mira):
    User.objects.filter(pk=mira.pk).update(language="tlh")
    releases.submit_course(course=a_course(by=ada), user=ada)

    assert the_mail("course_submitted").subject == "“Sewing by hand” is waiting for your review"


def test_a_person_signs_up_in_a_language_and_stays_in_it(client, commit):
    client.get(f"/language/{pseudo.ACCENTED}/")
    with commit():
        client.post(
            "/accounts/signup/",
            {"name": "Noor", "email": "noor@example.com", "password1": "a short sentence"},
        )

    assert User.objects.get(email="noor@example.com").language == pseudo.ACCENTED
    assert the_mail("account").subject.startswith("⟦")


def test_switching_the_language_while_signed_in_switches_the_mails(client, cleo):
    client.force_login(cleo)
    client.get(f"/language/{pseudo.MIRRORED}/")

    cleo.refresh_from_db()
    assert cleo.language == pseudo.MIRRORED
