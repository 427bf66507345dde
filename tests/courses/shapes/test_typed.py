"""What is given back of a form that came to nothing."""

import pytest
from django.test import Client

from courses.shapes.typed import words_typed


def test_words_in_any_language_come_back_and_what_nobody_typed_does_not(rf):
    request = rf.post(
        "/",
        {
            "csrfmiddlewaretoken": "one two",
            "password": "correct horse battery",
            "new_password1": "correct horse battery",
            "key": "6f0c8a3e-0000-4000-8000-000000000000",
            "agreed": "at_once",
            "email": "cleo@example.com",
            "text": " Where is it?\n",
            "pitch": "縫製の授業",
        },
    )

    assert words_typed(request) == "Where is it?\n\n縫製の授業"


@pytest.mark.parametrize(("signed_in", "shown"), [(True, True), (False, False)])
def test_a_form_that_waited_too_long_gives_its_words_back(cleo, signed_in, shown):
    strict = Client(enforce_csrf_checks=True)
    if signed_in:
        strict.force_login(cleo)

    answer = strict.post("/help/", {"text": "Where is my <receipt>?"})

    assert answer.status_code == 403
    assert ("readonly>Where is my &lt;receipt&gt;?</textarea>" in answer.content.decode()) is shown
