import pytest

from tests.builders import a_released_course
from tests.site.page_cache.visiting import Site


@pytest.fixture
def site(db):
    return Site()


@pytest.fixture
def course(ada, mira):
    return a_released_course(by=ada, title="Sewing by hand", price="24.00")
