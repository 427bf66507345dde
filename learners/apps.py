from django.apps import AppConfig
from wagtail.users.apps import WagtailUsersAppConfig


class LearnersConfig(AppConfig):
    name = "learners"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from learners import wiring  # models can be imported from here on

        wiring.wire()


class UsersConfig(WagtailUsersAppConfig):
    """Wagtail's users with our list and forms; stands for ``wagtail.users`` in the settings."""

    user_viewset = "learners.accounts.people.UserViewSet"
