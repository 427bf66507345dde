"""Ids in content: whatever a browser posts, a page refers only to what its writer may choose."""

import json
import re

import pytest
from django.forms.models import model_to_dict
from django.urls import reverse
from wagtail.models import Page

from courses.models import CoursePage, LessonPage
from courses.teams.members import create_course
from tests.builders import a_lesson
from tests.editor import course_post, lesson_post, posted_blocks
from tests.media import MP4, VTT, a_document, an_image
from tests.people import logged_in
from tests.teams import add_instructor

pytestmark = pytest.mark.django_db

MISSING = 987_654
REFUSED = "that you cannot choose"


@pytest.fixture
def lesson(ada, catalogue):
    course = create_course(producer=ada, title="Sewing by hand")
    return a_lesson(under=course, title="Threads")


@pytest.fixture
def his(bruno, catalogue):
    course = create_course(producer=bruno, title="Bruno’s secret maps")
    course.lesson = a_lesson(under=course, title="Secret lesson")
    course.image = an_image(title="Secret image", course=course, by=bruno)
    course.document = a_document(title="Secret document", course=course, by=bruno)
    course.video = a_document(
        title="Secret film", course=course, by=bruno, name="film.mp4", content=MP4
    )
    course.captions = a_document(
        title="Secret words", course=course, by=bruno, name="film.vtt", content=VTT
    )
    return course


def rich(text, entity=None, data=None):
    """What the rich text editor posts: one paragraph, with an entity over all of it."""
    ranges = [{"offset": 0, "length": len(text), "key": 0}] if entity else []
    return json.dumps(
        {
            "blocks": [
                {
                    "key": "a1b2c",
                    "text": text,
                    "type": "unstyled",
                    "depth": 0,
                    "inlineStyleRanges": [],
                    "entityRanges": ranges,
                }
            ],
            "entityMap": {"0": {"type": entity, "mutability": "MUTABLE", "data": data}}
            if entity
            else {},
        }
    )


def blocks_with(his) -> dict[str, tuple[str, dict | str]]:
    """Every way in which a lesson can be made to point at Bruno's things."""
    return {
        "image block": ("image", {"image": his.image.pk, "alt": "A hem", "caption": ""}),
        "thumbnail of a video": (
            "video",
            {
                "title": "A film",
                "url": "https://vimeo.com/76979871",
                "file": "",
                "thumbnail": his.image.pk,
                "duration": "",
                "transcript": "",
                "captions": [],
            },
        ),
        "file of a video": (
            "video",
            {
                "title": "A film",
                "url": "",
                "file": his.video.pk,
                "thumbnail": "",
                "duration": "",
                "transcript": "",
                "captions": [],
            },
        ),
        "captions of a video": (
            "video",
            {
                "title": "A film",
                "url": "https://vimeo.com/76979871",
                "file": "",
                "thumbnail": "",
                "duration": "",
                "transcript": "",
                "captions": [{"language": "en", "file": his.captions.pk}],
            },
        ),
        "file of a resource": (
            "resource",
            {
                "type": "file",
                "title": "A pattern",
                "description": "",
                "url": "",
                "file": his.document.pk,
            },
        ),
        "download": (
            "downloads",
            {"heading": "For your desk", "files": [{"title": "A", "file": his.document.pk}]},
        ),
        "page link in text": (
            "rich_text",
            rich("A lesson", "LINK", {"id": his.lesson.pk, "parentId": 1, "url": "/"}),
        ),
        "document link in text": (
            "rich_text",
            rich("A file", "DOCUMENT", {"id": his.document.pk, "url": "/"}),
        ),
        "page link in a callout": (
            "callout",
            {
                "kind": "note",
                "title": "",
                "text": rich("A lesson", "LINK", {"id": his.lesson.pk, "parentId": 1, "url": "/"}),
            },
        ),
    }


WAYS = [
    "image block",
    "thumbnail of a video",
    "file of a video",
    "captions of a video",
    "file of a resource",
    "download",
    "page link in text",
    "page link in a callout",
]


@pytest.mark.parametrize("way", WAYS)
def test_a_foreign_id_is_refused_when_saving_and_in_the_preview(client, ada, lesson, his, way):
    logged_in(client, ada)
    before = LessonPage.objects.get(pk=lesson.pk).latest_revision_id
    data = lesson_post(lesson, blocks=[blocks_with(his)[way]])

    saved = client.post(reverse("wagtailadmin_pages:edit", args=[lesson.pk]), data)
    previewed = client.post(reverse("wagtailadmin_pages:preview_on_edit", args=[lesson.pk]), data)

    assert saved.status_code == 200
    assert REFUSED in saved.content.decode()
    for secret in ("Secret", "secret-lesson", str(his.lesson.uuid)):
        assert secret not in saved.content.decode()
    assert previewed.json()["is_valid"] is False
    lesson = LessonPage.objects.get(pk=lesson.pk)
    assert lesson.latest_revision_id == before
    assert len(lesson.get_latest_revision_as_object().body) == 1


def test_a_document_link_in_text_never_survives(client, ada, lesson, his):
    """Documents have blocks of their own; the text editor drops links to them."""
    data = lesson_post(lesson, blocks=[blocks_with(his)["document link in text"]])

    logged_in(client, ada).post(reverse("wagtailadmin_pages:edit", args=[lesson.pk]), data)

    draft = LessonPage.objects.get(pk=lesson.pk).get_latest_revision_as_object()
    assert "document" not in json.dumps(draft.body.get_prep_value())


def test_a_foreign_and_a_missing_link_are_refused_in_the_same_words(client, ada, lesson, his):
    logged_in(client, ada)
    for block in (
        lambda pk: ("rich_text", rich("Look", "LINK", {"id": pk, "parentId": 1, "url": "/"})),
        lambda pk: ("image", {"image": pk, "alt": "A hem", "caption": ""}),
    ):
        answers = []
        for pk in (his.lesson.pk, MISSING):
            page = client.post(
                reverse("wagtailadmin_pages:edit", args=[lesson.pk]),
                lesson_post(lesson, [block(pk)]),
            ).content.decode()
            answers.append(re.findall(r"This page refers to [^<]*|This field is required", page))
        assert answers[0] == answers[1] != []


def test_own_images_documents_and_pages_are_accepted(client, ada, lesson):
    course = lesson.get_parent().specific
    image = an_image(title="Hem", course=course, by=ada)
    document = a_document(title="Pattern", course=course, by=ada)
    blocks = [
        ("image", {"image": image.pk, "alt": "A hem", "caption": ""}),
        (
            "downloads",
            {"heading": "For your desk", "files": [{"title": "A", "file": document.pk}]},
        ),
        ("rich_text", rich("Here", "LINK", {"id": lesson.pk, "parentId": course.pk, "url": "/"})),
    ]

    saved = logged_in(client, ada).post(
        reverse("wagtailadmin_pages:edit", args=[lesson.pk]), lesson_post(lesson, blocks)
    )

    assert saved.status_code == 302
    draft = LessonPage.objects.get(pk=lesson.pk).get_latest_revision_as_object()
    assert [block.block_type for block in draft.body] == ["image", "downloads", "rich_text"]


def test_what_stood_there_before_stays_valid(client, ada, bruno, lesson, his):
    """An image that an admin put in, or a colleague who left, does not lock the page."""
    lesson.body = [("image", {"image": his.image, "alt": "A map", "caption": ""})]
    lesson.save_revision(user=bruno)
    data = lesson_post(
        lesson, blocks=[("image", {"image": his.image.pk, "alt": "The same", "caption": ""})]
    )

    saved = logged_in(client, ada).post(reverse("wagtailadmin_pages:edit", args=[lesson.pk]), data)

    assert saved.status_code == 302


def test_a_new_lesson_cannot_bring_a_foreign_image(client, ada, lesson, his):
    course = lesson.get_parent()
    before = Page.objects.count()
    data = {
        "title": "New lesson",
        "is_preview": "",
        "minutes": "",
        "pass_mark": "70",
        **posted_blocks([blocks_with(his)["image block"]]),
    }
    address = reverse("wagtailadmin_pages:add", args=["courses", "lessonpage", course.pk])

    saved = logged_in(client, ada).post(address, data)

    assert REFUSED in saved.content.decode()
    assert Page.objects.count() == before


def test_the_thumbnail_of_a_course_must_be_own(client, ada, lesson, his):
    course = CoursePage.objects.get(pk=lesson.get_parent().pk)
    before = model_to_dict(course, ["thumbnail"])

    saved = logged_in(client, ada).post(
        reverse("wagtailadmin_pages:edit", args=[course.pk]),
        course_post(course, thumbnail=his.image.pk),
    )

    assert REFUSED in saved.content.decode()
    course = CoursePage.objects.get(pk=course.pk)
    assert model_to_dict(course, ["thumbnail"]) == before
    assert course.get_latest_revision_as_object().thumbnail is None


def test_a_co_instructor_may_use_what_the_lead_uploaded(client, ada, bruno, lesson):
    course = CoursePage.objects.get(pk=lesson.get_parent().pk)
    image = an_image(title="Hem", course=course, by=ada)
    add_instructor(course=course, email=bruno.email, by=ada)

    saved = logged_in(client, bruno).post(
        reverse("wagtailadmin_pages:edit", args=[lesson.pk]),
        lesson_post(lesson, [("image", {"image": image.pk, "alt": "A hem", "caption": ""})]),
    )

    assert saved.status_code == 302
