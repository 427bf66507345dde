"""The catalogue at work on the demo: pages, sorting, and filters with a choice."""

import pytest

from home.front.contents import front_page
from storefront.catalogue.browsing import PAGE_SIZE
from storefront.models import CatalogueEntry

LISTED = 21


def pages_of(client, address: str) -> list[list[CatalogueEntry]]:
    """Every page from ``address`` on."""
    found = []
    while address:
        response = client.get(address)
        found.append(response.context["entries"])
        address = response.context["older"]
    return found


def test_the_courses_fill_more_than_a_page(changes, client):
    first, second = pages_of(client, "/courses/")

    assert (len(first), len(second)) == (PAGE_SIZE, LISTED - PAGE_SIZE)
    assert len({entry.pk for entry in first + second}) == LISTED


@pytest.mark.parametrize(
    ("sort", "value", "rising"),
    [
        ("popular", "students", False),
        ("newest", "published_at", False),
        ("rating", "rating", False),
        ("price", "price", True),
    ],
)
def test_every_order_is_an_order_of_its_own(changes, client, sort, value, rising):
    entries = sum(pages_of(client, f"/courses/?sort={sort}"), [])
    values = [getattr(entry, value) for entry in entries]
    groups = [entry.price_group if sort == "price" else "" for entry in entries]
    told = list(zip(groups, values, strict=True))

    assert told == sorted(told, reverse=not rising)
    assert len(set(values)) >= 8
    popular = sum(pages_of(client, "/courses/"), [])
    assert (entries != popular) == (sort != "popular")


@pytest.mark.parametrize(
    ("name", "most"),
    [("category", 8), ("level", 4), ("price", 2), ("rating", 2), ("length", 3), ("language", 9)],
)
def test_every_filter_has_a_choice_and_counts_what_it_finds(changes, client, name, most):
    response = client.get("/courses/")
    (facet,) = (one for one in response.context["facets"] if one.name == name)
    offered = [option for option in facet.options if option.count]

    assert len(offered) == most
    for option in offered:
        found = client.get(f"/courses/?{name}={option.value}")
        assert found.context["total"] == option.count
        assert 0 < option.count < LISTED


def test_two_filters_at_once_still_find_something(changes, client):
    response = client.get("/courses/?category=craft&level=beginner&language=de")

    assert [entry.slug for entry in response.context["entries"]] == [
        "das-fahrrad-selbst-in-ordnung-halten"
    ]


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("昆布", "hitosara-no-dashi"),
        ("الخط", "al-khatt-al-arabi-min-al-nuqta"),
        ("ब्याज", "roz-ke-paison-ka-hisab"),
        ("cebolla", "tintes-de-cocina"),
        ("fahrrad", "das-fahrrad-selbst-in-ordnung-halten"),
    ],
)
def test_words_of_every_script_find_their_course(changes, client, words, slug):
    response = client.get("/courses/", {"q": words})
    found = [entry.slug for entry in response.context["entries"]]

    assert found[:1] == [slug]


def test_counts_are_right_from_the_first_page_on(demo):
    for entry in CatalogueEntry.objects.filter(listed=True):
        enrolled = entry.course.enrollments.exclude(status="refunded")
        assert entry.students == enrolled.count() > 5
        assert entry.completions == enrolled.filter(status="completed").count()
        assert entry.rating_count > 0


# Those with films and a whole syllabus, which show what a course here can be.
FLAGSHIPS = {"maps-people-can-trust", "plain-sentences", "the-patient-analyst"}


def test_the_flagships_are_the_first_that_a_visitor_meets(changes, client):
    popular = client.get("/courses/").context["entries"]
    window = front_page()["window"]

    assert {entry.slug for entry in popular[:3]} == FLAGSHIPS
    assert {entry.slug for entry in window[:3]} == FLAGSHIPS


def test_the_front_page_has_rooms_for_all_subjects(demo):
    context = front_page()

    assert len(context["rooms"]) == 8
    assert context["summary"].courses == LISTED
