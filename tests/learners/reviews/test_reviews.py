"""Reviews: by learners of the course, one each, theirs to change."""

import pytest
from django.urls import reverse

from learners.enrollment.enrollments import enroll, revoke
from learners.errors import LearnerError
from learners.models import Review
from learners.reviews.writing import write_review
from tests.people import logged_in
from tests.study import a_course_to_study

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(ada):
    return a_course_to_study(by=ada)


def form(course):
    return reverse("learners:review", args=[course.uuid])


def test_a_learner_writes_one_review_and_changes_it(client, cleo, course):
    enroll(user=cleo, course=course)
    logged_in(client, cleo)

    first = client.post(form(course), {"rating": "4", "content": "I can sew a seam."})
    second = client.post(form(course), {"rating": "5", "content": "And a shirt."})

    assert first["Location"] == second["Location"] == "/my-learning/"
    review = Review.objects.get()
    assert (review.user, review.course, review.rating) == (cleo, course, 5)
    assert review.content == "And a shirt."
    assert "And a shirt." in client.get(form(course)).text


@pytest.mark.parametrize("rating", ["", "0", "6", "-1", "4.5", "five"])
def test_a_review_needs_one_to_five_stars_and_keeps_what_was_typed(client, cleo, course, rating):
    enroll(user=cleo, course=course)

    response = logged_in(client, cleo).post(
        form(course), {"rating": rating, "content": "Typed words"}
    )

    assert response.status_code == 422
    assert "Typed words" in response.text
    assert not Review.objects.exists()


@pytest.mark.parametrize("who", ["dana", "ada", "bruno", "mira"])
def test_only_learners_review(client, request, course, who):
    response = logged_in(client, request.getfixturevalue(who)).post(
        form(course), {"rating": "5", "content": "Lovely"}
    )

    assert response.status_code == 404
    assert not Review.objects.exists()


def test_who_was_refunded_reviews_no_more_and_what_they_wrote_stays(client, cleo, course):
    enrollment = enroll(user=cleo, course=course)
    write_review(user=cleo, course=course, rating=2, content="Not for me.")
    revoke(enrollment=enrollment)

    response = logged_in(client, cleo).post(form(course), {"rating": "5", "content": "Changed"})

    assert response.status_code == 422
    assert "Only learners of this course can review it." in response.text
    assert "Changed</textarea>" in response.text
    assert client.get(form(course)).status_code == 404
    with pytest.raises(LearnerError, match="Only learners") as refusal:
        write_review(user=cleo, course=course, rating=5, content="Changed")
    assert refusal.value.code == "not_enrolled"
    assert Review.objects.get().content == "Not for me."


@pytest.mark.parametrize("rating", [0, 6])
def test_stars_are_counted_by_the_verb_too(cleo, course, rating):
    enroll(user=cleo, course=course)

    with pytest.raises(LearnerError) as refusal:
        write_review(user=cleo, course=course, rating=rating, content="")

    assert refusal.value.code == "rating_out_of_range"
    assert not Review.objects.exists()


def test_the_verb_keeps_no_blanks_around_what_was_written(cleo, course):
    enroll(user=cleo, course=course)

    review = write_review(user=cleo, course=course, rating=5, content="  A shirt. \n")

    assert review.content == "A shirt."


def test_a_teacher_who_bought_the_course_gives_it_no_stars(ada, course):
    enroll(user=ada, course=course)

    with pytest.raises(LearnerError) as refusal:
        write_review(user=ada, course=course, rating=5, content="")

    assert refusal.value.code == "own_course"
    assert not Review.objects.exists()


def test_the_form_offers_five_stars_to_one(client, cleo, course):
    enroll(user=cleo, course=course)

    shown = logged_in(client, cleo).get(form(course)).context["form"]

    assert list(shown.fields["rating"].choices) == [
        (5, "5 stars"),
        (4, "4 stars"),
        (3, "3 stars"),
        (2, "2 stars"),
        (1, "1 star"),
    ]


def test_a_review_cannot_be_signed_with_another_name(client, cleo, dana, course):
    enroll(user=cleo, course=course)

    logged_in(client, cleo).post(
        form(course), {"rating": "5", "content": "Mine", "user": str(dana.pk), "course": "1"}
    )

    assert Review.objects.get().user == cleo
