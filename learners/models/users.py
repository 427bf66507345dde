"""A person with an account."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from courses.words.indexed import words_of
from courses.words.names import first_part


class Role(models.TextChoices):
    CONSUMER = "consumer", _("Learner")
    PRODUCER = "producer", _("Producer")
    ADMIN = "admin", _("Admin")


class UserManager(BaseUserManager["User"]):
    use_in_migrations = True
    # Given by ``learners.wiring``: roles are set by a verb, which knows the models.
    appoint_admin: Callable[["User"], "User"]

    def create_user(
        self, email: str, password: str | None = None, *, name: str = "", **fields: Any
    ) -> "User":
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=self.normalize_email(email), name=name, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(
        self, email: str, password: str | None = None, *, name: str = "", **fields: Any
    ) -> "User":
        """An admin made by whoever runs the machine: the address counts as verified."""
        fields = {"is_staff": True, "is_superuser": True, **fields}
        user = self.create_user(email, password, name=name, **fields)
        return self.appoint_admin(user)

    def get_by_natural_key(self, username: str | None) -> "User":
        """Logs in whatever case the address is typed in."""
        return self.get(email__iexact=username)


def avatar_path(user: "User", filename: str) -> str:
    """A new random name for each picture, so that a cached one never lingers."""
    return f"avatars/{uuid.uuid4().hex}.webp"


# Wagtail's managers of pictures and documents, which lead back here, have no types.
class User(AbstractBaseUser, PermissionsMixin):  # type: ignore[django-manager-missing]
    """Logs in with an e-mail address. Only ``learners.accounts.roles.set_role`` sets the role."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("e-mail address"))
    name = models.CharField(
        _("name"), max_length=120, help_text=_("As it is printed on certificates.")
    )
    role = models.CharField(_("role"), max_length=10, choices=Role.choices, default=Role.CONSUMER)
    bio = models.TextField(
        _("bio"), blank=True, max_length=600, help_text=_("Shown beside the courses you teach.")
    )
    avatar = models.ImageField(_("avatar"), upload_to=avatar_path, blank=True)
    # What mails are written in: the language they signed up in. Empty is the site's own.
    language = models.CharField(
        max_length=16, blank=True, db_default="", default="", editable=False
    )
    # Guessed by the browser, then theirs to say. Empty is the site's own.
    time_zone = models.CharField(
        _("time zone"), max_length=64, blank=True, db_default="", default=""
    )
    is_staff = models.BooleanField(_("is staff"), default=False)
    is_active = models.BooleanField(_("is active"), default=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)
    updated_at = models.DateTimeField(_("updated at"), auto_now=True)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="one_user_per_email",
                violation_error_message=_("There is an account with this e-mail address."),
            )
        ]
        indexes = [
            # Few, and looked for by the clock: ``learners.accounts.retention``.
            models.Index(
                fields=["created_at"],
                name="users_never_signed_in",
                condition=models.Q(last_login=None),
            ),
            # Lists find people by the words of either.
            GinIndex(words_of("name"), name="users_by_name"),
            GinIndex(words_of("email"), name="users_by_address"),
            # The list of people, in its order, and as its filters narrow it.
            models.Index(fields=["name", "id"], name="users_listed"),
            models.Index(fields=["role", "name", "id"], name="users_by_role"),
            models.Index(
                fields=["name", "id"], name="users_closed", condition=models.Q(is_active=False)
            ),
            models.Index(fields=["last_login"], name="users_by_last_login"),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name or self.email

    def get_short_name(self) -> str:
        return first_part(self.name) if self.name else self.email
