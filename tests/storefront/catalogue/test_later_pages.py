"""A later page of a list says that it is one: in the window's title and in its heading."""

import pytest
from bs4 import BeautifulSoup

from storefront.models import CatalogueEntry
from tests.builders import a_released_course
from tests.bulk import many_courses

pytestmark = pytest.mark.django_db

LISTS = {
    "/courses/": ("Courses", "Courses · Perfomix"),
    "/courses/?q=sewing": ("Courses on “sewing”", "Courses on “sewing” · Perfomix"),
    "/producers/{ada}/": ("Courses", "Ada Okafor · Perfomix"),
}


@pytest.fixture(autouse=True)
def shelf(ada):
    many_courses(count=60, like=a_released_course(by=ada, title="Sewing by hand"))
    CatalogueEntry.objects.update(producer=ada)


def read(client, address):
    """Heading, title, what others show of it; and the addresses of the pages beside it."""
    page = BeautifulSoup(client.get(address).text, "html.parser")
    beside = {link["rel"][0]: link["href"] for link in page.select("nav.pages a")}
    heading = (page.select_one("h2#courses") or page.h1).get_text(strip=True)
    told = page.select_one("meta[property='og:title']")["content"]
    return heading, page.title.get_text(strip=True), told, beside


@pytest.mark.parametrize("address", LISTS)
def test_a_later_page_says_that_the_list_goes_on(client, ada, address):
    heading, title = LISTS[address]
    here = address.format(ada=ada.pk)

    first = read(client, here)
    second = read(client, first[3]["next"])
    again = read(client, second[3]["prev"])

    assert first[:2] == again[:2] == (heading, title)
    assert second[0] == f"{heading}, continued"
    assert second[1] == title.replace(" · ", ", continued · ")
    assert first[2] == second[2] == again[2]
