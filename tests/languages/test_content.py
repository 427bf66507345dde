"""A course in another language than the page: its words say which, and ours say ours.

An Arabic course is walked through in an English interface. Every text with an Arabic letter
must stand in an element that says so, or, for names, lets its own letters decide; no word of
ours may be taken for Arabic.
"""

import json
import re
from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup, NavigableString
from django.test import Client

from courses.models import CoursePage, LessonPage, OutboxMail
from courses.templatetags.languages import bdi, isolated, open_graph_locale, said_in, written_in
from courses.words.direction import isolated as isolated_within
from learners.enrollment.enrollments import enroll
from learners.models import User
from tests.builders import a_category, a_course, a_lesson, a_released_course, a_submission
from tests.people import logged_in
from tests.storefront.shelf import a_review
from tests.storefront.shop import a_paid_order

pytestmark = pytest.mark.django_db
ARABIC = re.compile(r"[\u0620-\u064a]")
ISOLATED = re.compile("\u2068.*?\u2069")
LATIN = re.compile(r"[A-Za-z]{2}")
TITLE = "تعلم الخط العربي"
BODY = [
    ("heading", {"text": "الحبر والورق", "level": "2"}),
    ("rich_text", "<p>ابدأ بما عندك: قلم و<b>حبر</b>.</p>"),
    ("quote", {"text": "الخط هندسة روحانية.", "source": "إقليدس"}),
    ("callout", {"kind": "note", "title": "", "text": "<p>لا تتعجل.</p>"}),
    ("code", {"language": "python", "code": "print('line')", "caption": "مثال"}),
    (
        "resource",
        {"type": "link", "title": "معرض", "description": "صور", "url": "https://example.com/"},
    ),
    (
        "true_false",
        {
            "statement": "<p>القلم من قصب.</p>",
            "answer": "true",
            "feedback_true": "أحسنت.",
            "feedback_false": "",
            "explanation": "<p>نعم.</p>",
        },
    ),
]


@pytest.fixture
def course(ada):
    User.objects.filter(pk=ada.pk).update(name="ليلى حداد", bio="أكتب كل يوم.")
    course = a_course(
        by=User.objects.get(pk=ada.pk),
        title=TITLE,
        subtitle="من الحرف الأول إلى اللوحة",
        description="<p>دروس قصيرة.</p>",
        what_you_will_learn=[("item", "كتابة الحروف")],
        requirements=[("item", "قلم قصب")],
        language="ar",
        category=a_category("Craft"),
        syllabus={"الأدوات": []},
    )
    chapter = course.get_children().get()
    for title in ("القلم", "الحبر"):
        a_lesson(under=chapter, title=title, body=BODY, is_preview=title == "القلم")
    return a_released_course(by=ada, course=course)


def texts(page: str) -> Iterator[NavigableString]:
    soup = BeautifulSoup(page, "html.parser")
    for text in soup.find_all(string=True):
        hidden = text.find_parents(["script", "style", "title", "template"])
        hidden = hidden or text.find_parent(class_="avatar") or text.startswith("/courses/")
        if type(text) is NavigableString and text.strip() and not hidden:
            yield text


def said(text: NavigableString) -> tuple[str, str]:
    """The language and the direction that the elements around a text say."""
    speaking = text.find_parent(lang=True)
    turning = text.find_parent(lambda element: element.name == "bdi" or element.get("dir"))
    return (
        speaking["lang"] if speaking else "",
        turning.get("dir", "auto") if turning else "ltr",
    )


def mistaken(page: str) -> dict[str, tuple[str, str]]:
    """Texts whose elements say another language or direction than they are in."""
    wrong = {}
    for text in texts(page):
        language, direction = said(text)
        if ARABIC.search(ISOLATED.sub("", text)):
            is_right = (language, direction) == ("ar", "rtl") or direction == "auto"
        else:
            is_right = not LATIN.search(text) or (language, direction) != ("ar", "rtl")
            is_right = is_right or bool(text.find_parent("pre"))
        if not is_right:
            wrong[text.strip()] = (language, direction)
    return wrong


def read(client: Client, address: str) -> str:
    response = client.get(address, follow=True)
    assert response.status_code == 200, address
    return response.content.decode()


def test_a_visitor_meets_every_word_in_its_language(course, client):
    lesson = LessonPage.objects.descendant_of(course).get(title="القلم")
    a_review(course=course, by="ريم", content="درس جميل.")

    pages = {
        address: read(client, address)
        for address in (
            "/",
            "/courses/",
            f"/courses/{course.slug}/",
            f"/producers/{course.team.get().user_id}/",
            f"/learn/{lesson.uuid}/",
            f"/learn/{lesson.uuid}/?preview=1",
        )
    }

    assert {address: wrong for address, page in pages.items() if (wrong := mistaken(page))} == {}
    assert all(ARABIC.search(page) for page in pages.values())


def test_a_learner_meets_every_word_in_its_language(course, client, cleo):
    enroll(user=cleo, course=course)
    logged_in(client, cleo)
    lesson = LessonPage.objects.descendant_of(course).get(title="القلم")
    addresses = [
        f"/learn/{lesson.uuid}/",
        "/",
        "/my-learning/",
        f"/my-learning/{course.uuid}/history/",
        f"/my-learning/{course.uuid}/review/",
    ]

    pages = {address: read(client, address) for address in addresses}

    assert {address: wrong for address, page in pages.items() if (wrong := mistaken(page))} == {}
    assert all(ARABIC.search(page) for page in pages.values())


def test_a_buyer_meets_every_word_in_its_language(course, client, dana, stripesim):
    order = a_paid_order(stripesim, buyer=dana, course=course)
    logged_in(client, dana)

    addresses = ["/purchases/", f"/purchases/{order.pk}/", f"/purchases/{order.pk}/return/"]
    pages = {address: read(client, address) for address in addresses}

    assert {address: wrong for address, page in pages.items() if (wrong := mistaken(page))} == {}
    assert all(ARABIC.search(page) for page in pages.values())
    receipt = OutboxMail.objects.get(key=f"receipt:{order.pk}")
    assert mistaken(receipt.html) == {}
    assert f"\u2068{TITLE}\u2069" in receipt.text


def test_somebody_who_does_not_own_it_meets_the_locked_lesson_in_its_language(course, client, dana):
    lesson = LessonPage.objects.descendant_of(course).get(title="الحبر")

    response = logged_in(client, dana).get(f"/learn/{lesson.uuid}/")

    assert response.status_code == 403
    assert TITLE in response.text
    assert mistaken(response.text) == {}


def test_a_moderator_reads_every_word_in_its_language(course, client, ada, mira):
    lesson = LessonPage.objects.descendant_of(course).get(title="الحبر")
    lesson.body = [*BODY[:1], ("rich_text", "<p>حبر أسود.</p>")]
    lesson.save_revision(user=ada)
    release = a_submission(by=ada, course=CoursePage.objects.get(pk=course.pk))
    item = release.items.get(page_id=lesson.pk)
    logged_in(client, mira)

    for address in (
        f"/admin/reviews/{release.pk}/",
        f"/admin/reviews/{release.pk}/lessons/{item.pk}/read/",
    ):
        page = read(client, address)
        main = BeautifulSoup(page, "html.parser").find(class_="review") or page
        assert mistaken(str(main)) == {}
        assert ARABIC.search(page)


def test_code_runs_from_left_to_right_in_an_arabic_lesson(course, client):
    lesson = LessonPage.objects.descendant_of(course).get(title="القلم")
    page = BeautifulSoup(read(client, f"/learn/{lesson.uuid}/"), "html.parser")

    (code,) = page.select(".lesson-text pre")

    assert code["dir"] == "ltr"
    assert code.find_parent(lang=True)["lang"] == "ar"


def test_a_course_in_the_language_of_the_page_says_nothing_twice(client, ada):
    course = a_released_course(by=ada, title="Sewing by hand")

    page = BeautifulSoup(read(client, f"/courses/{course.slug}/"), "html.parser")

    assert page.h1.attrs == {}
    assert [element.name for element in page.find_all(lang=True)] == ["html"]


def test_other_sites_are_told_the_language_of_the_course(course, client):
    page = BeautifulSoup(read(client, f"/courses/{course.slug}/"), "html.parser")

    data = json.loads(page.find("script", type="application/ld+json").string)
    assert data["inLanguage"] == "ar"
    assert page.find("meta", property="og:locale")["content"] == "ar_EG"
    assert page.title.string.startswith(f"\u2068{TITLE}\u2069 · ")


def test_the_front_page_has_the_locale_of_the_interface(course, client):
    page = BeautifulSoup(read(client, "/"), "html.parser")

    assert page.find("meta", property="og:locale")["content"] == "en_US"


def test_a_mail_keeps_an_arabic_title_apart_from_its_sentence(course, ada, cleo, mira, commit):
    with commit():
        a_submission(by=User.objects.get(pk=ada.pk), course=CoursePage.objects.get(pk=course.pk))

    message = OutboxMail.objects.filter(to=mira.email).latest("pk")

    assert f"“\u2068{TITLE}\u2069” is waiting for your review" in message.subject
    assert "\u2068ليلى حداد\u2069 has submitted" in message.text


def test_filters_in_an_english_page():
    assert written_in("ar") == ' lang="ar" dir="rtl"'
    assert written_in("de") == ' lang="de" dir="ltr"'
    assert written_in("en") == written_in("") == written_in(None) == ""
    assert said_in("<شاي>", "ar") == '<bdi lang="ar" dir="rtl">&lt;شاي&gt;</bdi>'
    assert said_in("Tea & co", "en") == "Tea &amp; co"
    assert bdi("ليلى <b>") == "<bdi>ليلى &lt;b&gt;</bdi>"
    assert bdi("Leila <b>") == "Leila &lt;b&gt;"
    assert bdi(None) == bdi("") == ""
    assert isolated("شاي") == "\u2068شاي\u2069"
    assert isolated("Tea, 2") == "Tea, 2"
    assert open_graph_locale("hi") == "hi_IN"
    assert open_graph_locale("") == "en_US"


def test_a_latin_title_is_kept_apart_in_an_arabic_sentence():
    assert isolated_within("Tea", within="rtl") == "\u2068Tea\u2069"
    assert isolated_within("شاي 2", within="rtl") == "شاي 2"
