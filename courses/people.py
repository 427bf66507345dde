"""How people are called in signatures: whoever AUTH_USER_MODEL names.

``Person`` has an account; ``Visitor`` may be nobody known (AnonymousUser), as ``request.user``.
The accounts themselves stand to the right of here, in ``learners``.
"""

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

if TYPE_CHECKING:
    from django.contrib.auth.models import _AnyUser as Visitor
    from django.contrib.auth.models import _User as Person
else:
    Person = Visitor = Any

__all__ = ["Person", "Visitor", "signed_in"]


def signed_in(request: HttpRequest) -> Person:
    """Whose request it is, in a view that only people with an account get to."""
    if not request.user.is_authenticated:
        raise PermissionDenied
    return request.user
