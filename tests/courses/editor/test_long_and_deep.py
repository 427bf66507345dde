"""What is as long, as deep or as large as it may be, and one more."""

import pytest
from django.urls import reverse
from wagtail.models import Page

from courses import releases
from courses.models import ChapterPage, LessonPage, OutboxMail, TeamInvitation
from tests.builders import a_course
from tests.people import logged_in

LONGEST = "a" * 255


def add(client, parent, model, title):
    at = reverse("wagtailadmin_pages:add", args=["courses", model.__name__.lower(), parent.pk])
    data = {"title": title, "description": "", "body-count": "0", "minutes": "", "pass_mark": "70"}
    return client.post(at, data)


@pytest.mark.parametrize(
    "title", [LONGEST, "\ufdfa" * 255, "a" * 250], ids=["a", "ligature", "250"]
)
@pytest.mark.parametrize("model", [ChapterPage, LessonPage])
def test_brothers_may_share_the_longest_title(client, ada, title, model):
    course = a_course(by=ada)
    parent = course if model is ChapterPage else ChapterPage.objects.first()
    logged_in(client, ada)

    answers = [add(client, parent, model, title).status_code for _ in range(11)]

    assert answers == [302] * 11
    assert model.objects.child_of(parent).filter(title=title).count() == 11


def test_a_title_one_longer_is_a_mistake_in_its_field(client, ada):
    course = a_course(by=ada)
    before = Page.objects.count()

    answer = add(logged_in(client, ada), course, ChapterPage, LONGEST + "a")

    assert answer.status_code == 200
    assert "at most 255 characters" in answer.content.decode()
    assert Page.objects.count() == before


@pytest.mark.parametrize("field", ["new_title", "new_slug"])
def test_a_copy_with_too_long_a_name_is_a_mistake_in_its_field(client, ada, field):
    lesson = LessonPage.objects.descendant_of(a_course(by=ada)).first()
    before = Page.objects.count()
    data = {"new_title": "Again", "new_slug": "again", "new_parent_page": lesson.get_parent().pk}

    answer = logged_in(client, ada).post(
        reverse("wagtailadmin_pages:copy", args=[lesson.pk]), data | {field: LONGEST + "a"}
    )

    assert answer.status_code == 200
    assert "at most 255 characters" in answer.content.decode()
    assert Page.objects.count() == before


def test_chapters_nest_as_deep_as_the_tree_is_and_are_submitted(client, ada):
    course = a_course(by=ada)
    logged_in(client, ada)
    parent = course
    deepest = Page._meta.get_field("path").max_length // Page.steplen
    while parent.depth < deepest - 1:
        parent = parent.add_child(instance=ChapterPage(title="Deeper"))
    add(client, parent, LessonPage, "At the bottom")
    lesson = LessonPage.objects.get(title="At the bottom")
    assert lesson.depth == deepest
    chapter = parent.add_child(instance=ChapterPage(title="As deep"))
    before = Page.objects.count()

    add(client, chapter, LessonPage, "Too deep")

    assert Page.objects.count() == before
    chapter.delete()
    lesson.body = [("rich_text", "<p>Here.</p>")]
    lesson.save_revision()

    release = releases.submit_course(course=course, user=ada)

    assert release.items.get(page=lesson).number.count(".") == lesson.depth - course.depth - 1


def test_an_address_that_grows_when_it_is_made_small_is_refused(client, ada):
    course = a_course(by=ada)
    grows = "a@" + ".".join(["\u0130" * 15] * 14) + ".com"
    assert len(grows) <= 254 < len(grows.lower())

    answer = logged_in(client, ada).post(reverse("studio:team", args=[course.pk]), {"email": grows})

    assert answer.status_code in (200, 422)
    assert not TeamInvitation.objects.exists()
    assert not OutboxMail.objects.exists()
