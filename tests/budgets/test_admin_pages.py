"""What every other page of the admin may cost, however much there is of everything.

Reports, lists of the shop, the explorer and searches have files of their own.
"""

from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.models import EditingSession
from wagtail.models import (
    Collection,
    ModelLogEntry,
    Page,
    PageLogEntry,
    ReferenceIndex,
    Revision,
    TaskState,
    Workflow,
    WorkflowState,
)

from courses.editor import histories
from courses.models import Category, CourseDocument, CourseImage, CoursePage, LessonPage
from courses.records import backend, counting, searching
from courses.records.counting import count_all_anew
from learners.models import User
from tests.builders import a_released_course
from tests.bulk import lessons_everywhere, many_courses
from tests.media import a_document, an_image
from tests.people import logged_in
from tests.plans import most_rows_sorted, read_whole

pytestmark = pytest.mark.django_db
MOST = 100
MOST_BYTES = 150_000
FEW, MANY = 300, 3000
LARGE = (
    *("wagtailcore_page", "courses_coursepage", "courses_lessonpage", "learners_user"),
    *("courses_courseimage", "courses_coursedocument", "wagtailcore_collection"),
    *("wagtailcore_pagelogentry", "wagtailcore_modellogentry", "wagtailcore_revision"),
    *("wagtailcore_workflowstate", "wagtailcore_taskstate", "wagtailcore_referenceindex"),
    "wagtailsearch_indexentry",
)


@pytest.fixture(autouse=True)
def counted_to_a_hundred(monkeypatch):
    monkeypatch.setattr(counting, "MOST", MOST)
    monkeypatch.setattr(backend, "MOST_FOUND", MOST)
    monkeypatch.setattr(searching, "MOST_FOUND", 20)


@dataclass(frozen=True)
class Place:
    """One of each kind, of which there are to be thousands."""

    course: CoursePage
    image: CourseImage
    document: CourseDocument
    person: User


@pytest.fixture
def place(ada, cleo):
    course = a_released_course(by=ada, title="Sewing by hand", syllabus=["Needles"])
    return Place(
        course=course,
        image=an_image(title="Seam", course=course, by=ada),
        document=a_document(title="Pattern", course=course, by=ada),
        person=cleo,
    )


def fill(place: Place, count: int, *, after: int = 0) -> None:
    """As many more of everything, some of it around one page."""
    many_courses(like=place.course, count=count, after=after)
    pages = list(Page.objects.filter(depth=place.course.depth).order_by("pk"))
    lesson = LessonPage.objects.filter(path__startswith=place.course.path).first()
    if after:
        lessons_everywhere(like=lesson, each=1)
    people = add_people(count, after=after)
    add_media(place, count, after=after)
    add_history(place, pages[-count:], people)
    add_submissions(place, pages[-count:], people)
    add_references(place, pages[-count:])
    index_words()
    count_all_anew()


def index_words() -> None:
    """As Wagtail does when something is saved."""
    tables = {"wagtailcore_page": "p.content_type_id"}
    for model in (CourseImage, CourseDocument):
        tables[model._meta.db_table] = str(ContentType.objects.get_for_model(model).pk)
    with connection.cursor() as cursor:
        for table, kind in tables.items():
            cursor.execute(
                "INSERT INTO wagtailsearch_indexentry (content_type_id, object_id, title, "
                f"autocomplete, body, title_norm, title_text, body_text) SELECT {kind}, p.id::text,"
                " to_tsvector('simple', p.title), to_tsvector('simple', p.title), '', 1, p.title, "
                f"'' FROM {table} p ON CONFLICT DO NOTHING"
            )


def add_people(count: int, *, after: int) -> list[User]:
    now = timezone.now()
    return User.objects.bulk_create(
        User(
            email=f"p{number}@example.org",
            name=f"Person P{number}",
            last_login=now - timedelta(minutes=number),
        )
        for number in range(after, after + count)
    )


def add_media(place: Place, count: int, *, after: int) -> None:
    """A collection for each course, with a picture and a file."""
    root = Collection.get_first_root_node()
    first = root.numchild + 101
    collections = Collection.objects.bulk_create(
        Collection(
            name=f"Sewing by hand {after + number}",
            depth=2,
            path=Collection._get_path(root.path, 2, first + number),
        )
        for number in range(count)
    )
    Collection.objects.filter(pk=root.pk).update(numchild=root.numchild + count)
    for model, like in ((CourseImage, place.image), (CourseDocument, place.document)):
        fields = {
            field.attname: getattr(like, field.attname)
            for field in model._meta.concrete_fields
            if not field.primary_key and not field.generated
        }
        model.objects.bulk_create(
            model(
                **{
                    **fields,
                    "title": f"{like.title} {after + number}",
                    "collection_id": collection.pk,
                }
            )
            for number, collection in enumerate(collections)
        )


def add_history(place: Place, pages: list[Page], people: list[User]) -> None:
    """Each of many people edited each of many pages; and all of them edited one."""
    now, kind = timezone.now(), ContentType.objects.get_for_model(CoursePage)
    both = [(page.pk, number) for number, page in enumerate(pages)]
    both += [(place.course.pk, number) for number in range(len(pages))]
    PageLogEntry.objects.bulk_create(
        PageLogEntry(
            page_id=key,
            content_type=kind,
            label="Sewing",
            action="wagtail.edit",
            timestamp=now - timedelta(minutes=number),
            user=people[number],
        )
        for key, number in both
    )
    for thing in (Category.objects.first(), place.person):
        ModelLogEntry.objects.bulk_create(
            ModelLogEntry(
                content_type=ContentType.objects.get_for_model(thing),
                object_id=str(thing.pk),
                label=str(thing),
                action="wagtail.edit",
                timestamp=now - timedelta(minutes=number),
                user=people[number],
            )
            for number in range(len(pages))
        )
    latest = place.course.latest_revision
    Revision.objects.bulk_create(
        Revision(
            content_type=latest.content_type,
            base_content_type=latest.base_content_type,
            object_id=str(key),
            created_at=now - timedelta(days=1, minutes=number),
            user=people[number],
            object_str="Sewing",
            content=latest.content,
        )
        for key, number in both
    )


def add_submissions(place: Place, pages: list[Page], people: list[User]) -> None:
    like = WorkflowState.objects.filter(object_id=str(place.course.pk)).first()
    task, now = like.task_states.first(), timezone.now()
    keys = [page.pk for page in pages] + [place.course.pk] * len(pages)
    states = WorkflowState.objects.bulk_create(
        WorkflowState(
            content_type=like.content_type,
            base_content_type=like.base_content_type,
            object_id=str(key),
            workflow=like.workflow,
            status="approved",
            requested_by=people[number % len(people)],
            created_at=now - timedelta(minutes=number),
        )
        for number, key in enumerate(keys)
    )
    TaskState.objects.bulk_create(
        TaskState(
            workflow_state=state,
            task=task.task,
            status="approved",
            revision=task.revision,
            content_type=task.content_type,
            started_at=now,
            finished_at=now,
        )
        for state in states
    )


def add_references(place: Place, pages: list[Page]) -> None:
    """Every page shows one picture and file of all, one of its own, and has the same category."""
    kind, base = (ContentType.objects.get_for_model(model) for model in (CoursePage, Page))
    shown = [[thing] * len(pages) for thing in (place.image, place.document, place.course)]
    shown += [[place.course.category] * len(pages)]
    shown += [
        model.objects.order_by("-pk")[: len(pages)] for model in (CourseImage, CourseDocument)
    ]
    for things in shown:
        target = Page if isinstance(things[0], Page) else type(things[0])
        ReferenceIndex.objects.bulk_create(
            ReferenceIndex(
                base_content_type=base,
                content_type=kind,
                object_id=str(page.pk),
                to_content_type=ContentType.objects.get_for_model(target),
                to_object_id=str(thing.pk),
                model_path="description",
                content_path="description",
                content_path_hash=uuid4(),
            )
            for page, thing in zip(pages, things, strict=True)
        )


PEOPLE = ["", "?ordering=email", "?ordering=-last_login", "?q=p77", "?role=consumer"]
PEOPLE += ["?role=producer", "?is_active=true", "?is_active=false", "?group=1"]
PEOPLE += ["?last_login_from=2020-01-01"]
HISTORY = ["", "?action=wagtail.edit"]


def of_people(place: Place) -> list[str]:
    named = "wagtailusers_users"
    return [
        *(reverse(f"{named}:index") + asked for asked in PEOPLE),
        reverse(f"{named}:edit", args=[place.person.pk]),
        reverse(f"{named}:usage", args=[place.person.pk]),
    ]


def of_one_thing(place: Place) -> list[str]:
    """Whatever happened to it, and wherever it is used."""
    course, category = place.course, place.course.category
    histories = (
        reverse("wagtailusers_users:history", args=[place.person.pk]),
        reverse("wagtailsnippets_courses_category:history", args=[category.pk]),
        reverse("wagtailadmin_pages:history", args=[course.pk]),
    )
    return [
        *(at + asked for at in histories for asked in HISTORY),
        reverse("wagtailadmin_pages:workflow_history", args=[course.pk]),
        reverse("wagtailadmin_pages:edit", args=[course.pk]),
        reverse("wagtailadmin_pages:usage", args=[course.pk]),
        reverse("wagtailimages:image_usage", args=[place.image.pk]),
        reverse("wagtailimages:image_usage", args=[place.image.pk]) + "?p=3",
        reverse("wagtailimages:delete", args=[place.image.pk]),
        reverse("wagtaildocs:document_usage", args=[place.document.pk]),
        reverse("wagtailsnippets_courses_category:usage", args=[category.pk]),
        reverse("wagtailsnippets_courses_category:delete", args=[category.pk]),
    ]


def of_places(place: Place) -> list[str]:
    """Where a page is moved to, or made; and what is set up once."""
    course, category = place.course, place.course.category
    lesson = LessonPage.objects.filter(path__startswith=course.path).first()
    below = reverse("wagtailadmin_choose_page_child", args=[course.get_parent().pk])
    return [
        reverse("wagtailadmin_pages:move", args=[lesson.pk]),
        f"{below}?page_type=wagtailcore.page&target_pages%5B%5D={lesson.pk}",
        reverse("wagtailadmin_pages:choose_parent", args=["courses", "lessonpage"]),
        reverse("wagtailsnippets_courses_category:list"),
        reverse("wagtailsnippets_courses_category:edit", args=[category.pk]),
        reverse("wagtailsnippetchoosers_courses_category:choose"),
        reverse("wagtailsnippets_storefront_synonyms:list"),
        reverse("wagtailadmin_workflows:index"),
        reverse("wagtailadmin_workflows:edit", args=[Workflow.objects.first().pk]),
        reverse("wagtailadmin_workflows:usage", args=[Workflow.objects.first().pk]),
        reverse("wagtailadmin_workflows:task_index"),
        reverse("wagtailadmin_workflows:task_chooser"),
    ]


def of_media(place: Place) -> list[str]:
    images, documents = reverse("wagtailimages:index"), reverse("wagtaildocs:index")
    choose_image = reverse("wagtailimages_chooser:choose_results")
    choose_document = reverse("wagtaildocs_chooser:choose_results")
    collection = CourseImage.objects.get(title="Seam 77").collection_id
    inside, named = f"?collection_id={collection}", "?collection_words=hand+77"
    return [
        *(images + asked for asked in ("", "?ordering=title", "?ordering=-usage_count", inside)),
        *(images + asked for asked in ("?layout=list", "?q=seam+77", named)),
        *(documents + asked for asked in ("", "?ordering=title", inside, "?q=pattern+77", named)),
        *(choose_image + asked for asked in (inside, "?layout=list", "?q=seam+77")),
        *(choose_document + asked for asked in (inside, "?q=pattern+77")),
        reverse("wagtailimages_chooser:choose"),
        reverse("wagtaildocs_chooser:choose"),
        reverse("wagtailimages:add_multiple"),
        reverse("wagtaildocs:add_multiple"),
        reverse("wagtailimages:edit", args=[place.image.pk]),
        reverse("wagtaildocs:edit", args=[place.document.pk]),
        reverse("wagtailadmin_home"),
    ]


def of_the_api(place: Place) -> list[str]:
    pages, catalogue = "/admin/api/main/pages/", place.course.get_parent()
    return [
        pages,
        f"{pages}?child_of={catalogue.pk}&for_explorer=1",
        f"{pages}?search=hand+77",
        f"{pages}{place.course.pk}/",
        "/admin/api/main/images/",
        "/admin/api/main/documents/",
    ]


EVERYTHING = (of_the_api, of_media, of_people, of_one_thing, of_places)


def counts_so_far(sql: str) -> bool:
    return sql.startswith("SELECT COUNT(*)") and f"LIMIT {MOST + 1})" in sql


def visit(client, address: str):
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    assert answer.status_code == 200, address
    return answer, captured


@pytest.mark.parametrize("addresses", EVERYTHING)
def test_it_costs_the_same_with_hundreds_of_everything_and_with_thousands(
    client, ivo, place, addresses
):
    logged_in(client, ivo)
    fill(place, FEW)
    few = {at: len(visit(client, at)[1]) for at in addresses(place)}

    fill(place, MANY, after=FEW)
    many, whole, sorted_, large = {}, {}, {}, {}
    for at in addresses(place):
        answer, captured = visit(client, at)
        many[at] = len(captured)
        if found := [sql for sql in read_whole(captured, *LARGE) if not counts_so_far(sql)]:
            whole[at] = found
        if (rows := most_rows_sorted(captured)) >= 1000:
            sorted_[at] = rows
        if len(answer.content) >= MOST_BYTES:
            large[at] = len(answer.content)

    assert (whole, sorted_, large) == ({}, {}, {})
    assert many == few


def test_a_usage_is_listed_page_by_page(client, ivo, place):
    fill(place, 45)
    logged_in(client, ivo)
    address = reverse("wagtailimages:image_usage", args=[place.image.pk])

    pages = [client.get(address, {"p": number}) for number in (1, 2, 3)]

    told = [[row["object"].pk for row in page.context["table"].data] for page in pages]
    assert [len(keys) for keys in told] == [20, 20, 5]
    using = ReferenceIndex.get_references_to(place.image).values_list("object_id", flat=True)
    assert sorted(key for keys in told for key in keys) == sorted(map(int, using))


def test_people_are_found_by_the_beginnings_of_their_words(client, ivo, place):
    add_people(120, after=0)
    logged_in(client, ivo)
    address = reverse("wagtailusers_users:index")

    def found(words: str) -> list[str]:
        page = client.get(address, {"q": words})
        return [person.email for person in page.context["object_list"]]

    assert found("p77") == ["p77@example.org"]
    assert found("P77 Person") == ["p77@example.org"]
    assert found("p119@example.org") == ["p119@example.org"]
    assert found("xylophone") == []
    assert "More than 20" in client.get(address, {"q": "person"}).text


def test_a_history_names_who_changed_a_page_last(client, ivo, place, monkeypatch):
    monkeypatch.setattr(histories, "LATEST_ENTRIES", 5)
    fill(place, 30)
    logged_in(client, ivo)
    page = client.get(reverse("wagtailadmin_pages:history", args=[place.course.pk]))

    named = page.context["filters"].form.fields["user"].queryset

    assert 1 <= named.count() <= 5
    assert "Person P0" in page.text


def test_of_many_collections_a_few_are_offered_and_any_may_be_chosen(client, ivo, place):
    add_media(place, 60, after=0)
    logged_in(client, ivo)
    images, far = reverse("wagtailimages:index"), Collection.objects.get(name="Sewing by hand 47")

    def offered(page) -> set[str]:
        choices = page.context["filters"].form.fields["collection_id"].queryset
        return {collection.name for collection in choices}

    first = offered(client.get(images))
    assert first == {"Root", "Sewing by hand", *(f"Sewing by hand {n}" for n in range(18))}
    chosen = client.get(images, {"collection_id": far.pk})
    assert offered(chosen) - first == {far.name}
    assert [image.title for image in chosen.context["object_list"]] == ["Seam 47"]
    found = client.get(images, {"collection_words": "hand 5"})
    assert offered(found) - first == {f"Sewing by hand {n}" for n in range(50, 60)}
    assert len(found.context["object_list"]) == 11


def test_an_image_stays_in_its_collection_among_many(client, ivo, place):
    add_media(place, 60, after=0)
    logged_in(client, ivo)
    image, other = (
        CourseImage.objects.get(title="Seam 7"),
        Collection.objects.get(name__endswith=" 9"),
    )
    address = reverse("wagtailimages:edit", args=[image.pk])

    field = client.get(address).context["form"]["collection"]
    assert f'value="{image.collection_id}" selected' in str(field)
    client.post(address, {"title": "Hem", "collection": other.pk, "tags": ""})

    image.refresh_from_db()
    assert (image.title, image.collection_id) == ("Hem", other.pk)


def test_the_collection_of_a_course_that_is_open_is_offered(client, ivo, place):
    add_media(place, 60, after=0)
    logged_in(client, ivo)
    lesson = LessonPage.objects.filter(path__startswith=place.course.path).first()
    EditingSession.objects.create(
        user=ivo,
        content_type=ContentType.objects.get_for_model(LessonPage),
        object_id=str(lesson.pk),
        last_seen_at=timezone.now(),
    )

    collection = Collection.objects.get(name="Sewing by hand 47")
    CoursePage.objects.filter(pk=place.course.pk).update(collection=collection)

    page = client.get(reverse("wagtailimages_chooser:choose"))

    offered = BeautifulSoup(page.json()["html"], "html.parser").find_all("option")
    names = "".join(option.text for option in offered)
    assert "Sewing by hand 47" in names
    assert "Sewing by hand 48" not in names


def test_a_producer_chooses_among_their_own_collections_only(client, ada, bruno, place):
    add_media(place, 60, after=0)
    logged_in(client, bruno)
    foreign = Collection.objects.get(name="Sewing by hand 7")

    page = client.get(reverse("wagtailimages:index"), {"collection_id": foreign.pk})

    assert "Sewing by hand 7" not in page.text
    assert "Seam" not in page.text


def test_the_dashboard_says_about_how_many_pictures_there_are(client, ivo, place):
    logged_in(client, ivo)
    few = " ".join(client.get(reverse("wagtailadmin_home")).text.split())
    add_media(place, 200, after=0)
    count_all_anew()
    many = " ".join(client.get(reverse("wagtailadmin_home")).text.split())

    assert "1 image <" in few
    assert "1 document <" in few
    assert "about 200 images" in many
    assert "about 200 documents" in many


def test_the_api_tells_of_its_rows_what_each_would_say_alone(client, ivo, place):
    many_courses(like=place.course, count=30)
    logged_in(client, ivo)
    course = place.course

    listing = client.get(f"/admin/api/main/pages/?child_of={course.get_parent().pk}").json()
    row = next(item for item in listing["items"] if item["id"] == course.pk)
    alone = client.get(f"/admin/api/main/pages/{course.pk}/").json()

    assert listing["meta"]["total_count"] == 31
    for told in ("status", "children", "parent"):
        assert row["meta"][told] == alone["meta"][told]
    assert row["meta"]["children"]["count"] == 1
    assert row["meta"]["parent"]["id"] == course.get_parent().pk
