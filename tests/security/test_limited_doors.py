"""Every address is counted or has its reason; one try too many is refused and writes nothing."""

from dataclasses import replace

import pytest
from django.conf import settings
from django.test import Client
from django.urls import NoReverseMatch, reverse

from courses.limits.rates import CountedDoor
from courses.limits.trying import limiter
from courses.models import CoursePage, LessonPage, ReleaseItem
from learners.models import Role
from perfomix.settings.doors import LIMITED_DOORS
from tests.builders import a_released_course
from tests.courses.isolation.evidence import rows
from tests.learners.quizzes.quiz import QUIZ
from tests.media import a_document, an_image
from tests.people import logged_in, somebody
from tests.routes import routes
from tests.study import a_flat_course, lessons_of

# Counted by allauth, by its own table (ACCOUNT_RATE_LIMITS over its defaults).
BY_ALLAUTH = {
    "account_login",
    "account_signup",
    "account_request_login_code",
    "account_reset_password",
    "account_complete_password_reset",
    "account_change_password",
    "account_set_password",
    "account_email",
    "account_reauthenticate",
}
# Counted where they are answered.
IN_THE_VIEW = {"storefront:return_course", "help", "learners:position"}
# Left uncounted; the longest beginning of a name says why.
REASONS = {
    "": "Wagtail's catch-all and what leads away: read only",
    "account_": "leads away, or reads",
    "accounting:": "a list of one's own",
    "applications:": "admins decide, each application once",
    "courses:": "pictures",
    "exports:": "one's own files; so many are written at once",
    "front": "reads, kept",
    "help_sent": "reads",
    "home_inquiry_": "for admins",
    "inquiries:": "for admins",
    "languages:": "in development alone",
    "learners:": "reads what is one's own, or public",
    "learners_": "lists: nothing is written there",
    "mailbox:": "in development alone",
    "moderation:": "a decision is made once; a foreign release is not there",
    "orders:": "admins refund, each order once",
    "returns:": "admins decide, each return once",
    "robots": "reads",
    "sitemap": "reads what a worker wrote",
    "storefront:": "reads, cached or one's own",
    "storefront:webhook": "Stripe's signature is asked for, and Stripe repeats what is refused",
    "storefront_": "lists for admins",
    "studio:": "one's own courses; an invitation is answered once",
    "styleguide": "in development alone",
    "theme": "a cookie of one's own",
    "wagtail_bulk_action": "one's own pages and media; admins'",
    "wagtail_modeladmin:": "words of the interface",
    "wagtail_serve": "reads, cached",
    "wagtailadmin_": "the editor: one's own work, and a foreign key is as a missing one",
    "wagtailadmin_login": "closed: leads to our sign-in",
    "wagtailadmin_password_reset": "closed: leads to ours",
    "wagtailcore_login": "closed: leads to our sign-in",
    "wagtaildocs": "one's own documents",
    "wagtaildocs_serve": "for the team of a course",
    "wagtailembeds:": "closed to all but admins",
    "wagtailimages": "one's own images",
    "wagtailsettings:": "for admins",
    "wagtailsites:": "for admins",
    "wagtailsnippet": "subjects: chosen by producers, written by admins",
    "wagtailusers_": "for admins",
}


def names() -> set[str]:
    return {route.name for route in routes()}


def test_every_address_is_counted_or_has_its_reason():
    counted = LIMITED_DOORS.keys() | BY_ALLAUTH | IN_THE_VIEW
    beginnings = tuple(beginning for beginning in REASONS if beginning)

    assert [name for name in names() - counted if name and not name.startswith(beginnings)] == []


def test_no_door_and_no_reason_is_for_an_address_that_is_gone():
    known = names()
    counted = LIMITED_DOORS.keys() | BY_ALLAUTH | IN_THE_VIEW

    assert counted - known == set()
    gone = [start for start in REASONS if not any(name.startswith(start) for name in known)]
    assert gone == []


def test_every_upload_and_every_search_is_counted():
    """By what views are called: whoever adds one is reminded of the table."""
    taking = ("search", "upload", "add_multiple", "verify", "chooser:create", "autocomplete")
    taking += ("copy_course",)
    # What becomes of an upload that was counted; and what is closed to all but admins.
    later = ("delete_upload_multiple", "_from_uploaded_image", "_from_uploaded_document")
    uncounted = names() - LIMITED_DOORS.keys()

    found = [name for name in uncounted if any(word in name for word in taking)]

    assert [name for name in found if not name.endswith(later)] == ["wagtailembeds:chooser_upload"]


@pytest.fixture
def one_try(settings):
    """Each door opens once, so that a test need not knock three hundred times."""

    def short(door: CountedDoor) -> CountedDoor:
        return replace(
            door,
            per_person=("1/hour",) if door.per_person else (),
            per_network=("1/hour",) if door.per_network else (),
            per_visitor=("1/hour",) if door.per_visitor else (),
        )

    settings.LIMITED_DOORS = {
        name: tuple(map(short, doors)) for name, doors in LIMITED_DOORS.items()
    }


KEYS = {
    "learners:certificate": ["AAAA"],
    "learners:certificate_pdf": ["AAAA"],
    "wagtailcore_authenticate_with_password": [1, 1],
    "wagtaildocs_authenticate_with_password": [1],
    "wagtailadmin_tag_model_autocomplete": ["courses", "coursetag"],
}


@pytest.fixture
def course(catalogue, ada):
    return a_released_course(by=ada, title="Sewing by hand")


def own_keys(course: CoursePage) -> dict[str, list]:
    lesson = ReleaseItem.objects.filter(release__course=course, kind="lesson").first()
    return {
        "moderation:comment": [lesson.release_id, lesson.pk],
        "storefront:checkout": [course.slug],
        "studio:team": [course.pk],
        "learners:review": [course.uuid],
        "wagtailadmin_pages:add": ["courses", "lessonpage", course.pk],
        "wagtailimages:edit": [an_image(title="Seam", course=course).pk],
        "wagtaildocs:edit": [a_document(title="Pattern", course=course).pk],
    }


def address_of(name: str, course: CoursePage, own: dict[str, list]) -> str:
    args = KEYS.get(name) or own.get(name)
    lesson = LessonPage.objects.descendant_of(course).first()
    for given in [args] if args else ([], [course.pk], [lesson.uuid]):
        try:
            return reverse(name, args=given)
        except NoReverseMatch:
            continue
    raise LookupError(name)


def knock(
    client: Client, address: str, door: CountedDoor, *, network: str = "192.0.2.1", forged: int = 0
):
    asked = {door.asks: "thread"} if door.asks else {}
    method = client.get if door.method == "GET" else client.post
    # Anybody can write that header: it is not believed without a proxy.
    said = {"X-Forwarded-For": f"203.0.113.{forged}"}
    return method(address, asked, REMOTE_ADDR=network, headers=said)


@pytest.mark.django_db
def test_one_try_more_is_refused_and_writes_nothing_at_every_door(one_try, course, ivo, ada):
    admin, lead = logged_in(Client(), ivo), logged_in(Client(), ada)
    other = logged_in(Client(), somebody(email="other@example.com", role=Role.ADMIN))
    of_leads = ("wagtailimages", "wagtaildocs", "studio:")
    own, tried, wrong = own_keys(course), [], []
    for name, doors in LIMITED_DOORS.items():
        address = address_of(name, course, own)
        client = lead if name.startswith(of_leads) else admin
        for door in doors:
            limiter(settings.LIMITS_STORAGE).storage.reset()
            first = knock(client, address, door, forged=1)
            before = rows() if door.method == "POST" else {}

            refused = knock(client, address, door, forged=2)

            if before and rows() != before:
                wrong.append((name, door.action, "wrote"))
            statuses = [first.status_code, refused.status_code]
            if door not in tried:  # somebody else is not held up
                tried.append(door)
                elsewhere = knock(other, address, door, network="198.51.100.7")
                statuses.append(elsewhere.status_code)
            if [status == 429 for status in statuses] != [False, True, False][: len(statuses)]:
                wrong.append((name, door.action, statuses))
            elif not 0 < int(refused["Retry-After"]) <= 3600:
                wrong.append((name, door.action, refused["Retry-After"]))

    assert wrong == []


@pytest.mark.django_db
def test_reading_without_asking_is_not_counted(one_try, client, course):
    for _ in range(2):
        assert client.get(reverse("storefront:catalogue")).status_code == 200
        assert client.get(reverse("learners:verify")).status_code == 200


@pytest.mark.django_db
def test_asking_without_wanting_the_page_is_counted_as_well(one_try, client, course):
    address = reverse("storefront:catalogue")

    asked = [client.head(address, {"q": "thread"}).status_code for _ in range(2)]

    assert asked == [200, 429]


@pytest.mark.django_db
def test_many_accounts_behind_one_network_are_counted_together(one_try, course):
    def knock(number: int) -> int:
        someone = somebody(email=f"n{number}@example.com")
        client = logged_in(Client(), someone)
        return client.get(
            reverse("storefront:checkout", args=[course.slug]), {"code": "X"}
        ).status_code

    assert [knock(number) == 429 for number in range(2)] == [False, True]


def test_of_a_school_behind_one_address_each_person_hands_in(client, one_try, ada):
    [lesson] = lessons_of(a_flat_course(("Ask", QUIZ), by=ada, title="Sewing"))
    address = reverse("learners:quiz", args=[lesson.uuid])

    def hands_in(who: Client) -> int:
        return who.post(address).status_code

    ben, cleo = (logged_in(Client(), somebody(email=f"{n}@example.com")) for n in ("ben", "cleo"))
    assert [hands_in(who) for who in (ben, cleo, ben, cleo)] == [403, 403, 429, 429]
    assert [hands_in(who) for who in (client, Client())] == [403, 429]


def test_a_person_is_not_refused_before_twenty_uploads_in_a_row():
    """A course comes with its pictures: no honest door is tighter than a person's work."""
    assert settings.LIMITED_DOORS is LIMITED_DOORS
    for name, doors in LIMITED_DOORS.items():
        for door in doors:
            first, *_ = door.per_person or door.per_network or door.per_visitor
            assert int(first.split("/")[0]) >= 5, name
