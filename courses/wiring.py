"""What is fastened when all models are there: models know no verb, so the verbs come to them.

``CoursesConfig.ready`` calls ``wire`` once. Importing this file registers the system checks,
the receivers of signals and the keepers of promises.
"""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, post_save
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import AbstractPage
from wagtail.permissions import register_permission_policy

from courses.covers import promised
from courses.drafts import system_checks as draft_checks
from courses.editor.dress import dress_pages
from courses.exchange import unfinished
from courses.files import deleting, sizes
from courses.isolation import system_checks as isolation_checks
from courses.isolation.groups import ensure_groups_after_migrate
from courses.isolation.policies import TeamMediaPolicy, TeamPagePolicy
from courses.isolation.testers import CataloguePermissionTester, CoursePagePermissionTester
from courses.models import CataloguePage, CourseDocument, CourseImage, CourseReviewTask
from courses.models.drafts import DraftPage
from courses.outline import elsewhere
from courses.releases import indexing
from courses.review import founding, receivers, task
from courses.wagtail_bends import fitting
from courses.wagtail_bends.bending import bend

__all__ = [
    "deleting",
    "draft_checks",
    "elsewhere",
    "fitting",
    "indexing",
    "isolation_checks",
    "promised",
    "receivers",
    "sizes",
    "unfinished",
    "wire",
]


def wire(app: AppConfig) -> None:
    """Give the models what they may not import, and Wagtail what it asks us for."""
    DraftPage.tester_class = CoursePagePermissionTester
    CataloguePage.tester_class = CataloguePermissionTester
    CourseReviewTask.verbs = task.Verbs()
    dress_pages()
    register_permission_policy(AbstractPage, TeamPagePolicy())
    # Wagtail's image and document apps become ready later and register theirs for
    # the class and its subclasses; an exact match goes before those.
    for model, auth_model in ((CourseImage, Image), (CourseDocument, Document)):
        register_permission_policy(model, TeamMediaPolicy(model, auth_model), exact_class=True)
    bend()
    post_migrate.connect(ensure_groups_after_migrate, sender=app)
    post_migrate.connect(founding.after_migrate, sender=app)
    post_save.connect(founding.after_catalogue_made, sender=CataloguePage)
