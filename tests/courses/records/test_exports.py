"""What somebody typed as a title or a name is never run by a spreadsheet."""

import csv

import pytest
from django.urls import reverse

from courses.records.exports import FORMULA_STARTS, harmless
from courses.teams.members import create_course
from tests.people import logged_in

pytestmark = pytest.mark.django_db


def test_no_cell_of_wagtails_own_reports_starts_a_formula(client, ada, ivo, catalogue):
    type(ada).objects.filter(pk=ada.pk).update(name="=1+2")
    ada.refresh_from_db()
    create_course(producer=ada, title='=HYPERLINK("https://example.org", "Look")')
    logged_in(client, ivo)

    report = client.get(reverse("wagtailadmin_reports:site_history"), {"export": "csv"})

    cells = [cell for row in csv.reader(report.getvalue().decode().splitlines()) for cell in row]
    assert '\'=HYPERLINK("https://example.org", "Look")' in cells
    assert "'=1+2" in cells
    assert not [cell for cell in cells if cell.startswith(FORMULA_STARTS)]


@pytest.mark.parametrize("start", [*"=+-@＝＋－＠", "\t", "\r", "\n"])
def test_each_sign_that_starts_a_formula_is_a_letter_in_a_cell(start):
    assert harmless(f"{start}1+2") == f"'{start}1+2"


@pytest.mark.parametrize("value", ["Sewing = joy", "", "1+2", -5, None])
def test_whatever_starts_no_formula_is_left_as_it_is(value):
    assert harmless(value) == value
