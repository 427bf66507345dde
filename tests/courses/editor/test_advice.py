"""A template's advice is taken out with one press, and comes back with another."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.models import Page

from courses.beginning.planting import plant
from courses.beginning.templates import template_called
from courses.blocks.guidance import left_guidance
from courses.checks.guidance import pieces_told
from courses.checks.ready import readiness_of
from courses.editor import advice
from courses.editor.advice import put_advice_back, take_advice_out
from courses.errors import CourseError
from courses.models import CoursePage, LessonPage
from tests.courses.isolation.evidence import rows
from tests.people import logged_in

pytestmark = pytest.mark.django_db

OWN = {"type": "rich_text", "value": "<p>A bowline holds.</p>", "id": "a-block-of-my-own"}


@pytest.fixture
def course(ada, catalogue):
    planted = plant(template=template_called("six-films"), producer=ada, title="Knots")
    return CoursePage.objects.get(pk=planted.pk)


def drafts(course) -> list[LessonPage]:
    lessons = LessonPage.objects.descendant_of(course).order_by("path")
    return [lesson.get_latest_revision_as_object() for lesson in lessons]


def bodies(course) -> list[list]:
    return [list(lesson.body.raw_data) for lesson in drafts(course)]


def left(course) -> int:
    streams = [lesson.body for lesson in drafts(course)]
    draft = CoursePage.objects.get(pk=course.pk).get_latest_revision_as_object()
    streams += [draft.what_you_will_learn, draft.requirements]
    return sum(len(list(left_guidance(stream))) for stream in streams)


def write(lesson, *, by) -> None:
    """A block of one's own below the advice."""
    raw = [*lesson.body.raw_data, OWN]
    lesson.body = LessonPage.body.field.to_python(raw)
    lesson.save_revision(user=by)


def before(client, course) -> BeautifulSoup:
    answer = client.get(reverse("studio:before_you_submit", args=[course.pk]))
    return BeautifulSoup(answer.text, "html.parser")


def test_one_press_takes_out_all_of_it_and_leaves_what_was_written(client, ada, course):
    write(drafts(course)[0], by=ada)
    pieces = left(course)
    page = before(logged_in(client, ada), course)
    (form,) = page.select("form[action$='/advice/out/']")
    assert f"{pieces} pieces of the template’s advice" in " ".join(page.text.split())

    client.post(form["action"])

    assert left(course) == 0
    assert OWN in [dict(block) for block in bodies(course)[0]]
    page = before(client, course)
    assert page.select("form[action$='/advice/out/']") == []
    assert len(page.select("form[action$='/advice/back/']")) == 1


def test_another_press_puts_it_back(client, ada, course):
    as_planted, pieces = bodies(course), left(course)
    logged_in(client, ada).post(reverse("studio:take_out_advice", args=[course.pk]))
    assert bodies(course) != as_planted

    client.post(reverse("studio:put_back_advice", args=[course.pk]))

    assert bodies(course) == as_planted
    assert left(course) == pieces
    assert before(client, course).select("form[action$='/advice/back/']") == []


def test_what_was_saved_since_is_not_put_back_over(ada, course):
    taken = take_advice_out(course=course, by=ada)
    first = drafts(course)[0]
    write(first, by=ada)
    since = bodies(course)[0]

    put_advice_back(course=course, taken=taken, by=ada)

    assert bodies(course)[0] == since
    assert list(left_guidance(drafts(course)[1].body)) != []


def test_what_is_saved_while_it_is_read_is_kept(ada, course, monkeypatch):
    """Read without a lock, held under one: whoever saves between the two loses nothing."""
    read = advice.read_draft

    def read_and_saved(page):
        nodes = read(page)
        write(drafts(course)[0], by=ada)
        return nodes

    monkeypatch.setattr(advice, "read_draft", read_and_saved)

    take_advice_out(course=course, by=ada)

    assert OWN in [dict(block) for block in bodies(course)[0]]


def test_without_what_is_held_under_the_lock_it_would_be_lost(ada, course, monkeypatch):
    """The control of the test above."""
    read = advice.read_draft

    def read_and_saved(page):
        nodes = read(page)
        write(drafts(course)[0], by=ada)
        return nodes

    monkeypatch.setattr(advice, "read_draft", read_and_saved)
    monkeypatch.setattr(advice, "hold_draft", lambda _course, known: known)

    take_advice_out(course=course, by=ada)

    assert OWN not in [dict(block) for block in bodies(course)[0]]


def test_where_none_is_left_nothing_is_written(client, ada, course):
    address = reverse("studio:take_out_advice", args=[course.pk])
    logged_in(client, ada).post(address)
    revisions = set(Page.objects.values_list("pk", "latest_revision"))

    client.post(address)

    assert set(Page.objects.values_list("pk", "latest_revision")) == revisions


def test_what_the_checks_find_is_what_is_taken_out(ada, course):
    problems = readiness_of(course, anew=True).problems

    assert pieces_told(problem.message for problem in problems) == left(course)


@pytest.mark.parametrize("who", ["bruno", "mira", "dana"])
def test_the_verbs_themselves_refuse_who_may_not_write(request, ada, course, who):
    taken = take_advice_out(course=course, by=ada)
    stranger, written = request.getfixturevalue(who), rows()

    for verb in (take_advice_out, lambda **of: put_advice_back(taken=taken, **of)):
        with pytest.raises(CourseError) as refused:
            verb(course=course, by=stranger)
        assert refused.value.code == "only_team_writes_course"

    assert rows() == written


def test_a_lesson_that_somebody_else_locked_is_not_written_over(client, ada, bruno, course):
    locked = LessonPage.objects.descendant_of(course).first()
    LessonPage.objects.filter(pk=locked.pk).update(locked=True, locked_by=bruno)
    pieces = left(course)

    answer = logged_in(client, ada).post(
        reverse("studio:take_out_advice", args=[course.pk]), follow=True
    )

    assert f"“{locked.title}” is locked in the editor. Unlock it first." in answer.text
    assert left(course) == pieces


def test_what_was_taken_out_waits_until_a_lock_is_gone(client, ada, bruno, course):
    pieces, logged = left(course), logged_in(client, ada)
    logged.post(reverse("studio:take_out_advice", args=[course.pk]))
    LessonPage.objects.descendant_of(course).update(locked=True, locked_by=bruno)

    logged.post(reverse("studio:put_back_advice", args=[course.pk]))
    assert left(course) == 0

    LessonPage.objects.descendant_of(course).update(locked=False, locked_by=None)
    logged.post(reverse("studio:put_back_advice", args=[course.pk]))
    assert left(course) == pieces


@pytest.mark.parametrize("who", ["bruno", "mira", "dana"])
@pytest.mark.parametrize("verb", ["take_out_advice", "put_back_advice"])
def test_nobody_else_takes_it_out_or_back(client, request, course, who, verb):
    logged_in(client, request.getfixturevalue(who))
    written = rows()

    client.post(reverse(f"studio:{verb}", args=[course.pk]))

    assert rows() == written


def test_a_visit_takes_nothing_out(client, ada, course):
    answer = logged_in(client, ada).get(reverse("studio:take_out_advice", args=[course.pk]))

    assert answer.status_code == 405
    assert left(course) > 0


def test_the_editor_marks_what_nobody_has_written_over(client, ada, course):
    lesson = drafts(course)[0]
    write(lesson, by=ada)
    left_in = [lesson.body.raw_data[place.path[0]]["id"] for place in left_guidance(lesson.body)]

    answer = logged_in(client, ada).get(reverse("wagtailadmin_pages:edit", args=[lesson.pk]))
    marked = BeautifulSoup(answer.text, "html.parser").select_one("template[data-advice]")

    assert marked is not None
    assert marked["data-advice"].split() == left_in
    assert OWN["id"] not in left_in
    take_advice_out(course=course, by=ada)
    answer = client.get(reverse("wagtailadmin_pages:edit", args=[lesson.pk]))
    assert "data-advice" not in answer.text
