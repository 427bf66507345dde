"""All pages in both pseudo-languages, as each person meets them: nothing is left unmarked."""

import pytest
from django.test import Client

from home.demo.logins import LOGINS
from learners.models import User
from perfomix.languages import pseudo
from tests.languages.reading import Theirs, unmarked
from tests.languages.walking import walk

pytestmark = pytest.mark.django_db

NOBODY = "a visitor"
# What Wagtail 8.0 and Django leave unmarked themselves, by where it is met.
NOT_OURS = {
    "/admin/": {"Search", "Actions"},
    "/admin/sites/": {"Port", "Root page", "Site name"},
    "/admin/snippets/": {"Home"},
    "/admin/reports/page-types-usage/": {"English"},
    "/admin/storefront/": {"ID"},
    "/admin/workflows/": {"Page"},
}


@pytest.fixture(scope="module")
def theirs(demo):
    return Theirs()


def is_not_ours(address: str, words: str) -> bool:
    return any(address.startswith(start) and words in NOT_OURS[start] for start in NOT_OURS)


# The same words are marked in both; what runs from right to left is looked at by night.
@pytest.mark.parametrize(
    "language", [pseudo.ACCENTED, pytest.param(pseudo.MIRRORED, marks=pytest.mark.nightly)]
)
@pytest.mark.parametrize("person", [NOBODY, *(address for address, _role in LOGINS)])
def test_every_word_of_every_page_is_marked(changes, theirs, person, language):
    client = Client()
    starts = ["/", "/nowhere/"]
    if person != NOBODY:
        client.force_login(User.objects.get(email=person))
        starts.append("/admin/")
    client.get(f"/language/{language}/")
    direction = "rtl" if language == pseudo.MIRRORED else "ltr"

    left, turned, pages = {}, [], 0
    for address, page in walk(client, *starts):
        pages += 1
        for words in unmarked(page, theirs):
            if not is_not_ours(address, words):
                left.setdefault(words, address)
        if (page.html.get("lang"), page.html.get("dir", "ltr")) != (language, direction):
            turned.append(address)

    assert left == {}, "\n".join(f"{address}: {words}" for words, address in left.items())
    assert turned == []
    assert pages > 15
