"""A workflow that ends without an approval closes its release."""

from typing import Any

from django.dispatch import receiver
from wagtail.signals import workflow_cancelled, workflow_rejected

from courses.people import Person
from courses.releases.decisions import release_sent_back, release_withdrawn


@receiver(workflow_rejected, dispatch_uid="courses.sent_back")
def sent_back(instance: Any, user: Person, **kwargs: Any) -> None:
    release_sent_back(instance, user)


@receiver(workflow_cancelled, dispatch_uid="courses.withdrawn")
def withdrawn(instance: Any, user: Person, **kwargs: Any) -> None:
    release_withdrawn(instance, user)
