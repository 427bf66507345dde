"""Who meets what in the editor: pages, images and documents of one's own courses only.

Wagtail asks these policies everywhere: explorer, search, choosers, edit, copy, history,
bulk actions and the admin's API. To the permissions that groups give (admins) they add
those that a course team gives: *add* and *change* on the course and all below it, and
*add*, *change* and *choose* in the course's collection. They are registered in
``CoursesConfig.ready``; ``courses.isolation.system_checks`` refuses to start without them.

The sets are single conditions on the team, however many courses a person teaches.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.db.models.functions import Left
from django.db.models.lookups import In
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import policy_registry

from courses.files.held import is_in_a_release
from courses.models import CataloguePage, CoursePage, CourseTeamMember
from courses.models.team import may_teach
from courses.people import Visitor

from .collections import OfferedCollections

EVERY_ACTION = frozenset({"add", "change", "publish", "bulk_delete", "lock", "unlock"})
TEAM_PAGE_ACTIONS = frozenset({"add", "change"})
TEAM_MEDIA_ACTIONS = frozenset({"add", "change", "choose"})


def _permissions(model: type[Model], actions: Iterable[str]) -> list[Permission]:
    codenames = [f"{action}_{model._meta.model_name}" for action in sorted(actions)]
    return list(
        Permission.objects.filter(
            content_type__app_label=model._meta.app_label,
            content_type__model=model._meta.model_name,
            codename__in=codenames,
        )
    )


class TeamPagePolicy(PagePermissionPolicy):
    """Group permissions on pages, and *add* and *change* on the courses one teaches."""

    team_cache_name = "_taught_pages_cache"

    def taught_pages(self, user: Visitor) -> list[Page]:
        """The courses of the person as plain pages; one query, kept on the user."""
        if not hasattr(user, self.team_cache_name):
            pages = []
            if may_teach(user) and not user.is_superuser:
                pages = list(
                    Page.objects.filter(pk__in=CoursePage.objects.taught_by(user).values("pk"))
                    .only("pk", "path", "depth", "numchild")
                    .order_by("path")
                )
            setattr(user, self.team_cache_name, pages)
        return getattr(user, self.team_cache_name)

    def group_permissions(self, user: Visitor) -> list[GroupPagePermission]:
        """What groups give, without what teams give."""
        return [perm for perm in self.get_cached_permissions_for_user(user) if perm.pk]

    def get_all_permissions_for_user(self, user: Visitor) -> list[GroupPagePermission]:
        granted = list(super().get_all_permissions_for_user(user))
        pages = self.taught_pages(user)
        if not pages:
            return granted
        permissions = _permissions(Page, TEAM_PAGE_ACTIONS)
        return granted + [
            GroupPagePermission(page=page, permission=permission)
            for page in pages
            for permission in permissions
        ]

    def taught_condition(self, user: Visitor) -> Q:
        """Pages that are, or stand below, a course the person teaches: one subquery."""
        condition = Q(pk__in=[])
        # One depth in practice: every course stands right under the catalogue.
        for depth in {page.depth for page in self.taught_pages(user)}:
            courses = CoursePage.objects.taught_by(user).filter(depth=depth)
            condition |= Q(In(Left("path", depth * Page.steplen), courses.values("path")))
        return condition

    def instances_user_has_any_permission_for(
        self, user: Visitor, actions: Iterable[str]
    ) -> QuerySet[Page]:
        everything_or_nothing = self._base_queryset_for_user(user)
        if everything_or_nothing is not None:
            return everything_or_nothing
        return self.model._default_manager.filter(self._condition(user, set(actions)))

    def _condition(self, user: Visitor, wanted: set[str]) -> Q:
        """Which pages the person may do one of the ``wanted`` actions with."""
        condition = Q(pk__in=[])
        codenames = self._get_permission_codenames(wanted)
        for permission in self.group_permissions(user):
            below = Q(path__startswith=permission.page.path)
            if permission.permission.codename in codenames:
                condition |= below
            elif permission.permission.codename == "add_page" and "change" in wanted:
                condition |= below & Q(owner=user)
        if wanted & TEAM_PAGE_ACTIONS:
            condition |= self.taught_condition(user)
        return condition

    def meets_every_page(self, user: Visitor) -> bool:
        """Whether groups open the whole tree to the person: no list is narrowed for them."""
        if not user.is_active:
            return False
        return user.is_superuser or any(
            permission.page.is_root() for permission in self.group_permissions(user)
        )

    def explorable_root_instance(self, user: Visitor) -> Page | None:
        name = self._explorable_root_instance_cache_name
        if not hasattr(user, name):
            setattr(user, name, self._find_explorable_root(user))
        return getattr(user, name)

    def _find_explorable_root(self, user: Visitor) -> Page | None:
        """The root for admins; the catalogue for teams, however many courses they teach."""
        if not user.is_superuser:
            pages = list(
                {perm.page_id: perm.page for perm in self.group_permissions(user)}.values()
            )
            if self.taught_pages(user):
                pages += Page.objects.filter(pk__in=CataloguePage.objects.values("pk"))
        else:
            pages = Page.objects.filter(depth=1)
        try:
            return Page.objects.first_common_ancestor_of(pages, include_self=True, strict=True)
        except Page.DoesNotExist:
            return None

    def explorable_instances(self, user: Visitor) -> QuerySet[Page]:
        everything_or_nothing = self._base_queryset_for_user(user)
        if everything_or_nothing is not None:
            return everything_or_nothing
        if self.meets_every_page(user):
            return self.model._default_manager.all()
        root = self.explorable_root_instance(user)
        if root is None:
            return self.model._default_manager.none()
        # The way from the root down to what groups open, and to one's own courses.
        steps = {root.path}
        for permission in self.group_permissions(user):
            path = permission.page.path
            steps |= {path[:end] for end in range(len(root.path), len(path), Page.steplen)}
        for page in self.taught_pages(user)[:1]:
            path = page.path
            steps |= {path[:end] for end in range(len(root.path), len(path), Page.steplen)}
        # Said of the page itself: “one of the pages that are mine” would be looked for in all.
        mine = self._condition(user, set(EVERY_ACTION))
        return self.model._default_manager.filter(Q(path__in=sorted(steps)) | mine)


class TeamMediaPolicy(CollectionOwnershipPermissionPolicy):
    """Group permissions on collections, and one's own courses' collections.

    Images and documents have a policy each, registered for the exact class.
    """

    def __init__(self, model: type[Model], auth_model: type[Model]) -> None:
        super().__init__(model, auth_model=auth_model, owner_field_name="uploaded_by_user")
        # Wagtail keeps one cache for all collection policies; ours differ by model.
        self.permission_cache_name = f"_{model._meta.model_name}_permission_cache"

    def get_all_permissions_for_user(self, user: Visitor) -> list[GroupCollectionPermission]:
        granted = list(super().get_all_permissions_for_user(user))
        if user.is_superuser or not may_teach(user):
            return granted
        collections = list(Collection.objects.filter(self._taught(user)))
        if not collections:
            return granted
        permissions = _permissions(self.auth_model, TEAM_MEDIA_ACTIONS)
        return granted + [
            GroupCollectionPermission(collection=collection, permission=permission)
            for collection in collections
            for permission in permissions
        ]

    def user_has_any_permission_for_instance(
        self, user: Visitor, actions: Iterable[str], instance: Any
    ) -> bool:
        """As Wagtail's, but what a release holds is deleted by admins alone."""
        if not super().user_has_any_permission_for_instance(user, actions, instance):
            return False
        if set(actions) != {"delete"} or group_page_actions(user):
            return True
        return not is_in_a_release(instance)

    def _taught(self, user: Visitor) -> Q:
        theirs = CourseTeamMember.objects.teaching().of(user)
        return Q(Exists(theirs.filter(course__collection=OuterRef("pk"))))

    def _get_user_permission_objects_for_actions(
        self, user: Visitor, actions: Iterable[str]
    ) -> list[GroupCollectionPermission]:
        # Unsaved rows of teams have no key and cannot be put into a set.
        codenames = self._get_permission_codenames(actions)
        return [
            permission
            for permission in self.get_cached_permissions_for_user(user)
            if permission.permission.codename in codenames
        ]

    def _check_perm(
        self, user: Visitor, actions: Iterable[str], collection: Collection | None = None
    ) -> bool:
        if not (user.is_active and user.is_authenticated):
            return False
        if user.is_superuser:
            return True
        granted = self._get_user_permission_objects_for_actions(user, actions)
        if collection is None:
            return bool(granted)
        return any(collection.path.startswith(perm.collection.path) for perm in granted)

    def meets_everything(self, user: Visitor, actions: Iterable[str]) -> bool:
        """Whether groups give one of the actions at the root of collections."""
        if not user.is_active:
            return False
        granted = self._get_user_permission_objects_for_actions(user, set(actions))
        return user.is_superuser or any(perm.collection.is_root() for perm in granted)

    def instances_user_has_any_permission_for(
        self, user: Visitor, actions: Iterable[str]
    ) -> QuerySet[Any]:
        """As Wagtail's, which looks for the collection of each among all there are."""
        wanted = {"change" if action == "delete" else action for action in actions}
        if self.meets_everything(user, wanted & {"change", "choose"}):
            return self.model._default_manager.all()
        return super().instances_user_has_any_permission_for(user, actions)

    def collections_user_has_any_permission_for(
        self, user: Visitor, actions: Iterable[str]
    ) -> OfferedCollections:
        """To choose from; see there what is listed of many."""
        among = super().collections_user_has_any_permission_for(user, actions)
        return OfferedCollections.to(user, among)

    def _collections_with_perm(self, user: Visitor, actions: Iterable[str]) -> QuerySet[Collection]:
        condition = Q(pk__in=[])
        wanted = set(actions)
        if self.meets_everything(user, wanted):
            return Collection.objects.all()
        for permission in self._get_user_permission_objects_for_actions(user, wanted):
            if permission.pk:
                condition |= Q(path__startswith=permission.collection.path)
        if wanted & TEAM_MEDIA_ACTIONS and may_teach(user):
            condition |= self._taught(user)
        return Collection.objects.filter(condition)


def forget(user: Visitor) -> None:
    """Drops what was remembered on ``user``; for verbs that change teams."""
    for name in list(vars(user)):
        if name.endswith("_permission_cache") or name in (
            TeamPagePolicy.team_cache_name,
            TeamPagePolicy._explorable_root_instance_cache_name,
        ):
            delattr(user, name)


def group_page_actions(user: Visitor) -> set[str]:
    """Actions that groups (not teams) give somewhere in the page tree; admins have some."""
    if user.is_superuser and user.is_active:
        return set(EVERY_ACTION)
    policy = policy_registry.get_by_type(Page)
    return {perm.permission.codename.rsplit("_", 1)[0] for perm in policy.group_permissions(user)}
