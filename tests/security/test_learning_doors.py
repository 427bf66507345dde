"""Every door of studying, knocked at by everyone: a marker planted in each part of a lesson
is seen by those who may and by nobody else."""

import pytest
from django.test import Client
from django.urls import reverse

from learners.enrollment.enrollments import enroll, revoke
from learners.enrollment.progress import open_lesson
from learners.models import LessonProgress, QuizAttempt
from tests import builders
from tests.media import a_file, a_picture, video_with
from tests.people import logged_in, person
from tests.study import a_flat_course, lessons_of

pytestmark = pytest.mark.django_db

BODY, TRANSCRIPT, QUESTION, FILE = (
    "MARKER-body",
    "MARKER-transcript",
    "MARKER-question",
    b"MARKER-file",
)
KEY, FEEDBACK, EXPLANATION = "MARKER-key", "MARKER-feedback", "MARKER-explanation"
OTHER = "MARKER-other-lesson"
# Words like no other, so that no search takes one for a slip of the pen.
HIDDEN, NOWHERE = "qxzwvkqxzw", "wvkzqqxwzx"
# Words that stand in the lesson for whoever may read it, and words that never do.
READ = (BODY, TRANSCRIPT, QUESTION)
NEVER = (FEEDBACK, EXPLANATION, OTHER)

ACTORS = {
    "a visitor": (None, False),
    "a stranger": ("dana", False),
    "a refunded learner": ("refunded", False),
    "another producer": ("bruno", False),
    "a suspended learner": ("suspended", False),
    "a learner": ("cleo", True),
    "the producer": ("ada", True),
    "a moderator": ("mira", True),
    "an admin": ("ivo", True),
}


@pytest.fixture
def files(db):
    return a_file("film.mp4", FILE), a_file("words.vtt", FILE), a_picture("Hill")


@pytest.fixture
def course(ada, files):
    film, words, picture = files
    option = {"text": KEY, "correct": True, "feedback": FEEDBACK}
    video = video_with(film, captions=words, thumbnail=picture)
    video[1]["transcript"] = TRANSCRIPT
    paid = [
        video,
        ("rich_text", f"<p>{BODY}</p>"),
        (
            "single_choice",
            {
                "question": f"<p>{QUESTION}</p>",
                "options": [option, {"text": "Other", "correct": False, "feedback": FEEDBACK}],
                "explanation": f"<p>{EXPLANATION}</p>",
            },
        ),
    ]
    return a_flat_course(
        ("Paid", paid),
        ("Next", [("rich_text", f"<p>{OTHER}</p>")]),
        by=ada,
        title="Locked up",
    )


@pytest.fixture
def lesson(course):
    return lessons_of(course)[0]


def enter(client, course, who):
    """Log the actor in, in the state its name says."""
    if who is None:
        return client
    user = person("dana" if who in ("refunded", "suspended") else who)
    if who in ("cleo", "refunded", "suspended"):
        enrollment = enroll(user=user, course=course)
        if who == "refunded":
            open_lesson(enrollment=enrollment, lesson=lessons_of(course)[0])
            revoke(enrollment=enrollment)
    logged_in(client, user)
    if who == "suspended":
        user.is_active = False
        user.save(update_fields=["is_active"])
    return client


def doors(lesson, files):
    film, words, picture = files
    lesson_page = reverse("learners:lesson", args=[lesson.uuid])
    yield from (lesson_page, lesson_page + "?preview=1", lesson_page + "?draft=1")
    yield lesson_page + "?again=1"
    for document in (film, words):
        yield reverse("learners:file", args=[lesson.uuid, document.pk, document.filename])
    yield reverse("learners:image", args=[lesson.uuid, picture.pk, "width-960"])


def answer_of(response) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.mark.parametrize(("who", "may"), ACTORS.values(), ids=ACTORS)
def test_a_lesson_and_its_files_are_seen_by_those_who_may(client, course, lesson, files, who, may):
    enter(client, course, who)

    for address in doors(lesson, files):
        response = client.get(address)
        content = answer_of(response)
        assert (response.status_code == 200) == may, address
        assert response["Cache-Control"] == "private, no-store", address
        if not may:
            assert b"MARKER" not in content, address
        for word in NEVER:
            assert word.encode() not in content, address
    page = client.get(reverse("learners:lesson", args=[lesson.uuid])).text
    assert all(word in page for word in READ) == may


@pytest.mark.parametrize(
    "who",
    [who for who, may in ACTORS.values() if not may],
    ids=[n for n, a in ACTORS.items() if not a[1]],
)
def test_closed_doors_take_nothing(client, course, lesson, who):
    enter(client, course, who)
    before = (
        list(LessonProgress.objects.values()),
        QuizAttempt.objects.count(),
    )
    block = lesson.questions[0]

    for name in ("complete", "incomplete", "position", "quiz"):
        response = client.post(
            reverse(f"learners:{name}", args=[lesson.uuid]),
            {"second": "3", f"q-{block.id}": block.value.choices[0].key},
        )
        assert response.status_code == 403, name
        assert b"MARKER" not in response.content, name

    assert (list(LessonProgress.objects.values()), QuizAttempt.objects.count()) == before


@pytest.mark.parametrize("method", ["get", "put", "patch", "delete"])
def test_posts_are_posts(client, cleo, course, lesson, method):
    enroll(user=cleo, course=course)
    logged_in(client, cleo)

    for name in ("complete", "incomplete", "position", "quiz"):
        response = getattr(client, method)(reverse(f"learners:{name}", args=[lesson.uuid]))
        assert response.status_code == 405, name

    assert not LessonProgress.objects.exists()


def test_posts_need_a_token(course, lesson, cleo):
    enroll(user=cleo, course=course)
    client = logged_in(Client(enforce_csrf_checks=True), cleo)

    response = client.post(reverse("learners:complete", args=[lesson.uuid]))

    assert response.status_code == 403
    assert not LessonProgress.objects.exists()


def test_the_same_address_forgets_who_asked_before(client, cleo, course, lesson):
    """No cache between two readers: what a learner saw is not what a stranger sees next."""
    enroll(user=cleo, course=course)
    address = reverse("learners:lesson", args=[lesson.uuid])
    assert BODY in logged_in(client, cleo).get(address).text
    client.logout()

    assert BODY not in client.get(address).text


def test_search_and_shop_pages_know_nothing_of_a_paid_lesson(client, ada):
    draft = builders.a_course(by=ada, title="Locked up", syllabus=[])
    builders.a_lesson(under=draft, title="Paid", body=[("rich_text", f"<p>{HIDDEN}</p>")])
    builders.a_lesson(under=draft, title="Open", is_preview=True)
    course = builders.a_released_course(by=ada, course=draft)

    for address in ("/", "/courses/", f"/courses/{course.slug}/", "/sitemap-courses-1.xml"):
        assert HIDDEN.encode() not in client.get(address).content
    # A word of the lesson finds what a word of nothing finds.
    answers = [client.get("/courses/", {"q": word}).text for word in (HIDDEN, NOWHERE)]
    assert answers[0].replace(HIDDEN, "") == answers[1].replace(NOWHERE, "")


def test_the_editors_road_to_documents_is_closed_to_learners(client, cleo, course, files):
    enroll(user=cleo, course=course)
    film = files[0]
    address = reverse("wagtaildocs_serve", args=[film.pk, film.filename])

    for who in (None, cleo):
        if who:
            logged_in(client, who)
        response = client.get(address)
        assert response.status_code == 404
        assert FILE not in answer_of(response)


def test_the_place_in_the_tree_leads_to_the_door(client, cleo, course, lesson):
    """Wagtail's catch-all would serve any live page by its slugs."""
    enroll(user=cleo, course=course)
    logged_in(client, cleo)
    tree = f"/courses/{course.slug}/{lesson.slug}/"

    response = client.get(tree)

    assert response.status_code == 302
    assert response["Location"] == reverse("learners:lesson", args=[lesson.uuid])


def test_a_chapter_has_no_page(client, ada):
    course = builders.a_released_course(by=ada)
    chapter = course.get_children().first()

    assert client.get(f"/courses/{course.slug}/{chapter.slug}/").status_code == 404


@pytest.mark.parametrize("verb", ["complete", "incomplete", "quiz"])
def test_whoever_was_signed_out_meanwhile_is_led_back_to_the_lesson(client, lesson, verb):
    """What they sent is an address for forms; following a link there would end nowhere."""
    answer = client.post(reverse(f"learners:{verb}", args=[lesson.uuid]))

    assert answer.status_code == 403
    assert f'href="/accounts/login/?next=/learn/{lesson.uuid}/"' in answer.text
    assert not LessonProgress.objects.exists()
    assert not QuizAttempt.objects.exists()
