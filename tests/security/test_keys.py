"""A key of something that is not one's own answers as one that nobody has.

Every address of the site that takes a key is walked by everybody who has no business there,
once with keys that exist and once with keys that do not: by the answers nobody learns how many
orders there are. An address with a key that is not named here fails: whoever adds one says
what its key is.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.models import EditingSession
from wagtail.models import Site, Task, TaskState, UploadedFile, Workflow

from courses.models import Category, CourseImport, CourseTeamMember, Export
from courses.teams.invitations import invite
from courses.teams.members import create_course
from home.models import Inquiry
from learners.models import Certificate, LessonProgress, ProducerApplication, Review, Role
from storefront.models import (
    Coupon,
    LedgerEntry,
    Order,
    Payment,
    Refund,
    ReturnRequest,
    Seller,
    Synonyms,
    WebhookEvent,
)
from tests.builders import a_course, a_submission, an_enrollment, lesson_called
from tests.courses.isolation.evidence import headers, rows
from tests.media import a_document, an_image
from tests.people import logged_in, person, somebody
from tests.routes import routes
from tests.storefront.shop import a_course_on_sale

pytestmark = pytest.mark.django_db

MISSING = 987_654
NOBODY = UUID("00000000-0000-4000-8000-000000000000")
REPORT = {"outcomes": {}, "kinds": {}, "components": [], "notes": []}

# Words in an address that name no row.
WORDS = {
    "number": 1,
    "offset": 0,
    "action_name": "approve",
    "filter_spec": "max-100x100",
    "spec": "width-480",
    "verb": "remove",
    "section": "courses",
    "revision_id_a": "earliest",
    "content_type_app_name": "courses",
    "content_type_model_name": "lessonpage",
}
# Addresses that are left out, with the reason.
LEFT_OUT = {
    "learners:certificate": "the key is the proof: whoever has the code reads the certificate",
    "learners:certificate_pdf": "the key is the proof",
    "learners:avatar": "pictures have random names and are for everybody",
    "courses:cover": "every key has a cover, whether there is a course or not",
    "languages:switch": "names a language, in development alone",
    "mailbox:mail": "the mailbox of development",
    "mailbox:body": "the mailbox of development",
    "wagtail_serve": "a path: drafts answer as nothing, see test_what_nobody_may",
    "wagtailcore_authenticate_with_password": "where a page asks for its password",
    "wagtaildocs_authenticate_with_password": "where a document asks for its password",
    "wagtailadmin_password_reset_confirm": "names no row that is looked for: closed",
    "wagtailadmin_tag_model_autocomplete": "names a model and no row",
    "wagtailadmin_pages:type_use": "names a model and no row",
    "wagtailadmin_pages:type_use_results": "names a model and no row",
    "wagtailadmin_pages:choose_parent": "names a model and no row",
    "wagtailadmin_workflows:add_task": "names a model and no row",
    "wagtail_bulk_action": "its keys stand in the query, see courses/isolation/test_actions",
}
KINDS = {
    "page_id": "lesson",
    "parent_page_id": "course",
    "page_to_move_id": "lesson",
    "destination_id": "course",
    "page_pk": "lesson",
    "object_id": "lesson",
    "course_id": "course",
    "slug": "course",
    "image_id": "image",
    "rendition_id": "rendition",
    "document_id": "document",
    "doc_id": "document",
    "release_id": "release",
    "item_id": "item",
    "member_id": "member",
    "invitation_id": "invitation",
    "revision_id": "revision",
    "revision_id_b": "revision",
    "task_id": "task",
    "task_state_id": "taskstate",
    "workflow_state_id": "workflowstate",
    "workflow_pk": "workflow",
    "collection_id": "collection",
    "order_id": "order",
    "user_id": "user",
    "uploaded_file_id": "upload",
    "session_id": "session",
}
# What ``pk`` and ``uuid`` stand for, by the beginning of an address's name.
KINDS_BY_NAME = {
    "applications:": "application",
    "exports:": "export",
    "inquiries:": "inquiry",
    "returns:": "return",
    "learners:history": "course",
    "studio:import_report": "import",
    "studio:put_away_import": "import",
    "studio:stop_import": "import",
    "learners:resume": "course",
    "learners:review": "course",
    "learners:": "lesson",
    "wagtailadmin_api:documents": "document",
    "wagtailadmin_api:images": "image",
    "wagtailadmin_api:pages": "lesson",
    "wagtailadmin_collections:": "collection",
    "wagtailadmin_pages:": "lesson",
    "wagtailadmin_workflows:edit_task": "task",
    "wagtailadmin_workflows:disable_task": "task",
    "wagtailadmin_workflows:enable_task": "task",
    "wagtailadmin_workflows:": "workflow",
    "wagtaildocs_chooser:": "document",
    "wagtailimages_chooser:": "image",
    "wagtailsettings:": "seller",
    "wagtailsites:": "site",
    "wagtailsnippetchoosers_courses_category:": "category",
    "wagtailsnippets_courses_category:": "category",
    "wagtailsnippetchoosers_storefront_synonyms:": "synonyms",
    "wagtailsnippets_storefront_synonyms:": "synonyms",
    "wagtailusers_groups:": "group",
    "wagtailusers_users:": "user",
}
WORDS_BY_NAME = {
    "studio:answer_invitation": {"verb": "accept"},
    "wagtailsettings:": {"app_name": "storefront", "model_name": "seller"},
    "wagtailadmin_editing_sessions:": {"app_label": "wagtailcore", "model_name": "page"},
}


@dataclass(frozen=True)
class Address:
    name: str
    there: str
    nowhere: str


@pytest.fixture
def world(catalogue):
    """A row of everything that has a key: Bruno's course, and what Cleo bought and learnt."""
    bruno, cleo = person("bruno"), person("cleo")
    sold = a_course_on_sale(by=bruno, title="Maps for walkers")
    studied = lesson_called("Cutting straight", course=a_course(by=bruno, title="Maps by hand"))
    release = a_submission(by=bruno, title="Secret maps")
    draft = release.course
    lesson = lesson_called("Cutting straight", course=draft)
    enrollment = an_enrollment(user=cleo, course=sold)
    image = an_image(title="Seam", course=draft, by=bruno)
    money = {"amount": Decimal("24.00"), "currency": "EUR"}
    order = Order.objects.create(buyer=cleo, currency="EUR", subtotal=24, total=24, number="P-1")
    payment = Payment.objects.create(order=order, idempotency_key="p", **money)
    entry = {"order": order, "account": "cash", "currency": "EUR", "memo": "Nothing"}
    return {
        "course": draft,
        "lesson": lesson,
        "image": image,
        "rendition": image.get_rendition("max-100x100"),
        "export": Export.objects.create(person=bruno, status="ready"),
        "import": CourseImport.objects.create(
            person=bruno, course=draft, name="a.zip", status="done", report=REPORT
        ),
        "document": a_document(title="Pattern", course=draft, by=bruno),
        "member": draft.team.get(),
        "invitation": invite(course=draft, email="nora@example.com", by=bruno),
        "release": release,
        "item": release.items.filter(kind="lesson").first(),
        "revision": lesson.latest_revision,
        "task": Task.objects.first(),
        "taskstate": TaskState.objects.first(),
        "workflow": Workflow.objects.first(),
        "workflowstate": release.workflow_state,
        "collection": image.collection,
        "category": Category.objects.first(),
        "synonyms": Synonyms.objects.create(words="JS, JavaScript"),
        "group": Group.objects.first(),
        "site": Site.objects.first(),
        "seller": Seller.objects.create(),
        "user": cleo,
        "order": order,
        "payment": payment,
        "refund": Refund.objects.create(payment=payment, idempotency_key="r", **money),
        "ledgerentry": LedgerEntry.objects.create(transaction=NOBODY, amount=0, **entry),
        "coupon": Coupon.objects.create(code="FIELDBOOK", percent_off=25),
        "webhookevent": WebhookEvent.objects.create(event_id="evt_1", type="x", payload={}),
        "enrollment": enrollment,
        "lessonprogress": LessonProgress.objects.create(enrollment=enrollment, lesson=studied),
        "certificate": Certificate.objects.create(
            enrollment=enrollment,
            number=1,
            name=cleo.name,
            course_title="Maps",
            producer_name="Bruno",
            lessons=1,
            minutes=5,
            issued_at=timezone.now(),
            issued_on=timezone.localdate(),
        ),
        "review": Review.objects.create(course=sold, user=cleo, rating=5, content="Good."),
        "application": ProducerApplication.objects.create(user=cleo, pitch="Threads."),
        "inquiry": Inquiry.objects.create(email=cleo.email, text="Where is my receipt?"),
        "return": ReturnRequest.objects.create(
            order=order,
            asked_by=cleo,
            studied_percent=60,
            finished=False,
            return_days=30,
            return_below_percent=50,
        ),
        "upload": UploadedFile.objects.create(
            uploaded_by_user=bruno, file=ContentFile(b"x", name="x.png")
        ),
        "session": EditingSession.objects.create(
            user=bruno, content_object=lesson, last_seen_at=timezone.now()
        ),
    }


def by_beginning(table: dict[str, Any], name: str) -> Any:
    found = [key for key in table if name.startswith(key)]
    return table[max(found, key=len)] if found else None


def key_of(kind: str, parameter: str, world: dict[str, Any]) -> tuple[Any, Any]:
    """(what stands in the address for the row that there is, and for one that there is not)."""
    row = world[kind]
    if parameter == "slug":
        return row.slug, "no-such-course"
    if parameter in ("uuid", "key"):
        return getattr(row, parameter), NOBODY
    return row.pk, (NOBODY if isinstance(row.pk, UUID) else MISSING)


def addresses(world: dict[str, Any]) -> list[Address]:
    found = []
    for route in routes():
        name = route.name
        if not name or not route.parameters or name in LEFT_OUT:
            continue
        there, nowhere = {}, {}
        for parameter in route.parameters:
            words = WORDS | (by_beginning(WORDS_BY_NAME, name) or {})
            if parameter == "instance_pk":
                kind = name.split("_")[1]
            else:
                kind = KINDS.get(parameter) or by_beginning(KINDS_BY_NAME, name)
            if parameter == "name":  # the file of a rendition or a document
                row = world["rendition" if name == "courses:rendition" else "document"]
                there[parameter] = nowhere[parameter] = row.file.name.rsplit("/", 1)[-1]
            elif parameter in words:
                there[parameter] = nowhere[parameter] = words[parameter]
            else:
                assert kind, f"{name} takes a key that this test does not know: {parameter}"
                there[parameter], nowhere[parameter] = key_of(kind, parameter, world)
        if there == nowhere:
            continue
        found.append(Address(name, reverse(name, kwargs=there), reverse(name, kwargs=nowhere)))
    return found


def told(response, address: str) -> dict[str, Any]:
    """All that an answer gives away, without its own address and what is new each time."""
    if response.streaming:
        body = b"".join(response.streaming_content).decode("latin-1")
    else:
        body = response.content.decode("latin-1")
    said = {"status": response.status_code, "body": body, "headers": str(headers(response))}
    said["headers"] = re.sub(r"'Content-Length': '\d+'", "", said["headers"])
    for part in ("body", "headers"):
        said[part] = said[part].replace(address, "").replace(address.replace("/", "%2F"), "")
        said[part] = re.sub(r"name=.csrfmiddlewaretoken. value=.\w+.", "", said[part])
    return said


@pytest.fixture
def visitors(world, ada):
    """Everybody without business there, each with a browser."""
    hers = create_course(producer=ada, title="Sewing by hand")
    helper = somebody(email="nils@example.com", name="Nils Berg", role=Role.PRODUCER)
    CourseTeamMember.objects.create(course=hers, user=helper)
    people = [("ada", ada), ("nils", helper), ("dana", person("dana"))]
    return {
        **{name: logged_in(Client(), who) for name, who in people},
        "nobody": Client(),
    }


# A moderator reads what was submitted and decides on it, and meets no more of the course.
REVIEWED = (
    "moderation:",
    "learners:lesson",
    "wagtailadmin_pages:workflow_action",
    "wagtailadmin_pages:collect_workflow_action_data",
)


def different(client: Client, known: list[Address], method: str) -> list[str]:
    wrong = []
    for address in known:
        client.cookies.pop("messages", None)  # what was said before is said on the next page
        there = told(getattr(client, method)(address.there), address.there)
        client.cookies.pop("messages", None)
        nowhere = told(getattr(client, method)(address.nowhere), address.nowhere)
        if there != nowhere:
            wrong.append(f"{address.name}: {there['status']} and {nowhere['status']}")
    return wrong


@pytest.mark.parametrize(
    ("who", "method"),
    [
        *[("ada", "get"), ("nils", "post"), ("dana", "get"), ("nobody", "get"), ("nobody", "post")],
    ],
)
def test_a_key_that_exists_answers_as_one_that_does_not(world, visitors, who, method):
    known = addresses(world)
    before = rows()

    assert different(visitors[who], known, method) == []

    assert rows() == before
    assert len(known) > 150


def test_a_moderator_meets_what_was_submitted_and_no_key_beside_it(world, mira):
    known = [one for one in addresses(world) if not one.name.startswith(REVIEWED)]

    assert different(logged_in(Client(), mira), known, "get") == []
