"""Before a course is submitted, and submitting it with one press."""

from datetime import timedelta
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from courses import releases
from courses.editor.submission import SAVED_AND_SUBMITTED
from courses.models import CourseRelease, LessonPage, OutboxMail
from courses.releases.promptness import ENOUGH
from tests.builders import a_course, a_released_course, a_submission, lesson_called
from tests.editor import course_post, lesson_post
from tests.people import logged_in
from tests.teams import add_instructor

pytestmark = pytest.mark.django_db
TEXT = [("rich_text", "<p>Cut with the weave.</p>")]


@pytest.fixture
def course(ada):
    return a_course(by=ada)


def submit(client, course):
    return client.post(reverse("studio:submit", args=[course.pk]))


def before(client, course) -> BeautifulSoup:
    answer = client.get(reverse("studio:before_you_submit", args=[course.pk]))
    assert answer.status_code == 200
    return BeautifulSoup(answer.text, "html.parser")


def said(answer) -> list[tuple[str, str]]:
    return [(one.level_tag, str(one)) for one in get_messages(answer.wsgi_request)]


def words(element) -> str:
    return " ".join(element.text.split())


def decided(course, *, days: float, count: int = ENOUGH) -> None:
    now = timezone.now()
    for number in range(count):
        CourseRelease.objects.create(
            course=course,
            number=100 + number,
            status="superseded",
            submitted_at=now - timedelta(days=days),
            decided_at=now,
        )


def test_a_ready_course_is_submitted_with_one_press(client, ada, mira, course):
    answer = submit(logged_in(client, ada), course)

    assert answer["Location"] == reverse("studio:before_you_submit", args=[course.pk])
    release = CourseRelease.objects.get(course=course)
    assert (release.status, release.submitted_by) == ("in_review", ada)
    assert said(answer) == [
        (
            "success",
            "“Sewing by hand” is submitted. A moderator reads it and answers here and by mail.",
        )
    ]


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (0.2, "A moderator reads it, usually within a day."),
        (1, "A moderator reads it, usually within 1 day."),
        (2.2, "A moderator reads it, usually within 2 days."),
    ],
)
def test_how_long_it_takes_is_told_by_the_last_decisions(client, ada, bruno, course, days, told):
    decided(a_course(by=bruno, title="Bread from rye"), days=days)

    answer = submit(logged_in(client, ada), course)

    ((_level, sentence),) = said(answer)
    assert sentence.endswith(told)


def test_a_second_press_finds_it_submitted_and_writes_nothing(client, ada, mira, course):
    logged_in(client, ada)
    submit(client, course)
    before_it = CourseRelease.objects.count(), OutboxMail.objects.count()

    answer = submit(client, course)

    assert (CourseRelease.objects.count(), OutboxMail.objects.count()) == before_it
    assert ("info", "“Sewing by hand” is with the moderators already.") in said(answer)


def test_what_is_not_ready_is_refused_with_one_sentence_and_nothing_is_written(client, ada, mira):
    course = a_course(by=ada, subtitle="", description="")

    answer = submit(logged_in(client, ada), course)

    assert said(answer) == [("error", "Not submitted yet: 2 things are to mend first.")]
    assert CourseRelease.objects.count() == 0
    assert OutboxMail.objects.count() == 0


@pytest.mark.parametrize("who", ["bruno", "mira"])
def test_a_course_of_others_is_submitted_by_nobody(client, request, ada, who, course):
    answer = submit(logged_in(client, request.getfixturevalue(who)), course)

    assert answer.status_code == 404
    assert CourseRelease.objects.count() == 0


def test_an_admin_who_does_not_teach_it_is_refused(client, ivo, course):
    answer = submit(logged_in(client, ivo), course)

    assert said(answer) == [("error", "Only its team can submit a course.")]
    assert CourseRelease.objects.count() == 0


def test_looking_submits_nothing(client, ada, course):
    address = reverse("studio:submit", args=[course.pk])

    assert logged_in(client, ada).get(address).status_code == 405
    assert CourseRelease.objects.count() == 0


def test_whoever_helps_may_submit(client, ada, bruno, course):
    add_instructor(course=course, email=bruno.email, by=ada)

    submit(logged_in(client, bruno), course)

    assert CourseRelease.objects.get().submitted_by == bruno


# In the editor


def told_next(client, answer) -> list[str]:
    """What the page that follows says above itself."""
    page = BeautifulSoup(client.get(answer["Location"]).text, "html.parser")
    for later in page.select(".messages button"):  # shown once there is an error to go to
        later.decompose()
    return [told for one in page.select(".messages li") if (told := words(one))]


def edit(client, page, posted):
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), posted)


def test_the_editors_button_hands_in_what_is_typed_and_not_yet_saved(client, ada, mira, course):
    lesson = lesson_called("Cutting straight", course=course)
    posted = lesson_post(lesson, TEXT, title="Cutting true") | {SAVED_AND_SUBMITTED: "1"}

    answer = edit(logged_in(client, ada), lesson, posted)

    assert answer["Location"] == reverse("studio:before_you_submit", args=[course.pk])
    release = CourseRelease.objects.get(course=course, status="in_review")
    assert "Cutting true" in release.items.values_list("title", flat=True)
    assert told_next(client, answer) == [
        "“Sewing by hand” is submitted. A moderator reads it and answers here and by mail."
    ]


def test_what_the_editor_cannot_save_is_not_handed_in(client, ada, mira, course):
    lesson = lesson_called("Cutting straight", course=course)
    posted = lesson_post(lesson, TEXT, title="") | {SAVED_AND_SUBMITTED: "1"}

    answer = edit(logged_in(client, ada), lesson, posted)

    assert answer.status_code == 200
    assert answer.context["form"].errors["title"] == ["This field is required."]
    assert CourseRelease.objects.count() == 0
    assert lesson_called("Cutting straight", course=course).draft_title == "Cutting straight"


def test_what_is_missing_is_saved_all_the_same_and_said(client, ada, mira):
    course = a_course(by=ada, subtitle="")
    lesson = lesson_called("Cutting straight", course=course)
    posted = lesson_post(lesson, TEXT, title="Cutting true") | {SAVED_AND_SUBMITTED: "1"}

    answer = edit(logged_in(client, ada), lesson, posted)

    assert told_next(client, answer) == ["Not submitted yet: one thing is to mend first."]
    assert CourseRelease.objects.count() == 0
    assert LessonPage.objects.get(pk=lesson.pk).draft_title == "Cutting true"


def test_saving_alone_hands_nothing_in(client, ada, mira, course):
    lesson = lesson_called("Cutting straight", course=course)

    edit(logged_in(client, ada), lesson, lesson_post(lesson, TEXT))

    assert CourseRelease.objects.count() == 0


def test_the_editors_button_belongs_to_its_form(client, ada, course):
    address = reverse("wagtailadmin_pages:edit", args=[course.pk])
    page = BeautifulSoup(logged_in(client, ada).get(address).text, "html.parser")

    button = page.find("button", attrs={"name": SAVED_AND_SUBMITTED})
    assert (button["form"], words(button)) == ("page-edit-form", "Submit for review")
    assert page.find("form", id="page-edit-form") is not None


def test_what_stands_in_the_frame_is_told_anew_while_one_writes(client, ada):
    course = a_course(by=ada, subtitle="")
    logged_in(client, ada)
    editor = client.get(reverse("wagtailadmin_pages:edit", args=[course.pk]))
    shown = BeautifulSoup(editor.text, "html.parser")
    address = shown.find(attrs={"data-standing-url": True})["data-standing-url"]
    assert words(shown.find(attrs={"data-standing": "submission"})).startswith("8 of 9 ready")

    edit(client, course, course_post(course, subtitle="Ten stitches for a whole life"))
    told = BeautifulSoup(client.get(address).text, "html.parser")

    parts = {part["data-standing"]: part for part in told.find_all(attrs={"data-standing": True})}
    assert set(parts) == {"state", "submission", "tabs"}
    assert words(parts["submission"]) == "9 of 9 ready Submit for review"
    assert words(parts["tabs"].find(attrs={"aria-current": "page"})) == "Price and page"


def test_beside_the_outline_it_is_told_with_a_form_that_submits_by_itself(ada):
    course = a_course(by=ada)
    client = logged_in(Client(enforce_csrf_checks=True), ada)
    shown = BeautifulSoup(
        client.get(reverse("studio:outline", args=[course.pk])).text, "html.parser"
    )
    address = shown.find(attrs={"data-standing-url": True})["data-standing-url"]

    told = BeautifulSoup(client.get(address).text, "html.parser")

    parts = {part["data-standing"]: part for part in told.find_all(attrs={"data-standing": True})}
    assert words(parts["tabs"].find(attrs={"aria-current": "page"})) == "Outline"
    button = parts["submission"].find("button", attrs={"type": "submit"})
    assert not button.has_attr("form") and not button.has_attr("name")
    form = button.find_parent("form")
    token = form.find(attrs={"name": "csrfmiddlewaretoken"})["value"]
    assert client.post(form["action"], {}).status_code == 403
    client.post(form["action"], {"csrfmiddlewaretoken": token})
    assert CourseRelease.objects.get(course=course).status == "in_review"


@pytest.mark.parametrize("who", ["bruno", "mira"])
def test_how_a_course_of_others_stands_is_told_to_nobody(client, request, ada, who, course):
    logged_in(client, request.getfixturevalue(who))

    assert client.get(reverse("studio:standing", args=[course.pk])).status_code == 404


# The page


def test_the_page_lists_what_is_to_mend_with_the_way_to_its_field_and_what_is_fine(client, ada):
    course = a_course(by=ada, subtitle="")
    lesson = lesson_called("Cutting straight", course=course)
    draft = lesson.get_latest_revision_as_object()
    draft.body = []
    draft.save_revision()

    page = before(logged_in(client, ada), course)

    assert words(page.h1) == "Two things stand between you and review"
    to_mend, fine = page.select(".st-checks")
    assert [
        (words(one.b), words(one.select_one(".where")), one.a["href"]) for one in to_mend("li")
    ] == [
        (
            "Write the subtitle: one sentence that says what a learner can do afterwards.",
            "The course",
            f"/admin/pages/{course.pk}/edit/#:w:contentpath=subtitle",
        ),
        (
            "This lesson is empty. Write something first.",
            "Lesson 1.2 “Cutting straight”",
            f"/admin/pages/{lesson.pk}/edit/#:w:contentpath=body",
        ),
    ]
    assert len(fine("li")) == 7
    assert page.select_one("form[action$='/submit/'] button").has_attr("disabled")


def test_what_is_no_fields_is_mended_in_the_outline(client, ada):
    course = a_course(by=ada, syllabus=[])

    page = before(logged_in(client, ada), course)

    assert words(page.h1) == "One thing stands between you and review"
    (way,) = page.select("section[aria-labelledby=to-mend] .st-checks a")
    assert str(course.pk) in way["href"]
    assert "contentpath" not in way["href"]


def test_a_ready_course_is_all_fine_and_its_button_works(client, ada, course):
    page = before(logged_in(client, ada), course)

    assert words(page.h1) == "Nothing stands between you and review"
    assert len(page.select(".st-checks li")) == 9
    assert not page.select_one("form[action$='/submit/'] button").has_attr("disabled")


@pytest.mark.parametrize(
    ("price", "told"), [("0.00", "Free: learners pay nothing"), ("40.00", "Learners pay €40")]
)
def test_what_learners_will_pay_is_said_with_the_way_to_change_it(client, ada, price, told):
    course = a_course(by=ada, price=price)

    page = before(logged_in(client, ada), course)

    (shown,) = [one for one in page.select(".st-checks li") if "contentpath=price" in str(one)]
    assert words(shown.p) == told
    edit = reverse("wagtailadmin_pages:edit", args=[course.pk])
    assert shown.a["href"] == f"{edit}#:w:contentpath=price"


def test_the_price_that_is_told_is_the_drafts(client, ada):
    course = a_released_course(by=ada)
    course.price = Decimal("31.50")
    course.save_revision(user=ada)

    page = before(logged_in(client, ada), course)

    assert "Learners pay €31.50" in words(page.main)


def test_a_course_that_asks_for_nothing_is_not_said_to_ask(client, ada):
    course = a_course(by=ada, requirements=[])

    page = before(logged_in(client, ada), course)

    fine = [words(one) for one in page.select("section[aria-labelledby=fine] p")]
    assert "It says what learners will be able to do" in fine
    assert not any("need" in one for one in fine)


def test_in_review_it_says_so_and_takes_it_back(client, ada, course):
    a_submission(by=ada, course=course)

    page = before(logged_in(client, ada), course)

    # Nobody knows whether somebody reads it already.
    assert words(page.h1) == "It waits for a moderator"
    assert "Submitted just now." in words(page.select_one(".st-head"))
    assert page.select("form[action$='/submit/']") == []
    client.post(page.select_one("main form[action$='/withdraw/']")["action"])
    assert CourseRelease.objects.get().status == "cancelled"


def test_what_a_moderator_asked_stands_above_and_the_button_submits_again(
    client, ada, mira, course
):
    release = a_submission(by=ada, course=course)
    releases.ask_for_changes(release=release, user=mira, note="Say more about thread.")

    page = before(logged_in(client, ada), course)

    assert words(page.h1) == "A moderator asked for changes"
    assert words(page.select_one("blockquote")) == "Say more about thread."
    assert words(page.select_one("main form[action$='/submit/'] button")) == "Submit again"
    submit(client, course)
    assert [one.status for one in CourseRelease.objects.order_by("number")] == [
        "changes_requested",
        "in_review",
    ]


def test_the_page_notices_what_nobody_saved(client, ada):
    """What a studio's page keeps of each lesson would not know it."""
    course = a_released_course(by=ada)
    logged_in(client, ada)
    before(client, course)
    LessonPage.objects.filter(title="Sew the side seams").update(retired=True)

    page = before(client, course)

    assert words(page.h1) == "One thing stands between you and review"
