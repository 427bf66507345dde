"""What is suggested while somebody types: by kind, folded as it is searched, for everybody."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from storefront.catalogue import suggesting
from storefront.catalogue.suggesting import suggest
from storefront.models import CatalogueEntry, Synonyms
from tests.builders import a_category, a_released_course
from tests.bulk import many_courses
from tests.forgetting import forget_what_is_kept
from tests.people import logged_in, somebody

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf(ada, bruno):
    craft, water = a_category("Craft"), a_category("Water and weather", pattern="science")
    courses = [
        a_released_course(by=ada, title="Watercolour by hand", category=craft, syllabus=["Paper"]),
        a_released_course(
            by=bruno, title="Kaffee und Café-Kunst", language="de", syllabus=["Bohnen"]
        ),
        a_released_course(
            by=bruno, title="Rain over the hill", category=water, syllabus=["Watching clouds"]
        ),
    ]
    CatalogueEntry.objects.filter(pk=courses[0].pk).update(students=5)
    return courses


def told(text: str) -> dict[str, list[str]]:
    found = suggest(text)
    return {
        kind: [one.text for one in getattr(found, kind)]
        for kind in ("words", "subjects", "courses", "producers")
        if getattr(found, kind)
    }


def test_words_subjects_courses_and_producers_that_begin_so(shelf):
    assert told("wat") == {
        "words": ["watercolour", "water"],
        "subjects": ["Water and weather"],
        "courses": ["Watercolour by hand"],
    }
    assert told("kel") == {"producers": ["Bruno Keller"]}
    assert told("th") == {"courses": ["Rain over the hill"]}  # nobody looks for “the”
    assert told("bruno k") == {"producers": ["Bruno Keller"]}


@pytest.mark.parametrize("typed", ["crafts", "crafting", "waters"])
def test_subjects_are_suggested_by_their_stems_too(shelf, typed):
    assert told(typed)["subjects"] == ["Craft" if typed.startswith("c") else "Water and weather"]


@pytest.mark.parametrize(
    ("typed", "kind", "found"),
    [
        ("handiwork", "subjects", "Craft"),
        ("handiw", "subjects", "Craft"),
        ("aquar", "courses", "Watercolour by hand"),
        ("aquarelle", "courses", "Watercolour by hand"),
        ("aquarelle hand", "courses", "Watercolour by hand"),
    ],
)
def test_what_says_the_same_is_suggested_while_its_word_has_only_begun(
    shelf, commit, typed, kind, found
):
    assert kind not in told(typed)
    with commit():
        Synonyms.objects.create(words="handiwork, craft")
        Synonyms.objects.create(words="aquarelle, watercolour")

    assert told(typed)[kind] == [found]


@pytest.mark.parametrize(
    ("typed", "words", "courses"),
    [
        ("watrecolour", ["watercolour"], ["Watercolour by hand"]),
        ("watrecol", ["watercolour"], ["Watercolour by hand"]),  # which has only begun
        ("kafee", ["kaffee"], ["Kaffee und Café-Kunst"]),
        ("rian hill", ["rain hill"], ["Rain over the hill"]),
        ("bruon watercol", ["bruno watercolour"], None),  # the first of them, while a second begins
        ("kaffeekun", ["kaffee kunst"], ["Kaffee und Café-Kunst"]),  # two words as one
    ],
)
def test_where_nothing_begins_so_what_is_spelt_alike_is_suggested(shelf, typed, words, courses):
    found = told(typed)

    assert (found["words"][:1], found.get("courses")) == (words, courses)


def test_a_misspelt_word_costs_one_statement_more(shelf, django_assert_num_queries):
    for typed in ("watrecolour", "zzzzzz"):
        suggest(typed)  # the process remembers stems and the speller's words
    with django_assert_num_queries(2):
        suggest("watrecolour")
    with django_assert_num_queries(1):
        suggest("zzzzzz")


def test_each_leads_to_what_it_names(shelf, bruno):
    found = suggest("wat")
    (producer,) = suggest("keller").producers

    assert found.words[0].href == "/courses/?q=watercolour"
    assert found.subjects[0].href == "/courses/?category=water-and-weather"
    assert found.courses[0].href == "/courses/watercolour-by-hand/"
    assert producer.href == f"/producers/{bruno.pk}/"


@pytest.mark.parametrize(
    "typed", ["kunst", "CAFE", "café", "kaff", "kaffee kun", "kun kaffee", "the kaff", "Kaffees"]
)
def test_letters_are_folded_as_the_search_folds_them(shelf, typed):
    assert told(typed)["courses"] == ["Kaffee und Café-Kunst"]


@pytest.mark.parametrize(
    ("title", "typed"),
    [
        ("日本料理", "日"),
        ("日本料理", "日本"),
        ("한국어 문법", "한"),
        ("Йога дома", "йо"),
        ("चाय और योग", "चा"),
    ],
)
def test_a_title_in_any_writing_is_suggested(bruno, title, typed):
    a_released_course(by=bruno, title=title, syllabus=["A"])

    assert told(typed)["courses"] == [title]


@pytest.mark.parametrize("typed", ["", " ", "w", "?", "'", "a & | !", "\\", "%s", "\x00", "zzz"])
def test_what_says_too_little_or_nothing_suggests_nothing(shelf, client, typed):
    response = client.get("/suggestions/", {"q": typed})

    assert response.status_code == 200
    assert "No suggestions" in response.content.decode()
    assert 'role="option"' not in response.content.decode()


def test_lessons_and_subtitles_suggest_no_course(shelf):
    assert "courses" not in told("clouds")


def test_the_most_popular_come_first_and_no_more_than_a_few(ada):
    many_courses(like=a_released_course(by=ada, title="Sewing", syllabus=["Thread"]), count=30)

    assert told("sew")["courses"] == [f"Sewing {n}" for n in (30, 29, 28, 27)]


def test_so_many_of_each_kind_are_suggested_and_no_more(ada, bruno):
    for number in range(5):
        a_category(f"Water {number}")
    title = "Watercolour waterfall watermark watermill waterline"
    a_released_course(by=ada, title=title, syllabus=["Paper"])
    for number in range(4):
        producer = somebody(email=f"w{number}@example.com", name=f"Water {number}", role="producer")
        a_released_course(by=producer, title=f"Rain {number}", syllabus=["Paper"])

    found = told("water")

    sizes = {kind: len(texts) for kind, texts in found.items()}
    assert sizes == {"words": 3, "subjects": 2, "courses": 1, "producers": 2}
    assert found["subjects"] == ["Water 0", "Water 1"]


def test_a_course_behind_all_popular_ones_is_found_in_the_index(ada, bruno, monkeypatch):
    monkeypatch.setattr(suggesting, "LOOKED_THROUGH", 10)
    many_courses(like=a_released_course(by=ada, title="Sewing", syllabus=["Thread"]), count=30)
    quilts = a_released_course(by=bruno, title="Quilts", syllabus=["Squares"])
    CatalogueEntry.objects.filter(pk=quilts.pk).update(students=5)

    assert told("qui")["courses"] == ["Quilts"]
    assert told("sew")["courses"] == [f"Sewing {n}" for n in (30, 29, 28, 27)]
    # Of those that are popular none is told twice.
    monkeypatch.setattr(suggesting, "COURSES", 12)
    assert told("sew")["courses"] == [f"Sewing {n}" for n in range(30, 18, -1)]


def test_a_course_that_is_not_for_sale_is_not_suggested_nor_is_its_producer(shelf, ada):
    CatalogueEntry.objects.filter(producer=ada).update(listed=False)

    assert "courses" not in told("watercolour")
    assert "producers" not in told("ada")


def test_it_costs_one_statement_at_any_size(shelf, client, ada):
    def cost() -> int:
        forget_what_is_kept()
        client.get("/suggestions/?q=wat")  # the process remembers words, subjects and stems
        with CaptureQueriesContext(connection) as asked:
            client.get("/suggestions/?q=wat")
        return len(asked)

    few = cost()
    many_courses(like=shelf[0], count=500)

    assert (few, cost()) == (1, 1)


def test_titles_are_written_in_their_language_and_as_text(client, bruno):
    a_released_course(by=bruno, title="<b>Bold</b> & brave", language="ar", syllabus=["A"])

    page = client.get("/suggestions/?q=bold").content.decode()

    assert ' lang="ar" dir="rtl">&lt;b&gt;Bold&lt;/b&gt; &amp; brave</span>' in page
    assert page.count('role="option"') == page.count('href="/courses/') == 1
    assert "1 suggestion." in page


def test_the_answer_is_the_same_for_everybody_and_for_no_search_engine(shelf, client, dana):
    visitor = client.get("/suggestions/?q=wat")
    person = logged_in(client, dana).get("/suggestions/?q=wat")

    assert visitor.content == person.content
    assert visitor["Cache-Control"].startswith("public")
    assert person["Cache-Control"] == "private, no-cache"
    assert visitor["X-Robots-Tag"] == "noindex"
    assert set(visitor["Surrogate-Key"].split()) == {"catalogue", "subjects", "synonyms"}
