"""What a person is to the editor: asked in one statement, and remembered while they are answered.

Every page of the editor wants to know what groups and teams give, some of it several times: the
door, the menu, each button. None of the answers lists courses, so that it costs the same for
whoever teaches five hundred of them.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, Model, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Concat, JSONObject
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page
from wagtail.users.models import UserProfile

from courses.models import CourseReviewTask, CourseTeamMember
from courses.models.team import may_teach
from courses.people import Person, Visitor
from courses.statements.compiled import Compiled

REMEMBERED = "_standing_in_the_editor"
TAUGHT_PAGES = "_paths_of_taught_courses"
TAUGHT_COLLECTIONS = "_paths_of_collections_of_taught_courses"

TREE_FIELDS = ("id", "path", "depth", "numchild")
PROFILE_FIELDS = tuple(field.attname for field in UserProfile._meta.concrete_fields)


@dataclass(frozen=True)
class EditorStanding:
    permissions: frozenset[str]  # as "app.codename", of the person and of their groups
    page_grants: list[GroupPagePermission]  # of groups; of each page as much as its place
    collection_grants: list[GroupCollectionPermission]
    teaches: bool  # any course
    leads: bool
    has_collection: bool  # of a course they teach
    reviews: bool


def _grants(model: type[Model], place: str) -> ArraySubquery:
    told = {f"{place}__{name}": F(f"{place}__{name}") for name in TREE_FIELDS}
    told |= {name: F(name) for name in ("id", "group_id", "permission_id", "permission__codename")}
    of_groups = model._default_manager.filter(group__user=OuterRef("pk"))
    return ArraySubquery(of_groups.order_by("pk").values(told=JSONObject(**told)))


def _permissions(given: Q) -> ArraySubquery:
    named = Concat("content_type__app_label", Value("."), "codename")
    return ArraySubquery(Permission.objects.filter(given).order_by().values(named=named))


def _one(person: UUID) -> QuerySet[Any, Any]:
    memberships = CourseTeamMember.objects.filter(user_id=OuterRef("pk"))
    profile = UserProfile.objects.filter(user_id=OuterRef("pk"))
    return (
        get_user_model()
        .objects.filter(pk=person)
        .values_list(
            _permissions(Q(user=OuterRef("pk"))),
            _permissions(Q(group__user=OuterRef("pk"))),
            _grants(GroupPagePermission, "page"),
            _grants(GroupCollectionPermission, "collection"),
            Exists(memberships.teaching()),
            Exists(memberships.leading()),
            Exists(memberships.teaching().exclude(course__collection=None)),
            Exists(CourseReviewTask.reviewers().filter(pk=OuterRef("pk"), is_active=True)),
            Subquery(profile.values(told=JSONObject(**{name: F(name) for name in PROFILE_FIELDS}))),
        )
    )


ONE = Compiled(_one, person=UUID)
NOBODY = EditorStanding(
    permissions=frozenset(),
    page_grants=[],
    collection_grants=[],
    teaches=False,
    leads=False,
    has_collection=False,
    reviews=False,
)


def standing_of(user: Visitor) -> EditorStanding:
    """As the database said when it was first asked of this ``user``. One query."""
    if not user.is_authenticated:
        return NOBODY
    if not hasattr(user, REMEMBERED):
        setattr(user, REMEMBERED, _read(user))
    standing: EditorStanding = getattr(user, REMEMBERED)
    return standing


def _read(user: Person) -> EditorStanding:
    rows = ONE(person=user.pk)
    if not rows:
        return NOBODY
    own, of_groups, pages, collections, teaches, leads, has_collection, reviews, profile = rows[0]
    _put_in_place(user, profile)
    return EditorStanding(
        permissions=frozenset(own) | frozenset(of_groups),
        page_grants=[_grant(GroupPagePermission, "page", Page, told) for told in pages],
        collection_grants=[
            _grant(GroupCollectionPermission, "collection", Collection, told)
            for told in collections
        ],
        teaches=teaches,
        leads=leads,
        has_collection=has_collection,
        reviews=reviews,
    )


def _grant(model: type[Any], place: str, node: type[Any], told: dict[str, Any]) -> Any:
    """A row of ``model``; of what else is asked of its page, Django reads the rest."""
    values = [told[f"{place}__{name}"] for name in TREE_FIELDS]
    stands = node.from_db("default", TREE_FIELDS, values)
    named = [told["permission_id"], told["permission__codename"]]
    grant = model.from_db(
        "default",
        ("id", "group_id", f"{place}_id", "permission_id"),
        (told["id"], told["group_id"], stands.pk, told["permission_id"]),
    )
    setattr(grant, place, stands)
    grant.permission = Permission.from_db("default", ("id", "codename"), named)
    return grant


def _put_in_place(user: Person, profile: dict[str, Any] | None) -> None:
    """What Wagtail keeps for a person, which each of its pages asks for; most have none."""
    values = profile and [profile[name] for name in PROFILE_FIELDS]
    if values:
        kept = UserProfile.from_db("default", PROFILE_FIELDS, values)
        kept.user_id = user.pk
    else:
        kept = None
    user._state.fields_cache.setdefault("wagtail_userprofile", kept)


def taught_pages(user: Visitor) -> frozenset[str]:
    """Paths of the courses that the person teaches. One query, of nobody who teaches none."""
    return _remembered(user, TAUGHT_PAGES, "course__path")


def taught_collections(user: Visitor) -> frozenset[str]:
    """Paths of their collections. One query, as above."""
    return _remembered(user, TAUGHT_COLLECTIONS, "course__collection__path")


def _remembered(user: Visitor, name: str, path: str) -> frozenset[str]:
    if not may_teach(user) or not standing_of(user).teaches:
        return frozenset()
    if not hasattr(user, name):
        paths = CourseTeamMember.objects.teaching().of(user).order_by().values_list(path, flat=True)
        setattr(user, name, frozenset(paths) - {None})
    remembered: frozenset[str] = getattr(user, name)
    return remembered


def is_at_or_below(path: str, steplen: int, paths: frozenset[str]) -> bool:
    """Whether a node of a tree is one of ``paths``, or stands below one."""
    return any(path[:end] in paths for end in range(steplen, len(path) + 1, steplen))


def forget_standing(user: Visitor) -> None:
    for name in (REMEMBERED, TAUGHT_PAGES, TAUGHT_COLLECTIONS):
        vars(user).pop(name, None)
