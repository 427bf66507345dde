from django.apps import AppConfig
from django.db.models.signals import post_migrate, post_save


class CoursesConfig(AppConfig):
    name = "courses"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        # Models can be imported from here on, not above.
        from wagtail.documents.models import Document
        from wagtail.images.models import Image
        from wagtail.models import AbstractPage
        from wagtail.permissions import register_permission_policy

        from .isolation.groups import ensure_groups_after_migrate
        from .isolation.policies import TeamMediaPolicy, TeamPagePolicy
        from .models import CourseDocument, CourseImage
        from .records.exports import guard_exports
        from .review import workflow

        register_permission_policy(AbstractPage, TeamPagePolicy())
        # Wagtail's image and document apps become ready later and register theirs for
        # the class and its subclasses; an exact match goes before those.
        for model, auth_model in ((CourseImage, Image), (CourseDocument, Document)):
            register_permission_policy(model, TeamMediaPolicy(model, auth_model), exact_class=True)
        post_migrate.connect(ensure_groups_after_migrate, sender=self)

        guard_exports()
        workflow.connect()
        post_migrate.connect(workflow.after_migrate, sender=self)
        post_save.connect(workflow.after_catalogue_made, sender=self.get_model("CataloguePage"))
