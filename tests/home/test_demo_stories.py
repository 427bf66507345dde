"""What the demo writes in bulk is what the verbs write: rows of every table, one by one."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import check_password
from django.db import transaction
from django.utils import timezone

from courses.models import LessonPage, OutboxMail
from courses.outbox.retention import empty_old_mails
from home.demo import people as demo_people
from home.demo.activity import _write
from home.demo.clock import at
from home.demo.logins import PASSWORD
from home.demo.post import already_sent
from home.demo.stories import LearnerStory, Said, on_the_shelf
from learners.enrollment.progress import mark_complete, open_lesson
from learners.models import Enrollment, User
from learners.quizzes.attempts import submit_quiz
from learners.reviews.writing import write_review
from storefront.checkout import orders
from storefront.checkout.fulfilment import fulfil
from storefront.models import Coupon, Payment
from storefront.payments.facts import CheckoutSession
from tests import rows
from tests.builders import a_course, a_released_course
from tests.people import person

pytestmark = pytest.mark.django_db

NOW = timezone.now().replace(hour=12, minute=0, second=0, microsecond=0)
# Keys, codes and numbers that are new each time; moments stay, to the second.
DRAWN = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|\b\d{7,}\b|"
    r"\d{4}-\d{5}\b|\b[0-9A-HJKMNP-TV-Z]{26}\b|\b[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{2,4}){6}"
)
# The verbs promise each count, the demo counts once at its end; retention empties when it runs.
ELSEWHERE = {"courses_promise"}
QUIZ = [
    (
        "true_false",
        {
            "statement": "<p>A seam is two stitches that agree.</p>",
            "answer": "true",
            "feedback_true": "Yes.",
            "feedback_false": "It is.",
            "explanation": "",
        },
    )
]


def everything() -> dict[str, list[str]]:
    found = {
        table: sorted(DRAWN.sub("…", row) for row in found.values())
        for table, found in rows._rows_of(rows._tables()).items()
        if table not in ELSEWHERE
    }
    found["courses_outboxmail"] = [
        re.sub(r'"emptied_at": "[^"]+"', '"emptied_at": "…"', row)
        for row in found["courses_outboxmail"]
    ]
    return found


@pytest.fixture
def courses(ada, bruno, mira, cleo, dana):
    """One with a price and a quiz, one for nothing, one in another currency."""
    draft = a_course(by=ada, title="Sewing by hand")
    lesson = LessonPage.objects.descendant_of(draft).order_by("path")[1]
    lesson.body = QUIZ
    lesson.save_revision()
    priced = a_released_course(by=ada, course=draft)
    free = a_released_course(by=ada, title="Threads", price="0.00")
    other = a_released_course(by=bruno, title="Buttons", price="12.01", currency="GBP")
    coupon = Coupon(code="THREADS", percent_off=33, valid_from=NOW - timedelta(days=300))
    coupon.save()
    return priced, free, other


def told(courses) -> list[LearnerStory]:
    """Six stories in the order of time: old and new, whole and broken off."""
    shelf = on_the_shelf()
    priced, free, other = (shelf[str(course.uuid)] for course in courses)
    cleo, dana = person("cleo"), person("dana")

    def story(learner, course, days, lessons, code="", rating=0):
        bought = NOW - timedelta(days=days)
        done = [
            (lesson, bought + timedelta(days=number, minutes=7))
            for number, lesson in enumerate(course.lessons[:lessons])
        ]
        said = Said(rating, " Well said. ", bought + timedelta(days=9)) if rating else None
        return LearnerStory(learner, course, bought, done, code=code, said=said)

    return [
        story(cleo, priced, 200, 4, code="threads", rating=5),
        story(dana, priced, 90, 2, rating=2),
        story(cleo, free, 60, 4),
        story(cleo, other, 40, 0, code="THREADS"),
        story(dana, free, 29, 4),
        story(dana, other, 12, 1, rating=4),
    ]


def by_the_verbs(stories: list[LearnerStory]) -> None:
    """Bought, studied and reviewed as on the site; only Stripe's answer is made up."""
    with already_sent():
        happened = []
        for story in stories:
            happened.append((story.bought, lambda story=story: buy(story)))
            for lesson, when in story.done:
                happened.append((when, lambda s=story, one=lesson: done(s, one)))
            if story.said:
                happened.append((story.said.when, lambda story=story: say(story)))
        for when, happen in sorted(happened, key=lambda one: one[0]):
            with at(when):
                happen()
    empty_old_mails(now=NOW)


def buy(story: LearnerStory) -> None:
    buyer, course = story.learner, story.course.page
    with transaction.atomic():
        orders.check_buyable(buyer=buyer, course=course)
        order = orders.write_order(buyer, course, orders.quote(course=course, code=story.code))
        if not order.total:
            fulfil(order=order)
            return
        session = CheckoutSession(
            id=f"cs_demo_{order.number}",
            url=None,
            status="complete",
            paid=True,
            amount=order.total,
            currency=order.currency,
            order_id=order.pk,
            payment_intent=f"pi_demo_{order.number}",
        )
        Payment.objects.filter(order=order).update(session_id=session.id)
        fulfil(order=order, session=session)


def done(story: LearnerStory, lesson: LessonPage) -> None:
    enrollment = Enrollment.objects.get(user=story.learner, course=story.course.page)
    open_lesson(enrollment=enrollment, lesson=lesson)
    if lesson.has_quiz:
        right = {block.id: sorted(block.value.correct_keys) for block in lesson.questions}
        submit_quiz(enrollment=enrollment, lesson=lesson, answers=right)
    else:
        mark_complete(enrollment=enrollment, lesson=lesson)


def say(story: LearnerStory) -> None:
    write_review(
        user=story.learner,
        course=story.course.page,
        rating=story.said.rating,
        content=story.said.content,
    )


def in_bulk(stories: list[LearnerStory]) -> None:
    with already_sent():
        _write(stories, NOW)
    empty_old_mails(now=NOW)


def rows_of(write, courses) -> dict[str, list[str]]:
    with transaction.atomic():
        stories = told(courses)
        write(stories)
        found = everything()
        assert len(stories) == 6
        assert OutboxMail.objects.count() > len(stories)
        transaction.set_rollback(True)
    return found


def test_stories_in_bulk_leave_the_rows_of_the_verbs(courses):
    one_by_one = rows_of(by_the_verbs, courses)
    at_once = rows_of(in_bulk, courses)

    assert at_once.keys() == one_by_one.keys()
    for table, found in at_once.items():
        assert found == one_by_one[table], table


def test_more_stories_cost_no_more_statements(courses, django_assert_max_num_queries):
    # The one that is young enough for its receipt to be written in full is left out.
    first, *others = told(courses)[:3]

    with django_assert_max_num_queries(24) as counted:
        _write([first], NOW)
    with django_assert_max_num_queries(len(counted)):
        _write(others, NOW)


def test_an_account_of_the_demo_is_one_that_signed_up(client, mailoutbox, commit):
    email = "noor@example.com"
    form = {"name": "Noor Brandt-Adeyo", "email": email, "password1": PASSWORD}
    with commit():
        sent = client.post("/accounts/signup/", form)
    code = re.search(r"^[A-Z0-9-]{6,9}$", mailoutbox[-1].body, re.MULTILINE).group()
    client.post(sent.url, {"code": code})
    signed_up = values_of(email)
    EmailAddress.objects.all().delete()
    User.objects.filter(email=email).delete()

    demo_people._open_accounts([{"email": email, "name": form["name"], "joined": 3}], NOW)

    assert values_of(email) == signed_up
    made = User.objects.get(email=email)
    assert made.created_at == made.updated_at == NOW - timedelta(days=3)
    assert check_password(PASSWORD, made.password)


def values_of(email: str) -> tuple[dict, dict]:
    """The person and the address as rows, but for keys, moments and the salted password."""
    apart = {"id", "user_id", "password", "created_at", "updated_at", "last_login"}
    user = User.objects.filter(email=email).values().get()
    address = EmailAddress.objects.filter(email=email).values().get()
    return tuple(
        {name: value for name, value in row.items() if name not in apart} for row in (user, address)
    )
