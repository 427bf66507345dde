"""What even an admin, a team or a curious learner cannot do by accident or on purpose."""

import pytest
from django.urls import reverse
from wagtail.models import Collection, Page

from courses.models import CoursePage, CourseTeamMember
from learners.errors import LearnerError
from learners.models import Review
from learners.reviews.writing import write_review
from tests.builders import a_course, a_released_course, an_enrollment, the_catalogue
from tests.media import a_document, the_collection_of
from tests.people import logged_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("superuser", [False, True])
def test_nobody_deletes_the_pages_above_courses(client, ada, ivo, superuser):
    type(ivo).objects.filter(pk=ivo.pk).update(is_superuser=superuser)
    a_released_course(by=ada)
    catalogue = the_catalogue()
    logged_in(client, ivo)

    for page in (catalogue, catalogue.get_parent()):
        assert client.post(reverse("wagtailadmin_pages:delete", args=[page.pk])).status_code == 302
        client.post(f"/admin/bulk/wagtailcore/page/delete/?id={page.pk}")
    assert Page.objects.filter(pk__in=[catalogue.pk, catalogue.get_parent().pk]).count() == 2
    assert CoursePage.objects.count() == 1


@pytest.mark.parametrize("superuser", [False, True])
def test_unpublishing_the_catalogue_with_all_below_leaves_courses_alone(
    client, ada, ivo, superuser
):
    type(ivo).objects.filter(pk=ivo.pk).update(is_superuser=superuser)
    course = a_released_course(by=ada)
    address = reverse("wagtailadmin_pages:unpublish", args=[the_catalogue().pk])
    logged_in(client, ivo).post(address, {"include_descendants": "on"})
    live = Page.objects.descendant_of(course, inclusive=True).live().count()
    assert live == Page.objects.descendant_of(course, inclusive=True).count()


def test_the_collection_of_a_course_is_not_deleted_under_it(client, ada, ivo):
    type(ivo).objects.filter(pk=ivo.pk).update(is_superuser=True)
    collection = the_collection_of(a_course(by=ada))
    address = reverse("wagtailadmin_collections:delete", args=[collection.pk])
    assert logged_in(client, ivo).post(address).status_code == 403
    assert Collection.objects.filter(pk=collection.pk).exists()


def test_nobody_reviews_a_course_they_teach(ada, cleo):
    course = a_released_course(by=ada)
    an_enrollment(user=cleo, course=course)
    CourseTeamMember.objects.create(course=course, user=cleo)
    with pytest.raises(LearnerError, match="You teach this course"):
        write_review(user=cleo, course=course, rating=5, content="Splendid.")
    assert not Review.objects.exists()


@pytest.mark.parametrize("who", [None, "dana"])
def test_the_key_of_a_draft_does_not_tell_its_address(client, ada, dana, who):
    draft = a_course(by=ada, title="Nobody knows of this")
    if who:
        logged_in(client, dana)
    assert client.get(f"/learn/course/{draft.uuid}/").status_code == 404


def test_no_cache_keeps_a_document_that_is_for_the_team(client, ada):
    document = a_document(title="Pattern", course=a_course(by=ada), by=ada)
    response = logged_in(client, ada).get(document.url)
    assert response.status_code == 200
    assert {"private", "no-store"} <= set(response["Cache-Control"].split(", "))
