"""What a course tells of its captions and of what its certificate proves."""

import pytest

from courses.models import CoursePage, ReleaseItem
from courses.releases.rereading import read_lessons_again
from storefront.models import CatalogueEntry
from tests.builders import a_course, a_lesson, a_released_course
from tests.media import a_file, video_with

pytestmark = pytest.mark.django_db


def a_film(*languages: str) -> tuple[str, dict]:
    words = a_file("words.vtt", b"WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n")
    kind, film = video_with(a_file())
    return kind, film | {"captions": [{"language": code, "file": words} for code in languages]}


def a_hosted_film(*languages: str) -> tuple[str, dict]:
    kind, film = a_film(*languages)
    return kind, film | {"file": None, "url": "https://vimeo.com/76979871"}


def a_course_of(*bodies: list, by, title: str = "Films") -> CoursePage:
    draft = a_course(by=by, title=title, syllabus=[])
    for number, body in enumerate(bodies):
        a_lesson(under=draft, title=f"Lesson {number}", body=body)
    return a_released_course(by=by, course=draft)


TEXT = ("rich_text", "<p>Read.</p>")
QUESTION = (
    "single_choice",
    {
        "question": "<p>Which needle for leather?</p>",
        "options": [
            {"text": "Blunt", "correct": False, "feedback": ""},
            {"text": "Sharp", "correct": True, "feedback": ""},
        ],
    },
)


@pytest.mark.parametrize(
    ("lessons", "told"),
    [
        ([[TEXT]], ""),
        ([[a_film]], ""),
        ([[lambda: a_film("en", "de")], [TEXT]], "de en"),
        ([[lambda: a_film("en", "de")], [lambda: a_film("de", "zh-hans")]], "de"),
        ([[lambda: a_film("en"), a_film]], ""),
        ([[lambda: a_film("en")], [lambda: a_hosted_film("en")]], ""),
    ],
    ids=["no film", "bare", "all", "some in one", "one of two bare", "elsewhere"],
)
def test_a_course_has_captions_where_each_of_its_films_has_them(ada, lessons, told):
    bodies = [[each() if callable(each) else each for each in body] for body in lessons]

    a_course_of(*bodies, by=ada)

    assert CatalogueEntry.objects.get().captions == told


def test_captions_are_read_again_from_what_was_released(ada):
    course = a_course_of([a_film("en")], [TEXT], by=ada)
    before = list(ReleaseItem.objects.order_by("pk").values_list("captions", flat=True))
    ReleaseItem.objects.update(captions=None)

    assert read_lessons_again(course=course) == 1
    assert list(ReleaseItem.objects.order_by("pk").values_list("captions", flat=True)) == before
    assert before == [None, ["en"], None]


def test_the_catalogue_and_the_course_say_so(client, ada, bruno):
    a_course_of([a_film("en", "de")], by=ada)
    a_course_of([TEXT], by=bruno, title="Books")

    found = client.get("/courses/?captions=de")
    page = " ".join(client.get("/courses/films/").content.decode().split())

    assert [entry.title for entry in found.context["entries"]] == ["Films"]
    assert ("Captions: German", "/courses/") in found.context["chips"]
    assert "Captions: English, German" in page
    assert "Captions:" not in client.get("/courses/books/").content.decode()


def test_a_certificate_proves_quizzes_where_there_is_one_to_pass(client, ada, bruno):
    a_course_of([TEXT], [QUESTION], by=ada, title="Asked")
    a_course_of([TEXT], by=bruno, title="Read")

    found = client.get("/courses/?certificate=quizzes")

    assert [entry.title for entry in found.context["entries"]] == ["Asked"]
    (facet,) = [each for each in found.context["facets"] if each.name == "certificate"]
    assert [(option.value, option.count) for option in facet.options] == [
        ("quizzes", 1),
        ("lessons", 1),
    ]
