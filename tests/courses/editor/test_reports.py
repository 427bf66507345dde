"""Whom the history of the site names in its filter: those who acted last."""

import pytest
from wagtail.log_actions import log

from courses.editor import reports
from tests.builders import a_course

pytestmark = pytest.mark.django_db


def test_the_history_names_those_who_acted_last(ada, bruno, cleo, monkeypatch):
    course = a_course(by=ada)
    for person in (ada, cleo, bruno):
        log(instance=course, action="wagtail.edit", user=person)
    monkeypatch.setattr(reports, "LATEST_ENTRIES", 2)

    assert list(reports.people_in_the_log()) == [bruno, cleo]
