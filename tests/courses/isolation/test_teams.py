"""A course belongs to its team: whoever joins shares it, whoever leaves loses it at once."""

import pytest

from courses.models import CourseDocument, CoursePage
from courses.team import add_instructor
from tests.people import logged_in

from .addresses import MISSING, admin
from .evidence import rows

pytestmark = pytest.mark.django_db


def test_co_instructors_share_everything_of_the_course(client, ada, bruno, hers):
    add_instructor(course=hers, email=bruno.email, by=ada)
    logged_in(client, bruno)

    assert client.get(admin("wagtailadmin_pages:edit", hers.lessons[0].pk)).status_code == 200
    assert client.get(admin("wagtaildocs:edit", hers.document.pk)).status_code == 200
    assert CoursePage.objects.taught_by(bruno).get() == hers
    assert CourseDocument.objects.get().uploaded_by_user == ada


def test_leaving_the_team_closes_the_course_at_once(client, ada, bruno, hers):
    member = add_instructor(course=hers, email=bruno.email, by=ada)
    logged_in(client, bruno)
    address = admin("wagtailadmin_pages:edit", hers.lessons[0].pk)
    assert client.get(address).status_code == 200

    member.delete()

    assert client.get(address).status_code == 404


def test_losing_the_role_closes_the_editor_at_once(client, ada, hers):
    logged_in(client, ada)
    ada.groups.clear()

    response = client.get(admin("wagtailadmin_pages:edit", hers.pk))

    assert response.status_code == 302
    assert response["Location"].startswith("/account/")


def test_team_pages_of_a_foreign_course_answer_like_missing_ones(client, ada, hers, his):
    logged_in(client, ada)
    member = his.team.get()
    before = rows()

    for method in ("get", "post"):
        there = getattr(client, method)(admin("courses_desk:team", his.pk), {"email": ada.email})
        nowhere = getattr(client, method)(admin("courses_desk:team", MISSING), {"email": ada.email})
        assert (there.status_code, nowhere.status_code) == (404, 404)
        assert there.content == nowhere.content
    for course, key in ((his.pk, member.pk), (hers.pk, member.pk)):
        assert (
            client.post(admin("courses_desk:change_member", course, key, "remove")).status_code
            == 404
        )
    assert rows() == before
