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
# What Wagtail 8.0 leaves unmarked itself: two labels of its templates, its model of a site.
OF_WAGTAIL = {"Search", "Actions", "Port", "Root page", "Site name"}


@pytest.fixture(scope="module")
def theirs(demo):
    return Theirs()


@pytest.mark.parametrize("language", [pseudo.ACCENTED, pseudo.MIRRORED])
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
            if not (address.startswith("/admin/") and words in OF_WAGTAIL):
                left.setdefault(words, address)
        if (page.html.get("lang"), page.html.get("dir", "ltr")) != (language, direction):
            turned.append(address)

    assert left == {}, "\n".join(f"{address}: {words}" for words, address in left.items())
    assert turned == []
    assert pages > 15
