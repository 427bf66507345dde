"""An import that is refused or fails leaves nothing: no rows, no files."""

import logging

import pytest
from django.conf import settings
from wagtail.models import ReferenceIndex

from courses.errors import CourseError
from courses.exchange import build
from courses.exchange.bodies import BodyWriter
from courses.exchange.build import import_course

from .exports import as_tar, as_zip, special, the_tea_course

pytestmark = pytest.mark.django_db


HOSTILE = {
    "a library": as_tar({"library/library.xml": b"<library/>"}),
    "not gzip": b"<course/>",
    "broken": as_tar(the_tea_course())[:-300],
    "a link": as_tar(the_tea_course(), [special("course/static/l", b"2", "/etc/passwd")]),
    "a way out": as_tar({**the_tea_course(), "../out.xml": b""}),
    "a bomb": as_tar({**the_tea_course(), "course/static/z": bytes(64 * 1024**2)}),
    "bad XML": as_tar(the_tea_course(**{"chapter/leaf.xml": "<chapter>"})),
    "entities": as_tar(
        the_tea_course(**{"html/intro.xml": '<!DOCTYPE h [<!ENTITY a "b">]><html x="&a;"/>'})
    ),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_refused_archive_leaves_nothing_behind(kind, catalogue, ada, packed, leftovers, caplog):
    caplog.set_level(logging.INFO)
    before = leftovers()
    with pytest.raises(CourseError) as caught:
        import_course(path=packed(HOSTILE[kind]), producer=ada)
    sentence = str(caught.value)
    assert sentence.endswith(".") and "\n" not in sentence and len(sentence) < 200
    assert caught.value.code not in ("import_refused", "course_refused")
    assert not [line for line in caplog.records if hasattr(line, "event")]
    assert leftovers() == before


@pytest.mark.parametrize("pack", [as_tar, as_zip])
def test_an_import_that_fails_at_its_last_lesson_leaves_nothing_behind(
    catalogue, ada, packed, leftovers, monkeypatch, pack
):
    write = BodyWriter.write

    def fail_at_the_end(self, lesson):
        if lesson.title == "Pouring":
            raise RuntimeError("the disk is full")
        return write(self, lesson)

    monkeypatch.setattr(build.BodyWriter, "write", fail_at_the_end)
    before = leftovers()
    with pytest.raises(RuntimeError, match="disk is full"):
        import_course(path=packed(pack(the_tea_course())), producer=ada)
    assert leftovers() == before
    assert not ReferenceIndex.objects.filter(base_content_type__model="lessonpage").exists()


def test_that_look_sees_what_an_import_leaves(imported, leftovers):
    """The control: without it the two tests above could pass by looking away."""
    before = leftovers()
    imported()
    after = leftovers()
    assert after[0]["Page"] == before[0]["Page"] + 13
    assert after[0]["Collection"] == before[0]["Collection"] + 1
    assert len(after[1]) == len(before[1]) + 5
    assert all(path.startswith(str(settings.MEDIA_ROOT)) for path in after[1])


@pytest.mark.parametrize("name", ["cleo", "mira"])
def test_a_course_is_only_given_to_a_producer(request, name, catalogue, packed, leftovers):
    person = request.getfixturevalue(name)
    before = leftovers()
    with pytest.raises(CourseError, match=f"{name}@example.com is not a producer"):
        import_course(path=packed(as_tar(the_tea_course())), producer=person)
    assert leftovers() == before


def test_a_closed_account_gets_no_course(ada, catalogue, packed):
    ada.is_active = False
    with pytest.raises(CourseError, match="is not a producer"):
        import_course(path=packed(as_tar(the_tea_course())), producer=ada)


def test_without_a_catalogue_nothing_is_imported(ada, packed, leftovers):
    before = leftovers()
    with pytest.raises(CourseError, match="no catalogue page yet"):
        import_course(path=packed(as_tar(the_tea_course())), producer=ada)
    assert leftovers() == before
