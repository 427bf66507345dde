"""Addresses of videos: every form that YouTube and Vimeo give, and none that is no video."""

import pytest
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.urls import reverse
from wagtail.blocks import StreamValue

from courses import releases
from courses.blocks import LessonStream
from courses.blocks.hosted_videos import HostedVideo, find_video, read_video
from courses.errors import SubmissionRefused
from courses.models import CoursePage, CourseRelease
from tests.builders import a_course, a_lesson, a_released_course, lesson_called
from tests.editor import lesson_post
from tests.people import logged_in

VIDEO = LessonStream().child_blocks["video"]
SUN = "dQw4w9WgXcQ"

YOUTUBE = [
    (f"https://www.youtube.com/watch?v={SUN}", 0),
    (f"http://youtube.com/watch?v={SUN}", 0),
    (f"https://m.youtube.com/watch?v={SUN}&feature=share", 0),
    (f"https://music.youtube.com/watch?v={SUN}&list=RDAMVM{SUN}", 0),
    (f"https://www.youtube.com/watch?v={SUN}&list=PLabcdefghijk&index=3", 0),
    (f"https://www.youtube.com/watch?app=desktop&v={SUN}&t=90", 90),
    (f"https://www.youtube.com/watch?v={SUN}&t=1h2m3s", 3723),
    (f"https://www.youtube.com/watch?v={SUN}#t=1m30s", 90),
    (f"https://www.youtube.com/watch?v={SUN}&t=soon", 0),
    (f"https://youtu.be/{SUN}", 0),
    (f"  https://youtu.be/{SUN}?si=Q1w2E3r4T5y6U7i8&t=42 ", 42),
    (f"https://www.youtube.com/shorts/{SUN}", 0),
    (f"https://youtube.com/live/{SUN}?feature=share", 0),
    (f"https://www.youtube.com/embed/{SUN}?start=15&rel=0", 15),
    (f"https://www.youtube-nocookie.com/embed/{SUN}", 0),
    (f"https://www.youtube.com/v/{SUN}", 0),
    (f"https://www.youtube.com/e/{SUN}", 0),
]

VIMEO = [
    ("https://vimeo.com/76979871", "", 0),
    ("https://www.vimeo.com/76979871?share=copy", "", 0),
    ("https://vimeo.com/76979871#t=1m5s", "", 65),
    ("https://vimeo.com/76979871/8272103f6e", "8272103f6e", 0),
    ("https://vimeo.com/76979871/8272103f6e?share=copy#t=30", "8272103f6e", 30),
    ("https://vimeo.com/76979871?h=8272103f6e", "8272103f6e", 0),
    ("https://player.vimeo.com/video/76979871", "", 0),
    ("https://player.vimeo.com/video/76979871?h=8272103f6e&title=0#t=12s", "8272103f6e", 12),
    ("https://vimeo.com/channels/staffpicks/76979871", "", 0),
    ("https://vimeo.com/groups/shortfilms/videos/76979871", "", 0),
    ("https://vimeo.com/album/2632481/video/76979871", "", 0),
    ("https://vimeo.com/showcase/7656740/video/76979871?h=8272103f6e", "8272103f6e", 0),
    ("https://vimeo.com/ondemand/thewall/76979871", "", 0),
    ("https://vimeo.com/manage/videos/76979871", "", 0),
    ("https://vimeo.com/manage/videos/76979871/8272103f6e", "8272103f6e", 0),
    ("https://vimeo.com/video/76979871", "", 0),
]

NO_VIDEOS = {
    "incomplete": [
        f"https://youtu.be/{SUN[:10]}",
        f"https://youtu.be/{SUN}Q",
        "https://youtu.be/",
        f"https://youtu.be/user/{SUN}",
        "https://www.youtube.com/watch?v=dQw4w9WgXc!",
        "https://www.youtube.com/watch?v=dQw4w9WgXcä",
        f"https://www.youtube.com/watch?v={SUN}&v=aaaaaaaaaaa",
        "https://vimeo.com/76979871/8272",
        "https://vimeo.com/76979871/settings",
        "https://player.vimeo.com/video/76979871?h=",
        "https://vimeo.com/76979871?h=8272103f6e&h=1111111111",
        "https://vimeo.com/76979871/8272103F6E",
    ],
    "playlist": [
        "https://www.youtube.com/playlist?list=PLabcdefghijk",
        "https://www.youtube.com/embed/videoseries?list=PLabcdefghijk",
        "https://www.youtube.com/watch?list=PLabcdefghijk",
    ],
    "no_video": [
        "https://www.youtube.com/",
        "https://www.youtube.com/@needlework",
        "https://www.youtube.com/c/needleworks",
        "https://www.youtube.com/user/needleworkx",
        f"https://www.youtube.com/user/{SUN}",
        "https://www.youtube.com/channel/UCabcdefghi",
        f"https://www.youtube.com/{SUN}",
        "https://www.youtube.com/results?search_query=needlework",
        f"https://www.youtube.com/results?v={SUN}",
        "https://www.youtube.com/embed/live_stream?channel=UCabcdefghi",
        f"https://www.youtube.com/embed/{SUN}/more",
        "https://vimeo.com/",
        "https://vimeo.com/needlework",
        "https://vimeo.com/user76979871",
        "https://vimeo.com/channels/76979871",
        "https://vimeo.com/groups/76979871",
        "https://vimeo.com/album/76979871",
        "https://vimeo.com/showcase/76979871",
        "https://vimeo.com/event/76979871",
        "https://vimeo.com/ondemand/76979871",
        "https://vimeo.com/user1/review/76979871/8272103f6e",
        "https://vimeo.com/search/76979871",
        "https://vimeo.com/12345",
        "https://vimeo.com/0769798710",
        "https://vimeo.com/7697987176979",
        "https://vimeo.com/٧٦٩٧٩٨٧١",
        "https://player.vimeo.com/76979871",
        "https://player.vimeo.com/video/76979871/config",
    ],
    "not_hosted": [
        "",
        "needlework",
        "https://example.org/watch?v=" + SUN,
        f"https://youtube.com.example.org/watch?v={SUN}",
        f"https://notyoutube.com/watch?v={SUN}",
        f"https://evil.youtube.com/watch?v={SUN}",
        f"https://youtube.co/watch?v={SUN}",
        f"https://www.youtube.com./watch?v={SUN}",
        f"https://xn--youtube-abc.com/watch?v={SUN}",
        f"https://www.youtube.com:443/watch?v={SUN}",
        f"https://www.youtube.com:port/watch?v={SUN}",
        f"https://ada@www.youtube.com/watch?v={SUN}",
        f"https://www.youtube.com:pass@example.org/watch?v={SUN}",
        f"https://example.org\\@www.youtube.com/watch?v={SUN}",
        f"javascript:alert('https://youtu.be/{SUN}')",
        f"ftp://youtu.be/{SUN}",
        f"//youtu.be/{SUN}",
        f"https://youtu.be/\t{SUN}",
        f"https://youtu.be/{SUN}?" + "a" * 2000,
        "https://evil.vimeo.com/76979871",
        "https://vimeo.com.example.org/76979871",
        "http://[",
    ],
    "embed_code": [f'<iframe src="https://www.youtube.com/embed/{SUN}"></iframe>'],
}


@pytest.mark.parametrize(("address", "start"), YOUTUBE)
def test_every_form_of_youtube_is_read(address, start):
    assert read_video(address) == HostedVideo("youtube", SUN, start=start)


@pytest.mark.parametrize(("address", "key", "start"), VIMEO)
def test_every_form_of_vimeo_is_read_with_the_key_of_an_unlisted_video(address, key, start):
    assert read_video(address) == HostedVideo("vimeo", "76979871", key=key, start=start)


@pytest.mark.parametrize(
    ("code", "address"), [(code, one) for code, many in NO_VIDEOS.items() for one in many]
)
def test_what_is_no_video_is_refused_for_its_own_reason(code, address):
    with pytest.raises(ValidationError) as refusal:
        read_video(address)

    assert refusal.value.code == code
    assert find_video(address) is None


@pytest.mark.parametrize("address", [YOUTUBE[6][0], VIMEO[4][0], VIMEO[0][0]])
def test_the_address_that_is_shown_means_the_same_video(address):
    assert read_video(read_video(address).watch_url) == read_video(address)


@pytest.mark.parametrize(
    ("address", "frame"),
    [
        (YOUTUBE[5][0], f"https://www.youtube-nocookie.com/embed/{SUN}?rel=0&start=90"),
        (YOUTUBE[0][0], f"https://www.youtube-nocookie.com/embed/{SUN}?rel=0"),
        (VIMEO[4][0], "https://player.vimeo.com/video/76979871?h=8272103f6e&dnt=1#t=30s"),
        (VIMEO[0][0], "https://player.vimeo.com/video/76979871?dnt=1"),
    ],
)
def test_the_frame_gets_the_key_and_the_start(address, frame):
    assert VIDEO.to_python({"title": "Sun", "url": address}).embed_url == frame


@pytest.fixture
def lesson(ada):
    return a_lesson(under=a_course(by=ada), title="Threads")


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("https://www.youtube.com/playlist?list=PLa", "This is a playlist."),
        ("https://www.youtube.com/@needlework", "This page of YouTube is not one video."),
        ("https://vimeo.com/channels/76979871", "This page of Vimeo is not one video."),
        ("https://youtu.be/short", "This address at YouTube is not complete"),
        (f'<iframe src="https://youtu.be/{SUN}">', "Paste the address of the video"),
        ("needlework", "This is not the address of a YouTube or Vimeo video."),
    ],
)
def test_the_editor_says_what_to_paste(client, ada, lesson, typed, sentence):
    before = lesson.latest_revision_id
    film = {"title": "A", "url": typed, "file": "", "thumbnail": "", "captions": []}
    post = lesson_post(lesson, [("video", film)])

    response = logged_in(client, ada).post(
        reverse("wagtailadmin_pages:edit", args=[lesson.pk]), post
    )

    assert sentence in response.content.decode()
    lesson.refresh_from_db()
    assert lesson.latest_revision_id == before


def test_an_address_typed_without_its_scheme_is_completed():
    value = VIDEO.to_python({"title": "Sun", "url": f"youtu.be/{SUN}", "captions": []})

    assert VIDEO.clean(value)["url"] == f"https://youtu.be/{SUN}"


@pytest.fixture
def sold_with_a_channel(ada, mira):
    """A released lesson whose address was taken before addresses were read strictly."""
    course = a_course(by=ada)
    lesson = lesson_called("Cutting straight", course=course)
    lesson.body = [("video", {"title": "Sun", "url": f"https://youtu.be/{SUN}", "captions": []})]
    lesson.save_revision(clean=False)
    a_released_course(by=ada, course=course, approver=mira)
    revision = lesson.get_latest_revision()
    revision.content["body"] = revision.content["body"].replace(
        "youtu.be/", "www.youtube.com/user/"
    )
    revision.save(update_fields=["content"])
    return course


@pytest.mark.django_db
def test_a_stored_address_that_is_no_video_plays_nothing_and_says_so():
    body = StreamValue(
        LessonStream(),
        [{"type": "video", "value": {"title": "Sun", "url": f"https://youtube.com/user/{SUN}"}}],
        is_lazy=True,
    )

    context = {"block": body[0], "course": CoursePage(language="en")}
    shown = render_to_string("learners/study/video.html", context)

    assert "This video is not available any more." in shown
    assert "youtube" not in shown


def test_the_next_submission_names_a_released_video_that_plays_nothing(sold_with_a_channel, ada):
    course = sold_with_a_channel
    before = CourseRelease.objects.count()

    with pytest.raises(SubmissionRefused) as refusal:
        releases.submit_course(course=course, user=ada)

    assert [str(problem) for problem in refusal.value.problems] == [
        "Lesson 1.2 “Cutting straight”: block 1 (Video), YouTube or Vimeo address: This page of "
        "YouTube is not one video. Open the video and paste its address, such as "
        "https://www.youtube.com/watch?v=… or https://youtu.be/…"
    ]
    assert CourseRelease.objects.count() == before
