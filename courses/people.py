"""How people are called in signatures: whoever AUTH_USER_MODEL names.

``Person`` has an account; ``Visitor`` may be nobody known (AnonymousUser), as ``request.user``.
The accounts themselves stand to the right of here, in ``learners``.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.contrib.auth.models import _AnyUser as Visitor
    from django.contrib.auth.models import _User as Person
else:
    Person = Visitor = Any

__all__ = ["Person", "Visitor"]
