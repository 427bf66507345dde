"""What is taught needs: capital letters that matter, long lists, titles without a letter."""

import pytest
from django.urls import reverse
from wagtail.models import Page

from courses.blocks import LessonStream
from courses.blocks.questions import say_the_same
from courses.models import ChapterPage, LessonPage
from learners.quizzes.attempts import grade
from tests.builders import a_course, a_lesson
from tests.editor import course_post, lesson_post
from tests.people import logged_in

SUBJECTS = {
    "units": ["mW", "MW", "mw", "kW", "Mw"],
    "prefixes": ["ml", "mL", "Ml"],
    "genotypes": ["AA", "Aa", "aA", "aa"],
    "formulas": ["Co", "CO", "CO2", "CO₂"],
    "identifiers": ["userName", "username", "UserName", "USERNAME"],
    "keywords": ["None", "none", "NONE"],
    "letters": ["s", "ß", "ss", "S"],
    "dots": ["I", "ı", "i", "İ"],
    "powers": ["x2", "x²", "X²"],
    "accents": ["resume", "résumé"],
    "signs": ["<", "<=", "=<", ">", "!=", "=="],
    "nations": [f"Country {number}" for number in range(193)],
}


def question(texts, correct=0):
    options = [
        {"text": text, "correct": place == correct, "feedback": ""}
        for place, text in enumerate(texts)
    ]
    return ("single_choice", {"question": "<p>Which?</p>", "options": options, "explanation": ""})


@pytest.fixture
def lesson(ada):
    return a_lesson(under=a_course(by=ada), title="Threads")


def edit(client, page, data):
    return client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data)


@pytest.mark.parametrize("texts", SUBJECTS.values(), ids=SUBJECTS)
def test_options_of_real_subjects_are_saved_pass_the_checks_and_are_graded(
    client, ada, lesson, texts
):
    response = edit(logged_in(client, ada), lesson, lesson_post(lesson, [question(texts, 1)]))

    assert response.status_code == 302
    draft = Page.objects.get(pk=lesson.pk).get_latest_revision_as_object()
    LessonStream().clean(draft.body)
    (asked,) = draft.questions
    assert [choice.text for choice in asked.value.choices] == texts
    keys = [choice.key for choice in asked.value.choices]
    assert [grade(lesson=draft, answers={asked.id: [key]}).passed for key in keys] == [
        place == 1 for place in range(len(texts))
    ]


@pytest.mark.parametrize(
    "texts",
    [["mW", "mW"], ["mW", " mW "], ["a  b", "a b"], ["\u00c5", "A\u030a"], ["a\nb", "a b"]],
)
def test_options_that_look_alike_are_refused(texts):
    assert say_the_same(texts)


def test_options_that_are_still_to_be_written_are_not_alike():
    assert not say_the_same(["", " ", "mW"])


@pytest.mark.parametrize("titles", [["mW", "MW"], ["C", "C++", "C#"], ["茶", "🙂", "?", "!"]])
@pytest.mark.parametrize("model", [ChapterPage, LessonPage])
def test_chapters_and_lessons_may_be_called_anything(client, ada, titles, model):
    course = a_course(by=ada)
    parent = course if model is ChapterPage else ChapterPage.objects.first()
    at = reverse("wagtailadmin_pages:add", args=["courses", model.__name__.lower(), parent.pk])
    logged_in(client, ada)

    answers = [
        client.post(
            at,
            {
                "title": title,
                "description": "",
                "body-count": "0",
                "minutes": "",
                "pass_mark": "70",
            },
        )
        for title in titles
    ]

    assert [answer.status_code for answer in answers] == [302] * len(titles)
    made = model.objects.child_of(parent).filter(title__in=titles).order_by("path")
    assert [page.title for page in made] == titles


def test_tags_may_differ_in_signs_and_case(client, ada):
    course = a_course(by=ada)
    tags = {"C", "c", "C++", "C#", "茶", "🙂", "?"}
    data = course_post(course, tags=", ".join(f'"{tag}"' for tag in sorted(tags)))

    response = edit(logged_in(client, ada), course, data)

    assert response.status_code == 302
    draft = Page.objects.get(pk=course.pk).get_latest_revision_as_object()
    assert {tag.name for tag in draft.tags.all()} == tags


def test_a_course_may_be_called_what_has_no_letter(client, ada, catalogue):
    logged_in(client, ada)

    for title in ("茶", "🙂", "C", "C++"):
        answer = client.post(
            reverse("studio:new_course"), {"title": title, "structure_type": "flat"}
        )
        assert answer.status_code == 302

    slugs = Page.objects.child_of(catalogue).order_by("path").values_list("slug", flat=True)
    assert list(slugs) == ["course", "course-2", "c", "c-2"]
