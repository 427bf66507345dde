"""Lists of learners, progress, certificates and reviews: one's own for producers."""

import re
from io import BytesIO

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone
from openpyxl import load_workbook

from learners.modeladmin import Learning
from learners.models import Certificate, LessonProgress, Review, User
from learners.records.lists import OwnCourseFilter
from tests.builders import a_course, an_enrollment, lesson_called
from tests.people import logged_in

pytestmark = pytest.mark.django_db

LISTS = ["enrollment", "lessonprogress", "certificate", "review"]


@pytest.fixture
def studies(ada, bruno, cleo, dana):
    """Cleo studies with Ada, Dana with Bruno; both have finished, and said so."""
    rows = {}
    for teacher, learner, title in (
        (ada, cleo, "Sewing by hand"),
        (bruno, dana, "Maps for walkers"),
    ):
        course = a_course(by=teacher, title=title, syllabus=["Threads"])
        enrollment = an_enrollment(user=learner, course=course)
        rows[title] = {
            "enrollment": enrollment,
            "lessonprogress": LessonProgress.objects.create(
                enrollment=enrollment, lesson=lesson_called("Threads", course=course)
            ),
            "certificate": Certificate.objects.create(
                enrollment=enrollment,
                number=len(rows) + 1,
                name=learner.name,
                course_title=title,
                producer_name=teacher.name,
                lessons=1,
                minutes=5,
                issued_at=timezone.now(),
                issued_on=timezone.localdate(),
            ),
            "review": Review.objects.create(
                course=course, user=learner, rating=5, content="=1+1 stitches"
            ),
        }
    return rows


def admin_of(name):
    return next(item for item in Learning.items if item.model._meta.model_name == name)


def address(name, verb="", key=""):
    return f"/admin/learners/{name}/" + (f"{verb}/{key}/" if verb else "")


@pytest.mark.parametrize("name", LISTS)
def test_a_producer_sees_rows_of_their_own_courses_without_addresses(client, ada, studies, name):
    page = logged_in(client, ada).get(address(name)).content.decode()

    assert "Cleo Marchetti" in page
    for foreign in ("Dana", "Maps for walkers", "cleo@example.com", "dana@example.com"):
        assert foreign not in page


@pytest.mark.parametrize("name", LISTS)
def test_an_admin_sees_all_rows_with_addresses(client, ivo, studies, name):
    page = logged_in(client, ivo).get(address(name)).content.decode()

    for shown in ("Cleo Marchetti", "Dana Whitfield", "cleo@example.com"):
        assert shown in page


@pytest.mark.parametrize("name", LISTS)
def test_foreign_missing_and_malformed_rows_answer_the_same_404(client, ada, studies, name):
    logged_in(client, ada)
    foreign = studies["Maps for walkers"][name]
    own = studies["Sewing by hand"][name]

    there = client.get(address(name, "inspect", foreign.pk))
    nowhere = client.get(address(name, "inspect", "00000000-0000-4000-8000-000000000000"))
    malformed = client.get(address(name, "inspect", "x"))

    assert [answer.status_code for answer in (there, nowhere, malformed)] == [404] * 3
    assert there.content == nowhere.content == malformed.content
    assert client.get(address(name, "inspect", own.pk)).status_code == 200


@pytest.mark.parametrize("name", LISTS)
def test_nobody_edits_a_row(client, ivo, studies, name):
    logged_in(client, ivo)
    row = studies["Sewing by hand"][name]

    for verb in ("edit", "delete"):
        assert client.post(address(name, verb, row.pk), {}).status_code in (302, 403, 404)
    assert client.post(f"/admin/learners/{name}/create/", {}).status_code in (302, 403, 404)
    assert type(row).objects.count() == 2


@pytest.mark.parametrize("name", LISTS)
def test_exports_hold_own_rows_and_no_formulas(client, ada, studies, name):
    logged_in(client, ada)

    answer = client.get(address(name), {"export": "csv"})
    text = b"".join(answer.streaming_content).decode()
    sheet = b"".join(client.get(address(name), {"export": "xlsx"}).streaming_content)

    assert "Cleo Marchetti" in text
    for foreign in ("Dana", "Maps for walkers", "@example.com"):
        assert foreign not in text
    assert "\n=1+1" not in text and ",=1+1" not in text
    cells = [cell for row in load_workbook(BytesIO(sheet)).active.iter_rows() for cell in row]
    assert not any(cell.data_type == "f" for cell in cells)


def test_search_by_address_finds_nothing_for_a_producer(client, ada, ivo, studies):
    found = logged_in(client, ada).get(address("enrollment"), {"q": "cleo@example.com"})
    assert "Cleo Marchetti" not in found.content.decode()

    found = logged_in(client, ivo).get(address("enrollment"), {"q": "cleo@example.com"})
    assert "Cleo Marchetti" in found.content.decode()


def test_filters_name_own_courses_and_reach_no_foreign_rows(client, ada, studies):
    logged_in(client, ada)
    foreign = studies["Maps for walkers"]["enrollment"]

    page = client.get(address("enrollment"), {"course": foreign.course_id}).content.decode()

    assert "Dana" not in page
    assert "Maps for walkers" not in page


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_narrowed_to_one_course_and_by_nonsense_to_none(client, ivo, studies, name):
    logged_in(client, ivo)
    sewing = studies["Sewing by hand"]["enrollment"].course_id

    page = client.get(address(name), {"course": sewing})
    whole = client.get(address(name), {"course": "x"})

    assert [row.pk for row in page.context["object_list"]] == [studies["Sewing by hand"][name].pk]
    assert len(whole.context["object_list"]) == 2


@pytest.mark.parametrize("name", LISTS)
def test_the_filter_offers_each_of_ones_own_courses(client, ada, ivo, studies, name):
    a_course(by=ada, title="Darning")

    def offered(who):
        view = logged_in(client, who).get(address(name)).context["view"]
        (own,) = (spec for spec in view.filter_specs if isinstance(spec, OwnCourseFilter))
        return [title for _key, title in own.lookup_choices]

    assert offered(ada) == ["Darning", "Sewing by hand"]
    assert offered(ivo) == ["Darning", "Maps for walkers", "Sewing by hand"]


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_searched_by_the_title_of_a_course(client, ivo, studies, name):
    page = logged_in(client, ivo).get(address(name), {"q": "walkers"})

    assert [row.pk for row in page.context["object_list"]] == [studies["Maps for walkers"][name].pk]


@pytest.mark.parametrize("name", LISTS)
def test_exports_of_an_admin_hold_all_rows_with_addresses(client, ivo, studies, name):
    answer = logged_in(client, ivo).get(address(name), {"export": "csv"})
    text = b"".join(answer.streaming_content).decode()

    for shown in ("Cleo Marchetti", "Dana Whitfield", "cleo@example.com", "dana@example.com"):
        assert shown in text


@pytest.mark.parametrize("name", LISTS)
def test_moderators_and_producers_without_a_course_see_no_list(client, mira, bruno, name):
    for person in (mira, bruno):
        assert logged_in(client, person).get(address(name)).status_code in (302, 403, 404)


@pytest.mark.parametrize("hidden", ["email__startswith", "password__startswith"])
@pytest.mark.parametrize("name", LISTS)
def test_no_condition_in_the_address_spells_out_what_is_not_shown(
    client, ada, cleo, studies, name, hidden
):
    path = admin_of(name).user_path
    logged_in(client, ada)

    for guess in (getattr(cleo, hidden.split("__")[0])[:8], "never"):
        page = client.get(address(name), {f"{path}__{hidden}": guess})
        assert "Cleo Marchetti" in page.content.decode()


HOUR_WITHOUT_ZONE = re.compile(r"\b\d{1,2}:\d\d\b(?! \(UTC)")


@pytest.mark.parametrize("name", LISTS)
def test_each_hour_in_a_list_and_on_the_page_of_a_row_tells_its_zone(client, ivo, studies, name):
    User.objects.filter(pk=ivo.pk).update(time_zone="Asia/Tokyo")
    LessonProgress.objects.update(completion_date=timezone.now())
    logged_in(client, ivo)
    row = studies["Sewing by hand"][name]

    listed = BeautifulSoup(client.get(address(name)).content, "html.parser").main
    page = BeautifulSoup(client.get(address(name, "inspect", row.pk)).content, "html.parser").main

    assert HOUR_WITHOUT_ZONE.findall(f"{listed.get_text()} {page.get_text()}") == []
    if name != "certificate":  # which has a day
        assert "(UTC+9)" in listed.get_text()
        assert "(UTC+9)" in page.get_text()
