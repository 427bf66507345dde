"""What learners say, for tests of the storefront."""

from courses.models import CoursePage
from learners.models import Review
from tests.builders import an_enrollment
from tests.people import somebody


def a_review(*, course: CoursePage, by: str, rating: int = 5, content: str = "") -> Review:
    """A review by a learner of the course whose name is ``by``."""
    address = f"{by.lower().replace(' ', '.')}@readers.example"
    learner = somebody(email=address, name=by)
    an_enrollment(user=learner, course=course)
    return Review.objects.create(course=course, user=learner, rating=rating, content=content)
