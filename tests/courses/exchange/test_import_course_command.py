"""`manage.py import_course FILE --producer EMAIL [--report FILE]`."""

import io
import json

import pytest
from django.core.management import CommandError, call_command

from courses.exchange.formats.olx.roots import LIBRARY
from courses.models import CoursePage

from .exports import COMPONENTS, as_tar, as_zip, the_tea_course

pytestmark = pytest.mark.django_db


def run(path, producer="ada@example.com", **options):
    out = io.StringIO()
    call_command("import_course", str(path), producer=producer, stdout=out, **options)
    return out.getvalue()


@pytest.mark.parametrize("pack", [as_tar, as_zip])
def test_it_imports_and_says_what_came(catalogue, ada, packed, pack):
    said = run(packed(pack(the_tea_course())), producer="Ada@Example.com")
    course = CoursePage.objects.get()
    assert "8 lessons, 35 components: 11 imported, 12 degraded, 12 left out" in said
    assert f"Draft course “{course.title}” (page {course.pk}) for ada@example.com." in said
    assert said.endswith(
        "Before it can be submitted for review:\n"
        "  The course: Choose a category, so that learners can find it.\n"
        "  The course: Open at least one lesson to everyone (tick “Open preview” in it), so that "
        "people can look inside before they decide.\n"
    )


def test_it_writes_the_report_as_json_or_text(catalogue, ada, packed, tmp_path):
    path = packed(as_tar(the_tea_course()))
    run(path, report=str(tmp_path / "report.json"))
    run(path, report=str(tmp_path / "report.txt"))
    told = json.loads((tmp_path / "report.json").read_text())
    assert sum(told["outcomes"].values()) == told["counts"]["components"] == COMPONENTS
    assert (tmp_path / "report.txt").read_text().startswith("Tea, from leaf to cup\n")


def test_an_admin_may_be_named(catalogue, ivo, packed):
    assert "for ivo@example.com" in run(packed(as_tar(the_tea_course())), "ivo@example.com")


@pytest.mark.parametrize(
    ("producer", "sentence"),
    [
        ("nobody@example.com", "There is no account with the address nobody@example.com."),
        ("cleo@example.com", "cleo@example.com is not a producer, so no course can be theirs."),
    ],
)
def test_other_people_are_refused(catalogue, cleo, packed, leftovers, producer, sentence):
    before = leftovers()
    with pytest.raises(CommandError) as caught:
        run(packed(as_tar(the_tea_course())), producer)
    assert str(caught.value) == sentence
    assert leftovers() == before


def test_a_refused_archive_is_one_sentence(catalogue, ada, packed, leftovers):
    before = leftovers()
    with pytest.raises(CommandError) as caught:
        run(packed(as_tar({"library/library.xml": b"<library/>"})))
    assert str(caught.value) == LIBRARY
    assert leftovers() == before


def test_a_report_that_cannot_be_written_is_refused_before_anything(
    catalogue, ada, packed, leftovers, tmp_path
):
    before = leftovers()
    with pytest.raises(CommandError, match="does not exist"):
        run(packed(as_tar(the_tea_course())), report=str(tmp_path / "none" / "report.json"))
    assert leftovers() == before
