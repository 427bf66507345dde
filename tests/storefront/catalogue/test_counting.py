"""The sums beside the filters: always those of the courses that are for sale at this moment."""

import random
from collections import Counter
from itertools import product

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from courses.freshness.watch import the_watch
from courses.models import Category
from storefront.catalogue import catalogue_sheet, counting, matching
from storefront.catalogue.counting import DIFFERENCES, count_again, count_facets, count_whole
from storefront.catalogue.selectors import named_producers
from storefront.catalogue.terms import find_terms
from storefront.catalogue.tiers import part_by_popularity
from storefront.models import CatalogueEntry, FacetCount, Pigeonhole
from storefront.tasks import count_catalogue
from tests.builders import a_category, a_released_course
from tests.bulk import many_courses
from tests.forgetting import forget_what_is_kept
from tests.people import somebody

pytestmark = pytest.mark.django_db

FACETS = ["category", "language", "level", "price", "rating", "length"]
NONE = dict.fromkeys([*FACETS, "captions", "certificate", "producer"], ())
CHOICES = {
    "category": [(), ("craft",), ("craft", "science")],
    "language": [(), ("de",)],
    "level": [(), ("beginner", "all")],
    "price": [(), ("free",), ("paid",)],
    "rating": [(), ("4",), ("4.5",)],
    "length": [(), ("short", "long")],
}
# Drawn beside each of those choices.
CAPTIONS = [(), ("en",), ("de", "zh-hans")]
CERTIFICATES = [(), ("quizzes",)]


@pytest.fixture
def shelf(ada):
    """Two hundred courses of all kinds; every third speaks of thread, some are not for sale."""
    like = a_released_course(by=ada, title="Sewing", syllabus=["Needle"], price="24.00")
    many_courses(like=like, count=199)
    people = [ada, *(somebody(email=f"{n}@example.org", name=f"Ines {n}") for n in range(2))]
    draw = random.Random(1848)
    subjects = [Category.objects.get(), a_category("Science", pattern="science")]
    thread = a_released_course(by=ada, title="Thread", syllabus=["Spool"])
    words = CatalogueEntry.objects.get(pk=thread.pk).search
    for number, entry in enumerate(CatalogueEntry.objects.exclude(pk=thread.pk)):
        CatalogueEntry.objects.filter(pk=entry.pk).update(
            category=draw.choice(subjects),
            language=draw.choice(["en", "en", "de", "fr"]),
            level=draw.choice(["all", "beginner", "advanced"]),
            price=draw.choice([0, 9, 24]),
            currency=draw.choice(["EUR", "USD"]),
            rating=draw.choice([0, "3.99", 4, "4.49", "4.50", 5]),
            minutes=draw.choice([0, 179, 180, 479, 480]),
            captions=draw.choice(["", "en", "de en", "zh-hans"]),
            certificate=draw.choice(["quizzes", "lessons"]),
            **named(draw.choice([*people, None])),
            listed=draw.random() < 0.9,
            **({"search": words} if number % 3 == 0 else {}),
        )
    CatalogueEntry.objects.filter(pk=thread.pk).delete()
    return like


def named(person) -> dict:
    return {"producer": person, "producer_name": str(person or "")}


def kinds(entry: CatalogueEntry) -> dict[str, set[str]]:
    """The values that a course has of each filter."""
    length = next((name for name, low in LOWEST if entry.minutes >= low), None)
    return {
        "category": {entry.category.slug},
        "language": {entry.language},
        "level": {entry.level},
        "price": {"paid" if entry.price else "free"},
        "rating": {step for step in ("4", "4.5") if entry.rating >= float(step)},
        "length": {length} - {None},
        "captions": set(entry.captions.split()),
        "certificate": {entry.certificate},
        "producer": {str(entry.producer_id)} - {"None"},
    }


LOWEST = [("long", 480), ("medium", 180), ("short", 1)]


def by_hand(entries, chosen) -> tuple[int, int, dict[str, dict[str, int]]]:
    """Courses, currencies and counts, each course read and asked."""
    told = [(entry, kinds(entry)) for entry in entries]

    def found(but: str = ""):
        asked = {name: set(values) for name, values in chosen.items() if values and name != but}
        return [
            (entry, kind)
            for entry, kind in told
            if all(kind[name] & values for name, values in asked.items())
        ]

    counts = {name: Counter() for name in NONE}
    for name, counter in counts.items():
        for _entry, kind in found(but=name):
            counter.update(kind[name])
        counter.update(dict.fromkeys(chosen[name], 0))
    currencies = {entry.currency for entry, _kind in found() if entry.price}
    return len(found()), len(currencies), {name: dict(each) for name, each in counts.items()}


def counted(chosen, *, words: str = ""):
    result = count_facets(
        terms=find_terms(words),
        chosen=chosen,
        categories=list(Category.objects.all()),
        producers=named_producers(chosen["producer"]),
    )
    counts = {
        facet.name: {option.value: option.count for option in facet.options}
        for facet in result.facets
    }
    return result.total, result.currencies, counts


@pytest.mark.parametrize("words", ["", "thread"])
def test_every_choice_of_filters_is_counted_as_if_each_course_were_asked(shelf, words):
    entries = CatalogueEntry.objects.filter(listed=True).select_related("category")
    if words:
        entries = entries.filter(pk__in=[e.pk for e in entries if "'thread'" in e.search])
    entries = list(entries)
    assert len(entries) > 50

    draw, people = (
        random.Random(1848),
        [str(pk) for pk in {e.producer_id for e in entries} - {None}],
    )
    for values in product(*CHOICES.values()):
        chosen = NONE | dict(zip(CHOICES, values, strict=True))
        chosen["captions"], chosen["certificate"] = draw.choice(CAPTIONS), draw.choice(CERTIFICATES)
        chosen["producer"] = draw.choice([(), (), tuple(people[:1]), tuple(people[1:])])
        assert counted(chosen, words=words) == by_hand(entries, chosen), chosen


def test_a_filter_finds_what_is_counted_beside_it(shelf, client):
    page = client.get("/courses/").context["facets"]
    for facet in page:
        for option in facet.options:
            found = client.get("/courses/", {facet.name: option.value}).context
            assert found["total"] == option.count, (facet.name, option.value)
            assert len(found["entries"]) == min(12, option.count)


def test_sums_follow_in_the_transaction_that_changes_a_course_and_go_with_it(shelf):
    before = count_whole()

    with transaction.atomic():
        CatalogueEntry.objects.filter(language="de").update(language="it")
        assert ("language", "de") not in count_whole()
        assert count_whole()["language", "it"] == before["language", "de"]
        CatalogueEntry.objects.filter(language="it").delete()
        assert count_whole()["total", "all"] == before["total", "all"] - before["language", "de"]
        transaction.set_rollback(True)

    assert count_whole() == before


def test_what_changes_no_sum_writes_no_row(shelf):
    rows = Pigeonhole.objects.count(), FacetCount.objects.count()

    CatalogueEntry.objects.update(students=7, completions=3, title="Anew")
    CatalogueEntry.objects.filter(rating="4.50").update(rating="4.80")
    CatalogueEntry.objects.filter(listed=False).update(level="advanced")

    assert (Pigeonhole.objects.count(), FacetCount.objects.count()) == rows


def test_counting_again_leaves_one_row_for_each_sum_and_the_same_sums(shelf):
    before = count_whole()
    assert FacetCount.objects.count() > len(before)

    count_again()

    assert count_whole() == before
    assert FacetCount.objects.count() == len(before)
    assert Pigeonhole.objects.count() == len(set(Pigeonhole.objects.values_list("key")))


@pytest.mark.parametrize("way", [count_catalogue, lambda: call_command("rebuild_catalogue")])
def test_sums_that_went_astray_are_put_right(ada, way):
    a_released_course(by=ada, title="Sewing", syllabus=["Thread"])
    FacetCount.objects.all().delete()
    Pigeonhole.objects.update(courses=7)

    way()

    assert count_whole()["total", "all"] == 1
    assert Pigeonhole.objects.get().courses == 1


# More matches than are read


@pytest.fixture
def few_are_read(monkeypatch):
    """As if 20 matches were many, and 10 were ranked."""
    monkeypatch.setattr(matching, "MOST", 20)
    monkeypatch.setattr(counting, "MOST", 20)
    monkeypatch.setattr(matching, "CANDIDATES", 10)


def test_of_more_matches_than_are_read_it_is_said_that_there_are_more(shelf, client, few_are_read):
    response = client.get("/courses/?q=sewing")
    page = response.content.decode()

    assert response.context["total"] == 20
    assert "More than 20 courses" in " ".join(page.split())
    levels = next(f for f in response.context["facets"] if f.name == "level").options
    assert {option.value for option in levels} == {"all", "beginner", "advanced"}
    assert all(option.at_least for option in levels)
    assert sum(option.count for option in levels) == 21
    CatalogueEntry.objects.update(level="all")
    forget_what_is_kept()
    (every,) = client.get("/courses/?q=sewing").context["facets"][2].options
    assert (every.value, every.count, every.at_least) == ("all", 20, True)


def cost_of(client, query: str) -> int:
    """With stems and subjects, which a process remembers, and without the page itself."""
    client.get("/courses/?q=sewing+wire")
    catalogue_sheet._of_words._store.drop(None)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(f"/courses/?{query}").status_code == 200
    return len(asked)


@pytest.mark.parametrize("query", ["q=sewing", "q=sewing&price=paid", "q=sewing&sort=newest"])
def test_of_too_many_matches_the_counts_are_kept_until_something_changes(
    shelf, client, few_are_read, ada, commit, query
):
    assert [cost_of(client, query) for _ in range(2)] == [2, 1]

    with commit():
        a_released_course(by=ada, title="Sewing with wire", language="fr", price="1")

    assert cost_of(client, query) == 2
    assert [cost_of(client, query.replace("sewing", "wire")) for _ in range(2)] == [2, 2]


def test_unless_nobody_heard_of_it(shelf, client, few_are_read, ada, commit, monkeypatch):
    """The control of the test above."""
    cost_of(client, "q=sewing")
    monkeypatch.setattr(the_watch(), "_listeners", [])

    with commit():
        a_released_course(by=ada, title="Sewing with wire", language="fr", price="1")

    assert cost_of(client, "q=sewing") == 1


def test_of_few_matches_nothing_is_kept(shelf, client):
    assert [cost_of(client, "q=sewing") for _ in range(2)] == [2, 2]


def test_a_filter_on_too_many_matches_is_counted_exactly_again(shelf, client, few_are_read):
    query = "q=sewing&category=craft&language=de&level=all&price=paid"
    response = client.get(f"/courses/?{query}")

    chosen = {**NONE, "category": ("craft",), "language": ("de",), "level": ("all",)}
    chosen["price"] = ("paid",)
    every = CatalogueEntry.objects.filter(listed=True).select_related("category")
    entries = [entry for entry in every if "'sew" in entry.search]
    total, _currencies, counts = by_hand(entries, chosen)
    assert 0 < total <= 20
    assert response.context["total"] == total == len(response.context["entries"])
    assert f"{total} courses" in response.content.decode()
    ratings = next(f for f in response.context["facets"] if f.name == "rating").options
    assert {option.value: option.count for option in ratings} == counts["rating"]
    assert not any(option.at_least for option in ratings)


def test_the_most_popular_matches_are_ranked_however_late_they_are_read(
    shelf, client, few_are_read
):
    late = CatalogueEntry.objects.filter(listed=True).order_by("-pk")[:3]
    sewing = [entry for entry in late if "'sew" in entry.search]
    for entry in sewing:
        CatalogueEntry.objects.filter(pk=entry.pk).update(students=9000, title="Sewing sewn")
    part_by_popularity(first=30, second=40)

    entries = client.get("/courses/?q=sewing").context["entries"]

    assert {entry.pk for entry in sewing} <= {entry.pk for entry in entries}
    assert len(entries) == 10


@pytest.mark.parametrize("sort", ["popular", "newest", "rating", "price"])
def test_every_other_order_goes_on_to_the_end_of_too_many(shelf, client, few_are_read, sort):
    seen, address = [], f"/courses/?sort={sort}&q=sewing"
    while address:
        response = client.get(address)
        seen += [entry.pk for entry in response.context["entries"]]
        address = response.context["older"]

    every = CatalogueEntry.objects.filter(listed=True)
    assert sorted(seen) == sorted(entry.pk for entry in every if "'sew" in entry.search)


def test_the_last_page_by_relevance_says_that_there_are_more_and_leads_to_them(
    shelf, client, few_are_read
):
    response = client.get("/courses/?q=sewing&price=paid")
    page = " ".join(response.content.decode().split())

    assert not response.context["older"]
    assert "These are the 10 courses that answer best." in page
    assert 'href="/courses/?q=sewing&amp;price=paid&amp;sort=popular"' in page
    assert "answer best" not in client.get("/courses/?q=sewing&sort=newest").content.decode()


def test_who_finds_all_is_told_nothing_of_more(shelf, client):
    page = client.get("/courses/?q=sewing").content.decode()

    assert "More than" not in page
    assert "answer best" not in page


def test_the_index_of_words_is_read_whatever_the_planner_believes(shelf):
    with connection.cursor() as cursor:
        cursor.execute("SELECT proconfig FROM pg_proc WHERE proname = 'catalogue_matches'")
        (settings,) = cursor.fetchone()

    assert {"enable_seqscan=off", "plan_cache_mode=force_custom_plan"} <= set(settings)


def test_the_first_course_is_found_though_the_planner_knows_of_none(ada, client):
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE storefront_catalogueentry")
    a_released_course(by=ada, title="Sewing", syllabus=["Thread"])

    for query in ("q=sewing", "q=sewing&category=craft", "q=sewing&level=all&sort=newest"):
        assert client.get(f"/courses/?{query}").context["total"] == 1, query
    assert client.get("/courses/?q=sewing&language=ta").context["total"] == 0


def test_matches_that_the_planner_does_not_expect_are_found_too(shelf, few_are_read, monkeypatch):
    """It believes that every course is about sewing; those that are stand behind all others."""
    monkeypatch.setattr(matching, "MOST", 2)
    monkeypatch.setattr(counting, "MOST", 2)
    every = CatalogueEntry.objects.filter(listed=True).order_by("-students", "-pk")
    assert count_facets(terms=find_terms("sewing"), chosen=NONE, categories=[]).more
    *others, last = list(every)
    CatalogueEntry.objects.filter(pk__in=[entry.pk for entry in others]).update(
        search="'thread':1A"
    )
    CatalogueEntry.objects.filter(pk=last.pk).update(search="'sewing':1A 'sew':1A")

    found = count_facets(terms=find_terms("sewing"), chosen=NONE, categories=[], rank=True)

    assert (found.total, found.more, found.best) == (1, False, (last.pk,))


def test_it_is_known_of_each_facet_whether_courses_differ_by_it():
    assert {*DIFFERENCES, "producer"} == set(NONE)
