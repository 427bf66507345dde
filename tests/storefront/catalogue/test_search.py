"""Search: folding, stems, beginnings of words, weights and misspellings."""

from string import ascii_lowercase

import pytest
from django.http import QueryDict

from courses.models import Category
from storefront.catalogue import spelling, vocabulary
from storefront.catalogue.browsing import answer, read_query
from storefront.catalogue.spelling import did_you_mean, fold
from storefront.catalogue.terms import query_words
from storefront.catalogue.vocabulary import Vocabulary
from storefront.models import CatalogueEntry
from tests.builders import a_category, a_released_course
from tests.bulk import many_courses
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


def found(text: str, *, exact: str = "") -> list[str]:
    parameters = QueryDict(f"exact={exact}", mutable=True)
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


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ("rey brad", "rye bread"),  # two letters that changed places, in a short word too
        ("mpas peolpe trsut", "maps people trust"),
        ("Kafee, kunts!", "kaffee, kunst!"),
        ("ryd", ""),  # another letter in a short word is another word
        ("ryebread", "rye bread"),
        ("breadmaps peple", "bread maps people"),
    ],
)
def test_each_misspelt_word_is_mended_and_two_that_are_one_are_parted(shelf, asked, meant):
    assert did_you_mean(asked) == meant


def test_two_letters_the_other_way_round_are_seen_among_however_many_likely_words(monkeypatch):
    crowd = {word: word for word in [*(f"{letter}rey" for letter in ascii_lowercase), "rye"]}
    monkeypatch.setattr(
        spelling, "vocabulary", lambda: Vocabulary({}, {word: word for word in crowd})
    )

    assert did_you_mean("rey") == "rye"


def test_where_nothing_is_found_courses_on_what_was_meant_are_shown_and_that_is_said(shelf, client):
    response = client.get("/courses/", {"q": "brad rye"})
    page = response.content.decode()

    assert [entry.title for entry in response.context["entries"]] == ["Rye bread"]
    assert "Nothing for “brad rye”. Showing results for <b>“bread rye”</b>." in page
    assert 'href="/courses/?q=brad+rye&amp;exact=1"' in page
    assert "Courses on “bread rye”</h1>" in page
    assert '<input type="hidden" name="q" value="brad rye">' in page
    assert "Did you mean" not in page


def test_whoever_wants_it_exactly_as_typed_is_asked_whether_something_else_was_meant(shelf, client):
    page = client.get("/courses/", {"q": "brad rye", "exact": "1"}).content.decode()

    assert "No course on “brad rye” yet" in page
    assert 'Did you mean <a href="/courses/?q=bread+rye"><b>bread rye</b></a>?' in page
    assert '<input type="hidden" name="exact" value="1">' in page
    assert "Showing results for" not in page


def test_what_is_found_as_typed_is_not_mended(shelf, client):
    """“oven” stands in no title that the speller reads, and one lesson tells of it."""
    CatalogueEntry.objects.filter(title="Maps People Can Trust").update(subtitle="Ovens and ovenn.")

    page = client.get("/courses/", {"q": "oven"})

    assert [entry.title for entry in page.context["entries"]] == ["Rye bread"]
    assert page.context["mended"] == ""


@pytest.mark.parametrize(
    ("asked", "titles", "mended", "suggestion"),
    [
        ({"q": "brad", "category": "craft"}, ["Rye bread"], "bread", None),
        ({"q": "oven", "category": "science"}, [], "", ""),  # what is spelt right is not mended
        ({"q": "kunts", "category": "science"}, [], "", "kunst"),  # which is found elsewhere
        ({"q": "kunts trsut"}, [], "", ""),  # nor would that find anything
        ({"q": "kunts trsut", "category": "science"}, [], "", ""),  # here or elsewhere
    ],
)
def test_words_are_mended_within_what_is_chosen(shelf, client, asked, titles, mended, suggestion):
    context = client.get("/courses/", asked).context

    assert [entry.title for entry in context["entries"]] == titles
    assert context["mended"] == mended
    assert context.get("suggestion") == suggestion


def test_a_list_of_what_was_meant_goes_on_to_its_end(ada, client):
    many_courses(like=a_released_course(by=ada, title="Sewing", syllabus=["Thread"]), count=30)

    titles, address = [], "/courses/?q=sweing"
    while address:
        page = client.get(address)
        titles += [entry.title for entry in page.context["entries"]]
        address = page.context["older"]
        assert page.context["mended"] == "sewing"

    assert len(titles) == len(set(titles)) == 31


def test_two_words_find_a_course_that_writes_them_as_one_and_one_word_the_two(ada, client):
    for title in ("Birdsong at dawn", "Night train"):
        a_released_course(by=ada, title=title, syllabus=["Listening"])

    assert (
        found("bird song") == found("Bird song dawn") == found("birdsong") == ["Birdsong at dawn"]
    )
    assert found("at bird song dawn") == ["Birdsong at dawn"]
    assert found("song bird", exact="1") == found("dawn song", exact="1") == []
    context = client.get("/courses/?q=nighttrain").context
    assert [entry.title for entry in context["entries"]] == ["Night train"]
    assert context["mended"] == "night train"
    (title,) = [
        entry.marked.title for entry in client.get("/courses/?q=bird+song").context["entries"]
    ]
    assert title == "<mark>Birdsong</mark> at dawn"


def test_a_misspelt_word_costs_one_count_more(shelf, django_assert_num_queries):
    def ask(address: str) -> list[str]:
        question = read_query(QueryDict(address), categories=subjects)
        return [entry.title for entry in answer(question, categories=subjects).page.rows]

    subjects = list(Category.objects.all())
    ask("q=brad+rye")  # the process remembers synonyms, stems and the speller's words
    with django_assert_num_queries(3):  # what was typed, what was meant, its page
        assert ask("q=brad+rye") == ["Rye bread"]
    with django_assert_num_queries(4):  # and whether its filters alone leave nothing
        assert ask("q=brad+rye&category=craft") == ["Rye bread"]
    with django_assert_num_queries(2):
        assert ask("q=bread+rye") == ["Rye bread"]


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
    known = vocabulary._words_of.cache_info().misses

    with commit():
        a_released_course(by=bruno, title="Harpsichord tuning", syllabus=["Temperament"])

    with django_assert_num_queries(1):
        assert did_you_mean("harpsichrd") == "harpsichord"
    assert vocabulary._words_of.cache_info().misses - known <= 2  # those of the new course alone
    with django_assert_num_queries(0):
        assert did_you_mean("harpsichrd") == "harpsichord"


def test_a_course_that_is_not_listed_is_not_found(shelf):
    CatalogueEntry.objects.filter(title="Rye bread").update(listed=False)

    assert found("rye") == []
