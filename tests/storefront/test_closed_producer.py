"""What hangs on a person: the courses they lead, the sales they made, the pages that name them."""

import json
import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from courses import releases
from courses.errors import CourseError
from courses.models import CoursePage, CourseRelease, OutboxMail, Promise
from courses.promises import keeping
from courses.teams.members import make_lead
from learners.accounts.consequences import courses_led_by
from learners.accounts.roles import set_moderator, set_role
from learners.certificates.issuing import issue_certificate
from learners.models import Enrollment, Role, User
from storefront.catalogue import entries
from storefront.checkout import refunds
from storefront.checkout.fulfilment import settle
from storefront.checkout.offers import check_buyable
from storefront.checkout.orders import start_checkout
from storefront.errors import OrderError
from storefront.models import CatalogueEntry, OrderStatus
from tests.builders import a_released_course, a_submission, an_enrollment, lesson_called
from tests.people import logged_in, person, somebody
from tests.sitemaps import named
from tests.storefront.shelf import a_review
from tests.storefront.shop import a_checkout, a_paid_order, balances, everything
from tests.study import a_course_to_study
from tests.teams import add_instructor

pytestmark = pytest.mark.django_db


def close(user):
    user = User.objects.get(pk=user.pk)
    user.is_active = False
    user.save()  # as the form of an admin does


def reopen(user):
    user = User.objects.get(pk=user.pk)
    user.is_active = True
    user.save()


def demote(user):
    set_role(user=user, role=Role.CONSUMER)


def promote(user):
    set_role(user=user, role=Role.PRODUCER)


GONE = {"closed": (close, reopen), "demoted": (demote, promote)}
gone_and_back = pytest.mark.parametrize(("go", "come_back"), GONE.values(), ids=GONE)


@pytest.fixture
def course(ada):
    return a_released_course(by=ada, title="Sewing by hand", price="24.00")


def text_of(response) -> str:
    return " ".join(response.content.decode().split())


def structured(page: str) -> dict:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert found
    return json.loads(found[1])


PUBLIC = ("/", "/courses/", "/courses/?q=sewing")


@gone_and_back
def test_the_courses_of_a_lead_who_is_gone_leave_the_shop_and_come_back_with_them(
    client, course, ada, go, come_back, commit
):
    for address in (f"/courses/{course.slug}/", f"/producers/{ada.pk}/"):
        assert client.get(address).status_code == 200

    with commit():
        go(ada)

    assert not CatalogueEntry.objects.get().listed
    for address in PUBLIC:
        assert f"/courses/{course.slug}/" not in client.get(address).text, address
        assert str(ada.pk) not in client.get(address).text, address
    sitemap = " ".join(named(client))
    assert f"/courses/{course.slug}/" not in sitemap
    assert str(ada.pk) not in sitemap
    page = client.get(f"/courses/{course.slug}/")
    assert page.status_code == 404
    assert "This course is not sold at the moment." in page.text
    assert "€24" not in page.text
    assert "application/ld+json" not in page.text
    assert client.get(f"/producers/{ada.pk}/").status_code == 404
    assert client.get(f"/courses/{course.slug}/card.png").status_code == 404

    with commit():
        come_back(ada)

    assert CatalogueEntry.objects.get().listed
    assert client.get(f"/courses/{course.slug}/").status_code == 200
    assert client.get(f"/producers/{ada.pk}/").status_code == 200


def test_what_changed_meanwhile_is_told_when_a_lead_comes_back(course, ada, commit):
    with commit():
        close(ada)
    releases.archive_course(course=course, user=person("ivo"))

    with commit():
        reopen(ada)

    assert not CatalogueEntry.objects.get().listed  # archived, whoever leads it


def test_the_entry_follows_although_the_worker_was_never_told(course, ada):
    close(ada)
    assert CatalogueEntry.objects.get().listed
    assert Promise.objects.filter(key=f"entries-of:{ada.pk}").exists()

    keeping.sweep(now=timezone.now() + timedelta(minutes=2))

    assert not CatalogueEntry.objects.get().listed
    assert not Promise.objects.filter(key=f"entries-of:{ada.pk}").exists()


def test_many_courses_are_refreshed_in_parts(ada, monkeypatch):
    for title in ("Sewing by hand", "Knots", "Hems"):
        a_released_course(by=ada, title=title)
    monkeypatch.setattr(entries, "ENTRIES_AT_ONCE", 2)
    User.objects.filter(pk=ada.pk).update(is_active=False)

    rest = entries.keep_entries_of(lead=str(ada.pk))

    assert CatalogueEntry.objects.filter(listed=False).count() == 2
    assert rest is not None
    assert entries.keep_entries_of(**rest) is None
    assert not CatalogueEntry.objects.filter(listed=True).exists()


def test_a_new_name_of_the_lead_stands_on_the_card(course, ada, commit):
    ada.name = "Ada Lind"
    with commit():
        ada.save(update_fields=["name"])

    assert CatalogueEntry.objects.get().producer_name == "Ada Lind"


@pytest.mark.parametrize("fields", [["last_login"], ["password"], ["bio", "updated_at"]])
def test_what_the_catalogue_does_not_tell_promises_nothing(course, ada, fields):
    before = Promise.objects.count()

    ada.save(update_fields=fields)

    assert Promise.objects.count() == before


def test_a_person_who_leads_nothing_promises_nothing(course, dana):
    before = Promise.objects.count()

    close(dana)

    assert Promise.objects.count() == before


# Buying


@gone_and_back
def test_a_course_whose_lead_is_gone_cannot_be_bought_at_once(
    client, course, ada, cleo, go, come_back
):
    logged_in(client, cleo)
    assert client.get(f"/courses/{course.slug}/checkout/").status_code == 200
    go(ada)  # no worker has been told: the entry still says that it is sold
    before = everything()

    answer = client.post(f"/courses/{course.slug}/checkout/", {"action": "pay", "shown": "24.00"})

    assert answer.status_code == 302
    with pytest.raises(OrderError, match="not sold at the moment") as refusal:
        start_checkout(buyer=cleo, course=course)
    assert refusal.value.code == "course_without_lead"
    assert everything() == before


@gone_and_back
def test_an_open_checkout_that_is_paid_afterwards_is_given_back(
    stripesim, course, ada, cleo, go, come_back, commit
):
    order, session = a_checkout(buyer=cleo, course=course)
    go(ada)
    stripesim.pay(session)

    with commit():
        order = settle(session_id=session)

    order.refresh_from_db()
    refund = order.payments.get().refunds.get()
    assert (order.status, refund.status) == (OrderStatus.REFUNDED, "succeeded")
    assert (refund.amount, refund.reason) == (Decimal("24.00"), refunds.NOT_DELIVERED)
    assert not Enrollment.objects.exists()
    assert balances() == {}


def test_a_closed_buyer_buys_nothing_and_what_they_pay_goes_back(stripesim, course, cleo, commit):
    order, session = a_checkout(buyer=cleo, course=course)
    close(cleo)
    stripesim.pay(session)

    with commit():
        settle(session_id=session)

    refund = order.payments.get().refunds.get()
    assert (refund.status, refund.reason) == ("succeeded", refunds.BUYER_CLOSED)
    assert not Enrollment.objects.exists()
    for buyer in (cleo, User.objects.get(pk=cleo.pk)):  # as read before, and as they are
        with pytest.raises(OrderError) as refusal:
            start_checkout(buyer=buyer, course=course)
        assert refusal.value.code == "account_closed"


def test_a_closed_buyer_is_given_their_money_back_and_told_so(stripesim, course, cleo, ivo, commit):
    order = a_paid_order(stripesim, buyer=cleo, course=course)
    close(cleo)

    refunds.refund_order(order=order, by=ivo)

    order.refresh_from_db()
    assert order.status == OrderStatus.REFUNDED
    assert OutboxMail.objects.filter(key__startswith="refund:", to=cleo.email).exists()


def test_a_demoted_producer_may_buy_what_they_once_taught(stripesim, course, ada, bruno):
    add_instructor(course=course, email=bruno.email, by=ada)
    with pytest.raises(OrderError, match="You teach this course"):
        check_buyable(buyer=bruno, course=course)
    demote(bruno)

    order = a_paid_order(stripesim, buyer=User.objects.get(pk=bruno.pk), course=course)

    assert order.status == OrderStatus.PAID


def test_a_share_is_nobodys_who_does_not_teach(stripesim, course, ada, bruno, cleo):
    add_instructor(course=course, email=bruno.email, by=ada)
    make_lead(member=course.team.get(user=bruno), by=ada)

    order = a_paid_order(stripesim, buyer=cleo, course=course)

    assert (order.lines.get().producer, order.lines.get().share) == (bruno, Decimal("20.40"))


# What stays


@gone_and_back
def test_who_bought_it_keeps_it_and_its_page_names_the_producer_without_a_link(
    client, stripesim, course, ada, cleo, go, come_back, commit
):
    a_paid_order(stripesim, buyer=cleo, course=course)
    booked = balances()
    with commit():
        go(ada)
    logged_in(client, cleo)

    page = text_of(client.get(f"/courses/{course.slug}/"))

    assert "This course is not sold at the moment. You keep it" in page
    assert "Ada Okafor" in page
    assert f"/producers/{ada.pk}/" not in page
    assert "offers" not in structured(page)
    assert structured(page)["author"] == {"@type": "Person", "name": "Ada Okafor"}
    lesson = lesson_called("Cutting straight", course=course)
    assert client.get(f"/learn/{lesson.uuid}/").status_code == 200
    assert "Sewing by hand" in client.get("/my-learning/").text
    assert client.get("/purchases/").status_code == 200
    assert balances() == booked  # what was earned stays booked and owed


def test_a_page_that_would_be_missing_is_not_linked_when_all_is_archived(client, course, ada, cleo):
    an_enrollment(user=cleo, course=course)
    releases.archive_course(course=course, user=ada)
    logged_in(client, cleo)
    assert client.get(f"/producers/{ada.pk}/").status_code == 404

    page = client.get(f"/courses/{course.slug}/").text

    assert "Ada Okafor" in page
    assert f"/producers/{ada.pk}/" not in page


def test_a_preview_closes_with_the_shop_as_for_an_archived_course(client, ada):
    course = a_course_to_study(by=ada, previews=["Cutting straight"])
    lesson = lesson_called("Cutting straight", course=course)
    assert client.get(f"/learn/{lesson.uuid}/").status_code == 200

    close(ada)

    closed = client.get(f"/learn/{lesson.uuid}/")
    assert closed.status_code == 403
    assert "This course is not for sale." in closed.text


def test_a_certificate_names_the_producer_as_they_were_and_links_to_no_missing_page(
    client, course, ada, cleo
):
    certificate = issue_certificate(enrollment=an_enrollment(user=cleo, course=course))
    proof = f"/certificates/{certificate.code}/"
    link = f'href="/courses/{course.slug}/"'
    assert link in client.get(proof).text

    close(ada)

    assert "Ada Okafor" in client.get(proof).text
    assert link not in client.get(proof).text
    assert link in logged_in(client, cleo).get(proof).text  # whose page it is opens for them


def test_a_certificate_earned_later_names_the_lead_who_is_gone(course, ada, cleo):
    enrollment = an_enrollment(user=cleo, course=course)
    close(ada)

    assert issue_certificate(enrollment=enrollment).producer_name == "Ada Okafor"


def test_what_a_closed_person_said_stays_under_their_name(client, course):
    a_review(course=course, by="Nora Quist", rating=4, content="The seams hold.")
    User.objects.filter(name="Nora Quist").update(is_active=False)

    page = client.get(f"/courses/{course.slug}/").text

    assert "The seams hold." in page
    assert "Nora Q." in page


# Writing and reviewing without a lead


@pytest.fixture
def led_by_ada(ada, bruno):
    course = a_released_course(by=ada, title="Sewing by hand")
    add_instructor(course=course, email=bruno.email, by=ada)
    return course


@gone_and_back
def test_a_co_instructor_writes_on_and_submits_once_another_lead_is_named(
    client, led_by_ada, ada, bruno, ivo, go, come_back, commit
):
    course = led_by_ada
    with commit():
        go(ada)
    logged_in(client, bruno)
    assert client.get(f"/admin/pages/{course.pk}/edit/").status_code == 200
    assert "does not teach here any more" in client.get("/admin/my-courses/").text
    assert "does not teach here any more" in client.get(f"/admin/my-courses/{course.pk}/team/").text
    page = client.get(f"/courses/{course.slug}/").text
    assert "Ask an admin to name another lead" in page
    assert "Open in the studio" in page

    with pytest.raises(CourseError, match="does not teach here any more") as refusal:
        releases.submit_course(course=course, user=bruno)

    assert refusal.value.code == "no_lead"
    assert CourseRelease.objects.count() == 1
    with pytest.raises(CourseError):
        make_lead(member=course.team.get(user=bruno), by=bruno)

    with commit():
        make_lead(member=course.team.get(user=bruno), by=ivo)

    assert CatalogueEntry.objects.get().listed
    assert CatalogueEntry.objects.get().producer == bruno
    assert releases.submit_course(course=course, user=bruno).status == "in_review"


@gone_and_back
def test_nothing_is_approved_while_nobody_leads_and_it_may_be_sent_back(
    client, ada, bruno, mira, go, come_back
):
    release = a_submission(by=ada)
    add_instructor(course=release.course, email=bruno.email, by=ada)
    go(ada)
    logged_in(client, mira)
    page = text_of(client.get(f"/admin/reviews/{release.pk}/"))
    assert "Once an admin has named another lead" in page
    assert "Approve and release" not in page

    client.post(f"/admin/reviews/{release.pk}/approve/", {"comment": ""})
    with pytest.raises(CourseError) as refusal:
        releases.approve_release(release=release, user=mira)

    assert refusal.value.code == "no_lead"
    assert not CoursePage.objects.get(pk=release.course_id).live
    assert releases.ask_for_changes(release=release, user=mira, note="Wait.").status == (
        "changes_requested"
    )


def test_a_course_is_handed_to_nobody_who_does_not_teach(led_by_ada, ada, bruno, ivo):
    demote(bruno)

    with pytest.raises(CourseError) as refusal:
        make_lead(member=led_by_ada.team.get(user=bruno), by=ivo)

    assert refusal.value.code == "does_not_teach"
    assert led_by_ada.team.get(role="lead").user == ada


def test_mails_about_a_review_go_to_those_who_teach(ada, bruno, mira):
    release = a_submission(by=ada)
    add_instructor(course=release.course, email=bruno.email, by=ada)
    demote(bruno)

    releases.approve_release(release=release, user=mira)

    told = OutboxMail.objects.filter(key__startswith="course_approved:").values_list(
        "to", flat=True
    )
    assert list(told) == [ada.email]


def test_whoever_stands_on_the_team_approves_nothing_also_without_the_role(ada, bruno):
    release = a_submission(by=ada)
    add_instructor(course=release.course, email=bruno.email, by=ada)
    demote(bruno)
    set_moderator(user=bruno, moderator=True)

    with pytest.raises(CourseError, match="You cannot decide on this course"):
        releases.approve_release(release=release, user=User.objects.get(pk=bruno.pk))

    release.refresh_from_db()
    assert release.status == "in_review"


# What an admin is told before


def help_of(client, user) -> str:
    return text_of(client.get(f"/admin/users/edit/{user.pk}/"))


def test_an_admin_reads_what_closing_does_before_doing_it(client, ada, cleo, dana, ivo):
    for title in ("Sewing by hand", "Hems"):
        course = a_released_course(by=ada, title=title)
        an_enrollment(user=cleo, course=course)
    an_enrollment(user=dana, course=course)
    a_released_course(by=person("bruno"), title="Maps for walkers")
    logged_in(client, ivo)

    page = help_of(client, ada)

    leaving = "2 courses leave the shop until another lead is named."
    assert page.count(f"{leaving} 2 learners keep what they bought.") == 2  # closing, demoting
    assert "leave the shop" not in help_of(client, cleo)


def test_an_admin_finds_the_courses_that_wait_for_a_lead(client, course, ada, ivo):
    close(ada)
    logged_in(client, ivo)

    page = help_of(client, ada)

    assert "Without a lead, and so not sold:" in page
    assert f'<a href="/admin/my-courses/{course.pk}/team/">Sewing by hand</a>' in page


def test_what_is_told_costs_the_same_at_any_number_of_courses(
    client, ada, ivo, django_assert_num_queries
):
    a_released_course(by=ada, title="Sewing by hand")
    with django_assert_num_queries(3):
        courses_led_by(ada)
    for title in ("Hems", "Knots"):
        a_released_course(by=ada, title=title)
    somebody(email="reader@example.com")
    with django_assert_num_queries(3):
        courses_led_by(ada)
