"""Numbers in the studio are typed as people write them; no browser may change them."""

from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.conf.locale import LANG_INFO
from django.urls import reverse
from django.utils.translation import override
from wagtail.models import Page

from courses.editor.numbers import MoneyField, MoneyInput
from courses.teams.members import create_course
from tests.builders import a_lesson
from tests.editor import course_post, lesson_post
from tests.people import logged_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(ada, catalogue):
    return create_course(producer=ada, title="Sewing by hand")


def price_of(course):
    return Page.objects.get(pk=course.pk).get_latest_revision_as_object().price


def edit(client, course, price):
    at = reverse("wagtailadmin_pages:edit", args=[course.pk])
    return client.post(at, course_post(course, price=price))


@pytest.mark.parametrize(
    ("typed", "meant"), [("24,50", "24.50"), ("1,950", "1950"), ("1.950,00", "1950")]
)
def test_a_price_is_read_as_people_write_it(client, ada, course, typed, meant):
    assert edit(logged_in(client, ada), course, typed).status_code == 302

    assert price_of(course) == Decimal(meant)


def test_a_price_that_cannot_be_told_is_given_back_as_it_was_typed(client, ada, course):
    before = price_of(course)

    page = BeautifulSoup(edit(logged_in(client, ada), course, "24,50,0").content, "html.parser")

    assert page.select_one("#id_price")["value"] == "24,50,0"
    assert "Write it like 24.50 or 24,50." in page.get_text()
    assert price_of(course) == before


def test_no_browser_may_drop_what_was_typed_into_a_price(client, ada, course):
    at = reverse("wagtailadmin_pages:edit", args=[course.pk])

    page = BeautifulSoup(logged_in(client, ada).get(at).content, "html.parser")

    field = page.select_one("#id_price")
    assert (field["type"], field["inputmode"], field["value"]) == ("text", "decimal", "0.00")
    assert not page.select("form input[type=number]")


@pytest.mark.parametrize("language", sorted(code for code in LANG_INFO if code.isalpha()))
@pytest.mark.parametrize("sum_", ["0.00", "24.50", "1950.00", "999999.99"])
def test_what_a_field_shows_is_read_back_as_the_same_sum(language, sum_):
    with override(language):
        shown = MoneyInput().format_value(Decimal(sum_))

    assert MoneyField().clean(shown) == Decimal(sum_)


def test_every_number_of_the_studio_is_typed_as_text(client, ada, ivo, course):
    lesson = a_lesson(under=course, title="Threads")
    pages = [
        (ada, reverse("wagtailadmin_pages:edit", args=[lesson.pk]), ["minutes", "pass_mark"]),
        (ivo, "/admin/storefront/coupon/create/", ["percent_off", "max_uses"]),
    ]

    for person, at, names in pages:
        page = BeautifulSoup(logged_in(client, person).get(at).content, "html.parser")
        told = [(page.select_one(f"#id_{name}")["type"]) for name in names]
        assert told == ["text", "text"]
        assert not page.select("form input[type=number]")


def test_a_whole_number_with_a_comma_is_refused_in_words_and_not_made_larger(client, ada, course):
    lesson = a_lesson(under=course, title="Threads")
    at = reverse("wagtailadmin_pages:edit", args=[lesson.pk])

    response = logged_in(client, ada).post(at, lesson_post(lesson, [], minutes="1,5"))

    page = BeautifulSoup(response.content, "html.parser")
    assert page.select_one("#id_minutes")["value"] == "1,5"
    assert "Enter a whole number." in page.get_text()
    assert Page.objects.get(pk=lesson.pk).get_latest_revision_as_object().minutes is None
