"""The three groups of the editor and what each may do. Run after every migration.

Producers may enter; what they meet there comes from their teams (``courses.isolation.policies``).
Moderators may enter and review; the review task names their group. Admins hold every
permission on pages, media and our own tables, except what rules close to all
(publishing past a release, editing money).
"""

import logging
from typing import Any

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db import connection
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from courses.models.review_task import MODERATORS

logger = logging.getLogger(__name__)

PRODUCERS = "Producers"
ADMINS = "Admins"

OUR_APPS = ("courses", "learners", "storefront", "home")
PAGE_ACTIONS = ("add", "change", "publish", "bulk_delete", "lock", "unlock")
MEDIA = (("wagtailimages", "image"), ("wagtaildocs", "document"))
MEDIA_ACTIONS = ("add", "change", "choose")
# Beside our own tables, what admins manage in the editor.
ADMIN_MODELS = ("collection", "site", "workflow", "task")


def ensure_groups() -> None:
    """Creates the groups and gives them what is missing. Running it again changes nothing.

    Nothing an admin gave to a group is taken away, except page and media permissions of
    Producers and Moderators: a new Wagtail site lets its moderators publish every page,
    and any such row would open somebody else's course.
    """
    for label in (*OUR_APPS, "wagtailadmin", "wagtailcore", "wagtailimages", "wagtaildocs"):
        create_permissions(apps.get_app_config(label), verbosity=0)
    enter = Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    for name in (PRODUCERS, MODERATORS, ADMINS):
        Group.objects.get_or_create(name=name)[0].permissions.add(enter)
    _take_back(PRODUCERS, MODERATORS)
    # Wagtail's second stock group would let whoever is put there edit every course.
    Group.objects.filter(name="Editors", user=None).delete()
    admins = Group.objects.get(name=ADMINS)
    admins.permissions.add(
        *Permission.objects.filter(content_type__app_label__in=OUR_APPS),
        *Permission.objects.filter(
            content_type__app_label="wagtailcore", content_type__model__in=ADMIN_MODELS
        ),
    )
    _give_pages(admins)
    _give_media(admins)


def _take_back(*names: str) -> None:
    """Nothing on pages or media comes from these groups."""
    taken = 0
    for given in (GroupPagePermission, GroupCollectionPermission):
        taken += given.objects.filter(group__name__in=names).delete()[0]
    if taken:
        logger.info(
            "permissions taken back",
            extra={"event": "groups.taken_back", "permissions": taken},
        )


def _give_pages(admins: Group) -> None:
    """Everything on the root page."""
    root = Page.objects.filter(depth=1).first()
    if root is None:
        return
    for permission in Permission.objects.filter(
        content_type__app_label="wagtailcore",
        content_type__model="page",
        codename__in=[f"{action}_page" for action in PAGE_ACTIONS],
    ):
        GroupPagePermission.objects.get_or_create(group=admins, page=root, permission=permission)


def _give_media(admins: Group) -> None:
    """Everything in the root collection."""
    root = Collection.objects.filter(depth=1).first()
    if root is None:
        return
    for label, model in MEDIA:
        for permission in Permission.objects.filter(
            content_type__app_label=label,
            content_type__model=model,
            codename__in=[f"{action}_{model}" for action in MEDIA_ACTIONS],
        ):
            GroupCollectionPermission.objects.get_or_create(
                group=admins, collection=root, permission=permission
            )


def ensure_groups_after_migrate(sender: Any, **kwargs: Any) -> None:
    """``post_migrate`` of courses; a half migrated database comes back here later."""
    needed = {
        model._meta.db_table
        for model in (
            Group,
            GroupPagePermission,
            GroupCollectionPermission,
            apps.get_model("learners", "User"),
        )
    }
    if needed <= set(connection.introspection.table_names()):
        ensure_groups()
