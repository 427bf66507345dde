"""A piece of a page is drawn once for what it is given, and holds nobody's token."""

from unittest.mock import patch

import pytest
from django.template import Context, Template
from django.template.backends.django import Template as Drawn

from courses.freshness import fragments

FORM = "components/swaps.html"  # has the reader's token in it
PLAIN = "components/quiet_header.html"


@pytest.fixture(autouse=True)
def nothing_drawn():
    fragments.forget()


def rendered(name: str, token: str) -> str:
    page = Template("{% load pieces %}{% piece name %}")
    return page.render(Context({"name": name, "csrf_token": token}))


def test_each_reader_finds_their_own_token_in_it():
    first, second = rendered(FORM, "token-of-cleo"), rendered(FORM, "token-of-dana")

    assert 'content="token-of-cleo"' in first and "dana" not in first
    assert 'content="token-of-dana"' in second and "cleo" not in second


def test_it_is_drawn_once():
    with patch.object(Drawn, "render", autospec=True, side_effect=Drawn.render) as drawing:
        assert rendered(PLAIN, "one") == rendered(PLAIN, "two")

    assert drawing.call_count == 1


def test_a_piece_without_a_form_asks_for_no_token():
    page = Template("{% load pieces %}{% piece name %}")

    # To read it would set a cookie, and would keep the page out of every cache.
    assert "Perfomix" in page.render(Context({"name": PLAIN}))
