"""From an archive to a draft course: pages, bodies, media."""

import json
import logging

import pytest
from wagtail.models import Page

from courses.blocks.lists import MOST_BLOCKS, MOST_IN_LESSON
from courses.exchange.bodies import BodyWriter
from courses.exchange.build import import_course
from courses.exchange.neutral import (
    ImportedComponent,
    ImportedLesson,
    NeutralOption,
    NeutralQuestion,
    Outcome,
    Quotation,
)
from courses.models import CourseDocument, CourseImage, CoursePage, CourseStatus, LessonPage

from .exports import SECRETS, a_leaflet, a_picture, as_tar

pytestmark = pytest.mark.django_db


def lesson(course, title):
    return LessonPage.objects.descendant_of(course).get(title=title)


def blocks(course, title):
    return [(block["type"], block["value"]) for block in lesson(course, title).body.raw_data]


def component(report, source_id):
    return next(part for part in report.course.components if part.source_id == source_id)


def test_an_export_becomes_a_draft_course_of_its_producer(imported, ada):
    course, _ = imported()
    course = CoursePage.objects.get(pk=course.pk)
    assert course.status == CourseStatus.DRAFT
    assert (course.title, course.slug) == ("Tea, from leaf to cup", "tea-from-leaf-to-cup")
    assert course.subtitle == "Brew tea you want a second cup of."
    assert course.description == "<h3>About</h3><p>A <b>calm</b> course.</p>"
    assert course.outcome_list == ["Brew green tea without bitterness", "Name six kinds of tea"]
    assert course.language == "en"
    assert course.thumbnail.title == "Tea, from leaf to cup"
    assert course.structure_type == "hierarchical"
    assert course.latest_revision.user == ada
    assert [(member.user, member.role) for member in course.team.all()] == [(ada, "lead")]
    assert CoursePage.objects.taught_by(ada).get() == course


def test_an_import_leaves_one_line_with_numbers_and_no_words(imported, ada, caplog):
    caplog.set_level(logging.INFO)
    course, _ = imported()
    (line,) = [r for r in caplog.records if getattr(r, "event", "") == "course.imported"]
    assert (line.course, line.user, line.format) == (course.pk, str(ada.pk), "olx")
    assert (line.lessons, line.imported, line.degraded, line.left_out) == (8, 11, 12, 12)
    assert course.title not in str(vars(line))
    assert ada.email not in str(vars(line))


def test_sections_stand_one_level_below_their_chapter_and_lessons_below_them(imported):
    course, _ = imported()
    tree = [
        (page.depth - course.depth, page.title, type(page).__name__, page.live)
        for page in Page.objects.descendant_of(course).order_by("path").specific()
    ]
    assert tree == [
        (1, "The leaf", "ChapterPage", False),
        (2, "Six kinds of tea", "ChapterPage", False),
        (3, "Six kinds", "LessonPage", False),
        (3, "Games", "LessonPage", False),
        (3, "Way A", "LessonPage", False),
        (3, "Way B", "LessonPage", False),
        (3, "Oddments", "LessonPage", False),
        (1, "The cup", "ChapterPage", False),
        (2, "Brewing", "ChapterPage", False),
        (3, "Water", "LessonPage", False),
        (3, "Nothing here", "LessonPage", False),
        (3, "Pouring", "LessonPage", False),
    ]


def test_every_lesson_passes_full_validation_in_page_and_revision(imported):
    course, _ = imported()
    lessons = LessonPage.objects.descendant_of(course)
    assert lessons.count() == 8
    for page in lessons:
        for version in (page, page.get_latest_revision_as_object()):
            assert len(version.body) > 0
            version.body.stream_block.clean(version.body)
            version.full_clean()


def test_html_becomes_blocks(imported):
    course, _ = imported()
    water = lesson(course, "Water")
    written = blocks(course, "Six kinds")
    image = CourseImage.objects.get(title="A leaf")
    sheet = CourseDocument.objects.get(title="The brewing sheet")
    assert written[:9] == [
        ("heading", {"text": "Six kinds", "level": "2"}),
        (
            "rich_text",
            f'<p>All come from <b>one plant</b>; see <a id="{water.pk}" linktype="page">water</a> '
            'and elsewhere, or <a href="https://example.org/tea">read on</a>.</p>'
            "<ul><li>Green</li><li>Black<ol><li>Assam</li></ol></li></ul>",
        ),
        ("image", {"image": image.pk, "alt": "A leaf", "caption": ""}),
        ("code", {"language": "python", "code": "steep(minutes=3)", "caption": ""}),
        ("quote", {"text": "The first cup moistens my lips.", "source": "Lu Tong"}),
        (
            "table",
            {
                "cells": {
                    "columns": [
                        {"type": "text", "heading": "Kind"},
                        {"type": "text", "heading": "Minutes"},
                    ],
                    "rows": [{"values": ["<p>Green</p>", "<p>2</p>"]}],
                    "caption": "",
                },
                "row_heads": False,
            },
        ),
        (
            "resource",
            {
                "type": "pdf",
                "title": "The brewing sheet",
                "description": "",
                "url": "",
                "file": sheet.pk,
            },
        ),
        ("rich_text", "<p>Water here.</p>"),
        (
            "resource",
            {
                "type": "link",
                "title": "Map",
                "description": "",
                "url": "https://example.org/map",
                "file": None,
            },
        ),
    ]


def test_videos_become_blocks_with_their_captions(imported):
    course, report = imported()
    videos = [value for kind, value in blocks(course, "Six kinds") if kind == "video"]
    youtube, uploaded = videos
    assert youtube["url"] == "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
    assert youtube["duration"] is None  # only a part of it was meant
    (track,) = youtube["captions"]
    captions = CourseDocument.objects.get(pk=track["value"]["file"])
    assert track["value"]["language"] == "en"
    assert captions.filename.endswith(".vtt")
    assert captions.file.read().startswith(b"WEBVTT\n\n00:00:01.000 --> 00:00:03.500\n")
    assert CourseDocument.objects.get(pk=uploaded["file"]).filename.endswith(".mp4")
    assert component(report, "harvest").reasons == [
        "its start and end times are not kept: the whole video plays",
        "captions in a language that cannot be named here were left out",
    ]


def test_a_handout_that_is_a_picture_is_shown_and_stored_once(imported):
    course, _ = imported()
    shown = [value for kind, value in blocks(course, "Six kinds") if kind == "image"]
    assert [value["alt"] for value in shown] == ["A leaf", "Handout: Steam"]
    assert shown[0]["image"] == shown[1]["image"]
    assert CourseImage.objects.count() == 2  # the leaf and the cover


def test_choice_problems_become_questions(imported):
    course, _ = imported()
    found = [(kind, value) for kind, value in blocks(course, "Games") if "question" in value]
    assert [kind for kind, _ in found] == ["multiple_choice"] + ["single_choice"] * 5
    (statement,) = [value for kind, value in blocks(course, "Games") if kind == "true_false"]
    assert statement == {
        "statement": "<p>White tea is withered.</p>",
        "answer": "true",
        "feedback_true": "For days.",
        "feedback_false": "",
        "hints": [],
        "explanation": "",
    }
    (question,) = lesson(course, "Water").questions
    assert question.value["explanation"].source == "<p>Green leaves are <b>tender</b>.</p>"
    assert [(c.text, c.correct, c.feedback) for c in question.value.choices] == [
        ("100 °C", False, "That scalds it."),
        ("80 °C", True, ""),
    ]


def test_media_belong_to_the_course_and_its_producer(imported, ada):
    course, _ = imported()
    media = [*CourseImage.objects.all(), *CourseDocument.objects.all()]
    assert len(media) == 5
    for file in media:
        assert (file.collection, file.uploaded_by_user) == (course.collection, ada)
        assert file.file_size == file.file.size
        assert len(file.file_hash) == 40


def test_a_lesson_of_which_nothing_came_says_what_stood_there(imported):
    course, _ = imported(**{"vertical/six.xml": '<vertical><html url_name="styles"/></vertical>'})
    ((kind, value),) = blocks(course, "Six kinds of tea")
    assert (kind, value["kind"], value["title"]) == ("callout", "note", "Not in this version")
    assert "html “CSS”: only scripts and styles, nothing to read" in value["text"]
    ((_, empty),) = blocks(course, "Nothing here")
    assert empty["text"] == "<p>This lesson was empty in the original course.</p>"


def test_nothing_of_open_edx_is_left_in_the_text(imported):
    course, _ = imported()
    everything = json.dumps(
        [list(page.body.raw_data) for page in LessonPage.objects.descendant_of(course)]
    )
    for leftover in (
        "%%",
        "jump_to",
        "/static/",
        "exchange:",
        ".invalid",
        "<script",
        "onclick",
        "steal",
    ):
        assert leftover not in everything


def test_no_secret_of_the_archive_is_stored_or_told(imported):
    course, report = imported()
    rows = [course.description, course.subtitle, course.title]
    for page in Page.objects.descendant_of(course, inclusive=True).specific():
        rows += [json.dumps(revision.content) for revision in page.revisions.all()]
        rows += [json.dumps(list(page.body.raw_data))] if isinstance(page, LessonPage) else []
    files = [document.file.read() for document in CourseDocument.objects.all()]
    told = report.as_text() + json.dumps(report.as_dict())
    for secret in SECRETS:
        assert not any(secret in row for row in rows)
        assert not any(secret.encode() in file for file in files)
        assert secret not in told
    assert component(report, "pasted").reasons == [
        "a secret of the original course was taken out of its text"
    ]
    assert ("rich_text", "<p>Log in with [removed] and <code>[removed]</code>.</p>") in blocks(
        course, "Six kinds"
    )


def test_the_same_export_twice_makes_two_courses(imported):
    first, _ = imported()
    second, _ = imported()
    assert (first.slug, second.slug) == ("tea-from-leaf-to-cup", "tea-from-leaf-to-cup-2")
    assert first.collection_id != second.collection_id


@pytest.fixture
def leaflet(catalogue, ada, packed):
    """(course, report) of the smallest export, with these differences."""

    def run(**changed):
        return import_course(path=packed(as_tar(a_leaflet(**changed))), producer=ada)

    return run


PICTURE = '<p>Look:</p><img src="/static/tea_leaf.png" alt="A leaf">'


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (
            b"\x89PNG\r\n\x1a\n but no picture",
            "the picture “tea leaf.png” was refused: This picture is broken. ",
        ),
        (a_picture("GIF"), "the picture “tea leaf.png” was refused: "),
        (b"<svg/>", "the picture “tea leaf.png” was refused: "),
    ],
)
def test_a_file_that_is_not_the_picture_it_says_is_told(leaflet, data, reason):
    course, report = leaflet(html=PICTURE, **{"static/tea leaf.png": data})
    told = component(report, "page")
    assert told.outcome is Outcome.DEGRADED
    assert told.reasons[0].startswith(reason)
    words = [("rich_text", "<p>Look:</p>"), ("rich_text", "<p>A leaf</p>")]
    assert blocks(course, "One page") == words


def test_pictures_of_other_kinds_are_told(leaflet):
    _, report = leaflet(
        html=PICTURE.replace("tea_leaf.png", "leaf.svg"), **{"static/leaf.svg": "<svg/>"}
    )
    assert component(report, "page").reasons == ["pictures of the kind SVG are not accepted"]


def test_a_picture_that_was_all_there_was_leaves_nothing(leaflet):
    course, report = leaflet(
        html='<img src="/static/leaf.svg" alt="A leaf">', **{"static/leaf.svg": "<svg/>"}
    )
    assert component(report, "page").outcome is Outcome.LEFT_OUT
    ((kind, value),) = blocks(course, "One page")
    assert kind == "callout"
    assert "html: pictures of the kind SVG are not accepted" in value["text"]


def test_files_of_kinds_that_are_not_accepted_are_told(leaflet):
    course, report = leaflet(html='<p><a href="/static/x.js">code</a> and words</p>')
    assert component(report, "page").reasons == ["files of the kind JS are not accepted"]
    assert [kind for kind, _ in blocks(course, "One page")] == ["rich_text"]


def test_a_picture_without_a_description_is_named_by_its_file(leaflet):
    course, report = leaflet(html='<img src="/static/tea_leaf.png">')
    assert blocks(course, "One page")[0][1]["alt"] == "tea leaf"
    assert component(report, "page").outcome is Outcome.DEGRADED


def test_a_language_that_cannot_be_chosen_is_told(leaflet):
    policy = '{"course/run1": {"language": "tlh"}}'
    course, report = leaflet(**{"policies/run1/policy.json": policy})
    assert course.language == "en"
    assert "The language “tlh” cannot be chosen here; English was set." in report.course.notes


def choice(*options):
    """A problem with these options, the first of them right."""
    listed = "".join(
        f'<choice correct="{"false" if place else "true"}">{text}</choice>'
        for place, text in enumerate(options)
    )
    return (
        '<problem url_name="ask"><multiplechoiceresponse><label>Which?</label>'
        f"<choicegroup>{listed}</choicegroup></multiplechoiceresponse></problem>"
    )


def test_texts_too_long_for_their_fields_are_shortened_and_told(leaflet):
    long = "tea " * 300
    course, report = leaflet(html=f"<h2>{long}</h2>", problem=choice(long, "no"))
    heading, question = blocks(course, "One page")
    assert component(report, "page").reasons == ["a text too long for its field was shortened"]
    # The last word that fits whole, and a sign that more came.
    assert heading[1]["text"] == ("tea " * 63).rstrip() + "…"
    assert question[1]["options"][0]["value"]["text"] == ("tea " * 250).rstrip() + "…"
    assert component(report, "ask").reasons == ["a text too long for its field was shortened"]


def test_options_that_differ_by_case_and_long_lists_come_along(leaflet):
    course, report = leaflet(problem=choice("mW", "MW", "Co", "CO", *range(190)))
    question = blocks(course, "One page")[-1][1]
    texts = [option["value"]["text"] for option in question["options"]]
    assert texts == ["mW", "MW", "Co", "CO", *map(str, range(190))]
    assert component(report, "ask").outcome is Outcome.IMPORTED


def test_lists_that_would_not_fit_into_one_form_are_left_out_and_told():
    def asked(number):
        options = [NeutralOption(f"Option {place}", place == 0) for place in range(100)]
        question = NeutralQuestion("single", f"<p>Question {number}</p>", options)
        return ImportedComponent("problem", f"ask-{number}", "", pieces=[question])

    parts = [asked(number) for number in range(MOST_IN_LESSON // 100 + 1)]
    writer = BodyWriter(media=None, pages={}, places={}, language="en")

    body = writer.write(ImportedLesson("Long", "long", parts))

    assert len(body) == len(parts) - 1
    assert parts[-1].reasons == [
        f"the lists of a lesson hold at most {MOST_IN_LESSON} items together; "
        "what came after was left out"
    ]
    assert {part.outcome for part in parts[:-1]} == {Outcome.IMPORTED}


def test_as_many_items_as_a_form_takes_come_along_and_not_one_more(monkeypatch):
    def written(most: int) -> list[Outcome]:
        monkeypatch.setattr("courses.exchange.bodies.writer.MOST_IN_LESSON", most)
        options = [NeutralOption(f"Option {place}", place == 0) for place in range(4)]
        question = NeutralQuestion("single", "<p>Which?</p>", options)
        parts = [ImportedComponent("problem", f"{n}", "", pieces=[question]) for n in range(2)]
        writer = BodyWriter(media=None, pages={}, places={}, language="en")
        writer.write(ImportedLesson("Long", "long", parts))
        return [part.outcome for part in parts]

    assert written(8) == [Outcome.IMPORTED, Outcome.IMPORTED]
    assert written(7) == [Outcome.IMPORTED, Outcome.LEFT_OUT]


def test_a_question_with_too_many_options_is_left_out(leaflet):
    _, report = leaflet(problem=choice(*range(201)))
    told = component(report, "ask")
    assert told.outcome is Outcome.LEFT_OUT
    assert told.reasons == ["a question with 201 options was left out: here it has at most 200"]


def test_titles_without_a_letter_of_the_alphabet_make_pages(leaflet):
    course, _ = leaflet(
        **{
            "course.xml": """<course url_name="run1" display_name="茶"><chapter display_name="!">
            <sequential display_name="茶"><vertical display_name="茶"/><vertical display_name="?"/>
            </sequential></chapter></course>"""
        }
    )
    slugs = Page.objects.descendant_of(course, inclusive=True).values_list("slug", flat=True)
    assert list(slugs) == ["course", "part", "part", "part", "part-2"]


def test_a_lesson_holds_no_more_blocks_than_its_form_and_the_report_says_so():
    """The limit is that of the editor: what is imported can be saved again."""
    parts = [
        ImportedComponent("html", f"part-{number}", "", pieces=[Quotation(f"Line {number}", "")])
        for number in range(MOST_BLOCKS + 2)
    ]
    writer = BodyWriter(media=None, pages={}, places={}, language="en")

    body = writer.write(ImportedLesson("Long", "long", parts))

    assert len(body) == MOST_BLOCKS
    assert [part.outcome for part in parts[MOST_BLOCKS - 1 :]] == [
        Outcome.IMPORTED,
        Outcome.LEFT_OUT,
        Outcome.LEFT_OUT,
    ]
    assert parts[-1].reasons == [
        f"a lesson holds at most {MOST_BLOCKS} blocks; what came after was left out"
    ]
