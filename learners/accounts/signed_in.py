"""Who is signed in: asked by every page that has a session, so its SQL is worked out once."""

from typing import Any
from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import QuerySet

from courses.isolation.standing import standing_of
from courses.statements.compiled import Compiled
from learners.models import User

FIELDS = [field.attname for field in User._meta.concrete_fields]


def _one(person: UUID) -> QuerySet[User, Any]:
    return User.objects.filter(pk=person).values_list(*FIELDS)


ONE = Compiled(_one, person=UUID)


class Backend(AuthenticationBackend):
    """allauth's."""

    def get_user(self, user_id: Any) -> User | None:
        """The person of a session, as the database has them now; None once they may not sign in."""
        rows = ONE(person=user_id)
        if not rows:
            return None
        user: User = User.from_db("default", FIELDS, rows[0])
        return user if self.user_can_authenticate(user) else None

    def get_all_permissions(self, user_obj: Any, obj: Any = None) -> set[str]:
        """In the statement that reads what else a person is to the editor, where two were."""
        if obj is not None or not user_obj.is_active or user_obj.is_superuser:
            return super().get_all_permissions(user_obj, obj)
        return set(standing_of(user_obj).permissions)
