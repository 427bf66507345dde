"""What people type is shown as what they typed, on every page that shows it."""

import pytest
from django.urls import reverse

from courses import releases
from courses.models import ChapterPage, LessonPage, OutboxMail
from learners.accounts.applications import apply_to_teach
from learners.models import ProducerApplication
from learners.reviews.writing import write_review
from storefront.models import CatalogueEntry
from tests.builders import a_course, an_enrollment
from tests.people import logged_in

pytestmark = pytest.mark.django_db

SCRIPT = "</script></title><script>alert(1)</script><img src=x onerror=alert(2)>\"'"
ACTIVE = ("<script>alert(1)", "<img src=x onerror")


@pytest.fixture
def course(ada, cleo, mira, commit):
    """A released course of which every word is hostile, studied and reviewed."""
    type(ada).objects.filter(pk=ada.pk).update(name=f"Ada {SCRIPT}", bio=SCRIPT)
    type(cleo).objects.filter(pk=cleo.pk).update(name=f"Cleo {SCRIPT}")
    for person in (ada, cleo):
        person.refresh_from_db()
    course = a_course(
        by=ada,
        title=f"Sewing {SCRIPT}",
        slug="sewing",
        subtitle=SCRIPT,
        what_you_will_learn=[("item", SCRIPT)],
        requirements=[("item", SCRIPT)],
    )
    course.tags.add("<script>alert(1)")
    course.save_revision(user=ada)
    for part in ChapterPage.objects.descendant_of(course):
        part.title, part.description = f"Chapter {SCRIPT}", SCRIPT
        part.save_revision(user=ada)
    for part in LessonPage.objects.descendant_of(course):
        part.title, part.is_preview = f"Lesson {SCRIPT}", True
        part.body = [
            ("heading", {"text": SCRIPT, "level": "2"}),
            ("quote", {"text": SCRIPT, "source": SCRIPT}),
            ("code", {"language": "html", "code": SCRIPT, "caption": SCRIPT}),
            ("callout", {"kind": "note", "title": SCRIPT, "text": "<p>Mind the needle.</p>"}),
            (
                "video",
                {
                    "title": SCRIPT,
                    "url": "https://vimeo.com/76979871",
                    "captions": [],
                    "transcript": SCRIPT,
                },
            ),
            (
                "resource",
                {
                    "type": "link",
                    "title": SCRIPT,
                    "description": SCRIPT,
                    "url": "https://example.org/",
                },
            ),
            (
                "single_choice",
                {
                    "question": "<p>Which way?</p>",
                    "options": [
                        {"text": SCRIPT, "correct": True, "feedback": SCRIPT},
                        {"text": "No", "correct": False, "feedback": ""},
                    ],
                    "explanation": "",
                },
            ),
        ]
        part.save_revision(user=ada)
    with commit():
        first = releases.submit_course(course=course, user=ada)
        releases.ask_for_changes(release=first, user=mira, note=SCRIPT)
        second = releases.submit_course(course=course, user=ada)
        releases.approve_release(release=second, user=mira)
        an_enrollment(user=cleo, course=course)
        write_review(user=cleo, course=course, rating=4, content=SCRIPT)
        apply_to_teach(user=cleo, pitch=SCRIPT, website="https://example.org/")
    return course


def clean(response):
    assert response.status_code == 200
    page = response.content.decode()
    assert not [sign for sign in ACTIVE if sign in page]


def test_visitors_and_learners_read_words(client, cleo, course):
    entry = CatalogueEntry.objects.get(course=course)
    lessons = LessonPage.objects.descendant_of(course)
    public = [
        "/",
        "/courses/",
        "/courses/?q=sewing",
        "/courses/?q=" + "%3Cscript%3Ealert(1)",
        reverse("storefront:course", args=[entry.slug]),
        reverse("storefront:producer", args=[entry.producer_id]),
        reverse("learners:lesson", args=[lessons[0].uuid]),
        reverse("learners:lesson", args=[lessons[0].uuid]) + "?preview=1",
    ]
    for address in public:
        clean(client.get(address))
    sold = client.get(reverse("storefront:course", args=[entry.slug])).content.decode()
    assert sold.count("&lt;script&gt;alert(1)&lt;/script&gt;") > 10
    logged_in(client, cleo)
    for address in [*public, "/my-learning/", "/account/", "/account/teach/"]:
        clean(client.get(address))
    clean(client.get(reverse("learners:history", args=[course.uuid])))
    clean(client.get(reverse("learners:review", args=[course.uuid])))


def test_the_team_moderators_and_admins_read_words(client, ada, mira, ivo, course, commit):
    with commit():
        release = releases.submit_course(course=course, user=ada)
    lesson = release.items.filter(kind="lesson").first()
    reviews = [
        "/admin/",
        "/admin/reviews/",
        f"/admin/reviews/{release.pk}/",
        f"/admin/reviews/{release.pk}/lessons/{lesson.pk}/",
        f"/admin/reviews/{release.pk}/lessons/{lesson.pk}/read/",
        f"/admin/reviews/course/{course.pk}/",
    ]
    desk = [
        "/admin/",
        f"/admin/pages/{course.pk}/",
        f"/admin/pages/{course.pk}/history/",
        f"/admin/my-courses/{course.pk}/team/",
        "/admin/learners/enrollment/",
        "/admin/learners/review/",
    ]
    for person, addresses in ((mira, reviews), (ada, desk), (ivo, [*reviews, *desk])):
        logged_in(client, person)
        for address in addresses:
            clean(client.get(address))
    clean(client.get("/admin/users/"))
    clean(client.get("/admin/applications/"))
    application = ProducerApplication.objects.get()
    clean(client.get(reverse("applications:decide", args=[application.pk])))
    approved = logged_in(client, mira).post(
        f"/admin/reviews/{release.pk}/approve/", {"comment": SCRIPT}, follow=True
    )
    clean(approved)


def test_mails_carry_words(course):
    mails = list(OutboxMail.objects.all())
    assert len(mails) >= 3
    for mail in mails:
        assert not [sign for sign in ACTIVE if sign in mail.html]
        assert "\n" not in mail.subject
