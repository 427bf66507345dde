"""A copy of a course: what its drafts say, and nothing that happened to it."""

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Collection

from courses.beginning import bringing, copying, importing
from courses.beginning.copying import copy_course
from courses.covers.pictures import thumbnails_of
from courses.errors import CourseError
from courses.models import (
    ChapterPage,
    CourseDocument,
    CourseImage,
    CourseImport,
    CoursePage,
    CourseRelease,
    LessonPage,
    Promise,
)
from learners.models import Enrollment
from tests.builders import a_course, a_released_course, an_enrollment
from tests.media import a_document, an_image
from tests.people import logged_in

pytestmark = pytest.mark.django_db

TITLE = "Sewing by hand"
COPY = "Sewing by hand (copy)"


@pytest.fixture
def course(ada):
    """Its second lesson shows a picture and a file, and links to the first."""
    course = a_course(by=ada, price="24.00")
    image = an_image(title="Seam", course=course, by=ada)
    document = a_document(title="Pattern", course=course, by=ada)
    first, second, *_ = LessonPage.objects.descendant_of(course).order_by("path")
    options = [{"text": "One", "correct": True, "feedback": ""}]
    second.body = LessonPage.body.field.to_python(
        [
            {
                "type": "rich_text",
                "value": f'<p>As in <a id="{first.pk}" linktype="page">the first</a>.</p>',
                "id": "a1",
            },
            {"type": "image", "value": {"image": image.pk, "alt": "A seam", "caption": ""}},
            {
                "type": "downloads",
                "value": {"heading": "", "files": [{"title": "It", "file": document.pk}]},
            },
            {"type": "single_choice", "value": {"question": "<p>?</p>", "options": options}},
        ]
    )
    second.minutes, second.is_preview = 12, True
    second.save_revision(user=ada)
    draft = CoursePage.objects.get(pk=course.pk).get_latest_revision_as_object()
    draft.title, draft.thumbnail = TITLE, image
    draft.tags.add("needle", "thread")
    draft.save_revision(user=ada)
    return CoursePage.objects.get(pk=course.pk)


def drafts_of(course, model=LessonPage) -> list:
    pages = model.objects.descendant_of(course).order_by("path")
    return [page.get_latest_revision_as_object() for page in pages]


def test_a_copy_says_what_the_latest_drafts_say(ada, course):
    copied = copy_course(course_id=course.pk, producer=ada)

    draft = copied.get_latest_revision_as_object()
    kept = ("subtitle", "description", "price", "currency", "category_id", "language", "level")
    assert draft.title == COPY
    assert [getattr(draft, name) for name in kept] == [getattr(course, name) for name in kept]
    assert draft.outcome_list == course.outcome_list
    assert sorted(draft.tags.names()) == ["needle", "thread"]
    for model in (ChapterPage, LessonPage):
        old, new = drafts_of(course, model), drafts_of(copied, model)
        assert [page.title for page in new] == [page.title for page in old]
        assert [page.depth for page in new] == [page.depth for page in old]
        assert not {page.uuid for page in old} & {page.uuid for page in new}
    lesson = drafts_of(copied)[1]
    assert (lesson.minutes, lesson.is_preview, lesson.live) == (12, True, False)
    assert [block.block_type for block in lesson.body] == [
        *("rich_text", "image", "downloads", "single_choice")
    ]


def test_its_links_lead_to_its_own_lessons(ada, course):
    copied = copy_course(course_id=course.pk, producer=ada)

    first, second, *_ = drafts_of(copied)
    assert f'<a id="{first.pk}" linktype="page">' in second.body[0].value.source
    assert first.pk not in {page.pk for page in drafts_of(course)}
    assert LessonPage.objects.get(pk=second.pk).body == second.body


def test_files_are_copied_into_its_own_collection(ada, course, commit):
    with commit():
        copied = copy_course(course_id=course.pk, producer=ada)

    assert copied.collection != course.collection
    lesson = drafts_of(copied)[1]
    image, document = lesson.body[1].value["image"], lesson.body[2].value["files"][0]["file"]
    thumbnail = copied.get_latest_revision_as_object().thumbnail
    assert (image.collection, document.collection) == (copied.collection, copied.collection)
    assert (thumbnail, image.title, document.title) == (image, "Seam", "Pattern")
    assert list(thumbnails_of([thumbnail.pk])) == [thumbnail.pk]  # for the studio
    for model in (CourseImage, CourseDocument):
        old, new = model.objects.order_by("pk")
        assert old.file.name != new.file.name
        assert old.file.read() == new.file.read()
        assert (old.file_size, old.file_hash) == (new.file_size, new.file_hash)


def test_deleting_the_files_of_the_first_leaves_those_of_the_copy(ada, course, commit):
    copy_course(course_id=course.pk, producer=ada)
    old, new = CourseImage.objects.order_by("pk")

    with commit():
        old.delete()

    assert default_storage.exists(new.file.name)


def test_a_copy_has_no_learners_no_releases_and_the_person_for_its_team(ada, bruno, cleo, mira):
    course = a_released_course(by=ada)
    course.team.create(user=bruno, role="instructor")
    an_enrollment(user=cleo, course=course)

    copied = copy_course(course_id=course.pk, producer=bruno)

    assert [(one.user, one.role) for one in copied.team.all()] == [(bruno, "lead")]
    assert (copied.owner, copied.live, copied.archived_at) == (bruno, False, None)
    assert not CourseRelease.objects.filter(course=copied).exists()
    assert not Enrollment.objects.filter(course=copied).exists()


def test_what_is_retired_stays_behind(ada, course):
    gone = LessonPage.objects.descendant_of(course).order_by("path")[0]
    LessonPage.objects.filter(pk=gone.pk).update(retired=True)

    copied = copy_course(course_id=course.pk, producer=ada)

    assert len(drafts_of(copied)) == len(drafts_of(course)) - 1
    assert not LessonPage.objects.descendant_of(copied).filter(retired=True).exists()


def test_a_file_of_a_foreign_collection_is_not_copied(ada, bruno, course):
    secret = a_document(title="Secret", course=a_course(by=bruno, title="Maps"), by=bruno)
    lesson = drafts_of(course)[0]
    lesson.body = [("downloads", {"heading": "", "files": [{"title": "x", "file": secret}]})]
    lesson.save_revision()

    copied = copy_course(course_id=course.pk, producer=ada)

    titles = CourseDocument.objects.filter(collection=copied.collection)
    assert list(titles.values_list("title", flat=True)) == ["Pattern"]
    assert CourseDocument.objects.filter(title="Secret").count() == 1


@pytest.mark.parametrize("who", ["bruno", "mira", "ivo"])
def test_who_does_not_teach_a_course_copies_nothing(request, course, who, client):
    stranger = request.getfixturevalue(who)
    before = CoursePage.objects.count()

    with pytest.raises(CourseError):
        copy_course(course_id=course.pk, producer=stranger)
    foreign = logged_in(client, stranger).post(reverse("studio:copy_course"), {"course": course.pk})
    missing = client.post(reverse("studio:copy_course"), {"course": 999_999_999})

    assert foreign.status_code == missing.status_code
    told = "Only courses that you teach can be copied."
    assert (told in foreign.text) == (told in missing.text)
    assert TITLE not in foreign.text
    assert CoursePage.objects.count() == before


def test_a_copy_that_breaks_off_leaves_nothing(ada, course, monkeypatch):
    written = []

    def break_off(**_):
        written.extend(CourseImage.objects.order_by("-pk")[:1])
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(copying, "grow", break_off)
    before = CoursePage.objects.count(), Collection.objects.count(), Promise.objects.count()

    with pytest.raises(RuntimeError):
        copy_course(course_id=course.pk, producer=ada)

    assert (CoursePage.objects.count(), Collection.objects.count()) == before[:2]
    assert CourseImage.objects.count() == 1
    assert not default_storage.exists(written[0].file.name)


def test_thirty_lessons_cost_as_many_statements_as_three(ada):
    small = a_course(by=ada, title="Knots of 3", syllabus={"A": ["1", "2", "3"]})
    large = a_course(by=ada, title="Knots of 30", syllabus={"A": [str(n) for n in range(30)]})
    copy_course(course_id=small.pk, producer=ada)
    counts = []

    for course in (small, large):
        with CaptureQueriesContext(connection) as captured:
            copy_course(course_id=course.pk, producer=ada)
        counts.append(len(captured))

    assert counts[0] == counts[1]


def test_a_producer_copies_from_the_page(client, ada, course):
    page = logged_in(client, ada).get(reverse("studio:new_course"), {"copy": course.pk}).text
    assert f'<option value="{course.pk}" selected>{TITLE}</option>' in page

    answer = client.post(reverse("studio:copy_course"), {"course": course.pk})

    copied = CoursePage.objects.latest("pk")
    assert copied.title == COPY
    assert answer["Location"] == reverse("studio:outline", args=[copied.pk])


def test_a_course_with_large_files_is_copied_by_a_worker(client, ada, course, commit, monkeypatch):
    monkeypatch.setattr(bringing, "COPIED_AT_ONCE", -1)
    logged_in(client, ada)

    with commit():
        answer = client.post(reverse("studio:copy_course"), {"course": course.pk})

    row = CourseImport.objects.get()
    assert answer["Location"] == reverse("studio:new_course")
    assert (row.status, row.source, row.person, row.report) == ("done", course, ada, None)
    assert row.course.title == COPY
    assert row.course.collection != course.collection
    assert CourseImage.objects.filter(collection=row.course.collection).exists()
    assert f"{COPY} is there." in client.get(reverse("studio:new_course")).text
    outline = client.get(reverse("studio:outline", args=[row.course.pk])).text
    assert "What came in" not in outline
    report = client.get(reverse("studio:import_report", args=[row.key]))
    assert report.status_code == 404


def test_a_copy_that_was_stopped_meanwhile_leaves_nothing(client, ada, course, monkeypatch):
    monkeypatch.setattr(bringing, "COPIED_AT_ONCE", -1)
    bringing.begin_copy(person=ada, course_id=course.pk)
    row = CourseImport.objects.get()
    before = CoursePage.objects.count(), CourseImage.objects.count(), Collection.objects.count()
    page = logged_in(client, ada).get(reverse("studio:new_course")).text
    assert "On its way: Sewing by hand (copy)" in page
    claim = importing._claim

    def claimed_and_stopped(pk):
        claimed = claim(pk)
        client.post(reverse("studio:stop_import", args=[row.key]))
        return claimed

    monkeypatch.setattr(importing, "_claim", claimed_and_stopped)

    assert not importing.work(row.pk)

    row.refresh_from_db()
    assert (row.status, row.course) == ("stopped", None)
    assert before == (
        *(CoursePage.objects.count(), CourseImage.objects.count(), Collection.objects.count()),
    )


def test_a_large_course_that_is_left_meanwhile_is_not_copied(ada, bruno, course, monkeypatch):
    monkeypatch.setattr(bringing, "COPIED_AT_ONCE", -1)
    course.team.create(user=bruno, role="instructor")
    bringing.begin_copy(person=bruno, course_id=course.pk)
    course.team.filter(user=bruno).delete()
    row = CourseImport.objects.get()

    assert not importing.work(row.pk)

    row.refresh_from_db()
    assert (row.status, row.reason) == ("failed", "Only courses that you teach can be copied.")
    assert CoursePage.objects.count() == 1
