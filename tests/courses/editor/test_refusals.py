"""A refusal that reaches one of Wagtail's own views."""

import json

from courses.editor.refusals import RefusalsInTheEditor
from courses.errors import CourseError


def answer(rf, address: str, **headers):
    middleware = RefusalsInTheEditor(lambda request: None)
    refusal = CourseError("Somebody has already decided.", code="already_decided")
    return middleware.process_exception(rf.get(address, headers=headers), refusal)


def test_a_program_is_told_the_reason_by_its_code(rf):
    response = answer(rf, "/admin/pages/1/edit/", accept="application/json")

    assert response.status_code == 409
    assert json.loads(response.content) == {
        "detail": "Somebody has already decided.",
        "code": "already_decided",
    }


def test_a_refusal_outside_the_editor_is_left_to_its_view(rf):
    assert answer(rf, "/courses/", accept="application/json") is None
