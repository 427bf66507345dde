"""What the screen shows and what may be asked of it."""

import json
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.models import EditingSession
from wagtail.models import Page

from courses.checks.readiness import problems_of
from courses.drafts.nodes import read_draft
from courses.models import LessonPage
from courses.models.outline import OutlineChange
from courses.releases import submit_course
from learners.enrollment.progress import mark_complete
from tests.builders import a_course, a_lesson, a_released_course, an_enrollment
from tests.people import logged_in
from tests.teams import add_instructor

from .drawn import Desk, called, drawn

pytestmark = pytest.mark.django_db


def outline_of(client, course) -> dict:
    answer = client.get(reverse("studio:outline_rows", args=[course.pk]))
    assert answer.status_code == 200
    return answer.json()


def row(told: dict, title: str) -> dict:
    (found,) = [one for one in told["rows"] if one["title"] == title]
    return found


def ask(client, course, **change):
    change = {"key": str(uuid4()), "seen": 0, **change}
    return client.post(
        reverse("studio:outline_changes", args=[course.pk]),
        json.dumps(change),
        content_type="application/json",
    )


# Shown


def test_rows_stand_in_reading_order_with_what_they_are(client, ada, course):
    told = outline_of(logged_in(client, ada), course)

    assert [one["title"] for one in told["rows"]][:3] == ["Tools", "Needles", "Scissors"]
    needles = row(told, "Needles")
    assert needles == {
        "id": called("Needles", course),
        "parent": called("Tools", course),
        "kind": "lesson",
        "icon": "article",
        "title": "Needles",
        "minutes": 1,
        "preview": False,
        "state": "draft",
        "released": False,
        "began": 0,
        "problems": [],
        "edit": reverse("wagtailadmin_pages:edit", args=[called("Needles", course)]),
        "here": [],
    }
    assert row(told, "Sew")["preview"]
    assert (told["structure"], told["may_write"], told["undo"]) == ("hierarchical", True, None)


def test_a_row_says_its_state(client, ada):
    course = a_released_course(by=ada, syllabus={"Tools": ["Needles", "Chalk", "Pins"]})
    desk = Desk(course, ada)
    desk.rename("Chalk", "White chalk")
    desk.add("Scissors", into="Tools", after="Pins")
    desk.remove("Pins")
    client = logged_in(client, ada)

    states = {one["title"]: one["state"] for one in outline_of(client, course)["rows"]}
    assert states == {
        "Tools": "live",
        "Needles": "live",
        "White chalk": "changed",
        "Pins": "retired",
        "Scissors": "draft",
    }


def test_what_waits_for_a_moderator_says_so(client, ada):
    course = a_course(by=ada, syllabus={"Tools": ["Needles"]})
    submit_course(course=course, user=ada)
    Desk(course, ada).add("Chalk", into="Tools", after="Needles")

    told = outline_of(logged_in(client, ada), course)

    assert (row(told, "Needles")["state"], row(told, "Chalk")["state"]) == ("review", "draft")


def test_what_a_lesson_lacks_stands_beside_it_with_the_way_there(client, ada, course):
    tools = Page.objects.get(pk=called("Tools", course)).specific
    empty = a_lesson(under=tools, title="Not written yet", body=[])

    (problem,) = row(outline_of(logged_in(client, ada), course), "Not written yet")["problems"]

    assert problem == {
        "text": "This lesson is empty. Write something first.",
        "url": f"{reverse('wagtailadmin_pages:edit', args=[empty.pk])}#:w:contentpath=body",
    }


def test_what_is_wrong_in_where_a_part_stands_is_said_beside_its_row_and_leads_there(
    client, ada, course
):
    desk = Desk(course, ada)
    desk.add("Nothing in it", kind="chapter")
    desk.add("Loose", after="A shirt")

    told = outline_of(logged_in(client, ada), course)

    for title, begins in (
        ("Nothing in it", "This chapter is empty."),
        ("Loose", "In a hierarchical course"),
    ):
        first = row(told, title)["problems"][0]
        assert first["text"].startswith(begins)
        assert first["url"] == f"#part-{called(title, course)}"
    assert told["problems"] == []
    assert told["to_mend"] == 3  # and what the loose one lacks
    before = client.get(reverse("studio:before_you_submit", args=[course.pk]))
    ways = {one.url for one in before.context["missing"]}
    outline = reverse("studio:outline", args=[course.pk])
    assert f"{outline}#part-{called('Nothing in it', course)}" in ways
    assert f"{outline}#part-{called('Loose', course)}" in ways


def test_what_the_course_lacks_in_its_price_and_page_is_counted_with_the_rest(client, ada):
    course = a_course(by=ada, subtitle="", description="", syllabus={})

    told = outline_of(logged_in(client, ada), course)

    assert len(told["problems"]) == told["to_mend"] == 3
    lesson, *_fields = (one["url"] for one in told["problems"] if one["url"].startswith("#"))
    assert (lesson, _fields) == ("#outline-add", [])
    frame = client.get(reverse("studio:outline", args=[course.pk])).context["frame"]
    assert len(frame.submission.missing) == told["to_mend"]


def test_nothing_is_said_of_how_long_an_empty_lesson_takes(client, ada, course):
    Desk(course, ada).add("Pins", into="Tools")

    assert row(outline_of(logged_in(client, ada), course), "Pins")["minutes"] == 0


def test_what_the_screen_misses_is_what_a_submission_would(client, ada, course):
    desk = Desk(course, ada)
    desk.add("Nothing in it", kind="chapter")
    desk.open("Sew", on=False)
    desk.add("Loose", after="A shirt")
    client = logged_in(client, ada)

    told = outline_of(client, course)

    by_rows = {problem["text"] for one in told["rows"] for problem in one["problems"]}
    shown = by_rows | {problem["text"] for problem in told["problems"]}
    wanted = problems_of(read_draft(Page.objects.get(pk=course.pk)))
    assert {str(one) if one.message not in by_rows else one.message for one in wanted} == shown
    assert len(shown) == 4


def test_what_autosave_wrote_over_is_read_again(client, ada, course):
    client = logged_in(client, ada)
    lesson = LessonPage.objects.get(pk=called("Needles", course))
    lesson.get_latest_revision_as_object().save_revision(user=ada)
    lesson.refresh_from_db()
    before = row(outline_of(client, course), "Needles")["minutes"]

    draft = lesson.get_latest_revision_as_object()
    draft.minutes = 45
    draft.save_revision(user=ada, overwrite_revision=draft.latest_revision)

    assert (before, row(outline_of(client, course), "Needles")["minutes"]) == (1, 45)


def test_what_is_retired_tells_how_many_began_it(client, ada, cleo):
    course = a_released_course(by=ada, syllabus={"Tools": ["Needles", "Chalk"]}, price="0.00")
    enrollment = an_enrollment(user=cleo, course=course)
    mark_complete(enrollment=enrollment, lesson=LessonPage.objects.get(title="Needles"))
    Desk(course, ada).remove("Needles")

    needles = row(outline_of(logged_in(client, ada), course), "Needles")

    assert (needles["state"], needles["released"], needles["began"]) == ("retired", True, 1)


def test_the_bin_holds_what_was_never_released(client, ada, course):
    Desk(course, ada).remove("Scissors", "Stitches")

    told = outline_of(logged_in(client, ada), course)

    assert sorted((one["title"], one["lessons"]) for one in told["bin"]) == [
        ("Scissors", 0),
        ("Stitches", 3),
    ]
    assert {"Scissors", "Stitches", "Hem"}.isdisjoint(one["title"] for one in told["rows"])


def test_others_who_write_in_it_are_named(client, ada, bruno, course):
    add_instructor(course=course, email=bruno.email, by=ada)
    for user in (ada, bruno):
        EditingSession.objects.create(
            user=user,
            content_object=LessonPage.objects.get(pk=called("Needles", course)),
            last_seen_at=timezone.now(),
        )

    told = outline_of(logged_in(client, ada), course)

    assert (row(told, "Needles")["here"], told["people"]) == (["Bruno Keller"], ["Bruno Keller"])


def test_who_looks_at_the_same_outline_is_named(client, ada, bruno, course):
    add_instructor(course=course, email=bruno.email, by=ada)
    assert outline_of(logged_in(client, bruno), course)["people"] == []

    told = outline_of(logged_in(client, ada), course)

    assert told["people"] == ["Bruno Keller"]
    assert outline_of(logged_in(client, bruno), course)["people"] == ["Ada Okafor"]


def test_nothing_new_is_answered_with_nothing(client, ada, course):
    client = logged_in(client, ada)
    rows = reverse("studio:outline_rows", args=[course.pk])
    version = client.get(rows).json()["version"]

    again = client.get(rows, {"version": version})
    assert (again.status_code, again.content) == (304, b"")
    Desk(course, ada).rename("Needles", "Pins")
    assert client.get(rows, {"version": version}).status_code == 200


def test_the_page_brings_the_outline_along(client, ada, course):
    page = logged_in(client, ada).get(reverse("studio:outline", args=[course.pk]))

    assert page.context["outline"] == outline_of(client, course)
    assert b'id="outline-data"' in page.content


# Asked


def test_a_change_is_answered_with_the_outline_that_there_is_now(client, ada, course):
    answer = ask(
        logged_in(client, ada),
        course,
        verb="move",
        pages=[called("Needles", course)],
        parent=called("A shirt", course),
        after=None,
    )

    assert answer.status_code == 200
    told = answer.json()
    assert told["said"] == "“Needles” moved: it is 3.1 now."
    assert told["outline"] == outline_of(client, course)
    assert told["outline"]["undo"] == {"number": 1, "label": "“Needles” moved"}
    assert drawn(course)[-3:] == ["3.1 Needles", "3.2 Measure", "3.3 Sew"]


def test_what_was_added_is_named(client, ada, course):
    tools = called("Tools", course)
    answer = ask(
        logged_in(client, ada),
        course,
        verb="add",
        kind="lesson",
        title="Pins",
        parent=tools,
        after=called("Needles", course),
    ).json()

    assert answer["made"] == [called("Pins", course)]
    assert answer["said"] == "“Pins” added: it is 1.2 now."


def sentences(client, course, *asked) -> list[str]:
    return [ask(client, course, **change).json()["said"] for change in asked]


def test_each_change_says_what_it_was_about_and_undo_says_what_it_undid(client, ada, course):
    client = logged_in(client, ada)
    key = {title: called(title, course) for title in ("Needles", "Chalk", "Hem", "Stitches")}
    two, shirt = [key["Needles"], key["Chalk"]], called("A shirt", course)
    text = "# Buttons\nTwo holes\n# Zips\nClosed\nOpen\nHidden"

    assert sentences(
        client,
        course,
        {"verb": "rename", "page": key["Hem"], "title": "Hems", "was": "Hem"},
        {"verb": "move", "pages": two, "parent": shirt, "after": None},
        {"verb": "paste", "text": text, "parent": course.pk},
        {"verb": "undo", "number": 3},
        {"verb": "redo", "number": 3},
        {"verb": "duplicate", "pages": [key["Chalk"]]},
        {"verb": "preview", "pages": two, "on": True},
        {"verb": "remove", "pages": [key["Stitches"]]},
        {"verb": "undo", "number": 8},
        {"verb": "remove", "pages": [*two, key["Stitches"]]},
        {"verb": "restore", "pages": [key["Chalk"]]},
        {"verb": "structure", "to": "flat"},
    ) == [
        "“Hems” renamed.",
        "2 lessons moved: they are 3.1 to 3.2 now.",
        "2 chapters, 4 lessons pasted.",
        "Undone: 2 chapters, 4 lessons pasted.",
        "Done again: 2 chapters, 4 lessons pasted.",
        "“Chalk (copy)” made.",
        "Changed who may open 2 lessons.",
        "“Stitches” removed.",
        "Undone: “Stitches” removed.",
        "3 chapters, 5 lessons removed.",
        "“Chalk” brought back: it is 2.1 now.",
        "Changed the structure.",
    ]


def test_what_was_deleted_for_ever_is_counted_for_it_has_no_title_any_more(client, ada, course):
    client = logged_in(client, ada)
    hem = [called("Hem", course)]

    said = sentences(
        client, course, {"verb": "remove", "pages": hem}, {"verb": "delete", "pages": hem}
    )

    assert said == ["“Hem” removed.", "Deleted one part for ever."]


# The bin


def binned(client, course) -> list[str]:
    return [one["title"] for one in outline_of(client, course)["bin"]]


def test_what_an_undo_takes_back_was_thrown_away_by_nobody(client, ada, course):
    desk, client = Desk(course, ada), logged_in(client, ada)
    before = drawn(course)
    for make in (
        lambda: desk.add("Pins", into="Tools"),
        lambda: desk.paste("# Buttons\nTwo holes"),
        lambda: desk.duplicate("Stitches"),
    ):
        make()
        made = drawn(course)
        desk.undo()
        assert (drawn(course), binned(client, course)) == (before, [])
        desk.redo()
        assert drawn(course) == made
        desk.undo()
    desk.rename("Needles", "Pins")  # nothing can be done again now

    assert binned(client, course) == []


def test_what_somebody_removed_is_in_the_bin_however_it_came_there(client, ada, course):
    desk, client = Desk(course, ada), logged_in(client, ada)
    desk.remove("Needles")
    desk.undo()
    assert binned(client, course) == []
    desk.redo()
    assert binned(client, course) == ["Needles"]
    desk.restore("Needles")
    desk.undo()
    assert binned(client, course) == ["Needles"]
    desk.duplicate("Hem")
    desk.remove("Hem (copy)")
    assert binned(client, course) == ["Hem (copy)", "Needles"]


def test_what_was_written_in_it_is_found_in_the_bin_when_its_making_is_undone(client, ada, course):
    desk, client = Desk(course, ada), logged_in(client, ada)
    desk.paste("# Buttons\nTwo holes")
    lesson = LessonPage.objects.get(pk=called("Two holes", course))
    draft = lesson.get_latest_revision_as_object()
    draft.body = [("rich_text", "<p>Through and back.</p>")]
    draft.save_revision(user=ada, overwrite_revision=draft.latest_revision)

    desk.undo()

    assert binned(client, course) == ["Buttons"]
    desk.redo()
    assert drawn(course)[-2:] == ["4 Buttons", "4.1 Two holes"]


def test_what_was_moved_into_a_chapter_is_found_when_its_making_is_undone(
    client, ada, bruno, course
):
    add_instructor(course=course, email=bruno.email, by=ada)
    Desk(course, ada).add("Buttons", kind="chapter")
    Desk(course, bruno).move("Needles", into="Buttons")

    Desk(course, ada).undo()

    assert binned(logged_in(client, bruno), course) == ["Buttons"]


def test_a_clash_tells_who_and_the_outline(client, ada, bruno, course):
    add_instructor(course=course, email=bruno.email, by=ada)
    Desk(course, bruno).move("Sew", into="Tools")
    sew = called("Sew", course)

    answer = ask(
        logged_in(client, ada), course, verb="move", pages=[sew], parent=course.pk, after=None
    )

    assert answer.status_code == 409
    told = answer.json()
    assert (told["code"], told["who"], told["pages"]) == ("moved_meanwhile", "Bruno Keller", [sew])
    assert told["outline"]["number"] == 1
    assert OutlineChange.objects.count() == 1


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"verb": "burn"},
        {"verb": "add", "kind": "course", "title": "Pins", "parent": 1},
        {"verb": "move", "pages": "all", "parent": 1},
        {"verb": "move", "pages": [2**40], "parent": 1},
        {"verb": "move", "pages": [-1], "parent": 1},
        {"verb": "rename", "page": 1, "title": None, "was": ""},
        {"verb": "undo", "number": 1, "by": "somebody"},
    ],
)
def test_what_is_not_understood_is_refused(client, ada, course, change):
    answer = ask(logged_in(client, ada), course, **change)

    assert (answer.status_code, answer.json()["code"]) == (400, "not_understood")
    assert not OutlineChange.objects.exists()


def test_no_json_is_refused(client, ada, course):
    address = reverse("studio:outline_changes", args=[course.pk])
    for body in ("", "{", '{"title": "\\ud800"}', "[" * 100 + "]" * 100):
        answer = logged_in(client, ada).post(address, body, content_type="application/json")
        assert (answer.status_code, answer.json()["code"]) == (400, "not_understood")


def test_a_form_is_no_json_and_is_refused(client, ada, course):
    address = reverse("studio:outline_changes", args=[course.pk])
    asked = {"verb": "remove", "pages": [course.pk], "key": str(uuid4())}
    with_parts = logged_in(client, ada).post(address, asked)
    plain = client.post(address, "verb=remove", content_type="application/x-www-form-urlencoded")

    for answer in (with_parts, plain):
        assert (answer.status_code, answer.json()["code"]) == (400, "not_understood")
    assert not OutlineChange.objects.exists()


def test_a_refusal_is_told_with_the_outline(client, ada, course):
    answer = ask(
        logged_in(client, ada), course, verb="add", kind="lesson", title=" ", parent=course.pk
    )

    assert (answer.status_code, answer.json()["code"]) == (400, "no_title")
    assert answer.json()["outline"]["number"] == 0


@pytest.mark.parametrize("who", ["bruno", "mira", "cleo"])
def test_strangers_find_no_outline(client, ada, course, request, who):
    client = logged_in(client, request.getfixturevalue(who))

    for name in ("outline", "outline_rows"):
        answer = client.get(reverse(f"studio:{name}", args=[course.pk]))
        assert answer.status_code in (302, 403, 404)
    answer = ask(client, course, verb="paste", text="Pins", parent=course.pk)
    assert answer.status_code in (302, 403, 404)
    assert not OutlineChange.objects.exists()


def test_foreign_and_missing_courses_answer_the_same(client, ada, bruno, course):
    client = logged_in(client, bruno)

    foreign = client.get(reverse("studio:outline_rows", args=[course.pk]))
    missing = client.get(reverse("studio:outline_rows", args=[10**6]))

    assert foreign.status_code == missing.status_code == 404
