"""Whether somebody is led around the outline by itself."""

from wagtail.users.models import UserProfile

from courses.models import CoursePage
from courses.people import Person

# As Wagtail keeps what somebody put away, by its own address for it.
DISMISSED = "outline-tour"


def shows_tour(course: CoursePage, user: Person) -> bool:
    """In a course that was never released, until it was taken or put away. One SQL at most."""
    if course.live:
        return False
    profile = UserProfile.objects.filter(user=user.pk).values_list("dismissibles", flat=True)
    return not (profile.first() or {}).get(DISMISSED)
