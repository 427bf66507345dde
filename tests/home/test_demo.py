"""The demo as it is loaded: whole, true, and safe to load again."""

from collections import Counter
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, Site

from courses.checks.ready import readiness_of
from courses.exports.writing import write
from courses.models import (
    CourseDocument,
    CourseImage,
    CoursePage,
    Export,
    LessonPage,
    OutboxMail,
    TeamInvitation,
)
from courses.models.releases import CourseRelease, ReleaseStatus
from courses.teams.invitations import invitations_to
from home.demo.loader import load_demo
from home.demo.logins import LOGINS, PASSWORD
from home.demo.people import written_people
from home.demo.reading import identity as demo_identity
from home.demo.sales import introduce_to_stripesim
from home.demo.year import written_trade
from home.models import HomePage, PlainPage
from learners.accounts.roles import is_moderator
from learners.accounts.workplaces import landing
from learners.enrollment.progress import summarise
from learners.models import (
    Certificate,
    Enrollment,
    EnrollmentStatus,
    LessonProgress,
    ProducerApplication,
    QuizAttempt,
    Review,
    User,
)
from storefront.catalogue.facets import FACETS
from storefront.checkout.refunds import refund_order
from storefront.models import Account, Coupon, LedgerEntry, Order, OrderStatus, Payment
from tests.fixtures.stripe import Process

COUNTED = [
    Page,
    User,
    CourseImage,
    CourseDocument,
    CourseRelease,
    Enrollment,
    LessonProgress,
    QuizAttempt,
    Review,
    Certificate,
    Order,
    Payment,
    LedgerEntry,
    OutboxMail,
    ProducerApplication,
    TeamInvitation,
]
PLANNED = ["An apology without a but", "A farewell to colleagues", "A letter to an editor"]


def counts():
    return {model.__name__: model.objects.count() for model in COUNTED}


def course(slug):
    return CoursePage.objects.get(slug=slug)


def test_every_lesson_is_valid_in_full(demo):
    lessons = [lesson for lesson in LessonPage.objects.all() if lesson.draft_title not in PLANNED]

    assert len(lessons) == 178
    for lesson in lessons:
        lesson.full_clean()
        lesson.body.stream_block.clean(lesson.body)


def test_one_course_is_being_planned_with_titles_to_fill_and_one_in_the_bin(demo):
    course = CoursePage.objects.get(slug="letters-worth-keeping")
    lessons = LessonPage.objects.child_of(course).order_by("path")

    assert [(lesson.draft_title, lesson.retired) for lesson in lessons][2:] == [
        ("An apology without a but", False),
        ("A farewell to colleagues", False),
        ("A letter to an editor", True),
    ]
    readiness = readiness_of(course)
    assert [problem.message for problem in readiness.problems] == [
        "This lesson is empty. Write something first."
    ] * 2


def test_loading_again_changes_nothing(demo, changes):
    before = counts()

    again = load_demo()

    assert not again.anything
    assert counts() == before


def test_the_database_has_counted_what_was_loaded(demo):
    """Without, the first pages are planned as if there were nothing to read."""
    tables = (CoursePage, LessonPage, User)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, reltuples FROM pg_class WHERE relname = ANY(%s)",
            [[model._meta.db_table for model in tables]],
        )
        counted = dict(cursor.fetchall())

    assert counted == {model._meta.db_table: model.objects.count() for model in tables}


def test_what_somebody_edited_stays(demo, changes):
    maps = course("maps-people-can-trust")
    maps.title = "Maps My Aunt Can Trust"
    maps.slug = "maps-my-aunt-can-trust"
    maps.save_revision()
    CoursePage.objects.filter(pk=maps.pk).update(title=maps.title, slug=maps.slug)
    PlainPage.objects.filter(slug="terms").update(body="<p>Ours now.</p>")
    User.objects.filter(email="marit@perfomix.example").update(name="Marit O.")

    load_demo()

    assert not CoursePage.objects.filter(slug="maps-people-can-trust").exists()
    assert course("maps-my-aunt-can-trust").title == "Maps My Aunt Can Trust"
    assert PlainPage.objects.get(slug="terms").body == "<p>Ours now.</p>"
    assert User.objects.get(email="marit@perfomix.example").name == "Marit O."


def test_courses_stand_where_their_story_left_them(demo):
    states = {
        page.slug: (page.status, page.releases.values_list("status", flat=True).first())
        for page in CoursePage.objects.all()
    }

    waiting = {
        "colour-for-people-who-say-they-cannot",
        "portuguese-by-ear",
        "letters-worth-keeping",
    }
    published = {slug for slug, state in states.items() if state == ("published", "current")}
    assert len(published) == 21
    assert published == states.keys() - waiting
    assert states["colour-for-people-who-say-they-cannot"] == ("draft", ReleaseStatus.IN_REVIEW)
    assert states["portuguese-by-ear"] == ("draft", ReleaseStatus.CHANGES_REQUESTED)
    assert states["letters-worth-keeping"] == ("draft", None)


def test_the_maps_course_is_in_its_second_release(demo):
    releases = course("maps-people-can-trust").releases.order_by("number")
    first, second = releases

    shaded = {"title": "Shade by hand"}
    assert first.status == ReleaseStatus.SUPERSEDED
    assert first.items.get(**shaded).minutes == 28
    assert second.items.get(**shaded).minutes == 24
    deepest = second.items.get(title="Layers in walking order")
    assert (deepest.number, deepest.depth) == ("5.2.1", 2)


@pytest.mark.parametrize("email", [email for email, _ in LOGINS])
def test_everybody_on_the_list_can_log_in(demo, email):
    user = User.objects.get(email=email)

    assert user.check_password(PASSWORD)
    assert user.emailaddress_set.get().verified


def test_roles_are_what_they_say(demo):
    admin, moderator, producer = (
        User.objects.get(email=f"{name}@perfomix.example")
        for name in ("admin", "moderator", "marit")
    )

    assert (admin.role, producer.role, moderator.role) == ("admin", "producer", "consumer")
    assert is_moderator(admin)
    assert is_moderator(moderator)
    assert not is_moderator(producer)
    assert producer.has_perm("wagtailadmin.access_admin")


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("learner", "/my-learning/"),
        ("marit", "/admin/"),
        ("moderator", "/admin/reviews/"),
        ("admin", "/admin/"),
    ],
)
def test_everybody_lands_where_their_work_is_and_may_enter(changes, client, name, address):
    user = User.objects.get(email=f"{name}@perfomix.example")
    client.force_login(user)

    assert landing(user) == address
    assert client.get(address).status_code == 200
    assert f'href="{address}"' in client.get("/account/").content.decode()


@pytest.mark.parametrize("currency", ["EUR", "USD", "GBP"])
def test_money_adds_up_and_the_platform_keeps_fifteen_percent(demo, currency):
    balance = dict.fromkeys(Account.values, 0)
    for entry in LedgerEntry.objects.filter(currency=currency):
        balance[entry.account] += entry.amount

    paid = Order.objects.filter(status=OrderStatus.PAID, currency=currency, total__gt=0)
    total = sum(order.total for order in paid)
    assert total > 0
    assert sum(balance.values()) == 0
    assert balance[Account.CASH] == total
    # Each sale is parted to the cent, so many of them may be off by half a cent each.
    assert abs(-balance[Account.REVENUE] * 100 - total * 15) <= len(paid) / 2


def test_every_enrollment_has_its_order_and_its_summary(demo):
    for enrollment in Enrollment.objects.select_related("user"):
        orders = Order.objects.filter(buyer=enrollment.user, lines__course=enrollment.course_id)
        assert orders.count() == 1
        assert orders.get().paid_at == enrollment.purchased_at
        if enrollment.last_accessed:
            assert enrollment.progress == summarise(enrollment)
        else:  # bought and not opened yet
            assert enrollment.progress == {}


def test_whoever_finished_has_a_certificate(demo):
    finished = Enrollment.objects.filter(status=EnrollmentStatus.COMPLETED)

    assert finished.count() >= 12
    assert all(enrollment.certificate.name == enrollment.user.name for enrollment in finished)
    numbers = list(Certificate.objects.order_by("issued_at").values_list("number", flat=True))
    assert numbers == sorted(numbers)


def test_refunded_courses_are_closed(demo):
    refunded = Enrollment.objects.filter(status=EnrollmentStatus.REFUNDED)

    assert refunded.count() >= 5
    for enrollment in refunded:
        order = Order.objects.get(buyer=enrollment.user, lines__course=enrollment.course_id)
        assert order.status == OrderStatus.REFUNDED
        assert order.refunded_at == enrollment.refunded_at
        assert not Review.objects.filter(user=enrollment.user, course=enrollment.course).exists()


def test_a_year_of_sales_has_its_seasons(demo):
    now = timezone.now()
    sold = Counter(order.paid_at.strftime("%Y-%m") for order in Order.objects.all())
    eldest = Order.objects.earliest("paid_at").paid_at

    assert Order.objects.count() >= 400
    assert (now - eldest).days > 300
    assert len(sold) >= 11
    whole = [count for month, count in sold.items() if month not in (min(sold), max(sold))]
    assert max(whole) >= 2 * min(whole)
    assert Order.objects.exclude(coupon=None).values("coupon").distinct().count() >= 4
    for coupon in Coupon.objects.all():
        assert coupon.used == Order.objects.filter(coupon=coupon).count()


def test_every_opinion_that_was_written_is_said(demo):
    for told in written_trade():
        page = CoursePage.objects.get(uuid=demo_identity("course", told["name"]))
        said = Review.objects.filter(course=page)
        for one in told.get("review", []):
            assert said.filter(rating=one["rating"], content=one["words"]).count() == 1
        assert said.filter(content="").count() == len(told["stars"])


def test_nobody_writes_in_a_language_that_they_do_not_speak(demo):
    speaks = {person["email"]: person.get("speaks", []) for person in written_people()}
    said = Review.objects.exclude(content="").exclude(course__language="en")

    assert said.count() >= 25
    for review in said.select_related("course", "user"):
        assert review.course.language in speaks[review.user.email]


def test_a_later_loading_sells_nothing_twice(changes):
    before = counts()

    again = load_demo(now=timezone.now() + timedelta(days=45))

    assert not again.anything
    assert counts() == before


def test_an_invitation_waits_for_somebody_who_is_here_and_one_for_nobody(demo):
    waiting = TeamInvitation.objects.open()

    assert [invitation.email for invitation in waiting] == [
        "odile@perfomix.example",
        "joaquin@mapmakers.example",
    ]
    assert invitations_to(User.objects.get(email="odile@perfomix.example")).count() == 1


def test_nothing_happens_tomorrow(demo):
    now = timezone.now()

    assert not Order.objects.filter(created_at__gt=now).exists()
    assert not LessonProgress.objects.filter(completion_date__gt=now).exists()
    assert not Review.objects.filter(created_at__gt=now).exists()
    opened = CourseRelease.objects.earliest("decided_at").decided_at
    assert not Order.objects.filter(paid_at__lt=opened).exists()


def test_the_admin_finds_two_lists_as_files(demo, changes):
    assert list(Export.objects.order_by("pk").values_list("person__email", "title", "kind")) == [
        ("admin@perfomix.example", "Lesson progress", "csv"),
        ("admin@perfomix.example", "Orders", "xlsx"),
    ]
    for export in Export.objects.order_by("pk"):
        write(export.pk)

    written = Export.objects.order_by("pk").values_list("status", "rows_written")
    assert list(written) == [
        ("ready", LessonProgress.objects.count()),
        ("ready", Order.objects.count()),
    ]


def test_every_filter_of_the_catalogue_parts_the_demo(demo, client):
    catalogue = client.get(reverse("storefront:catalogue"))

    shown = [facet.name for facet in catalogue.context["facets"]]
    assert shown == list(FACETS)


def test_old_mail_is_not_sent_again(demo, mailoutbox):
    assert OutboxMail.objects.exists()
    assert not OutboxMail.objects.filter(sent_at=None).exists()
    assert mailoutbox == []


def test_files_lie_in_the_collection_of_their_course(demo):
    maps = course("maps-people-can-trust")

    for media in [*CourseImage.objects.all(), *CourseDocument.objects.all()]:
        assert media.collection.name in set(CoursePage.objects.values_list("title", flat=True))
        assert media.file_size
        assert media.file_hash
    assert CourseDocument.objects.filter(
        collection=maps.collection, title="Drawing a profile"
    ).exists()


def test_the_site_begins_at_the_front_page(demo):
    site = Site.objects.get(is_default_site=True)

    assert site.root_page_id == HomePage.objects.get().pk
    slugs = {page.slug for page in HomePage.objects.get().get_children()}
    assert slugs == {"courses", "terms", "privacy", "refunds"}


@pytest.mark.django_db
@pytest.mark.parametrize("refused", [{"MAILBOX_DIR": None}, {"PAYMENTS_ARE_TESTS": False}])
def test_a_site_that_takes_real_money_gets_no_demo(settings, refused):
    for name, value in refused.items():
        setattr(settings, name, value)
    before = User.objects.count()

    with pytest.raises(CommandError, match="a password that everybody knows"):
        call_command("load_demo", stdout=StringIO())

    assert User.objects.count() == before


def test_its_payments_can_be_given_back_at_the_local_stripe(changes, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    paid = Payment.objects.filter(status="succeeded").select_related("order").first()

    introduce_to_stripesim()
    program = Process(tmp_path / "stripesim", "--payments", str(tmp_path / "demo-payments.json"))
    settings.STRIPE_API_BASE = program.url
    refund = refund_order(order=paid.order, by=User.objects.filter(role="admin").first())
    program.stop()

    assert (refund.status, refund.amount) == ("succeeded", paid.amount)
    paid.order.refresh_from_db()
    assert paid.order.status == "refunded"
