"""What a formula looks like, told to whoever writes one and to nobody else."""

import json

import pytest
from django.urls import reverse

from courses.formulas.budget import MOST_IN_A_PREVIEW
from courses.formulas.views import MOST_AT_ONCE
from tests.people import logged_in

pytestmark = pytest.mark.django_db


def ask(client, body):
    body = body if isinstance(body, str) else json.dumps(body)
    return client.post(reverse("formulas:preview"), {"formulas": body})


def test_formulas_are_shown_and_complained_of_in_the_order_they_were_asked(client, ada):
    asked = [{"tex": "x^2", "display": False}, {"tex": r"\foo", "display": True}]

    response = ask(logged_in(client, ada), asked)

    good, bad = response.json()["formulas"]
    assert good["mathml"].startswith("<math><semantics><msup>") and good["complaint"] == ""
    assert bad["mathml"] == "" and "\\foo" in bad["complaint"]


@pytest.mark.parametrize("who", ["visitor", "learner"])
def test_nobody_else_asks(client, cleo, who):
    if who == "learner":
        logged_in(client, cleo)

    response = ask(client, [{"tex": "x", "display": False}])

    assert response.status_code == 302
    assert "math" not in response.content.decode()


@pytest.mark.parametrize(
    "body",
    [
        "", "{", "{}", "3", '[3]', '[{"tex": "x"}]', '[{"tex": 3, "display": true}]',
        '[{"tex": "x", "display": 1}]', '[{"tex": "\\u0000", "display": true}]', "\\xff",
        [{"tex": "x", "display": True}] * (MOST_AT_ONCE + 1),
    ],
    ids=lambda body: str(body)[:40],
)  # fmt: skip
def test_what_asks_for_no_formula_is_refused(client, ada, body):
    assert ask(logged_in(client, ada), body).status_code == 400


def test_looking_is_no_reading(client, ada):
    assert logged_in(client, ada).get(reverse("formulas:preview")).status_code == 405


def test_more_than_enough_at_once_is_refused(client, ada):
    asked = [{"tex": "x" * 1_900, "display": False}] * (MOST_IN_A_PREVIEW // 1_900 + 1)

    response = ask(logged_in(client, ada), asked)

    assert response.status_code == 400
    assert "more formulas here than can be set at once" in response.content.decode()
