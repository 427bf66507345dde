"""Words that admins call the same: found in both directions, at once, and refused where wrong."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from storefront.catalogue.terms import find_terms
from storefront.models import Synonyms
from storefront.models.synonyms import MOST_ROWS
from tests.builders import a_released_course
from tests.people import logged_in
from tests.storefront.catalogue.test_marking import found, marked

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf(ada, bruno):
    a_released_course(by=ada, title="JavaScript by hand", syllabus=["Loops"])
    a_released_course(by=bruno, title="Machine learning", syllabus=["Trees"])
    a_released_course(by=bruno, title="Mobiltelefon verstehen", language="de", syllabus=["Akku"])
    a_released_course(by=bruno, title="Mobiltelefon explained", syllabus=["Charge"])


def a_row(words: str, language: str = "", commit=None) -> Synonyms:
    row = Synonyms(words=words, language=language)
    row.full_clean()
    row.save()
    return row


@pytest.fixture
def rows(shelf, commit):
    with commit():
        a_row("JS, JavaScript, ECMAScript")
        a_row("ML, machine learning")
        a_row("Handy, Mobiltelefon", "de")


def titles(text: str) -> list[str]:
    return sorted(entry.title for entry in found(text))


@pytest.mark.parametrize(
    "asked", ["js", "JS", "ecmascript", "javascript", "js hand", "js javascript"]
)
def test_whoever_says_one_finds_the_others(rows, asked):
    assert titles(asked) == ["JavaScript by hand"]


def test_several_words_say_the_same_as_one_in_both_directions(rows, bruno):
    a_released_course(by=bruno, title="ML in practice", syllabus=["Trees again"])

    assert titles("ml") == titles("machine learning") == ["ML in practice", "Machine learning"]
    assert titles("Machine Learning trees") == ["ML in practice", "Machine learning"]
    assert titles("machine") == ["Machine learning"]  # half of it says something else
    assert titles("learning machine") == ["Machine learning"]


def test_a_row_for_one_language_is_asked_for_in_its_courses_alone(rows):
    assert titles("handy") == ["Mobiltelefon verstehen"]
    assert titles("mobiltelefon") == ["Mobiltelefon explained", "Mobiltelefon verstehen"]


def test_what_was_found_in_other_words_is_marked(rows):
    assert marked("js") == (["JavaScript"], [])
    assert marked("ml") == ([["Machine", "learning"][0], "learning"], [])


def test_without_a_row_nothing_is_the_same(shelf):
    assert titles("js") == []
    assert find_terms("map").begun == "('map':*)"


def test_a_row_is_heard_of_at_once_and_forgotten_at_once(shelf, commit):
    assert titles("js") == []
    with commit():
        row = a_row("js, javascript")
    assert titles("js") == ["JavaScript by hand"]

    with commit():
        row.words = "es, javascript"
        row.save()
    assert (titles("js"), titles("es")) == ([], ["JavaScript by hand"])

    with commit():
        row.delete()
    assert titles("es") == []


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("", "too_few"),
        ("JavaScript", "too_few"),
        ("JS, js", "twice"),
        ("Café, cafe, tea", "twice"),
        ("tea, …", "no_letter"),
        ("tea, " + "a" * 61, "word_too_long"),
        ("tea, a cup of hot tea", "too_many_parts"),
        (", ".join(f"w{n}" for n in range(13)), "too_many"),
        ("Kaffee, COFFEE", "in_another_row"),
    ],
)
def test_a_row_that_no_search_could_use_is_refused(db, words, code):
    a_row("coffee, espresso")

    with pytest.raises(ValidationError) as refused:
        a_row(words)

    codes = {error.code for errors in refused.value.error_dict.values() for error in errors}
    assert code in codes
    assert Synonyms.objects.count() == 1


def test_a_word_may_stand_in_rows_of_different_languages(db):
    a_row("gift, present", "en")
    a_row("Gift, Toxin", "de")

    with pytest.raises(ValidationError):
        a_row("gift, bequest")
    assert Synonyms.objects.count() == 2


def test_there_are_so_many_rows_and_no_more(db):
    Synonyms.objects.bulk_create(Synonyms(words=f"one{n}, two{n}") for n in range(MOST_ROWS))

    with pytest.raises(ValidationError, match="already"):
        a_row("js, javascript")
    row = Synonyms.objects.first()
    row.full_clean()  # those that are there may be changed


def test_admins_write_them_in_their_menu_and_nobody_else_can(ivo, ada, mira, cleo):
    add = reverse("wagtailsnippets_storefront_synonyms:add")
    admin = logged_in(Client(), ivo)

    assert "Synonyms" in admin.get(reverse("wagtailadmin_home")).content.decode()
    refused = admin.post(add, {"words": "JS, js", "language": ""}).content.decode()
    assert "“js” stands here twice: the search tells no difference." in refused
    for other in (ada, mira, cleo):
        answer = logged_in(Client(), other).post(add, {"words": "js, es", "language": ""})
        assert answer.status_code in (302, 403, 404)
    assert not Synonyms.objects.exists()

    admin.post(add, {"words": " JS ,JavaScript", "language": ""})
    assert Synonyms.objects.get().words == "JS, JavaScript"
    listed = admin.get(reverse("wagtailsnippets_storefront_synonyms:list")).content.decode()
    assert "JS, JavaScript" in listed
