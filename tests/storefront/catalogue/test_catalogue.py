"""The catalogue: filters, counts, orders and pages, all in the address."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from bs4 import BeautifulSoup

from storefront.models import CatalogueEntry
from tests.builders import a_category, a_released_course
from tests.bulk import many_courses
from tests.forgetting import forget_what_is_kept
from tests.people import logged_in, somebody

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf(ada):
    """Sixty courses: one free in five, popular by number, in two subjects and levels."""
    like = a_released_course(by=ada, title="Sewing", syllabus=["Thread"], price="24.00")
    many_courses(like=like, count=59)
    science = a_category("Science", pattern="science")
    CatalogueEntry.objects.filter(students__gt=40).update(category=science)
    CatalogueEntry.objects.filter(students__lte=30).update(level="beginner")
    CatalogueEntry.objects.filter(students__lte=10).update(language="de")
    return like


def titles(response) -> list[str]:
    return [entry.title for entry in response.context["entries"]]


def counts(response, facet: str) -> dict[str, int]:
    """What stands beside the options of a filter."""
    (found,) = [each for each in response.context["facets"] if each.name == facet]
    return {option.value: option.count for option in found.options}


def test_the_most_popular_courses_come_first(shelf, client):
    response = client.get("/courses/")

    assert response.context["total"] == 60
    assert titles(response) == [f"Sewing {i}" for i in range(59, 47, -1)]
    assert "<h1" in response.content.decode()


def test_pages_follow_each_other_without_gap_or_repetition(shelf, client):
    seen, address, addresses = [], "/courses/", []
    while address:
        response = client.get(address)
        seen.append(titles(response))
        addresses.append(address)
        address = response.context["older"]

    assert [len(page) for page in seen] == [12, 12, 12, 12, 12]
    assert sum(seen, []) == [*[f"Sewing {i}" for i in range(59, 0, -1)], "Sewing"]
    back = client.get(client.get(addresses[2]).context["newer"])
    assert titles(back) == seen[1]
    first = client.get(back.context["newer"])
    assert titles(first) == seen[0]
    assert not first.context["newer"]


@pytest.mark.parametrize("sort", ["newest", "rating", "price", "relevance"])
def test_every_order_can_be_paged_to_its_end(shelf, client, sort):
    seen, address = [], f"/courses/?sort={sort}&q=sewing"
    while address:
        response = client.get(address)
        seen += titles(response)
        address = response.context["older"]

    assert len(seen) == len(set(seen)) == 60


def test_orders_put_first_what_they_promise(shelf, client):
    first = {
        sort: client.get(f"/courses/?sort={sort}").context["entries"]
        for sort in ("newest", "rating", "price")
    }

    assert first["newest"][0].title == "Sewing"
    ratings = [entry.rating for entry in first["rating"]]
    assert ratings == sorted(ratings, reverse=True)
    prices = [entry.price for entry in first["price"]]
    assert prices == sorted(prices)
    assert prices[0] == 0


def test_filters_narrow_the_list_and_counts_say_what_another_tick_would_bring(shelf, client):
    response = client.get("/courses/?category=science&price=free")

    assert response.context["total"] == 3
    assert titles(response) == ["Sewing 55", "Sewing 50", "Sewing 45"]
    assert counts(response, "category") == {"craft": 8, "science": 3}
    assert counts(response, "price") == {"free": 3, "paid": 16}


def test_several_values_of_one_filter_add_up(shelf, client):
    one = client.get("/courses/?category=science").context["total"]
    both = client.get("/courses/?category=science&category=craft").context["total"]

    assert (one, both) == (19, 60)


def test_filters_stand_in_the_order_in_which_readers_narrow(shelf, client, bruno):
    CatalogueEntry.objects.filter(students__gt=50).update(captions="en", certificate="quizzes")
    CatalogueEntry.objects.filter(students=7).update(producer=bruno, producer_name="Bruno Keller")
    CatalogueEntry.objects.filter(students=7).update(minutes=500)

    facets = client.get("/courses/").context["facets"]

    assert [facet.name for facet in facets] == [
        *("category", "language", "level", "price", "rating", "length"),
        *("captions", "certificate", "producer"),
    ]
    folded = [facet.name for facet in facets if not facet.unfolded]
    assert folded == ["length", "captions", "certificate", "producer"]


def test_a_filter_that_would_leave_nothing_out_is_not_shown(shelf, client):
    """All are of one producer, last as long, prove the same; none has captions."""
    page = client.get("/courses/?level=beginner")

    shown = {facet.name for facet in page.context["facets"]}
    assert shown == {"category", "language", "level", "price", "rating"}
    assert "Certificate for" not in page.content.decode()
    chosen = client.get("/courses/?certificate=lessons")
    assert "certificate" in {facet.name for facet in chosen.context["facets"]}
    assert ("Certificate for: Lessons completed", "/courses/") in chosen.context["chips"]


@pytest.mark.parametrize("asked", [{}, {"q": "sewing"}], ids=["all", "words"])
@pytest.mark.parametrize(
    ("chosen", "left"),
    [
        ({"language": "de"}, {"category", "language", "level", "price", "rating"}),
        ({"language": "de", "price": "free"}, {"category", "language", "level", "price", "rating"}),
        ({"rating": "4.5", "level": "all"}, {"category", "language", "level", "price", "rating"}),
    ],
)
def test_no_filter_goes_while_others_are_chosen_though_one_of_its_values_is_left(
    shelf, client, asked, chosen, left
):
    """All German ones are for beginners, in one subject: these filters would leave nothing out."""
    CatalogueEntry.objects.filter(language="de").update(rating="4.50")
    before = client.get("/courses/", asked).context["facets"]
    after = client.get("/courses/", {**asked, **chosen})

    assert after.context["total"] > 0
    assert {facet.name for facet in before} == left
    assert {facet.name for facet in after.context["facets"]} == left
    if chosen == {"language": "de"}:
        assert counts(after, "level") == {"beginner": after.context["total"]}


@pytest.mark.parametrize("asked", [{}, {"q": "sewing"}], ids=["all", "words"])
def test_a_filter_on_producers_stays_while_courses_of_one_of_them_are_left(
    shelf, client, bruno, asked
):
    CatalogueEntry.objects.filter(students=7).update(producer=bruno, producer_name="Bruno Keller")

    page = client.get("/courses/", {**asked, "language": "en"})

    assert counts(page, "producer") == {str(shelf.owner_id): page.context["total"]}


def test_a_producer_is_chosen_by_name_and_nobody_else_can_be(shelf, client, bruno, cleo):
    CatalogueEntry.objects.filter(students=7).update(producer=bruno, producer_name="Bruno Keller")

    response = client.get(f"/courses/?producer={bruno.pk}&q=sewing")

    assert titles(response) == ["Sewing 7"]
    assert response.context["chips"][1] == ("Bruno Keller", "/courses/?q=sewing")
    assert counts(response, "producer") == {str(bruno.pk): 1, str(shelf.owner_id): 59}
    for other in (cleo.pk, "bruno", "'; --"):
        forget_what_is_kept()
        assert client.get("/courses/", {"producer": other}).context["total"] == 60


def test_producers_with_most_courses_are_named_and_whoever_is_chosen(shelf, client):
    people = [somebody(email=f"{n}@example.org", name=f"Number {n}") for n in range(1, 11)]
    end = 0
    for number, one in enumerate(people, start=1):
        start, end = end, end + number
        theirs = CatalogueEntry.objects.filter(students__gte=start, students__lt=end)
        theirs.update(producer=one, producer_name=one.name)

    every = counts(client.get("/courses/"), "producer")
    chosen = counts(client.get(f"/courses/?producer={people[0].pk}"), "producer")

    assert list(every.values()) == [10, 9, 8, 7, 6, 5, 5, 4]
    assert str(people[0].pk) not in every
    assert chosen[str(people[0].pk)] == 1


def test_producers_are_not_named_among_more_courses_than_can_be_read(
    shelf, client, monkeypatch, bruno
):
    CatalogueEntry.objects.filter(students=7).update(producer=bruno, producer_name="Bruno Keller")
    monkeypatch.setattr("storefront.catalogue.counting.FEW", 40)

    whole, narrowed = client.get("/courses/"), client.get("/courses/?level=beginner")

    assert "producer" not in {facet.name for facet in whole.context["facets"]}
    assert counts(narrowed, "producer") == {str(bruno.pk): 1, str(shelf.owner_id): 30}
    chosen = client.get("/courses/?length=long").context["facets"]
    assert all(facet.unfolded for facet in chosen)


def test_levels_languages_lengths_and_ratings_filter_too(shelf, client):
    totals = {
        query: client.get(f"/courses/?{query}").context["total"]
        for query in ("level=beginner", "language=de", "length=short", "length=long", "rating=4")
    }

    assert totals == {
        "level=beginner": 31,
        "language=de": 11,
        "length=short": 60,
        "length=long": 0,
        "rating=4": CatalogueEntry.objects.filter(rating__gte=4).count(),
    }


def test_what_is_chosen_stands_as_chips_that_take_it_away(shelf, client):
    response = client.get("/courses/?q=sewing&category=science&level=all")

    assert list(response.context["chips"]) == [
        ("“sewing”", "/courses/?category=science&level=all"),
        ("Science", "/courses/?q=sewing&level=all"),
        ("All levels", "/courses/?q=sewing&category=science"),
    ]
    assert response.context["clear_href"] == "/courses/?q=sewing"
    for _, href in response.context["chips"]:
        assert href.replace("&", "&amp;") in response.content.decode()


def test_values_that_mean_nothing_are_dropped(shelf, client):
    response = client.get("/courses/?category=attic&level=expert&price=cheap&sort=random&rating=x")

    assert response.context["total"] == 60
    assert response.context["chips"] == ()
    assert response.context["question"].sort == "popular"


@pytest.mark.parametrize("change", ["cut", "turned", "made up", "another list"])
def test_a_cursor_that_was_changed_leads_back_to_the_first_page(shelf, client, change):
    older = client.get("/courses/?level=all").context["older"]
    (cursor,) = parse_qs(urlsplit(older).query)["at"]
    wrong = {
        "cut": cursor[:-3],
        "turned": cursor[::-1],
        "made up": "WyJjYXRhbG9ndWUiXQ",
        "another list": cursor,
    }[change]
    query = "level=beginner" if change == "another list" else "level=all"

    response = client.get(f"/courses/?{query}&at={wrong}")

    assert response.status_code == 302
    assert response.url == f"/courses/?{query}"


def test_a_search_without_an_answer_offers_a_way_on(shelf, client):
    page = client.get("/courses/?q=harpsichord&price=free").content.decode()

    assert "No course on “harpsichord” with these filters" in page
    assert "Clear all filters" in page
    assert "Most people start here" in page


def test_an_empty_house_speaks_of_no_filters_and_no_search(client, db):
    page = client.get("/courses/").content.decode()

    found = page.partition('<section class="empty">')[2].partition("</section>")[0]
    assert "No course is on the shelf yet" in found
    assert 'href="/account/teach/"' in found
    assert "filters" not in found
    assert "We looked in titles" not in found


def test_only_whole_shelves_are_for_search_engines(shelf, client):
    def head(address):
        page = client.get(address).content.decode()
        canonical = re.search(r'rel="canonical" href="([^"]+)"', page)[1]
        return canonical, 'content="noindex, follow"' in page

    assert head("/courses/") == ("http://testserver/courses/", False)
    assert head("/courses/?category=science&sort=newest") == (
        "http://testserver/courses/?category=science",
        False,
    )
    assert head("/courses/?q=sewing") == ("http://testserver/courses/", True)
    assert head("/courses/?category=science&level=all")[1]


def test_a_page_for_everybody_carries_no_person(shelf, client, dana):
    anonymous = client.get("/courses/")
    assert anonymous["Cache-Control"].startswith("public")
    assert "Cookie" in anonymous["Vary"]
    assert not anonymous.cookies
    assert "csrfmiddlewaretoken" not in anonymous.content.decode()

    known = logged_in(client, dana).get("/courses/")
    assert known["Cache-Control"] == "private, no-cache"
    assert "Dana Whitfield" in known.content.decode()


def test_an_unlisted_course_is_not_shown(shelf, client):
    CatalogueEntry.objects.filter(pk=shelf.pk).update(listed=False)

    response = client.get("/courses/?sort=newest")

    assert response.context["total"] == 59
    assert "Sewing" not in titles(response)


@pytest.fixture
def people(shelf):
    """Eleven who sell: Number 1 has one course, Number 2 two, and so on but for the last."""
    people = [somebody(email=f"{n}@example.org", name=f"Number {n}") for n in range(1, 12)]
    CatalogueEntry.objects.update(producer=None, producer_name="")
    end = 0
    for number, one in enumerate(people, start=1):
        start, end = end, end + number
        theirs = CatalogueEntry.objects.filter(students__gte=start, students__lt=end)
        theirs.update(producer=one, producer_name=one.name)
    return people


def more_of(response):
    """Where one link leads, or nothing."""
    links = BeautifulSoup(response.text, "html.parser").select("a[data-more]")
    assert len(links) <= 1
    return links[0]["href"] if links else None


@pytest.mark.parametrize("query", ["", "?q=sewing", "?price=paid"])
def test_more_producers_are_a_link_away(people, client, query):
    few = client.get(f"/courses/{query}")
    named = counts(few, "producer")

    every = client.get(more_of(few))

    assert len(named) == 8
    assert len(counts(every, "producer")) > 8
    assert counts(every, "producer").items() >= named.items()
    assert more_of(every) is None
    assert every.context["total"] == few.context["total"]
    fold = BeautifulSoup(every.text, "html.parser").select_one("details[data-name=producer]")
    assert fold.has_attr("open")
    assert fold.select_one("input[type=hidden]").attrs | {"type": ""} == {
        "type": "",
        "name": "producers",
        "value": "all",
    }


def test_as_many_producers_as_are_named_lead_to_no_more(people, client):
    CatalogueEntry.objects.exclude(producer__in=people[:8]).update(producer=None)

    page = client.get("/courses/")

    assert len(counts(page, "producer")) == 8
    assert more_of(page) is None


def test_whoever_is_chosen_is_named_however_many_are(people, client):
    chosen = [str(one.pk) for one in people[:10]]

    page = client.get("/courses/", {"producer": chosen})

    assert counts(page, "producer").keys() >= set(chosen)
    assert more_of(page)


def test_of_very_many_producers_not_all_are_named_and_the_page_says_so(people, client, monkeypatch):
    monkeypatch.setattr("storefront.catalogue.browsing.MOST_NAMED", 9)

    page = client.get("/courses/?producers=all")

    assert len(counts(page, "producer")) == 9
    assert "These are the 9 producers with most courses." in page.text
