"""Search: folding, stems, beginnings of words, weights and misspellings."""

import pytest
from django.http import QueryDict

from storefront.catalogue import search
from storefront.catalogue.browsing import answer, read_query
from storefront.catalogue.search import did_you_mean, fold
from storefront.catalogue.terms import query_words
from storefront.models import CatalogueEntry
from tests.builders import a_category, a_released_course
from tests.forgetting import forget_what_is_kept


@pytest.fixture
def shelf(ada, bruno):
    """Three courses whose words differ."""
    craft, science = a_category("Craft"), a_category("Science", pattern="science")
    return [
        a_released_course(
            by=ada,
            title="Maps People Can Trust",
            subtitle="Survey and draw a valley.",
            category=science,
            syllabus=["Contours from a loaf of bread"],
        ),
        a_released_course(
            by=bruno,
            title="Rye bread",
            subtitle="Bake with the seasons.",
            category=craft,
            syllabus=["A map of your oven"],
        ),
        a_released_course(
            by=bruno,
            title="Kaffee und Café-Kunst",
            subtitle="Bilder auf Milchschaum zeichnen.",
            category=craft,
            language="de",
            syllabus=["Die Bohnen"],
        ),
    ]


def found(text: str) -> list[str]:
    parameters = QueryDict(mutable=True)
    parameters["q"] = text
    question = read_query(parameters, categories=[])
    result = answer(question, categories=[])
    assert result.counted.total == len(result.page.rows)
    return [entry.title for entry in result.page.rows]


def test_words_are_folded_the_same_way_for_courses_and_for_readers():
    assert fold("Café-Kunst, ÉTÉ & Straße") == ["cafe", "kunst", "ete", "strasse"]
    assert fold("Łódź Søren") == ["lodz", "soren"]
    assert fold("日本語 Kurs") == ["日本", "本語", "kurs"]
    assert query_words("Map map  MAP") == ["map"]
    assert len(query_words("a b c d e f g h i j k")) == 8


def test_what_is_found(shelf):
    asked = {
        "trust": ["Maps People Can Trust"],
        "TRUSTED": ["Maps People Can Trust"],  # by its stem
        "surv": ["Maps People Can Trust"],  # by its beginning
        "cafe": ["Kaffee und Café-Kunst"],  # without the accent
        "Milchschäume": ["Kaffee und Café-Kunst"],  # by a German stem
        "keller rye": ["Rye bread"],  # a producer's name and a title
        "how to draw the valley": ["Maps People Can Trust"],  # words that say nothing
        "rye trust": [],  # every word must be there
        "harpsichord": [],
    }

    assert {text: found(text) for text in asked} == asked


def test_a_title_counts_more_than_the_name_of_a_lesson(shelf):
    assert found("map") == ["Maps People Can Trust", "Rye bread"]
    assert found("bread") == ["Rye bread", "Maps People Can Trust"]


def test_only_matches_are_candidates_however_popular_others_are(shelf, monkeypatch):
    monkeypatch.setattr("storefront.catalogue.matching.CANDIDATES", 1)
    CatalogueEntry.objects.filter(title="Rye bread").update(students=1000)

    assert found("trust") == ["Maps People Can Trust"]


def test_signs_are_not_an_error(catalogue, client):
    signs = ["'", "a & | !", "\\", "%s", "b:*", "\x00", "()", "?" * 300]

    answers = [client.get("/courses/", {"q": text}).status_code for text in signs]

    assert answers == [200] * len(signs)


@pytest.mark.parametrize("signs", ['"', "%", "–", "? !"])
def test_signs_alone_ask_for_nothing(shelf, client, signs):
    page = client.get("/courses/", {"q": signs})

    forget_what_is_kept()
    assert page.context["heading"] == client.get("/courses/").context["heading"]
    assert page.context["chips"] == ()


def test_a_misspelt_word_is_mended(shelf):
    assert did_you_mean("mapps people") == "maps people"
    assert did_you_mean("cafe kunts") == "café kunst"
    assert did_you_mean("rye bread") == ""
    assert did_you_mean("zzzzzz") == ""


def test_the_page_asks_whether_something_else_was_meant(shelf, client):
    page = client.get("/courses/", {"q": "brad rye"}).content.decode()

    assert "No course on “brad rye” yet" in page
    assert 'Did you mean <a href="/courses/?q=bread+rye"><b>bread rye</b></a>?' in page


def test_the_speller_learns_a_new_course_when_it_is_released(shelf, bruno, commit):
    assert did_you_mean("harpsichrd") == ""

    with commit():
        a_released_course(by=bruno, title="Harpsichord tuning", syllabus=["Temperament"])

    assert did_you_mean("harpsichrd") == "harpsichord"


def test_the_words_of_the_catalogue_are_read_once_until_a_course_changes(
    shelf, bruno, commit, django_assert_num_queries
):
    did_you_mean("harpsichrd")
    with django_assert_num_queries(0):
        assert did_you_mean("brad") == "bread"
    known = search._words_of.cache_info().misses

    with commit():
        a_released_course(by=bruno, title="Harpsichord tuning", syllabus=["Temperament"])

    with django_assert_num_queries(1):
        assert did_you_mean("harpsichrd") == "harpsichord"
    assert search._words_of.cache_info().misses - known <= 2  # those of the new course alone
    with django_assert_num_queries(0):
        assert did_you_mean("harpsichrd") == "harpsichord"


def test_a_course_that_is_not_listed_is_not_found(shelf):
    CatalogueEntry.objects.filter(title="Rye bread").update(listed=False)

    assert found("rye") == []
