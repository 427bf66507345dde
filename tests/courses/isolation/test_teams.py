"""A course belongs to its team: whoever joins shares it, whoever leaves loses it at once."""

import pytest
from wagtail.models import Comment

from courses.models import CourseDocument, CoursePage, OutboxMail
from courses.teams.members import remove_member
from tests.editor import course_post
from tests.people import logged_in
from tests.teams import add_instructor

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
        there = getattr(client, method)(admin("studio:team", his.pk), {"email": ada.email})
        nowhere = getattr(client, method)(admin("studio:team", MISSING), {"email": ada.email})
        assert (there.status_code, nowhere.status_code) == (404, 404)
        assert there.content == nowhere.content
    for course, key in ((his.pk, member.pk), (hers.pk, member.pk)):
        assert client.post(admin("studio:change_member", course, key, "remove")).status_code == 404
    assert rows() == before


COMMENTS = {
    "comment_notifications": "on",
    "comments-TOTAL_FORMS": "0",
    "comments-INITIAL_FORMS": "0",
}


def comment(words):
    first = {
        "id": "",
        "contentpath": "title",
        "text": words,
        "position": "",
        "resolved": "",
        "DELETE": "",
        "replies-TOTAL_FORMS": "0",
        "replies-INITIAL_FORMS": "0",
    }
    fields = {f"comments-0-{name}": value for name, value in first.items()}
    return COMMENTS | fields | {"comments-TOTAL_FORMS": "1"}


def test_comments_are_mailed_to_the_team_and_not_to_who_left_it(client, ada, bruno, hers):
    member = add_instructor(course=hers, email=bruno.email, by=ada)
    address = admin("wagtailadmin_pages:edit", hers.pk)
    logged_in(client, ada).post(address, course_post(hers, **comment("Who films this?")))
    (told,) = OutboxMail.objects.filter(key__startswith="course_comments:")
    assert (told.to, "Who films this?" in told.text) == ("bruno@example.com", True)

    remove_member(member=member, by=ada)
    client.post(address, course_post(hers, **comment("Without Bruno, then.")))

    assert Comment.objects.filter(page=hers, text="Without Bruno, then.").exists()
    assert OutboxMail.objects.filter(key__startswith="course_comments:").get() == told
