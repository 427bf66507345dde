"""A role and its groups are one thing."""

import pytest
from wagtail.models import ModelLogEntry

from courses.isolation.groups import ADMINS, MODERATORS, PRODUCERS
from learners.accounts.roles import is_moderator, set_moderator, set_role
from learners.errors import LearnerError
from learners.models import Role, User


def groups_of(user) -> set[str]:
    return set(user.groups.values_list("name", flat=True))


@pytest.mark.parametrize(
    ("role", "groups", "staff"),
    [
        (Role.CONSUMER, set(), False),
        (Role.PRODUCER, {PRODUCERS}, False),
        (Role.ADMIN, {ADMINS, MODERATORS}, True),
    ],
)
def test_each_role_brings_its_groups(dana, role, groups, staff):
    set_role(user=dana, role=role)
    dana.refresh_from_db()
    assert (dana.role, groups_of(dana), dana.is_staff) == (role, groups, staff)


def test_a_role_that_is_left_takes_its_groups_along(ada, ivo):
    set_role(user=ada, role=Role.ADMIN)
    assert groups_of(ada) == {ADMINS, MODERATORS}
    set_role(user=ada, role=Role.PRODUCER)
    assert groups_of(ada) == {PRODUCERS}
    set_role(user=ada, role=Role.CONSUMER)
    assert groups_of(ada) == set()


def test_a_moderator_who_becomes_a_producer_stays_a_moderator(mira):
    set_role(user=mira, role=Role.PRODUCER)
    assert groups_of(mira) == {MODERATORS, PRODUCERS}
    mira.refresh_from_db()
    assert mira.is_staff is True


def test_moderation_is_given_and_taken(dana):
    set_moderator(user=dana, moderator=True)
    dana.refresh_from_db()
    assert (is_moderator(dana), dana.is_staff, dana.role) == (True, True, Role.CONSUMER)
    set_moderator(user=dana, moderator=False)
    dana.refresh_from_db()
    assert (is_moderator(dana), dana.is_staff) == (False, False)


def test_an_admin_cannot_be_without_moderation(ivo):
    with pytest.raises(LearnerError, match="An admin is a moderator too") as refusal:
        set_moderator(user=ivo, moderator=False)
    assert refusal.value.code == "admins_moderate"
    assert is_moderator(ivo)


def test_setting_the_same_role_repairs_the_groups_and_writes_no_log(ada):
    ada.groups.clear()
    before = ModelLogEntry.objects.count()
    set_role(user=ada, role=Role.PRODUCER)
    assert groups_of(ada) == {PRODUCERS}
    assert ModelLogEntry.objects.count() == before


def test_the_log_says_who_gave_which_role(dana, ivo):
    set_role(user=dana, role=Role.PRODUCER, by=ivo)
    entry = ModelLogEntry.objects.filter(action="learners.role").latest("timestamp")
    assert (entry.user, entry.data) == (ivo, {"from": "consumer", "to": "producer"})


def test_the_last_admin_stays(ivo):
    with pytest.raises(LearnerError, match="This is the last admin") as refusal:
        set_role(user=ivo, role=Role.CONSUMER)
    assert refusal.value.code == "last_admin"
    ivo.refresh_from_db()
    assert (ivo.role, groups_of(ivo)) == (Role.ADMIN, {ADMINS, MODERATORS})


def test_an_admin_with_a_closed_account_does_not_count_as_another(ivo, ada):
    set_role(user=ada, role=Role.ADMIN)
    User.objects.filter(pk=ada.pk).update(is_active=False)
    with pytest.raises(LearnerError, match="This is the last admin"):
        set_role(user=ivo, role=Role.CONSUMER)


def test_a_superuser_who_is_no_admin_any_more_is_no_superuser(ivo):
    root = User.objects.create_superuser("root@example.com", None, name="Root")
    set_role(user=root, role=Role.CONSUMER)
    root.refresh_from_db()
    assert (root.is_superuser, root.is_staff) == (False, False)


def test_a_role_nobody_knows_is_refused(dana):
    with pytest.raises(ValueError, match="'owner' is not a valid Role"):
        set_role(user=dana, role="owner")


@pytest.mark.parametrize(
    ("name", "admin", "people"),
    [
        ("cleo", 302, 302),
        ("ada", 200, 404),
        ("mira", 200, 404),
        ("ivo", 200, 200),
    ],
)
def test_who_enters_the_studio_and_who_manages_people(client, request, name, admin, people):
    client.force_login(request.getfixturevalue(name))
    assert client.get("/admin/").status_code == admin
    assert client.get("/admin/users/").status_code == people
