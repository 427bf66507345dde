"""A site with much of everything that the admin shows."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import (
    Collection,
    ModelLogEntry,
    Page,
    PageLogEntry,
    ReferenceIndex,
    Revision,
    TaskState,
    WorkflowState,
)

from courses.models import Category, CourseDocument, CourseImage, CoursePage, LessonPage
from courses.records.counting import count_all_anew
from learners.models import User
from tests.bulk import lessons_everywhere, many_courses

FEW, MANY = 300, 3000


@dataclass(frozen=True)
class Place:
    """One of each kind, of which there are to be thousands."""

    course: CoursePage
    image: CourseImage
    document: CourseDocument
    person: User


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


def visit(client, address: str):
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    assert answer.status_code == 200, address
    return answer, captured
