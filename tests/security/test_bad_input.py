"""What no browser sends is refused in words, not with an error of ours."""

import pytest

from tests.builders import a_course, a_released_course
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
