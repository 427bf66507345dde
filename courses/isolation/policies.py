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

from django.db.models import Exists, Model, OuterRef, Q, QuerySet
from django.db.models.functions import Left
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import policy_registry

from courses.files.held import is_in_a_release
from courses.models import CataloguePage, CourseTeamMember
from courses.models.team import may_teach
from courses.people import Visitor

from .collections import OfferedCollections
from .standing import (
    forget_standing,
    is_at_or_below,
    standing_of,
    taught_collections,
    taught_pages,
)

EVERY_ACTION = frozenset({"add", "change", "publish", "bulk_delete", "lock", "unlock"})
TEAM_PAGE_ACTIONS = frozenset({"add", "change"})
TEAM_MEDIA_ACTIONS = frozenset({"add", "change", "choose"})


class TeamPagePolicy(PagePermissionPolicy):
    """Group permissions on pages, and *add* and *change* on the courses one teaches."""

    def group_permissions(self, user: Visitor) -> list[GroupPagePermission]:
        """What groups give, without what teams give."""
        return list(self.get_cached_permissions_for_user(user))

    def get_all_permissions_for_user(self, user: Visitor) -> list[GroupPagePermission]:
        """Of groups. What a team gives is asked of the page in question, and never listed."""
        if not user.is_active or user.is_superuser:
            return []
        return standing_of(user).page_grants

    def team_actions(self, user: Visitor, page: Page) -> frozenset[str]:
        """What a team gives on ``page``."""
        if user.is_superuser:
            return frozenset()
        taught = is_at_or_below(page.path, Page.steplen, taught_pages(user))
        return TEAM_PAGE_ACTIONS if taught else frozenset()

    def user_has_any_permission(self, user: Visitor, actions: Iterable[str]) -> bool:
        wanted = set(actions)
        if super().user_has_any_permission(user, wanted):
            return True
        return bool(wanted & TEAM_PAGE_ACTIONS) and may_teach(user) and standing_of(user).teaches

    def user_has_any_permission_for_instance(
        self, user: Visitor, actions: Iterable[str], instance: Page
    ) -> bool:
        wanted = set(actions)
        if super().user_has_any_permission_for_instance(user, wanted, instance):
            return True
        return bool(wanted & TEAM_PAGE_ACTIONS & self.team_actions(user, instance))

    def taught_condition(self, user: Visitor) -> Q:
        """Pages that are, or stand below, a course the person teaches: one subquery."""
        condition = Q(pk__in=[])
        # Asked of each page by itself: a set to look in would be read anew for each of some pages.
        theirs = CourseTeamMember.objects.teaching().of(user)
        # One length in practice: every course stands right under the catalogue.
        for length in sorted({len(path) for path in taught_pages(user)}):
            condition |= Q(Exists(theirs.filter(course__path=Left(OuterRef("path"), length))))
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
            if may_teach(user) and standing_of(user).teaches:
                pages += Page.objects.filter(pk__in=CataloguePage.objects.values("pk"))
        else:
            pages = list(Page.objects.filter(depth=1))
        if len(pages) == 1 and not pages[0].get_deferred_fields():
            return pages[0]
        try:
            return Page.objects.first_common_ancestor_of(pages, include_self=True, strict=True)
        except Page.DoesNotExist:
            return None

    def explorable_instances(self, user: Visitor) -> QuerySet[Page]:
        return self.explorable_among(self.model._default_manager.all(), user)

    def explorable_among(self, pages: QuerySet[Page], user: Visitor) -> QuerySet[Page]:
        """Those of ``pages`` that the person may explore.

        Said of the page itself: “one of the pages that are mine” would be looked for in all.
        """
        if not user.is_active:
            return pages.none()
        if self.meets_every_page(user):
            return pages
        root = self.explorable_root_instance(user)
        if root is None:
            return pages.none()
        # The way from the root down to what groups open, and to one's own courses.
        steps = {root.path}
        below = [permission.page.path for permission in self.group_permissions(user)]
        for path in (*below, *sorted(taught_pages(user))[:1]):
            steps |= {path[:end] for end in range(len(root.path), len(path), Page.steplen)}
        mine = self._condition(user, set(EVERY_ACTION))
        return pages.filter(Q(path__in=sorted(steps)) | mine)


class TeamMediaPolicy(CollectionOwnershipPermissionPolicy):
    """Group permissions on collections, and one's own courses' collections.

    Images and documents have a policy each, registered for the exact class.
    """

    def __init__(self, model: type[Model], auth_model: type[Model]) -> None:
        super().__init__(model, auth_model=auth_model, owner_field_name="uploaded_by_user")

    def get_all_permissions_for_user(self, user: Visitor) -> list[GroupCollectionPermission]:
        """Of groups, which are the same for all that stands in collections."""
        if not user.is_active or user.is_superuser:
            return []
        return standing_of(user).collection_grants

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

    def _check_perm(
        self, user: Visitor, actions: Iterable[str], collection: Collection | None = None
    ) -> bool:
        if not (user.is_active and user.is_authenticated):
            return False
        if user.is_superuser:
            return True
        granted = self._get_user_permission_objects_for_actions(user, actions)
        by_team = bool(TEAM_MEDIA_ACTIONS.intersection(actions)) and may_teach(user)
        if collection is None:
            return bool(granted) or (by_team and standing_of(user).has_collection)
        if any(collection.path.startswith(perm.collection.path) for perm in granted):
            return True
        paths = taught_collections(user) if by_team else frozenset()
        return is_at_or_below(collection.path, Collection.steplen, paths)

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
            condition |= Q(path__startswith=permission.collection.path)
        if wanted & TEAM_MEDIA_ACTIONS and may_teach(user):
            condition |= self._taught(user)
        return Collection.objects.filter(condition)


def forget(user: Visitor) -> None:
    """Drops what was remembered on ``user``; for verbs that change teams."""
    forget_standing(user)
    for name in list(vars(user)):
        if name.endswith("_permission_cache") or (
            name == TeamPagePolicy._explorable_root_instance_cache_name
        ):
            delattr(user, name)


def group_page_actions(user: Visitor) -> set[str]:
    """Actions that groups (not teams) give somewhere in the page tree; admins have some."""
    if user.is_superuser and user.is_active:
        return set(EVERY_ACTION)
    policy = policy_registry.get_by_type(Page)
    return {perm.permission.codename.rsplit("_", 1)[0] for perm in policy.group_permissions(user)}
