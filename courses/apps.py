from django.apps import AppConfig
from django.db.models.signals import post_migrate, post_save


class CoursesConfig(AppConfig):
    name = "courses"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        # Models can be imported from here on, not above.
        from . import workflow

        workflow.connect()
        post_migrate.connect(workflow.after_migrate, sender=self)
        post_save.connect(workflow.after_catalogue_made, sender=self.get_model("CataloguePage"))
