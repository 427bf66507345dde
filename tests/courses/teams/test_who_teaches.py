"""One definition of who teaches a course, asked everywhere; and of which course is on sale."""

import ast
import re
from itertools import product
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from courses.models import CoursePage, ReleaseStatus, TeamRole
from courses.models.team import leads, may_teach, stands_on_team, teaches, who_may_teach
from learners.models import Role, User
from tests.builders import a_course
from tests.people import somebody
from tests.storefront.shop import a_course_on_sale

# The definition as a table

EVERYBODY = list(product(Role.values, [True, False], [None, *TeamRole.values]))


@pytest.mark.django_db
@pytest.mark.parametrize(("role", "is_open", "row"), EVERYBODY)
def test_teaching_is_a_row_an_open_account_and_a_role_that_may_author(ada, role, is_open, row):
    course = a_course(by=ada, syllabus=[])
    person = somebody(email="someone@example.com", role=role)
    if row == TeamRole.LEAD:
        course.team.update(role=TeamRole.INSTRUCTOR)
    if row:
        course.team.create(user=person, role=row)
    User.objects.filter(pk=person.pk).update(is_active=is_open)
    person = User.objects.get(pk=person.pk)

    may = is_open and role in ("producer", "admin")

    assert may_teach(person) == may
    assert User.objects.filter(who_may_teach(), pk=person.pk).exists() == may
    assert teaches(person, course.pk) == (may and row is not None)
    assert leads(person, course.pk) == (may and row == TeamRole.LEAD)
    assert stands_on_team(person, course.pk) == (row is not None)
    assert CoursePage.objects.taught_by(person).exists() == (may and row is not None)
    assert course.team.teaching().of(person).exists() == (may and row is not None)


@pytest.mark.django_db
def test_the_definition_asks_the_database_and_not_the_person_who_came_in(ada):
    course = a_course(by=ada, syllabus=[])
    User.objects.filter(pk=ada.pk).update(role=Role.CONSUMER)

    assert ada.role == Role.PRODUCER  # as they were when the request began
    assert not teaches(ada, course.pk)
    assert not leads(ada, course.pk)
    assert not CoursePage.objects.taught_by(ada).exists()


@pytest.mark.django_db
def test_a_visitor_teaches_nothing(ada):
    course = a_course(by=ada, syllabus=[])
    nobody = AnonymousUser()

    assert not may_teach(nobody)
    assert not teaches(nobody, course.pk)
    assert not stands_on_team(nobody, course.pk)
    assert not CoursePage.objects.taught_by(nobody).exists()


NOT_SOLD = {
    "archived": lambda course: CoursePage.objects.filter(pk=course.pk).update(
        archived_at=timezone.now()
    ),
    "not live": lambda course: CoursePage.objects.filter(pk=course.pk).update(live=False),
    "without a release": lambda course: course.releases.update(status=ReleaseStatus.SUPERSEDED),
    "led by a closed account": lambda course: User.objects.filter(
        course_memberships__course=course
    ).update(is_active=False),
    "led by somebody demoted": lambda course: User.objects.filter(
        course_memberships__course=course
    ).update(role=Role.CONSUMER),
    "without a lead": lambda course: course.team.update(role=TeamRole.INSTRUCTOR),
}


@pytest.mark.django_db
@pytest.mark.parametrize("spoil", NOT_SOLD.values(), ids=NOT_SOLD)
def test_a_course_is_on_sale_while_it_is_released_kept_and_led(ada, spoil):
    course = a_course_on_sale(by=ada)
    assert CoursePage.objects.on_sale().get() == course

    spoil(course)

    assert not CoursePage.objects.on_sale().exists()


# Nobody writes a second definition

ROOT = Path(__file__).resolve().parents[3]
# Who may name the rows of teams, and what for.
ROWS_OF_TEAMS = {
    "courses/models/team.py": "the definition",
    "courses/models/__init__.py": "the index of models",
    "courses/models/courses.py": "courses by who teaches and leads them, by the definition",
    "courses/models/releases.py": "who stands on the team decides nothing (decision 0012)",
    "courses/editor/my_courses.py": "whether each course is led, by the definition",
    "courses/editor/explorer.py": "lists the courses one teaches, by the definition",
    "courses/isolation/policies.py": "collections of what one teaches, by the definition",
    "courses/isolation/standing.py": "whether one teaches or leads anything, by the definition",
    "courses/isolation/testers.py": "which rows of a list one leads, by the definition",
    "courses/releases/emails.py": "mails to who teaches; who stands on the team is not asked",
    "courses/teams/members.py": "writes the rows",
    "courses/teams/views.py": "shows and changes the rows",
    "courses/editor/frame.py": "who may submit a course, by the definition",
    "courses/editor/tabs.py": "leads to the page of the team",
    "courses/editor/waiting.py": "what was asked of courses one teaches, by the definition",
    "courses/moderation/selectors.py": "what a team says among itself is not for reviewers",
    "courses/comments/telling.py": "mails to who teaches, by the definition",
    "courses/moderation/views.py": "lists the team by name",
    "courses/teams/invitations.py": "whoever said yes twice is on the team already",
    "learners/access/decision.py": "reads the person and whether they teach in one query",
    "learners/accounts/consequences.py": "what hangs on a lead who is to be closed",
    "learners/certificates/issuing.py": "the lead's name on a certificate, open or closed",
    "learners/access/facts.py": "who may enter, by the definition",
    "learners/study/selectors.py": "the lead's name on the shelf, open or closed",
    "home/demo/stories.py": "whose share a sale of the demo is",
    "storefront/catalogue/entries.py": "the name of the lead beside a course",
    "storefront/catalogue/selectors.py": "whether a reader teaches a course, by the definition",
    "storefront/catalogue/receivers.py": "hears of rows and people that change",
    "storefront/checkout/offers.py": "who may not buy and whose share a sale is, by the definition",
}
# Who may ask a role or an account on its own, and what for.
ROLES_AND_ACCOUNTS = {
    "courses/exports/requests.py": "a worker asks a list as the person it is for",
    "courses/exports/rights.py": "what a person may do, as one word",
    "courses/models/team.py": "the definition",
    "courses/isolation/policies.py": "groups of admins, and what Wagtail's own policies ask",
    "courses/isolation/standing.py": "moderators, and whoever groups give something",
    "courses/isolation/testers.py": "groups of admins count for open accounts",
    "courses/models/review_task.py": "moderators",
    "courses/comments/telling.py": "closed accounts are told nothing",
    "courses/releases/emails.py": "moderators",
    "courses/teams/members.py": "admins",
    "learners/access/facts.py": "admins, and accounts that are closed",
    "learners/models/users.py": "the fields",
    "learners/models/__init__.py": "the index of models",
    "learners/accounts/applications.py": "who may apply, and admins",
    "learners/accounts/application_views.py": "admins",
    "learners/accounts/forms.py": "a learner has no bio",
    "learners/accounts/hooks.py": "admins",
    "learners/accounts/people.py": "gives roles and closes accounts",
    "learners/accounts/retention.py": "learners whose address was never proved",
    "learners/accounts/roles.py": "gives roles",
    "learners/accounts/views.py": "who may apply",
    "learners/accounts/workplaces.py": "where admins work",
    "storefront/checkout/fulfilment.py": "the buyer's account",
    "storefront/checkout/locks.py": "the buyer's account",
    "storefront/checkout/offers.py": "the buyer's account",
    "storefront/checkout/lists.py": "a column of coupons of the same name",
    "storefront/catalogue/receivers.py": "hears of people who change",
    "home/demo/people.py": "makes the cast of the demo",
    "home/demo/year.py": "the learners of the demo",
    "learners/accounts/signed_in.py": "permissions, by Django's own rule",
}
TEAM_WORDS = {"CourseTeamMember", "course_memberships", "team"}
ROLE_WORDS = {"is_active", "Role", "TEACHING_ROLES", "PRODUCERS", "consumer"}
# Groups are given with the role and never asked instead of it.
GIVES_GROUPS = {"courses/isolation/groups.py", "learners/accounts/roles.py"}


def words_of(path: Path) -> set[str]:
    """Names, attributes, and the parts of field paths in strings and keywords."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Name):
            found.add(node.id)
        elif isinstance(node, ast.Attribute):
            found.add(node.attr)
        elif isinstance(node, ast.alias):
            found.add(node.name)
        elif isinstance(node, ast.keyword) and node.arg:
            found.update(node.arg.split("__"))
        elif isinstance(node, ast.Constant) and re.fullmatch(r"\w+", str(node.value)):
            found.update(str(node.value).split("__"))
    return found


def sources() -> dict[str, set[str]]:
    return {
        str(path.relative_to(ROOT)): words_of(path)
        for app in ("courses", "learners", "storefront", "home")
        for path in sorted((ROOT / app).rglob("*.py"))
        if "migrations" not in path.parts and "stripesim" not in path.parts
    }


# Files that name one of the words for something else.
OTHER_TEAMS = {"courses/editor/hooks.py"}  # the address of the team's page


def test_the_rows_of_teams_are_named_where_there_is_a_reason():
    naming = {file for file, words in sources().items() if TEAM_WORDS & words}
    assert naming - OTHER_TEAMS == set(ROWS_OF_TEAMS)


def test_roles_and_accounts_are_asked_where_there_is_a_reason():
    naming = {file for file, words in sources().items() if ROLE_WORDS & words}
    assert naming - GIVES_GROUPS == set(ROLES_AND_ACCOUNTS) - GIVES_GROUPS


def test_no_role_is_told_by_its_group():
    naming = {file for file, words in sources().items() if "PRODUCERS" in words}
    assert naming == GIVES_GROUPS
