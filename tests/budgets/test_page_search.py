"""What searching and choosing pages in the admin may read, however many courses there are."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page

from courses.models import CoursePage, LessonPage
from courses.records import backend
from courses.records.counting import count_all_anew
from tests.builders import a_course, a_released_course
from tests.bulk import lessons_everywhere, many_courses
from tests.people import logged_in
from tests.plans import most_rows_sorted, read_whole

pytestmark = pytest.mark.django_db
MOST_BYTES = 150_000
MOST_FOUND = 100
LARGE = ("wagtailcore_page", "courses_coursepage", "courses_lessonpage", "wagtailsearch_indexentry")


@pytest.fixture(autouse=True)
def finds_a_hundred(monkeypatch):
    monkeypatch.setattr(backend, "MOST_FOUND", MOST_FOUND)


@pytest.fixture
def like(ada):
    return a_released_course(by=ada, title="Sewing by hand", syllabus=["Needles"])


def fill(like: CoursePage, count: int, *, after: int = 0) -> None:
    """As many courses more, with two lessons each, all of them in the index of words."""
    many_courses(like=like, count=count, after=after)
    lesson = LessonPage.objects.filter(path__startswith=like.path).first()
    if after:
        lessons_everywhere(like=lesson, each=2)
    index_words()


def index_words() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO wagtailsearch_indexentry (content_type_id, object_id, title, autocomplete,"
            " body, title_norm, title_text, body_text) SELECT p.content_type_id, p.id::text, "
            "to_tsvector('simple', p.title), to_tsvector('simple', p.title), '', 1, p.title, '' "
            "FROM wagtailcore_page p WHERE p.depth > 1 ON CONFLICT DO NOTHING"
        )
        count_all_anew()


def addresses(catalogue: Page) -> dict[str, str]:
    search, chosen = (
        reverse("wagtailadmin_pages:search"),
        reverse("wagtailadmin_choose_page_search"),
    )
    children = reverse("wagtailadmin_choose_page_child", args=[catalogue.pk])
    explorer = reverse("wagtailadmin_explore", args=[catalogue.pk])
    return {
        "all pages": search,
        "commonest word": f"{search}?q=sewing",
        "beginnings": f"{search}?q=77+sew",
        "no such word": f"{search}?q=xylophone",
        "of one kind": f"{search}?q=sewing&content_type=courses.coursepage",
        "below a page": f"{explorer}?q=sewing",
        "choose": reverse("wagtailadmin_choose_page"),
        "choose a child": children,
        "choose a course": f"{children}?page_type=courses.coursepage",
        "choose far down": f"{children}?p=3",
        "choose by words": f"{chosen}?q=sewing",
        "choose by a rare word": f"{chosen}?q=277+sew",
        "choose a course by words": f"{chosen}?q=sewing&page_type=courses.coursepage",
        "images": f"{reverse('wagtailimages_chooser:choose_results')}?q=sewing",
        "documents": f"{reverse('wagtaildocs_chooser:choose_results')}?q=sewing",
        "images to choose": reverse("wagtailimages_chooser:choose"),
        "documents to choose": reverse("wagtaildocs_chooser:choose"),
    }


def visit(client, address: str):
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    assert answer.status_code == 200, address
    return answer, captured


def test_searching_and_choosing_cost_the_same_at_any_size(client, ivo, like):
    catalogue = like.get_parent()
    logged_in(client, ivo)
    fill(like, 300)
    few = {name: len(visit(client, at)[1]) for name, at in addresses(catalogue).items()}

    fill(like, 3000, after=300)
    many, whole, sorted_, large = {}, {}, {}, {}
    for name, at in addresses(catalogue).items():
        answer, captured = visit(client, at)
        many[name] = len(captured)
        if found := read_whole(captured, *LARGE):
            whole[name] = found
        if (rows := most_rows_sorted(captured)) >= 1000:
            sorted_[name] = rows
        if len(answer.content) >= MOST_BYTES:
            large[name] = len(answer.content)

    assert (whole, sorted_, large) == ({}, {}, {})
    assert many == few


def test_a_search_finds_what_it_looks_for(client, ivo, like):
    fill(like, 300)
    logged_in(client, ivo)
    at = addresses(like.get_parent())

    def titles(name: str) -> list[str]:
        return [page.title for page in visit(client, at[name])[0].context["object_list"]]

    assert titles("beginnings") == ["Sewing by hand 77"]
    assert titles("no such word") == []
    assert len(titles("commonest word")) == 20
    assert set(titles("of one kind")) <= {f"Sewing by hand {n}" for n in range(1, 301)} | {
        "Sewing by hand"
    }
    assert "Sewing by hand 277" in client.get(at["choose by a rare word"]).text


def test_a_producer_finds_their_own_among_the_courses_of_all(client, bruno, like):
    fill(like, 300)
    own = a_course(by=bruno, title="Sewing of Bruno", syllabus=["Needles"])
    index_words()
    logged_in(client, bruno)

    page = client.get(reverse("wagtailadmin_pages:search"), {"q": "sewing"})
    chosen = client.get(reverse("wagtailadmin_choose_page_search"), {"q": "sewing"})

    assert [found.pk for found in page.context["object_list"]] == [own.pk]
    assert "Sewing of Bruno" in chosen.text
    assert "Sewing by hand" not in chosen.text + page.text
