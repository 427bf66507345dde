"""A stranger's page cannot act in somebody's name."""

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver
from rest_framework.views import APIView

from courses.models import LessonPage
from home.views import choose_theme
from learners.study.views.studying import position
from storefront.checkout.views.webhook import webhook
from tests.builders import a_course, lesson_called

pytestmark = pytest.mark.django_db


def views_of(resolver):
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield pattern.callback
        else:
            yield from views_of(pattern)


def test_only_stripes_messages_the_choice_of_colours_and_signed_passes_need_no_token():
    """Views of the editor's API are marked too, and ask for the token themselves: see below."""
    exempt = {view for view in views_of(get_resolver()) if getattr(view, "csrf_exempt", False)}
    ours = {view for view in exempt if not issubclass(getattr(view, "cls", object), APIView)}
    # A position brings a pass that is signed for the browser, or else is asked for a token:
    # tests/learners/study/test_passes.py.
    assert ours == {webhook, choose_theme, position}


def test_the_api_of_the_editor_asks_for_the_token(ada, ivo):
    lesson = lesson_called("Cutting straight", course=a_course(by=ada))
    client = Client(enforce_csrf_checks=True)
    client.force_login(ivo)
    for verb in ("copy", "delete"):
        response = client.post(f"/admin/api/main/pages/{lesson.pk}/action/{verb}/")
        assert response.status_code == 403
    assert LessonPage.objects.filter(title="Cutting straight").count() == 1
