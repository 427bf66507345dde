from django.apps import AppConfig
from django.db.models.signals import post_migrate


class LearnersConfig(AppConfig):
    name = "learners"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from learners.roles import ensure_groups  # models must be loaded first

        post_migrate.connect(ensure_groups, sender=self)
