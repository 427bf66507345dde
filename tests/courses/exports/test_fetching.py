"""Whose file it is: the person's who asked, while they are what they were."""

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.storage import default_storage
from django.test import Client

from courses.exports import writing
from courses.exports.writing import write
from courses.models import CoursePage, CourseTeamMember, Export
from learners.accounts.roles import set_role
from learners.models import Role, User
from tests.courses.exports.fetching import EXPORTS, LEARNERS, content, fetched
from tests.people import logged_in

pytestmark = pytest.mark.django_db


def test_nobody_else_fetches_it(client, ada, bruno, ivo, mira, cleo, studies, exported):
    logged_in(client, ada)
    export = exported(LEARNERS)
    nowhere = f"{EXPORTS}00000000-0000-4000-8000-000000000000/"

    for other in (bruno, ivo, mira):
        stranger = logged_in(Client(), other)
        there, missing = fetched(stranger, export), stranger.get(nowhere)
        assert (there.status_code, missing.status_code) == (404, 404)
        assert there.content == missing.content
        assert "Learners" not in stranger.get(EXPORTS, {"part": "list"}).text
        assert stranger.post(f"{EXPORTS}{export.key}/remove/").status_code == 404
    for outside in (Client(), logged_in(Client(), cleo)):
        answer = fetched(outside, export)
        assert (answer.status_code, answer.content) == (302, b"")
    assert Export.objects.get() == export
    assert fetched(client, export).status_code == 200


@pytest.mark.parametrize("role", [Role.PRODUCER, Role.CONSUMER])
def test_a_demoted_admin_fetches_nothing(client, ivo, mira, studies, exported, role):
    User.objects.filter(pk=mira.pk).update(is_superuser=True)  # another admin is left
    set_role(user=User.objects.get(pk=mira.pk), role=Role.ADMIN)
    logged_in(client, ivo)
    export = exported(LEARNERS)
    set_role(user=ivo, role=role)

    answer = fetched(client, export)

    assert answer.status_code == (404 if role == Role.PRODUCER else 302)
    page = client.get(EXPORTS)
    assert f"{export.key}/remove/" in page.text or page.status_code == 302
    assert f'href="{EXPORTS}{export.key}/"' not in page.text


def test_who_left_a_team_does_not_fetch_what_they_saw_on_it(client, ada, studies, exported):
    logged_in(client, ada)
    export = exported(LEARNERS)
    CourseTeamMember.objects.filter(user=ada).delete()

    assert fetched(client, export).status_code == 404
    assert "You may see other rows since." in client.get(EXPORTS).text


def test_who_left_a_team_while_it_was_written_does_not_fetch_it(
    client, ada, studies, nothing_is_short, monkeypatch
):
    maps = CoursePage.objects.get(title="Maps for walkers")
    CourseTeamMember.objects.create(course=maps, user=ada, role="instructor")
    logged_in(client, ada).get(LEARNERS, {"export": "csv"})
    export, really = Export.objects.get(), writing.write_file

    def left(*args):
        really(*args)
        CourseTeamMember.objects.filter(course=maps, user=ada).delete()

    monkeypatch.setattr(writing, "write_file", left)
    assert write(export.pk) is True

    export.refresh_from_db()
    assert b"Dana Whitfield" in content(export)
    assert fetched(client, export).status_code == 404
    assert "You may see other rows since." in client.get(EXPORTS).text


def test_who_left_a_group_does_not_fetch_what_they_saw_in_it(client, ivo, studies, exported):
    editors = Group.objects.create(name="Editors of the winter issue")
    ivo.groups.add(editors)
    logged_in(client, ivo)
    export = exported(LEARNERS)
    assert fetched(client, export).status_code == 200

    ivo.groups.remove(editors)

    assert fetched(client, export).status_code == 404


def test_a_file_that_is_missing_is_nowhere(client, ivo, studies, exported):
    logged_in(client, ivo)
    export = exported(LEARNERS)
    default_storage.delete(export.file)

    assert fetched(client, export).status_code == 404


def test_a_list_that_was_closed_since_gives_no_file(client, ivo, studies, exported):
    logged_in(client, ivo)
    export = exported(LEARNERS)
    group = Group.objects.get(name="Admins")
    group.permissions.remove(Permission.objects.get(codename="view_enrollment"))
    CourseTeamMember.objects.filter(user=ivo).delete()

    assert fetched(client, export).status_code == 404
    group.permissions.remove(Permission.objects.get(codename="view_review"))
    group.permissions.add(Permission.objects.get(codename="view_enrollment"))
    assert fetched(client, export).status_code == 200  # another list is another matter


def test_a_closed_account_fetches_nothing(client, ada, studies, exported):
    logged_in(client, ada)
    export = exported(LEARNERS)
    User.objects.filter(pk=ada.pk).update(is_active=False)

    assert fetched(client, export).status_code == 302


def test_an_unfinished_export_has_no_file(client, ivo, studies, nothing_is_short):
    logged_in(client, ivo)
    client.get(LEARNERS, {"export": "csv"})

    assert fetched(client, Export.objects.get()).status_code == 404
