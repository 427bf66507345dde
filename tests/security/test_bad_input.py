"""What no browser sends is refused in words, not with an error of ours."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.models import Page, Workflow

from courses.models import Category, CourseDocument, CourseImage
from storefront.models import Coupon
from tests.builders import (
    a_course,
    a_released_course,
    a_submission,
    lesson_called,
    the_catalogue,
)
from tests.media import picture
from tests.people import logged_in

NUL = "\x00"


@pytest.mark.parametrize(
    "address",
    [
        "/courses/%00/",
        "/courses/sewing%00/checkout/",
        "/admin/tag-autocomplete/?term=%00",
        "/admin/api/main/pages/?search=%00",
        "/admin/learners/enrollment/?q=%00",
        "/media/avatars/%00",
    ],
)
def test_an_address_with_a_null_byte_is_refused(client, ada, address):
    assert logged_in(client, ada).get(address).status_code == 400


@pytest.mark.parametrize("action", ["code", "pay"])
def test_a_code_with_a_null_byte_is_no_code(client, ada, cleo, action):
    course = a_released_course(by=ada)
    response = logged_in(client, cleo).post(
        f"/courses/{course.slug}/checkout/", {"action": action, "code": f"SPRING{NUL}"}
    )
    assert response.status_code in (200, 409)
    assert "That code is not valid for this course." in response.content.decode()
    assert not cleo.orders.exists()


@pytest.mark.parametrize("shown", ["NaN", "sNaN", "Infinity", "1e999999"])
def test_a_total_that_is_no_number_buys_nothing(client, ada, cleo, shown):
    course = a_released_course(by=ada)
    response = logged_in(client, cleo).post(
        f"/courses/{course.slug}/checkout/", {"action": "pay", "shown": shown}
    )
    assert response.status_code == 409
    assert not cleo.orders.exists()


@pytest.mark.parametrize(
    "asked", ["purchased_at__gte=zz", "course=²", "course=999999999999999999999", "o=99", "p=zz"]
)
def test_a_list_of_records_survives_what_it_does_not_know(client, ada, asked):
    a_course(by=ada)
    response = logged_in(client, ada).get(f"/admin/learners/enrollment/?{asked}")
    assert response.status_code in (200, 404)


@pytest.mark.parametrize("model", ["storefront/order", "learners/enrollment"])
def test_a_row_that_cannot_exist_is_not_found(client, ivo, model):
    assert logged_in(client, ivo).get(f"/admin/{model}/inspect/zz/").status_code == 404


@pytest.mark.parametrize("view", ["inspect", "edit", "delete"])
@pytest.mark.parametrize("key", ["zz", "²", "987654", "0868b53e-8c0e-5a0f-b7c9-5c1f3120cf6f"])
@pytest.mark.parametrize("model", ["storefront/coupon", "storefront/refund", "learners/review"])
def test_no_view_of_a_row_fails_at_its_key(client, ivo, model, view, key):
    assert logged_in(client, ivo).post(f"/admin/{model}/{view}/{key}/").status_code == 404


@pytest.mark.parametrize("course", ["٣", "²", "9" * 5000, "x"])
def test_a_list_is_not_narrowed_by_what_is_no_course(client, ada, course):
    a_course(by=ada)
    response = logged_in(client, ada).get("/admin/learners/enrollment/", {"course": course})
    assert response.status_code in (200, 302, 400)


@pytest.mark.parametrize("posted", [{}, {"external-link-chooser-url": ""}, {"url": "zz"}])
def test_a_link_without_an_address_is_asked_for_again(client, ada, posted):
    a_course(by=ada)
    response = logged_in(client, ada).post("/admin/choose-external-link/", posted)
    assert response.status_code == 200
    assert response.json()["step"] == "external_link"


def test_a_chooser_that_creates_nothing_has_no_address_for_it(client, ivo):
    before = Category.objects.count()
    address = "/admin/snippets/choose/courses/category/create/"
    assert logged_in(client, ivo).post(address, {"name": "Odd"}).status_code == 404
    assert Category.objects.count() == before


def test_there_is_no_address_that_fails_on_purpose(client, ivo):
    assert logged_in(client, ivo).get("/admin/failwhale/").status_code == 404


@pytest.mark.parametrize("key", ["2026-W60", "²", "", "9" * 30])
@pytest.mark.parametrize("kind", ["pages", "images", "documents"])
def test_the_api_finds_nothing_by_what_is_no_key(client, ivo, kind, key):
    response = logged_in(client, ivo).get(f"/admin/api/main/{kind}/find/", {"id": key})
    assert response.status_code == 404


def test_a_form_is_no_message_of_stripes(client, db):
    assert client.post("/stripe/webhook/", {"a": "b"}).status_code == 400


@pytest.mark.parametrize("key", ["NaN", "²", "9" * 30, "0868b53e-8c0e-5a0f-b7c9-5c1f3120cf6f"])
@pytest.mark.parametrize(
    "chooser", ["images/chooser", "documents/chooser", "snippets/choose/courses/category"]
)
def test_a_chooser_finds_nothing_by_what_is_no_key(client, ivo, chooser, key):
    logged_in(client, ivo)
    assert client.get(f"/admin/{chooser}/chosen/{key}/").status_code == 404
    assert client.get(f"/admin/{chooser}/chosen-multiple/", {"id": [key, "1"]}).status_code == 404


def test_the_catalogue_has_no_draft_to_look_at(client, ivo):
    page = the_catalogue()
    response = logged_in(client, ivo).get(f"/admin/pages/{page.pk}/view_draft/")
    assert response.status_code == 302  # back to the editor, with its words for what is not allowed


@pytest.mark.parametrize("parent", [None, "", "²", "zz", "987654", "9" * 30])
def test_nothing_is_copied_to_a_page_that_is_none(client, ada, ivo, parent):
    course = a_course(by=ada)
    lesson = lesson_called("Cutting straight", course=course)
    before = Page.objects.count()
    posted = {"new_title": "Copy", "new_slug": "copy", "new_parent_page": parent}
    posted = {name: value for name, value in posted.items() if value is not None}

    for person in (ada, ivo):
        address = f"/admin/pages/{lesson.pk}/copy/"
        assert logged_in(client, person).post(address, posted).status_code == 404
    assert Page.objects.count() == before


@pytest.mark.parametrize("asked", ["p=²", "p=0", "p=-1", "p=99", "p=zz", "p=" + "9" * 30])
def test_a_workflow_has_no_such_page(client, ivo, ada, asked):
    a_course(by=ada)
    workflow = Workflow.objects.first()
    response = logged_in(client, ivo).get(f"/admin/workflows/edit/{workflow.pk}/?{asked}")
    assert response.status_code in (400, 404)


@pytest.mark.parametrize("model", ["", "²", "a.b", "a.b.c", "courses.nothing"])
def test_no_task_is_made_of_what_is_no_model(client, ivo, db, model):
    address = "/admin/workflows/task_chooser/"
    assert logged_in(client, ivo).get(address, {"create_model": model}).status_code == 400


@pytest.mark.parametrize("kind", ["images", "documents"])
def test_no_file_is_taken_that_was_sent_under_another_name(client, ivo, db, kind):
    files = {"files[]": "a text", "file": SimpleUploadedFile("a.png", picture())}
    response = logged_in(client, ivo).post(f"/admin/{kind}/multiple/add/", files)

    assert response.status_code == 400
    assert not CourseImage.objects.exists()
    assert not CourseDocument.objects.exists()


@pytest.mark.parametrize("key", ["²", "zz", "9" * 30, "-1"])
def test_no_page_is_chosen_for_what_is_no_key(client, ivo, db, key):
    page = the_catalogue()
    response = logged_in(client, ivo).get(
        f"/admin/choose-page/{page.pk}/", {"target_pages[]": [str(page.pk), key]}
    )
    assert response.status_code == 400


@pytest.mark.parametrize("data", ["", "{", "[]", "3", '{"user": 1}', '{"comment": []}', "[" * 9999])
def test_a_decision_takes_a_comment_and_nothing_else(client, ada, mira, data):
    course = a_submission(by=ada).course
    task = course.current_workflow_task_state

    response = logged_in(client, mira).post(
        f"/admin/pages/{course.pk}/edit/",
        {"action-workflow-action": "1", "workflow-action-name": "approve"}
        | {"workflow-action-extra-data": data},
    )

    assert response.status_code == 400
    task.refresh_from_db()
    assert task.status == "in_progress"


@pytest.mark.parametrize(
    "body",
    [
        *("", "{", "[]", "[1]", "3", '{"a": {}}', '{"a": "\\u0000"}', '{"a": 1e999}', " " * 9999),
        '{"a": "' + "x" * 2000 + '"}',
    ],
    ids=lambda body: body[:20],
)
def test_only_hints_that_were_read_are_put_away(client, ada, body):
    a_course(by=ada)
    logged_in(client, ada)
    address = "/admin/dismissibles/"
    assert client.patch(address, body, content_type="application/json").status_code == 400
    client.patch(address, '{"editor-guide": true}', content_type="application/json")
    assert client.get(address).json() == {"editor-guide": True}


@pytest.mark.parametrize("following", ["🧵", '"a"', "account_login", "javascript:1"])
@pytest.mark.parametrize("where", ["query", "body"])
def test_one_goes_on_to_addresses_only(client, ada, following, where):
    lesson = lesson_called("Cutting straight", course=a_course(by=ada))
    address = f"/admin/pages/{lesson.pk}/delete/"
    query, body = ({"next": following}, {}) if where == "query" else ({}, {"next": following})

    response = logged_in(client, ada).post(address, body, query_params=query)

    assert response.status_code == 400
    assert Page.objects.filter(pk=lesson.pk).exists()


@pytest.mark.parametrize("key", ["%s", "²", "zz", "9" * 30])
def test_a_form_with_a_choice_that_is_none_is_shown_again(client, ivo, db, key):
    the_catalogue()
    posted = {"code": "ODD", "percent_off": "200", "course": key, "max_uses": "²"}

    response = logged_in(client, ivo).post("/admin/storefront/coupon/create/", posted)

    assert response.status_code == 200
    assert not Coupon.objects.exists()
