"""Files and pictures of lessons: whole, in ranges, and only to those who may."""

from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from learners.access.lesson_media import media_ids
from learners.enrollment.enrollments import enroll, revoke
from tests.media import FILM, a_file, a_picture, video_with
from tests.people import logged_in
from tests.study import a_flat_course, in_review, lessons_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def film(db):
    return a_file()


@pytest.fixture
def picture(db):
    return a_picture()


@pytest.fixture
def course(ada, film, picture):
    return a_flat_course(
        (
            "Watch",
            [
                video_with(film),
                ("image", {"image": picture, "alt": "A hill", "caption": ""}),
            ],
        ),
        by=ada,
    )


@pytest.fixture
def lesson(course):
    return lessons_of(course)[0]


@pytest.fixture
def learner(client, cleo, course):
    enroll(user=cleo, course=course)
    return logged_in(client, cleo)


def at(lesson, document, name=None):
    return reverse("learners:file", args=[lesson.uuid, document.pk, name or document.filename])


def picture_at(lesson, image, spec="width-480"):
    return reverse("learners:image", args=[lesson.uuid, image.pk, spec])


def body(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_a_learner_gets_the_whole_film(learner, lesson, film):
    response = learner.get(at(lesson, film))

    assert response.status_code == 200
    assert body(response) == FILM
    assert response["Content-Type"] == "video/mp4"
    assert response["Accept-Ranges"] == "bytes"
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"].startswith("inline")


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        ("bytes=0-1", 0, 1),
        ("bytes=0-0", 0, 0),
        ("bytes=1023-1023", 1023, 1023),
        ("bytes=512-", 512, 1023),
        ("bytes=-100", 924, 1023),
        ("bytes=1000-9999", 1000, 1023),
    ],
)
def test_seeking_gets_exactly_the_range_asked_for(learner, lesson, film, asked, start, end):
    response = learner.get(at(lesson, film), headers={"Range": asked})

    assert response.status_code == 206
    assert response["Content-Range"] == f"bytes {start}-{end}/1024"
    assert response["Content-Length"] == str(end - start + 1)
    assert body(response) == FILM[start : end + 1]


def test_a_range_beyond_the_end_cannot_be_satisfied(learner, lesson, film):
    response = learner.get(at(lesson, film), headers={"Range": "bytes=2000-3000"})

    assert response.status_code == 416
    assert response["Content-Range"] == "bytes */1024"


def test_asking_for_the_head_sends_no_bytes(learner, lesson, film):
    response = learner.head(at(lesson, film))

    assert response.status_code == 200
    assert response["Content-Length"] == "1024"
    assert body(response) == b""


def test_captions_are_text_tracks(client, cleo, ada, film):
    words = a_file("words.vtt", b"WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n")
    course = a_flat_course(("Watch", [video_with(film, captions=words)]), by=ada, title="Captions")
    enroll(user=cleo, course=course)

    response = logged_in(client, cleo).get(at(lessons_of(course)[0], words))

    assert response["Content-Type"] == "text/vtt; charset=utf-8"
    assert body(response).startswith(b"WEBVTT")


@pytest.mark.parametrize("name", ["page.html", "drawing.svg", "grid.pdf", "data.csv"])
def test_files_that_are_no_media_are_saved_and_run_in_a_sandbox(client, cleo, ada, name):
    file = a_file(name, b"<script>alert(1)</script>")
    body_ = [("downloads", {"heading": "For your desk", "files": [{"title": "It", "file": file}]})]
    course = a_flat_course(("Take", body_), by=ada, title="Downloads")
    enroll(user=cleo, course=course)

    response = logged_in(client, cleo).get(at(lessons_of(course)[0], file))

    assert response["Content-Disposition"].startswith("attachment") or name == "drawing.svg"
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("headers", [{}, {"Range": "bytes=0-99"}])
@pytest.mark.parametrize("who", [None, "dana", "bruno"])
def test_strangers_get_no_byte_of_a_file_or_picture(
    client, request, lesson, film, picture, who, headers
):
    if who:
        logged_in(client, request.getfixturevalue(who))

    for address in (at(lesson, film), picture_at(lesson, picture)):
        response = client.get(address, headers=headers)
        assert response.status_code == 403
        assert FILM[:64] not in body(response)
        assert "Content-Range" not in response


def test_a_refund_closes_files_on_the_next_request(learner, cleo, course, lesson, film, picture):
    assert learner.get(at(lesson, film)).status_code == 200

    revoke(enrollment=cleo.enrollments.get())

    assert learner.get(at(lesson, film)).status_code == 403
    assert learner.get(at(lesson, film), headers={"Range": "bytes=0-9"}).status_code == 403
    assert learner.get(picture_at(lesson, picture)).status_code == 403


def test_a_file_of_another_lesson_is_not_here(learner, lesson, ada):
    foreign = a_file("foreign.mp4")
    hidden = a_picture("Foreign")
    a_flat_course(("Elsewhere", [video_with(foreign, thumbnail=hidden)]), by=ada, title="Other")

    missing = learner.get(reverse("learners:file", args=[lesson.uuid, 999_999, "film.mp4"]))

    assert learner.get(at(lesson, foreign)).status_code == missing.status_code == 404
    assert learner.get(picture_at(lesson, hidden)).status_code == 404


def test_an_open_lesson_opens_its_own_files_only(client, ada, lesson, film):
    mine = a_file("mine.mp4")
    course = a_flat_course(("Open", [video_with(mine)]), by=ada, title="Open")
    [open_lesson] = lessons_of(course)
    open_lesson.release_items.update(preview=True)

    assert client.get(at(open_lesson, mine)).status_code == 200
    assert client.get(at(open_lesson, film)).status_code == 404
    assert client.get(at(lesson, film)).status_code == 403


def test_a_file_of_the_draft_is_for_the_team(client, ada, mira, cleo, course, lesson):
    later = a_file("later.mp4")
    enroll(user=cleo, course=course)
    lesson.body = [video_with(later)]
    lesson.save_revision()

    assert logged_in(client, ada).get(at(lesson, later)).status_code == 200
    assert logged_in(client, cleo).get(at(lesson, later)).status_code == 404
    assert logged_in(client, mira).get(at(lesson, later)).status_code == 404


def test_a_moderator_gets_the_files_of_what_waits_for_review(client, mira, course, lesson):
    later = a_file("later.mp4")
    lesson.body = [video_with(later)]
    lesson.save_revision()
    in_review(type(lesson).objects.get(pk=lesson.pk), course)

    assert logged_in(client, mira).get(at(lesson, later)).status_code == 200


def test_a_name_that_is_not_the_files_own_is_missing(learner, lesson, film):
    assert learner.get(at(lesson, film, "film.html")).status_code == 404


def test_a_file_whose_bytes_are_gone_is_missing(learner, lesson, film):
    film.file.storage.delete(film.file.name)

    assert learner.get(at(lesson, film)).status_code == 404


def test_pictures_come_in_the_sizes_of_lessons_only(learner, lesson, picture):
    shown = learner.get(picture_at(lesson, picture))

    assert shown.status_code == 200
    assert shown["Content-Type"] == "image/webp"
    assert shown["Cache-Control"] == "private, no-store"
    for spec in ("width-481", "original", "fill-9999x9999"):
        assert learner.get(picture_at(lesson, picture, spec)).status_code == 404
    assert picture.renditions.count() == 1


def test_a_bucket_is_opened_by_a_short_link_after_the_decision(s3_bucket, client, cleo, dana, ada):
    film = a_file()
    course = a_flat_course(("Watch", [video_with(film)]), by=ada, title="On a bucket")
    [lesson] = lessons_of(course)
    enroll(user=cleo, course=course)

    sent = logged_in(client, cleo).get(at(lesson, film))
    refused = logged_in(client, dana).get(at(lesson, film))

    query = parse_qs(urlsplit(sent["Location"]).query)
    assert sent.status_code == 302
    assert int(query["X-Amz-Expires"][0]) <= 300
    assert query["response-content-type"] == ["video/mp4"]
    assert sent["Cache-Control"] == "private, no-store"
    assert refused.status_code == 403
    assert "X-Amz" not in body(refused).decode()


def test_every_block_that_refers_to_media_is_known(film, picture, ada):
    words, grid, poster = a_file("w.vtt"), a_file("g.pdf"), a_picture("Poster")
    resource = {"type": "pdf", "title": "Grid", "description": "", "url": "", "file": grid}
    blocks = [
        video_with(film, captions=words, thumbnail=poster),
        ("image", {"image": picture, "alt": "A hill", "caption": ""}),
        ("resource", resource),
        ("downloads", {"heading": "Take", "files": [{"title": "Film", "file": film}]}),
        ("rich_text", "<p>Words</p>"),
    ]
    course = a_flat_course(("All", blocks), by=ada, title="All media")

    found = media_ids(lessons_of(course)[0].body)

    assert found.images == {picture.pk, poster.pk}
    assert found.documents == {film.pk, words.pk, grid.pk}
