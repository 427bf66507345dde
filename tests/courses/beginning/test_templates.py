"""Templates: outlines with guidance in them, of which nothing goes to learners unnoticed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from courses.beginning.planting import plant
from courses.beginning.templates import TEMPLATES, template_called
from courses.blocks.guidance import left_guidance
from courses.checks.readiness import problems_of
from courses.drafts.nodes import read_draft
from courses.errors import CourseError
from courses.models import ChapterPage, CoursePage, LessonPage
from tests.people import logged_in

pytestmark = pytest.mark.django_db

LEFT = "This is what the template says to you. Write your own instead, or delete it."


def of_template(course) -> list[LessonPage]:
    return list(LessonPage.objects.descendant_of(course).order_by("path"))


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda one: one.name)
def test_a_template_becomes_a_whole_draft(ada, catalogue, template):
    course = plant(template=template, producer=ada, title="Knots that hold")

    lessons = of_template(course)
    chapters = ChapterPage.objects.descendant_of(course).order_by("path")
    assert [page.title for page in lessons] == [str(one.title) for one in template.lessons]
    assert [page.title for page in chapters] == [str(one.title) for one in template.chapters]
    assert course.structure_type == ("hierarchical" if template.chapters else "flat")
    assert (course.team.get().user, course.owner, course.live) == (ada, ada, False)
    assert [page.is_preview for page in lessons] == [True] + [False] * (len(lessons) - 1)
    assert all(page.latest_revision for page in lessons)
    assert sum(page.has_quiz for page in lessons) == 1


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda one: one.name)
def test_all_that_is_wrong_with_a_template_is_what_its_author_has_not_written(
    ada, catalogue, template
):
    course = plant(template=template, producer=ada, title="Knots that hold")

    told = [problem.message for problem in problems_of(read_draft(course))]

    advice = [message for message in told if message.endswith(LEFT)]
    asked = ["category", "subtitle", "description"]
    others = [message for message in told if message not in advice]
    assert len(others) == len(asked)
    assert all(name in message for name, message in zip(asked, others, strict=True))
    blocks = sum(len(page.body) for page in of_template(course))
    headings = sum(block.block_type == "heading" for p in of_template(course) for block in p.body)
    lines = len(course.what_you_will_learn) + len(course.requirements)
    assert len(advice) == blocks - headings + lines


def test_a_long_template_costs_no_more_statements_than_a_short_one(ada, catalogue):
    counts = []
    for name in ("written", "workshop", "projects", "six-films"):
        with CaptureQueriesContext(connection) as captured:
            plant(template=template_called(name), producer=ada, title=f"Knots {name}")
        counts.append(len(captured))

    # The first finds the catalogue empty.
    assert max(counts[1:]) - min(counts[1:]) <= 1


def test_what_the_editor_saved_untouched_is_guidance_still(ada, catalogue):
    course = plant(template=template_called("written"), producer=ada, title="Knots")
    lesson = of_template(course)[0]
    raw = list(lesson.body.raw_data)
    raw[1]["value"] = raw[1]["value"].replace("<p>", '<p data-block-key="x1y2z">')
    lesson.body = LessonPage.body.field.to_python(raw)

    assert len(list(left_guidance(lesson.body))) == 3


def test_what_was_written_over_is_guidance_no_more(ada, catalogue):
    course = plant(template=template_called("written"), producer=ada, title="Knots")
    lesson = of_template(course)[0]
    raw = list(lesson.body.raw_data)
    raw[1]["value"] = "<p>In March 1912 a surveyor in Ulm lost a valley.</p>"
    raw[0]["value"]["title"] = "Where this is going"
    lesson.body = LessonPage.body.field.to_python(raw)

    assert [place.path for place in left_guidance(lesson.body)] == [(3,)]


def test_guidance_leads_to_its_very_block(client, ada, catalogue):
    course = plant(template=template_called("six-films"), producer=ada, title="Knots")
    lesson = of_template(course)[0]

    found = next(one for one in problems_of(read_draft(course)) if one.page_id == lesson.pk)

    assert found.field == f"body.{lesson.body[0].id}"
    assert found.message == f"block 1 (Callout): {LEFT}"


def test_a_producer_begins_with_a_template_from_the_page(client, ada, catalogue):
    page = logged_in(client, ada).get(reverse("studio:new_course")).text
    assert "A skill in six short films" in page
    assert "3 chapters, 7 lessons" in page

    answer = client.post(reverse("studio:new_course"), {"title": "Hems", "start": "workshop"})

    course = CoursePage.objects.get()
    assert answer["Location"] == reverse("studio:outline", args=[course.pk])
    assert (course.title, course.structure_type) == ("Hems", "hierarchical")
    assert len(of_template(course)) == len(template_called("workshop").lessons)


@pytest.mark.parametrize(
    "posted",
    [
        {"title": "Hems", "start": "../../etc"},
        {"title": "", "start": "workshop"},
        {"title": "Hems", "start": "empty"},
        {"title": "Hems", "start": "empty", "structure_type": "spiral"},
    ],
    ids=["no such template", "no title", "no arrangement", "no such arrangement"],
)
def test_what_cannot_begin_is_said_and_what_was_typed_is_kept(client, ada, catalogue, posted):
    answer = logged_in(client, ada).post(reverse("studio:new_course"), posted)

    assert answer.status_code == 200
    assert f'value="{posted["title"]}"' in answer.text or not posted["title"]
    assert "error" in answer.text
    assert not CoursePage.objects.exists()


def test_who_does_not_teach_plants_nothing(client, dana, catalogue):
    with pytest.raises(CourseError, match="Only producers"):
        plant(template=TEMPLATES[0], producer=dana, title="Hems")
    logged_in(client, dana).post(reverse("studio:new_course"), {"title": "A", "start": "workshop"})

    assert not CoursePage.objects.exists()
    assert not LessonPage.objects.exists()
