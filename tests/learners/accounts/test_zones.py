"""Each reads by their own clock: told by the browser, said otherwise on the account page."""

import pickle
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.utils import timezone
from wagtail.users.models import UserProfile

from courses.wording.moments import format_day, format_hour, format_moment
from courses.wording.zones import ZONES, zone_called, zone_choices, zone_of, zone_words
from learners.accounts.zones import ReadersZone, guess_zone
from learners.certificates.issuing import issue_certificate
from learners.enrollment.enrollments import enroll
from learners.enrollment.progress import mark_complete
from learners.models import Certificate, User
from storefront.models import Coupon
from tests.people import logged_in
from tests.study import a_course_to_study, lessons_of

# Half an hour before midnight in London: three days on one Earth.
AT = datetime(2026, 11, 14, 23, 30, tzinfo=UTC)
CLOCKS = [
    ("Asia/Kolkata", "15 November 2026, 05:00 (UTC+5:30)"),
    ("America/Los_Angeles", "14 November 2026, 15:30 (UTC−8)"),
    ("Pacific/Kiritimati", "15 November 2026, 13:30 (UTC+14)"),
    ("America/St_Johns", "14 November 2026, 20:00 (UTC−3:30)"),
    ("UTC", "14 November 2026, 23:30 (UTC)"),
    ("Europe/London", "14 November 2026, 23:30 (UTC)"),
]
SIGNUP = {"name": "Eli Brandt", "email": "eli@example.com", "password1": "a short sentence"}


def lives_in(person: User, zone: str) -> User:
    User.objects.filter(pk=person.pk).update(time_zone=zone)
    person.refresh_from_db()
    return person


@pytest.fixture
def certificate(cleo, ada):
    """Given at ``AT`` to Cleo, who lives on Kiritimati."""
    lives_in(cleo, "Pacific/Kiritimati")
    course = a_course_to_study(by=ada)
    with time_machine.travel(AT, tick=False):
        enrollment = enroll(user=cleo, course=course)
        for lesson in lessons_of(course):
            mark_complete(enrollment=enrollment, lesson=lesson)
    return Certificate.objects.get()


@pytest.mark.parametrize(("zone", "told"), CLOCKS)
def test_what_tells_an_hour_tells_its_zone(zone, told):
    with timezone.override(zone):
        assert format_moment(AT) == told
        assert format_hour(AT) == told.split(", ")[1]
        assert format_day(AT) == told.split(", ")[0]


@pytest.mark.parametrize(
    ("typed", "zone"),
    [
        ("Asia/Kolkata", "Asia/Kolkata"),
        ("  asia/kolkata ", "Asia/Kolkata"),
        ("kolkata", "Asia/Kolkata"),
        ("New York", "America/New_York"),
        ("Kolkata (UTC+5:30)", "Asia/Kolkata"),
        ("Asia/Calcutta", "Asia/Calcutta"),  # as some browsers still call it
        ("UTC", "UTC"),
        ("Atlantis", ""),
        ("localtime", ""),
        ("../etc/passwd", ""),
        ("Louisville", ""),  # two are called so
    ],
)
def test_a_zone_is_known_by_its_name_or_its_city(typed, zone):
    assert zone_called(typed) == zone


def test_the_list_names_cities_with_the_offset_of_today():
    winter, summer = (datetime(2026, month, 1, tzinfo=UTC) for month in (1, 7))

    assert zone_words("Europe/Lisbon", winter) == "Lisbon (UTC)"
    assert dict(zone_choices(summer))["Europe/Lisbon"] == "Lisbon (UTC+1)"
    assert dict(zone_choices(winter))["America/Argentina/Buenos_Aires"] == "Buenos Aires (UTC−3)"
    assert {name for name, _words in zone_choices(winter)} <= ZONES


@pytest.mark.parametrize("lost", ["", "Mars/Olympus", "localtime"])
def test_a_zone_that_this_machine_lost_is_that_of_the_site(settings, lost):
    settings.TIME_ZONE = "Europe/Lisbon"

    assert zone_of(lost) == ZoneInfo("Europe/Lisbon")
    assert zone_of("Asia/Kolkata") == ZoneInfo("Asia/Kolkata")


def zone_of_a_reader(**told) -> ReadersZone:
    return ReadersZone(SimpleNamespace(user=SimpleNamespace(**told)))


def test_the_zone_of_a_reader_is_a_zone_like_any_other():
    zone, summer = zone_of_a_reader(time_zone="Europe/Lisbon"), datetime(2026, 7, 1, 9, tzinfo=UTC)
    read = summer.replace(tzinfo=zone)

    assert (read.utcoffset(), read.dst()) == (timedelta(hours=1), timedelta(hours=1))
    assert (read.tzname(), str(zone)) == ("WEST", "Europe/Lisbon")
    assert pickle.loads(pickle.dumps(zone)) == ZoneInfo("Europe/Lisbon")


def test_what_is_kept_of_a_moment_does_not_keep_who_read_it():
    zone = zone_of_a_reader(time_zone="Asia/Kolkata")

    told = datetime(2026, 7, 1, 9, tzinfo=UTC).astimezone(zone)

    assert (told.isoformat(), told.tzinfo) == (
        "2026-07-01T14:30:00+05:30",
        ZoneInfo("Asia/Kolkata"),
    )


def test_whoever_asks_is_looked_at_once():
    zone = zone_of_a_reader(time_zone="Asia/Kolkata")
    assert str(zone) == "Asia/Kolkata"

    zone._request.user.time_zone = "Europe/Lisbon"

    assert str(zone) == "Asia/Kolkata"


def test_a_reader_without_an_account_has_the_clock_of_the_site(settings):
    settings.TIME_ZONE = "Europe/Lisbon"

    assert zone_of_a_reader().zone == ZoneInfo("Europe/Lisbon")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("told", "kept"),
    [("Asia/Kolkata", "Asia/Kolkata"), ("", ""), ("Mars/Olympus", ""), ("localtime", "")],
)
def test_the_browser_tells_the_zone_at_sign_up(client, told, kept):
    page = client.get("/accounts/signup/").text
    assert 'name="time_zone"' in page
    assert "js/learners/zone" in page

    client.post("/accounts/signup/", {**SIGNUP, "time_zone": told})

    assert User.objects.get(email="eli@example.com").time_zone == kept


def test_whoever_has_no_zone_is_asked_once(client, cleo):
    cleos = logged_in(client, cleo)
    assert "data-zone-unknown" in cleos.get("/my-learning/").text

    assert cleos.post("/account/zone/", {"time_zone": "Mars/Olympus"}).status_code == 204
    assert not User.objects.exclude(time_zone="").exists()
    assert cleos.post("/account/zone/", {"time_zone": "Asia/Kolkata"}).status_code == 204
    assert cleos.post("/account/zone/", {"time_zone": "Europe/Lisbon"}).status_code == 204

    cleo.refresh_from_db()
    assert cleo.time_zone == "Asia/Kolkata"
    assert "data-zone-unknown" not in cleos.get("/my-learning/").text
    assert guess_zone(user=cleo, zone="Europe/Lisbon") is False


def test_a_stranger_has_no_zone_to_tell(client, db):
    assert "data-zone-unknown" not in client.get("/help/").text
    assert client.post("/account/zone/", {"time_zone": "UTC"}).status_code == 302
    assert client.get("/account/zone/").status_code == 405


def test_the_zone_is_said_on_the_account_page(client, cleo):
    cleos = logged_in(client, cleo)
    page = cleos.get("/account/").text
    assert '<option value="Asia/Kolkata">Kolkata (UTC+5:30)</option>' in page

    assert cleos.post("/account/", {"name": "Cleo", "time_zone": "new york"}).status_code == 302
    cleo.refresh_from_db()
    assert cleo.time_zone == "America/New_York"

    cleos.post("/account/", {"name": "Cleo", "time_zone": ""})
    cleo.refresh_from_db()
    assert cleo.time_zone == ""


def test_a_zone_that_is_none_is_refused_in_words(client, cleo):
    lives_in(cleo, "Asia/Kolkata")

    answer = logged_in(client, cleo).post("/account/", {"name": "C", "time_zone": "Atlantis"})

    assert answer.context["form"].errors == {
        "time_zone": ["There is no time zone of this name. Choose one from the list."]
    }
    cleo.refresh_from_db()
    assert (cleo.name, cleo.time_zone) == ("Cleo Marchetti", "Asia/Kolkata")


@pytest.mark.parametrize(("zone", "told"), [*CLOCKS, ("", "14 November 2026, 23:30 (UTC)")])
def test_a_page_is_read_by_the_clock_of_its_reader(client, certificate, dana, zone, told):
    lives_in(dana, zone)

    with time_machine.travel(AT, tick=False):
        page = logged_in(client, dana).get(f"/certificates/{certificate.code}/").text

    assert f">{told}</time>" in page


def test_a_visitor_reads_by_the_clock_of_the_site(client, certificate, settings):
    settings.TIME_ZONE = "Asia/Kolkata"

    with time_machine.travel(AT, tick=False):
        page = client.get(f"/certificates/{certificate.code}/").text

    assert ">15 November 2026, 05:00 (UTC+5:30)</time>" in page


def test_one_reader_leaves_no_clock_to_the_next(client, cleo):
    lives_in(cleo, "Pacific/Kiritimati")

    logged_in(client, cleo).get("/account/")

    assert timezone.get_current_timezone_name() == "UTC"


def test_a_page_that_tells_no_time_asks_for_nobody(client, cleo, django_assert_num_queries):
    cleos = logged_in(client, cleo)

    with django_assert_num_queries(0):
        answer = cleos.get("/robots.txt")

    assert "Cookie" not in answer.get("Vary", "")


def test_the_day_of_a_certificate_is_the_learners_and_stays(client, certificate, cleo, dana):
    assert certificate.issued_on.isoformat() == "2026-11-15"  # in London it was the 14th
    lives_in(cleo, "America/Los_Angeles")
    lives_in(dana, "America/Los_Angeles")

    for reader in (cleo, dana):
        page = logged_in(client, reader).get(f"/certificates/{certificate.code}/").text
        assert "15 November 2026" in page
        assert "14 November 2026" not in page
    assert issue_certificate(enrollment=certificate.enrollment) == certificate


def test_wagtail_keeps_no_second_clock(client, ivo):
    lives_in(ivo, "Asia/Kolkata")
    UserProfile.objects.create(user=ivo, current_time_zone="America/Los_Angeles")
    admins = logged_in(client, ivo)
    page = admins.get("/admin/storefront/coupon/create/").text
    assert "By your clock: Kolkata (UTC+5:30)." in page

    admins.post(
        "/admin/storefront/coupon/create/",
        {"code": "NIGHT", "percent_off": "25", "valid_until": "2026-12-01 00:00", "active": "on"},
    )

    assert Coupon.objects.get().valid_until == datetime(2026, 11, 30, 18, 30, tzinfo=UTC)
    assert "current_time_zone" not in admins.get("/admin/account/").text
    assert (
        "2026-12-01 00:00"
        in admins.get(f"/admin/storefront/coupon/edit/{Coupon.objects.get().pk}/").text
    )


def test_an_admin_without_a_profile_of_wagtails_has_their_clock_too(client, ivo):
    lives_in(ivo, "Pacific/Kiritimati")

    page = logged_in(client, ivo).get("/admin/storefront/coupon/create/").text

    assert "By your clock: Kiritimati (UTC+14)." in page


def test_a_moment_of_summer_told_in_winter_has_the_offset_of_summer():
    summer = datetime(2026, 7, 14, 12, 0, tzinfo=UTC)

    with time_machine.travel("2027-01-10", tick=False), timezone.override("Europe/Berlin"):
        assert format_moment(summer) == "14 July 2026, 14:00 (UTC+2)"
