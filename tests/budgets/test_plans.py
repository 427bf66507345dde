"""How the catalogue is read when it is large: by its indexes, and never all of it.

Statements are counted elsewhere; one statement may still read everything. So each that a page
of the shop asks is explained here among twelve thousand courses, where PostgreSQL decides as it
does among many more: no course is reached by looking at all of them, and nothing is put in
order but what a page shows or search has chosen.
"""

import json
import re

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from courses.models import Category
from courses.records.counting import count_all_anew
from learners.models import User
from storefront.catalogue import browsing, counting, matching, spelling, suggesting, terms
from storefront.catalogue.terms import find_terms
from storefront.catalogue.tiers import part_by_popularity
from storefront.catalogue.vocabulary import VOCABULARY_COURSES, vocabulary
from storefront.models import CatalogueEntry
from storefront.models.catalogue import TIERS
from tests.builders import a_category, a_released_course
from tests.bulk import many_courses
from tests.forgetting import forget_what_is_kept
from tests.people import person, somebody

# Filling a shop with twelve thousand courses takes a minute and a half.
pytestmark = [pytest.mark.django_db, pytest.mark.nightly]

LARGE = 12_000
GROWING = {
    *(f"storefront_findable_{tier}" for tier in TIERS),
    *("storefront_catalogueentry", "courses_coursepage", "wagtailcore_page", "learners_review"),
    *("courses_courserelease", "courses_releaseitem", "learners_enrollment"),
}
# So few matches are read here, that a bound can be told from the whole.
MOST, FEW = 500, 400
# The most popular, and the next.
FIRST, SECOND = 800, 3_000
# Rows that one step may look at, and a whole page with all its statements.
IN_A_STEP, IN_A_PAGE = 2_500, 5_000
SMALL = 100


@pytest.fixture(scope="module")
def large(django_db_setup, django_db_blocker):
    """Twelve thousand courses of several kinds, by fifty people; words of all, of some, of one."""
    with django_db_blocker.unblock(), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = 0")  # for whoever fills a catalogue
        like = a_released_course(by=person("ada"), title="Sewing", syllabus=["Thread"])
        many_courses(like=like, count=LARGE)
        a_category("Science", pattern="science")
        people = [somebody(email=f"{n}@producers.example", name=f"Number {n}") for n in range(50)]
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE storefront_catalogueentry SET category_id = CASE WHEN students %% 3 = 0"
                " THEN %s ELSE category_id END, language = CASE WHEN students %% 50 = 7 THEN 'ta'"
                " WHEN students %% 4 = 0 THEN 'de' ELSE language END,"
                " minutes = students * 7 %% 600, producer_id = (%s::uuid[])[1 + students %% 50],"
                " producer_words = to_tsvector('simple', 'number ' || students %% 50),"
                " captions = CASE WHEN students %% 60 = 7 THEN 'de en' ELSE '' END,"
                " certificate = CASE WHEN students %% 3 = 0 THEN 'quizzes' ELSE 'lessons' END,"
                " level = (ARRAY['all', 'beginner', 'advanced'])[1 + students / 5 %% 3],"
                " search = search || (CASE WHEN students %% 5 = 0 THEN '''gusset'':9A' ELSE '' END"
                " || CASE WHEN students = 77 THEN ' ''quilt'':9A' ELSE '' END"
                " || CASE WHEN students %% 100 = 3 THEN ' ''bobbin'':9A' ELSE '' END)::tsvector",
                [Category.objects.get(slug="science").pk, [one.pk for one in people]],
            )
            part_by_popularity(first=FIRST, second=SECOND)
            count_all_anew()
        yield like
        transaction.set_rollback(True)


@pytest.fixture
def changes(large, monkeypatch):
    """What a test writes is taken back before the next one."""
    for module in (counting, matching):
        monkeypatch.setattr(module, "MOST", MOST)
        monkeypatch.setattr(module, "FEW", FEW)
    monkeypatch.setattr(browsing, "FEW", FEW)
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def remembered_words(changes, monkeypatch):
    """As in every process, but in the transaction of a test, which remembers nothing."""
    known = vocabulary()
    for module in (spelling, suggesting, terms):
        monkeypatch.setattr(module, "vocabulary", lambda: known)


def somebodys() -> str:
    """One of the fifty, each of whom has two hundred and forty courses."""
    return str(User.objects.get(email="7@producers.example").pk)


def nodes(plan: dict):
    yield plan
    for below in plan.get("Plans", ()):
        yield from nodes(below)


def plans(client, address: str) -> list[tuple[str, dict]]:
    """(statement, its plan as it was carried out) of all that the page asks."""
    address = address.format(producer=somebodys())
    forget_what_is_kept()
    client.get(address)
    forget_what_is_kept()
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    found = []
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL jit = off")  # as the web role has it
        for query in asked:
            if query["sql"].startswith(("SELECT", "WITH")):
                cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {query['sql'].replace('%', '%%')}")
                (told,) = cursor.fetchone()
                told = told if isinstance(told, list) else json.loads(told)
                found.append((query["sql"], told[0]["Plan"]))
    return found


def wasteful(plan: dict) -> list[str]:
    """Steps that look at a whole growing table, or hold more than a bounded number of rows."""
    found = []
    for node in nodes(plan):
        table, kind = node.get("Relation Name"), node["Node Type"]
        rows = node["Actual Rows"] * node["Actual Loops"]
        seen = rows + node.get("Rows Removed by Filter", 0) * node["Actual Loops"]
        if not node["Actual Loops"]:
            continue
        if table in GROWING and kind == "Seq Scan" and seen > SMALL:
            found.append(f"{kind} on {table}")
        if table in GROWING and seen > IN_A_STEP:
            found.append(f"{kind} on {table} looks at {seen} rows")
        if kind == "Sort" and rows > IN_A_STEP:
            found.append(f"{kind} of {rows} rows")
    return found


ADDRESSES = [
    "/",
    "/courses/",
    "/courses/?sort=newest",
    "/courses/?sort=rating",
    "/courses/?sort=price",
    "/courses/?category=science",
    "/courses/?category=science&sort=newest",
    "/courses/?language=ta&level=beginner&length=short",
    "/courses/?category=science&language=en&level=all&price=paid&rating=4",
    "/suggestions/?q=se",
    "/suggestions/?q=sewing+7",
    "/suggestions/?q=num",
    "/suggestions/?q=zzz",
    "/courses/?captions=en",
    "/courses/?certificate=quizzes&category=craft&sort=newest",
    "/courses/?producer={producer}",
    "/courses/?producer={producer}&level=all&sort=price",
    "/courses/?q=sewing&producer={producer}",
    "/courses/?q=gusset&captions=de&certificate=lessons&sort=newest",
    "/courses/?q=sewing",
    "/courses/?q=sewing&sort=newest",
    "/courses/?q=sewing&language=ta",
    "/courses/?q=sewing+gusset",
    "/courses/?q=gusset&sort=price",
    "/courses/?q=gusset&language=ta&level=beginner",
    "/courses/?q=sewing&level=beginner",
    "/courses/?q=quilt&level=beginner&language=en&price=paid",
    "/courses/?q=quilt",
    "/courses/?q=sewnig",
    "/courses/sewing/",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_page_of_the_shop_reads_all_courses(large, changes, client, address):
    found = {
        re.sub(r"\s+", " ", sql)[:160]: wasteful(plan)
        for sql, plan in plans(client, address)
        if wasteful(plan)
    }

    assert found == {}


def read_of_the_catalogue() -> tuple[int, int]:
    """Rows that this transaction has read of it so far: without an index, and by one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(sum(seq_tup_read), 0), coalesce(sum(idx_tup_fetch), 0)"
            " FROM pg_stat_xact_user_tables WHERE relname = 'storefront_catalogueentry'"
            " OR relname ^@ 'storefront_findable'"
        )
        return cursor.fetchone()


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_page_of_the_shop_looks_at_more_than_a_bounded_number_of_courses(
    large, changes, remembered_words, client, address
):
    """Counted by PostgreSQL itself, so also what functions read."""
    address = address.format(producer=somebodys())
    assert client.get(address).status_code == 200
    forget_what_is_kept()
    before = read_of_the_catalogue()
    client.get(address)
    after = read_of_the_catalogue()

    assert after[0] == before[0]
    assert after[1] - before[1] <= IN_A_PAGE


def test_the_words_that_a_process_remembers_are_those_of_so_many_courses(large, changes):
    forget_what_is_kept()
    before = read_of_the_catalogue()
    assert vocabulary().words
    after = read_of_the_catalogue()

    assert after[0] == before[0]
    assert after[1] - before[1] <= VOCABULARY_COURSES


@pytest.mark.parametrize(
    ("words", "opened"),
    [
        ("sewing", [800, 0, 0]),  # in all: there are enough among the most popular
        ("gusset", [160, 341, 0]),  # in every fifth: so many more of the next that it is too many
        ("quilt", [0, 0, 1]),  # in one, which few people took
    ],
)
def test_a_search_reads_popular_courses_first_and_no_more_than_it_needs(
    large, changes, words, opened
):
    terms = find_terms(words)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tier, count(*) FROM catalogue_matches(%s::tsquery, NULL, NULL, %s) found"
            " JOIN storefront_catalogueentry USING (course_id) GROUP BY tier",
            [terms.begun, MOST + 1],
        )
        found = dict(cursor.fetchall())

    assert [found.get(tier, 0) for tier in TIERS] == opened


def words_read() -> int:
    """How many values this transaction has fetched so far that lie outside of their rows."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(sum(idx_scan), 0) FROM pg_stat_xact_all_tables WHERE relid IN"
            " (SELECT reltoastrelid FROM pg_class WHERE relname ^@ 'storefront_findable')"
        )
        return cursor.fetchone()[0]


@pytest.mark.parametrize(
    ("query", "read"),
    [
        ("sewing", 0),
        ("sewing gusset", 0),
        ("sewing&level=beginner", 0),  # which a third of all courses have
        ("gusset&price=paid&sort=newest", 0),
        ("sewing&language=ta", 1),  # the control: so few have it that these may be read
    ],
)
def test_the_index_finds_words_and_nobody_reads_them(large, changes, client, query, read):
    client.get(f"/courses/?q={query}")
    forget_what_is_kept()
    before = words_read()
    assert client.get(f"/courses/?q={query}").context["total"] > 0

    assert min(words_read() - before, 1) == read


def test_matches_are_read_once_however_many_filters_are_chosen(large, changes, client):
    """Of a word that not too many courses have, all are known: filters look among them."""
    read = []
    for chosen in ("price=paid", "price=paid&language=en&certificate=lessons&level=beginner"):
        address = f"/courses/?q=bobbin&{chosen}"
        assert client.get(address).context["total"] > 0
        before = read_of_the_catalogue()
        client.get(address)
        read.append(read_of_the_catalogue()[1] - before[1])

    assert read[1] <= read[0]


def test_a_page_deep_in_any_order_reads_no_more_than_the_first(large, changes, client):
    for sort in ("popular", "newest", "rating", "price"):
        address = f"/courses/?sort={sort}"
        for _ in range(3):
            address = client.get(address).context["older"]
        for _sql, plan in plans(client, address):
            (*steps,) = (
                n for n in nodes(plan) if n.get("Relation Name") == CatalogueEntry._meta.db_table
            )
            assert all(step["Actual Rows"] <= 14 for step in steps), (sort, steps)


def test_what_would_be_seen_as_waste_is(large, changes):
    """The control: statements as they were before, each of which reads everything."""
    before = [
        "SELECT category_id, count(*) FROM storefront_catalogueentry WHERE listed GROUP BY 1",
        "SELECT max(updated_at) FROM storefront_catalogueentry WHERE listed",
        "SELECT course_id FROM storefront_catalogueentry WHERE listed AND"
        " search @@ '''sew'''::tsquery ORDER BY title LIMIT 12",
    ]
    with connection.cursor() as cursor:
        for sql in before:
            cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {sql}")
            (told,) = cursor.fetchone()
            told = told if isinstance(told, list) else json.loads(told)
            assert wasteful(told[0]["Plan"]), sql


def test_the_sums_are_as_many_as_there_are_kinds_of_courses(large, changes):
    kinds = CatalogueEntry.objects.values_list("pigeonhole").distinct().count()
    counting.count_again()

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM storefront_pigeonhole")
        assert cursor.fetchone() == (kinds,)
    assert kinds < LARGE / 40
