"""What stands in the file that a worker writes: what the person may see at that moment."""

import re
from io import BytesIO

import pytest
from openpyxl import load_workbook

from courses.exports import asking, sheets
from courses.exports.writing import write
from courses.models import CourseTeamMember, Export
from courses.records import parts
from courses.records.exports import FORMULA_STARTS
from learners.models import Enrollment, LessonProgress, User
from perfomix.languages import pseudo
from tests.courses.exports.fetching import EXPORTS, LEARNERS, at_once, cells, content, fill
from tests.people import logged_in
from tests.storefront.shop import a_course_on_sale, a_paid_order

pytestmark = pytest.mark.django_db
LISTS = [
    *(f"/admin/learners/{name}/" for name in ("enrollment", "lessonprogress", "certificate")),
    "/admin/learners/review/",
    *(f"/admin/storefront/{name}/" for name in ("order", "payment", "refund", "ledgerentry")),
    *(f"/admin/storefront/{name}/" for name in ("coupon", "webhookevent")),
    "/admin/shop/returns/",
    "/admin/home/inquiry/",
    *(f"/admin/reports/{name}/" for name in ("site-history", "locked", "workflow")),
    *(f"/admin/reports/{name}/" for name in ("workflow_tasks", "aging-pages")),
]


@pytest.mark.parametrize("address", LISTS)
def test_the_worker_writes_what_the_list_would_answer_at_once(
    client, ivo, studies, monkeypatch, exported, address
):
    logged_in(client, ivo)
    with monkeypatch.context() as patched:
        patched.setattr(asking, "FEW", 1000)
        text, sheet = (at_once(client, address, kind) for kind in ("csv", "xlsx"))

    assert content(exported(address)) == text
    assert cells(content(exported(address, "xlsx"))) == cells(sheet)
    assert text.count(b"\n") == Export.objects.latest("pk").rows_written + 1


def test_my_sales_are_written_too(client, ada, cleo, exported, stripesim):
    a_paid_order(stripesim, buyer=cleo, course=a_course_on_sale(by=ada, price="24.00"))
    logged_in(client, ada)

    export = exported("/admin/shop/sales/")

    assert (export.title, export.rows_written) == ("My sales", 1)
    assert b"24.00" in content(export)


def test_an_export_speaks_the_language_and_zone_of_whoever_asked(client, ivo, studies, exported):
    User.objects.filter(pk=ivo.pk).update(language=pseudo.ACCENTED, time_zone="Asia/Tokyo")
    logged_in(client, User.objects.get(pk=ivo.pk))
    client.cookies["django_language"] = pseudo.ACCENTED

    export = exported(LEARNERS)

    assert (export.language, export.zone) == (pseudo.ACCENTED, "Asia/Tokyo")
    assert content(export).decode().startswith("⟦")


def test_no_cell_that_a_worker_writes_starts_a_formula(client, ivo, studies, exported):
    logged_in(client, ivo)

    for kind in ("csv", "xlsx"):
        export = exported(LEARNERS, kind)
        found = (
            cells(content(export))
            if kind == "xlsx"
            else [line.split(",") for line in content(export).decode().splitlines()]
        )
        texts = [cell for row in found for cell in row if isinstance(cell, str)]
        assert "'=Sewing" in texts
        assert [text for text in texts if text.startswith(FORMULA_STARTS)] == []


@pytest.mark.parametrize(
    "name", ["Cleo\x0bM", "Cleo\x1b[1m", "\x01=1+1", "Cleo\ufffe", "Cleo\uffff"]
)
def test_no_letter_of_a_name_breaks_the_sheet_for_all(client, ivo, cleo, studies, exported, name):
    User.objects.filter(pk=cleo.pk).update(name=name)
    logged_in(client, ivo)
    read = re.sub("[\x01\x0b\x1b\ufffe\uffff]", "\ufffd", name)

    export = exported(LEARNERS, "xlsx")

    assert export.status == "ready"
    assert sorted(row[0] for row in cells(content(export))[1:]) == sorted([read, "Dana Whitfield"])
    assert name.encode() in content(exported(LEARNERS, "csv"))


def test_a_producers_export_holds_their_own_rows_without_addresses(client, ada, studies, exported):
    logged_in(client, ada)

    text = content(exported(LEARNERS)).decode()

    assert "Cleo Marchetti" in text
    assert "Dana" not in text
    assert "@example.com" not in text


def test_filters_and_search_hold_for_the_file(client, ivo, studies, exported):
    logged_in(client, ivo)

    text = content(exported(LEARNERS, q="dana", p="7")).decode()

    assert "Dana Whitfield" in text
    assert "Cleo" not in text


def test_what_is_seen_counts_when_it_is_written(client, ada, studies, nothing_is_short):
    logged_in(client, ada)
    client.get(LEARNERS, {"export": "csv"})
    CourseTeamMember.objects.filter(user=ada).delete()

    export = Export.objects.get()
    assert write(export.pk) is False

    export.refresh_from_db()
    assert (export.status, export.reason, export.file) == ("failed", "closed", "")
    assert "This list is not open to you any more." in client.get(EXPORTS).text


def test_a_sheet_ends_where_spreadsheets_end(client, ivo, studies, exported, monkeypatch):
    monkeypatch.setattr(sheets, "ROWS_OF_A_SHEET", 1)
    logged_in(client, ivo)

    book = load_workbook(BytesIO(content(exported(LEARNERS, "xlsx"))))

    assert [sheet.max_row for sheet in book] == [2, 2]
    assert [sheet["A1"].value for sheet in book] == ["Learner", "Learner"]


def test_a_million_rows_would_be_written_too(client, ivo, studies, exported, monkeypatch):
    """There is no number of rows at which an export is refused."""
    monkeypatch.setattr(parts, "PART", 50)
    fill(LessonProgress.objects.first(), 120)
    logged_in(client, ivo)

    export = exported(LEARNERS)

    names = [line.split(",")[0] for line in content(export).decode().splitlines()[1:]]
    rows = Enrollment.objects.order_by("-purchased_at", "pk").select_related("user")
    assert names == [row.user.name for row in rows]
    assert (export.rows_written, export.rows_expected, export.is_counted) == (122, 122, True)
