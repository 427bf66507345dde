"""One visitor is one address, however it is written, and one bucket."""

import pytest
from django.test import RequestFactory

from courses.limits.visitors import address_of, canonical, network_of


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("192.0.2.1", "192.0.2.1"),
        (" 192.0.2.1:50123 ", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:DB8::0001", "2001:db8::1"),
        ("[2001:db8::1]", "2001:db8::1"),
        ("[2001:db8::1]:443", "2001:db8::1"),
        ("fe80::1%<script>", "fe80::1"),
        ("", None),
        ("unknown", None),
        ("192.0.2", None),
        ("192.0.2.1.", None),
        ("192.0.2.256", None),
        ("192.0.2.1:", None),
        ("192.0.2.1:http", None),
        ("[192.0.2.1", None),
        ("[2001:db8::1]x", None),
        ("courses.example.org:443", None),
        ("１９２.0.2.1", None),
    ],
)
def test_an_address_has_one_spelling_and_nonsense_none(written, address):
    assert canonical(written) == address


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("192.0.2.1", "192.0.2.1", True),
        ("192.0.2.1", "192.0.2.2", False),
        ("192.0.2.1", "::ffff:192.0.2.1", True),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.2", False),
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
    ],
)
def test_a_household_is_one_and_neighbours_are_two(one, other, same):
    def network(address: str) -> str:
        return network_of(RequestFactory().get("/", REMOTE_ADDR=address))

    assert (network(one) == network(other)) is same


def test_a_server_that_names_no_address_gives_none():
    request = RequestFactory().get("/", REMOTE_ADDR="")

    assert (address_of(request), network_of(request)) == ("", "")
