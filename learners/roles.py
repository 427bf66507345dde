"""Who may do what: a role and the groups that go with it, set together by one verb.

Wagtail's permissions hang on groups. Everyone's role implies groups; on top, an admin may
give the group Moderators to anyone, by hand, in the admin. Groups and their permissions are
completed after every migration (``ensure_groups``); what an admin added to them stays.
"""

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db import connection, transaction
from django.db.models import Q
from wagtail.log_actions import log
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from learners.errors import LearnerError
from learners.models import Role, User

PRODUCERS = "Producers"
MODERATORS = "Moderators"
ADMINS = "Admins"

# What a role implies. Leaving a role takes its groups away, moderation after admin included:
# whoever stops being an admin starts without rights and may be given the group again.
GROUPS_OF_ROLE = {
    Role.CONSUMER: set(),
    Role.PRODUCER: {PRODUCERS},
    Role.ADMIN: {ADMINS, MODERATORS},
}

ENTER_ADMIN = "wagtailadmin.access_admin"
# Producers hold no page permission at all: their courses are opened to them by the team
# (courses.permissions), so that a missing row can never open somebody else's.
PERMISSIONS_OF_GROUP = {
    PRODUCERS: [ENTER_ADMIN],
    MODERATORS: [ENTER_ADMIN],
    ADMINS: [ENTER_ADMIN],
}
# Apps whose every permission an admin holds.
APPS_OF_ADMINS = ["courses", "learners", "storefront", "home", "wagtailcore", "taggit"]
PAGE_PERMISSIONS_OF_ADMINS = ["add", "change", "publish", "lock", "unlock", "bulk_delete"]


@transaction.atomic
def set_role(*, user: User, role: str, by: User | None = None) -> User:
    """Give ``user`` the role and exactly its groups; groups of no role stay as they are.

    Setting the role a person has repairs their groups. Raises LearnerError when the last
    active admin would lose the role.
    """
    role = Role(role)
    user = User.objects.select_for_update().get(pk=user.pk)
    before = Role(user.role)
    if before == Role.ADMIN and role != Role.ADMIN and not _other_admins(user).exists():
        raise LearnerError("This is the last admin. Make somebody else an admin first.")
    lost = GROUPS_OF_ROLE[before] - GROUPS_OF_ROLE[role] if before != role else set()
    user.groups.remove(*_groups(lost))
    user.groups.add(*_groups(GROUPS_OF_ROLE[role]))
    if before != role:
        user.role = role
        # A superuser is an admin made on the command line; the role's end ends that too.
        user.is_superuser = user.is_superuser and role == Role.ADMIN
        log(instance=user, action="learners.role", user=by, data={"from": before, "to": role})
    _note_staff(user)
    user.save(update_fields=["role", "is_superuser", "is_staff", "updated_at"])
    return user


@transaction.atomic
def set_moderator(*, user: User, moderator: bool, by: User | None = None) -> User:
    """Let ``user`` decide on releases, or no longer. Admins always may (LearnerError)."""
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.role == Role.ADMIN and not moderator:
        raise LearnerError("An admin is a moderator too. Change the role first.")
    was = is_moderator(user)
    if moderator != was:
        change = user.groups.add if moderator else user.groups.remove
        change(*_groups({MODERATORS}))
        log(instance=user, action="learners.moderator", user=by, data={"moderator": moderator})
    _note_staff(user)
    user.save(update_fields=["is_staff", "updated_at"])
    return user


def is_moderator(user) -> bool:
    """Whether ``user`` may decide on releases of courses they do not teach."""
    return user.groups.filter(name=MODERATORS).exists()


def ensure_groups(**kwargs) -> None:
    """Create the groups and add the permissions they lack. Runs after every migration."""
    needed = [User, Group, GroupPagePermission, GroupCollectionPermission]
    tables = set(connection.introspection.table_names())
    if not {model._meta.db_table for model in needed} <= tables:
        return  # half migrated: the rest of the migrations brings us here again
    for label in APPS_OF_ADMINS:
        create_permissions(apps.get_app_config(label), verbosity=0)
    for name, permissions in PERMISSIONS_OF_GROUP.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.add(*_permissions(permissions))
    admins = Group.objects.get(name=ADMINS)
    admins.permissions.add(*Permission.objects.filter(content_type__app_label__in=APPS_OF_ADMINS))
    root = Page.get_first_root_node()
    for permission in _permissions([f"wagtailcore.{n}_page" for n in PAGE_PERMISSIONS_OF_ADMINS]):
        GroupPagePermission.objects.get_or_create(group=admins, page=root, permission=permission)
    library = Collection.get_first_root_node()
    for model in ("courseimage", "coursedocument"):
        for permission in Permission.objects.filter(
            content_type__app_label="courses", content_type__model=model
        ):
            GroupCollectionPermission.objects.get_or_create(
                group=admins, collection=library, permission=permission
            )


def _note_staff(user: User) -> None:
    """``is_staff`` repeats what role and groups say, for pages that must not ask for groups."""
    user.is_staff = user.role == Role.ADMIN or is_moderator(user)


def _groups(names: set[str]) -> list[Group]:
    return [Group.objects.get_or_create(name=name)[0] for name in sorted(names)]


def _permissions(names: list[str]):
    wanted = Q(pk=None)
    for name in names:
        label, codename = name.split(".")
        wanted |= Q(content_type__app_label=label, codename=codename)
    return Permission.objects.filter(wanted)


def _other_admins(user: User):
    return (
        User.objects.select_for_update()
        .filter(role=Role.ADMIN, is_active=True)
        .exclude(pk=user.pk)
        .order_by("pk")
    )
