"""A refusal that reaches one of Wagtail's own views."""

import json

import pytest
from django.contrib.messages.storage.cookie import CookieStorage

from courses.editor.refusals import RefusalsInTheEditor
from courses.errors import CourseError


def answer(rf, address: str, **headers):
    middleware = RefusalsInTheEditor(lambda request: None)
    refusal = CourseError("Somebody has already decided.", code="already_decided")
    request = rf.get(address, headers=headers, secure=True)
    request._messages = CookieStorage(request)
    return middleware.process_exception(request, refusal)


def test_a_program_is_told_the_reason_by_its_code(rf):
    response = answer(rf, "/admin/pages/1/edit/", accept="application/json")

    assert response.status_code == 409
    assert json.loads(response.content) == {
        "detail": "Somebody has already decided.",
        "code": "already_decided",
    }


def test_a_refusal_outside_the_editor_is_left_to_its_view(rf):
    assert answer(rf, "/courses/", accept="application/json") is None


def test_whoever_was_refused_is_back_where_they_came_from(rf):
    came_from = "https://testserver/admin/pages/1/edit/?tab=team"

    response = answer(rf, "/admin/pages/1/edit/", referer=came_from)

    assert (response.status_code, response.url) == (302, came_from)


@pytest.mark.parametrize(
    "came_from",
    [
        "",
        "https://elsewhere.example/",
        "//elsewhere.example/",
        "http://testserver/admin/",
        "javascript:alert(1)",
    ],
)
def test_a_refusal_never_leads_elsewhere(rf, came_from):
    response = answer(rf, "/admin/pages/1/edit/", referer=came_from)

    assert (response.status_code, response.url) == (302, "/admin/")
