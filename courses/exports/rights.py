"""What a person may do, as one word: a file that was written before it changed is not given out."""

import json
from hashlib import sha256

from courses.models import CoursePage
from courses.people import Person


def rights_of(person: Person) -> str:
    """Their role, groups and the courses they teach, as the database has them now.

    No permissions: new ones come with each release of ours. Whether a list is still open to
    somebody, it says itself (``requests.may_open``).
    """
    taught = CoursePage.objects.taught_by(person).order_by("pk").values_list("pk", flat=True)
    facts = [
        person.is_active,
        person.is_superuser,
        person.role,
        sorted(person.groups.values_list("pk", flat=True)),
        list(taught),
    ]
    return sha256(json.dumps(facts).encode()).hexdigest()
