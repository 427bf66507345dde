"""Search in many languages: what a course is found by, and what it must not be found by."""

from importlib import import_module

import pytest
from django.apps import apps
from django.core.management import call_command
from django.http import QueryDict

from courses.models import LessonPage, Promise, ReleaseItem
from courses.promises.keeping import sweep
from courses.words.folding import fold
from storefront.catalogue.browsing import answer, read_query
from storefront.catalogue.entries import ENTRIES_AT_ONCE, refresh_entry
from storefront.catalogue.search import search_vector
from storefront.catalogue.spelling import did_you_mean
from storefront.catalogue.stems import STEMMERS
from storefront.catalogue.terms import find_terms, query_words
from storefront.models import CatalogueEntry
from tests.builders import a_released_course
from tests.bulk import many_courses
from tests.courses.words.golden import GOLDEN, NAMES

pytestmark = pytest.mark.django_db


def found(text: str) -> list[str]:
    """What these words find as they are typed, and not mended."""
    parameters = QueryDict("exact=1", mutable=True)
    parameters["q"] = text
    result = answer(read_query(parameters, categories=[]), categories=[])
    assert result.counted.total == len(result.page.rows)
    return [entry.title for entry in result.page.rows]


@pytest.fixture
def course(bruno):
    return a_released_course(by=bruno, title="Sewing", syllabus=["Thread"])


def retitled(course, title: str, language: str) -> None:
    """The course's entry, indexed by this title alone."""
    vector = search_vector(language=language, weighted=[("A", title)])
    CatalogueEntry.objects.filter(pk=course.pk).update(
        title=title, subtitle="", tags=[], language=language[:2], search=vector
    )


@pytest.mark.parametrize("sample", GOLDEN, ids=lambda sample: sample.language)
def test_a_course_is_found_by_its_words_and_by_no_others(course, sample):
    retitled(course, sample.text, sample.language)

    assert {query for query in sample.finds if not found(query)} == set()
    assert {query for query in sample.misses if found(query)} == set()
    assert found(sample.text) == [sample.text]


def test_a_title_with_a_variant_of_a_character_is_found_with_and_without_it(course):
    title = "葛\U000e0100城市の歴史"
    retitled(course, title, "ja")

    for asked in ("葛\U000e0100城", "葛城", "葛\ufe0f", "歴史"):
        assert found(asked) == [title]


@pytest.mark.parametrize("asked", ["日", "理"])
def test_a_chinese_title_is_found_by_its_first_character_and_by_its_last(course, asked):
    retitled(course, "日本料理", "zh-hans")

    assert found(asked) == ["日本料理"]


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_found_by_itself_and_no_other_name_is(course, name):
    retitled(course, f"Learn {name} today", "en")

    others = {"C"} if name == "Objective-C" else set()  # a hyphen parts words
    assert {other for other in NAMES if found(other)} == {name} | others


def test_a_name_with_signs_is_found_by_its_word_where_it_has_one(course):
    retitled(course, "ASP.NET for Notepad++ and C++17", "en")

    asked = ["net", ".net", "asp", "asp.net", "aspnet", "asp net", "notepad", "c++", "c++17"]
    assert [query for query in asked if not found(query)] == []
    assert [query for query in ["c", "c#", "c++20", "asp.php", "et"] if found(query)] == []


def test_every_stemmer_is_one_that_postgresql_has(course):
    for language, (_stemmer, script) in STEMMERS.items():
        sample = next((sample for sample in GOLDEN if sample.language == language), None)
        retitled(course, sample.text if sample else "Lernen learning", language)
        assert script
    assert find_terms("learning йога चाय شاي τσάι தேநீர்")


def test_hindi_words_stand_in_the_index_as_they_are_written(course):
    retitled(course, "चाय और योग", "hi")

    entry = CatalogueEntry.objects.extra(select={"words": "tsvector_to_array(search)"}).get()

    assert {"चाय", "और", "योग"} <= set(entry.words)
    assert fold("चाय") == ["चाय"]


def test_the_words_of_two_paragraphs_do_not_run_together(bruno):
    a_released_course(
        by=bruno,
        title="Bread",
        description="<p>Warm dough</p><p>R&amp;D kitchen</p>",
        syllabus=["A"],
    )

    assert [found(query) for query in ("dough", "kitchen", "r&d")] == [["Bread"]] * 3
    assert found("doughr") == found("amp") == []


def test_all_of_a_long_chinese_question_is_read(course):
    retitled(course, "我们今天学习如何阅读地图", "zh")

    assert found("我们今天学习如何阅读地图") == ["我们今天学习如何阅读地图"]
    assert found("我们今天学习如何阅读乐谱") == []
    assert len(query_words("我们今天学习如何阅读地图")) == 11


@pytest.mark.parametrize(
    ("title", "asked", "meant"),
    [
        ("Йога для начинающих", "йгоа", "йога"),
        ("घर पर बनाना", "बनाा", "बनाना"),
        ("한국어 문법", "한국거", ""),  # two syllables of three are not close enough
        ("เรียนภาษาไทย", "ภาษาไทย", ""),  # spelt right
        ("日本語入門", "日本誤", ""),  # pairs are no words
        ("Learn Node.js", "nodd.js", "node.js"),
        ("Don't panic", "panik", "panic"),
        ("تعلم الرسم", "تعلم الرصم", "تعلم الرسم"),
    ],
)
def test_a_misspelt_word_is_mended_in_any_language(course, title, asked, meant):
    retitled(course, title, "en")

    assert did_you_mean(asked) == meant


# Bringing a catalogue in line that was written under other words


def upgraded() -> None:
    """What ``migrate`` does to a catalogue that was there before."""
    migration = import_module("storefront.migrations.0018_words_are_found_again")
    migration.promise(apps, None)


def test_after_an_upgrade_every_course_is_indexed_anew_and_its_minutes_are_counted_again(bruno):
    course = a_released_course(by=bruno, title="茶道", language="ja", syllabus=["茶"])
    lesson = LessonPage.objects.descendant_of(course).get()
    lesson.body = [("rich_text", "<p>" + "茶を飲む" * 357 + "</p>")]
    lesson.save(update_fields=["body"])
    CatalogueEntry.objects.update(search="", minutes=1)
    ReleaseItem.objects.update(minutes=1)
    assert found("茶道") == []

    upgraded()
    sweep()

    assert found("茶道") == ["茶道"]
    assert CatalogueEntry.objects.get().minutes == 4
    items = ReleaseItem.objects.filter(release__course=course).order_by("position")
    assert [item.minutes for item in items] == [4, 4]
    assert not Promise.objects.filter(key="all-entries").exists()


def test_a_new_site_has_nothing_to_bring_in_line(db):
    upgraded()

    assert not Promise.objects.exists()


def test_a_large_catalogue_is_brought_in_line_a_few_courses_at_a_time(bruno):
    like = a_released_course(by=bruno, title="Sewing", syllabus=["Thread"])
    many_courses(like=like, count=ENTRIES_AT_ONCE + 3)
    CatalogueEntry.objects.filter(pk=like.pk).update(search="")

    upgraded()
    sweep()

    assert CatalogueEntry.objects.get(pk=like.pk).search
    assert "Sewing" in found("sewing")


def test_the_command_counts_minutes_again_too(bruno):
    course = a_released_course(by=bruno, title="Sewing", syllabus={"Tools": ["Thread", "Needle"]})
    before = list(ReleaseItem.objects.order_by("pk").values_list("minutes", flat=True))
    ReleaseItem.objects.filter(release__course=course).update(minutes=77)

    call_command("rebuild_catalogue")

    assert list(ReleaseItem.objects.order_by("pk").values_list("minutes", flat=True)) == before
    assert refresh_entry(course=course).minutes == before[0]
