"""What was reviewed stays what is seen, pictures and files included."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from courses import releases
from courses.files.held import missing_of
from courses.models import CourseDocument, CourseImage, CoursePage, LessonPage, ReleaseItem
from courses.teams.members import create_course
from tests.builders import a_category, a_lesson
from tests.media import MP4, PDF, a_document, an_image, picture
from tests.people import logged_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(ada, catalogue):
    return create_course(
        producer=ada,
        title="Sewing by hand",
        structure_type="flat",
        subtitle="One garment that fits.",
        description="<p>From the first stitch.</p>",
        what_you_will_learn=[("item", "Sew a straight seam")],
        category=a_category(),
    )


@pytest.fixture
def media(ada, course):
    """A picture and a film that a lesson shows, and each of the two that none shows."""
    shown = {
        "image": an_image(title="Seam", course=course, by=ada),
        "document": a_document(title="Film", course=course, by=ada, name="a.mp4", content=MP4),
    }
    a_lesson(
        under=course,
        title="Threads",
        is_preview=True,
        body=[
            ("rich_text", "<p>Lay the cloth flat.</p>"),
            ("image", {"image": shown["image"], "alt": "A seam", "caption": ""}),
            ("video", {"title": "Seam", "file": shown["document"], "captions": []}),
        ],
    )
    return shown


def addresses(kind, item):
    app = {"image": "wagtailimages", "document": "wagtaildocs"}[kind]
    return {verb: reverse(f"{app}:{verb}", args=[item.pk]) for verb in ("edit", "delete")}


def replace(client, kind, item, collection_id):
    name, content = {
        "image": ("new.png", picture(colour="red")),
        "document": ("new.mp4", MP4 + b"another film"),
    }[kind]
    return client.post(
        addresses(kind, item)["edit"],
        {
            "title": "Another",
            "collection": collection_id,
            "file": SimpleUploadedFile(name, content),
        },
    )


def bulk_delete(client, kind, item):
    model = {"image": "courseimage", "document": "coursedocument"}[kind]
    return client.post(f"/admin/bulk/courses/{model}/delete/?id={item.pk}")


def stands(kind, item):
    model = {"image": CourseImage, "document": CourseDocument}[kind]
    return model.objects.filter(pk=item.pk, title=item.title, file=item.file.name).exists()


@pytest.mark.parametrize("state", ["in review", "released", "released before"])
@pytest.mark.parametrize("kind", ["image", "document"])
def test_what_a_release_holds_is_neither_replaced_nor_deleted(
    client, ada, mira, course, media, kind, state
):
    item = media[kind]
    release = releases.submit_course(course=course, user=ada)
    if state != "in review":
        releases.approve_release(release=release, user=mira)
    if state == "released before":
        lesson = LessonPage.objects.get()
        lesson.body = [("rich_text", "<p>Nothing but words.</p>")]
        lesson.save_revision(user=ada)
        later = releases.submit_course(course=CoursePage.objects.get(), user=ada)
        releases.approve_release(release=later, user=mira)
    logged_in(client, ada)

    page = replace(client, kind, item, course.collection_id)
    assert "What was submitted or released holds this file" in page.content.decode()
    assert client.post(addresses(kind, item)["delete"]).status_code == 302
    bulk_delete(client, kind, item)
    assert stands(kind, item)


def test_the_cover_of_a_submitted_course_is_neither_replaced_nor_deleted(client, ada, course):
    cover = an_image(title="Cover", course=course, by=ada)
    a_lesson(under=course, title="Threads", is_preview=True)
    course.thumbnail = cover
    course.save_revision(user=ada)
    release = releases.submit_course(course=course, user=ada)
    logged_in(client, ada)

    page = replace(client, "image", cover, course.collection_id)

    assert "What was submitted or released holds this file" in page.content.decode()
    assert client.post(addresses("image", cover)["delete"]).status_code == 302
    assert stands("image", cover)
    assert release.items.get(kind="course").media == [f"courseimage:{cover.pk}"]


def test_pictures_and_files_that_are_gone_are_told_from_those_that_are_there(media):
    keys = {f"courseimage:{media['image'].pk}", f"coursedocument:{media['document'].pk}"}
    gone = {"courseimage:987654", "coursedocument:987654"}

    assert missing_of(keys) == set()
    assert missing_of(keys | gone) == gone


@pytest.mark.parametrize("kind", ["image", "document"])
def test_what_was_sent_back_is_replaced_and_deleted(client, ada, mira, course, media, kind):
    item = media[kind]
    release = releases.submit_course(course=course, user=ada)
    releases.ask_for_changes(release=release, user=mira, note="Film it again.")
    logged_in(client, ada)

    assert replace(client, kind, item, course.collection_id).status_code == 302
    assert not stands(kind, item)
    assert client.post(addresses(kind, item)["delete"]).status_code == 302
    assert not type(item).objects.filter(pk=item.pk).exists()


def test_a_lesson_released_unchanged_goes_on_holding_its_media(ada, mira, course, media):
    for _ in range(2):
        release = releases.submit_course(course=CoursePage.objects.get(), user=ada)
        releases.approve_release(release=release, user=mira)

    lesson = ReleaseItem.objects.get(release=release, kind="lesson")
    assert lesson.media == [
        f"coursedocument:{media['document'].pk}",
        f"courseimage:{media['image'].pk}",
    ]


@pytest.mark.parametrize("kind", ["image", "document"])
def test_what_only_a_draft_shows_is_replaced_and_deleted(client, ada, course, media, kind):
    item = media[kind]
    logged_in(client, ada)

    assert replace(client, kind, item, course.collection_id).status_code == 302
    assert not stands(kind, item)
    assert client.post(addresses(kind, item)["delete"]).status_code == 302
    assert not type(item).objects.filter(pk=item.pk).exists()


def test_a_title_may_change_while_the_file_stays(client, ada, mira, course, media):
    release = releases.submit_course(course=course, user=ada)
    releases.approve_release(release=release, user=mira)
    logged_in(client, ada).post(
        addresses("document", media["document"])["edit"],
        {"title": "The seam, filmed", "collection": course.collection_id},
    )
    assert CourseDocument.objects.get(pk=media["document"].pk).title == "The seam, filmed"


def test_a_file_beside_a_released_one_is_free(client, ada, mira, course, media):
    release = releases.submit_course(course=course, user=ada)
    releases.approve_release(release=release, user=mira)
    other = a_document(title="Notes", course=course, by=ada, content=PDF)
    logged_in(client, ada).post(addresses("document", other)["delete"])
    assert not CourseDocument.objects.filter(pk=other.pk).exists()


def test_an_admin_deletes_what_must_go(client, ada, ivo, mira, course, media):
    release = releases.submit_course(course=course, user=ada)
    releases.approve_release(release=release, user=mira)
    logged_in(client, ivo).post(addresses("image", media["image"])["delete"])
    assert not CourseImage.objects.filter(pk=media["image"].pk).exists()
