"""The sets that policies give: one's own courses, at a cost that does not grow."""

import pytest
from django.contrib.auth.models import Permission
from django.core.checks import run_checks
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.admin.views.pages.choose_parent import ChooseParentView
from wagtail.models import Collection, Page, PagePermissionTester
from wagtail.permissions import policy_registry

from courses.isolation.policies import TeamMediaPolicy, TeamPagePolicy, group_page_actions
from courses.isolation.standing import standing_of, taught_pages
from courses.isolation.system_checks import ISOLATION_ID
from courses.models import (
    CourseDocument,
    CourseImage,
    CoursePage,
    CourseTeamMember,
    LessonPage,
)
from courses.teams.members import create_course, remove_member
from learners.models import Role, User
from tests.builders import a_chapter, a_course, a_lesson, the_catalogue
from tests.teams import add_instructor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def fresh(user) -> User:
    """The person as the next request reads them, with nothing remembered."""
    return User.objects.get(pk=user.pk)


def page_policy():
    return policy_registry.get_by_type(Page)


def names(queryset) -> set[str]:
    return set(queryset.values_list("title", flat=True))


def test_a_producer_explores_their_own_courses_and_the_catalogue_above(ada, bruno):
    a_course(by=ada, title="Sewing by hand", syllabus=["Threads"])
    a_course(by=bruno, title="Maps for walkers", syllabus=["Contours"])

    assert names(page_policy().explorable_instances(fresh(ada))) == {
        "Courses",
        "Sewing by hand",
        "Threads",
    }
    mine = page_policy().instances_user_has_permission_for(fresh(ada), "change")
    assert names(mine) == {"Sewing by hand", "Threads"}


def test_a_producer_without_a_course_explores_nothing(ada, bruno):
    a_course(by=bruno)

    assert not page_policy().explorable_instances(fresh(ada)).exists()
    assert page_policy().explorable_root_instance(fresh(ada)) is None


def test_nothing_but_add_and_change_comes_from_a_team(ada):
    course = a_course(by=ada)
    user = fresh(ada)

    for action in ("add", "change"):
        assert page_policy().user_has_permission_for_instance(user, action, course)
    for action in ("publish", "bulk_delete", "lock", "unlock"):
        assert not page_policy().user_has_permission_for_instance(user, action, course)
        assert not page_policy().instances_user_has_permission_for(user, action).exists()


def test_owning_a_page_opens_nothing_to_whoever_left_the_team(ada, bruno):
    course = create_course(producer=ada, title="Sewing by hand")
    member = add_instructor(course=course, email=bruno.email, by=ada)
    lesson = a_lesson(under=course, title="Threads", owner=bruno)
    assert page_policy().user_has_permission_for_instance(fresh(bruno), "change", lesson)

    remove_member(member=member, by=ada)

    assert not page_policy().user_has_permission_for_instance(fresh(bruno), "change", lesson)
    assert not page_policy().explorable_instances(fresh(bruno)).exists()


def test_a_team_membership_counts_for_nothing_without_access_to_the_editor(ada, dana):
    course = a_course(by=ada)
    course.team.create(user=dana)

    assert not page_policy().user_has_permission_for_instance(fresh(dana), "change", course)
    assert not page_policy().explorable_instances(fresh(dana)).exists()


def test_nobody_is_asked_for_courses_who_may_not_teach(ada, dana, django_assert_num_queries):
    a_course(by=ada).team.create(user=dana)
    learner, teacher = fresh(dana), fresh(ada)
    assert standing_of(teacher).teaches and taught_pages(teacher)

    with django_assert_num_queries(0):
        assert taught_pages(learner) == frozenset()
    teacher.role = Role.CONSUMER  # as they were read before, and know of themselves by now
    assert taught_pages(teacher) == frozenset()


def test_a_plain_page_is_asked_what_its_course_is_to_a_team(ada, bruno):
    course = a_course(by=ada, syllabus=["Threads"])
    lesson = LessonPage.objects.get()

    def given(user, page) -> set[str]:
        return PagePermissionTester(fresh(user), Page.objects.get(pk=page.pk)).permissions

    assert given(ada, course) == given(ada, lesson) == {"add", "change"}
    assert given(ada, course.get_parent()) == set()
    assert given(bruno, course) == given(bruno, lesson) == set()


def test_what_is_remembered_of_a_person_is_dropped_as_they_join_and_leave(ada, bruno):
    course = a_course(by=ada, syllabus=[])
    bruno = fresh(bruno)
    assert not page_policy().user_has_permission(bruno, "change")

    member = add_instructor(course=course, email=bruno.email, by=ada)
    bruno = fresh(bruno)
    assert page_policy().user_has_permission(bruno, "change")
    member.user = bruno
    remove_member(member=member, by=ada)

    assert not page_policy().user_has_permission(bruno, "change")
    assert not page_policy().user_has_permission_for_instance(bruno, "change", course)


def test_what_a_person_is_to_the_editor_is_one_statement(ada, ivo, mira):
    courses_of(ada, 3)
    create_course(producer=ada, title="Sewing by hand")
    for person, is_told in (
        (ada, (True, True, True, False)),
        (ivo, (False, False, False, True)),
        (mira, (False, False, False, True)),
    ):
        with CaptureQueriesContext(connection) as captured:
            standing = standing_of(fresh(person))
        told = (standing.teaches, standing.leads, standing.has_collection, standing.reviews)
        assert told == is_told
        assert len(captured) == 2  # the person, and this
        assert "wagtailadmin.access_admin" in standing.permissions
        assert standing.permissions == fresh(person).get_all_permissions()


def test_a_permission_of_ones_own_counts_as_one_of_a_group_does(dana):
    dana.user_permissions.add(Permission.objects.get(codename="access_admin"))

    assert standing_of(fresh(dana)).permissions == {"wagtailadmin.access_admin"}


def test_a_new_lesson_is_offered_own_courses_only(ada, bruno):
    a_course(by=ada, title="Sewing by hand", syllabus=[])
    a_course(by=bruno, title="Maps for walkers", syllabus=[])

    parents = ChooseParentView(model=LessonPage).get_valid_parent_pages(fresh(ada))

    assert names(parents) == {"Sewing by hand"}


def test_whoever_adds_a_lesson_is_offered_what_may_hold_one(ivo, ada):
    course = a_course(by=ada, title="Sewing by hand", syllabus={"Begin": ["Threads"]})
    assert page_policy().user_has_permission_for_instance(fresh(ivo), "add", course.get_parent())

    parents = ChooseParentView(model=LessonPage).get_valid_parent_pages(fresh(ivo))

    assert names(parents) == {"Sewing by hand", "Begin"}


def test_the_groups_of_a_closed_account_open_nothing(ivo, ada):
    course = create_course(producer=ada, title="Sewing by hand")
    media = policy_registry.get_by_type(CourseImage)
    assert page_policy().get_all_permissions_for_user(fresh(ivo))
    assert media.get_all_permissions_for_user(fresh(ivo))
    assert "change" in group_page_actions(fresh(ivo))

    User.objects.filter(pk=ivo.pk).update(is_active=False)

    assert page_policy().get_all_permissions_for_user(fresh(ivo)) == []
    assert media.get_all_permissions_for_user(fresh(ivo)) == []
    assert group_page_actions(fresh(ivo)) == set()
    assert not PagePermissionTester(fresh(ivo), course).can_edit()


def test_an_inactive_producer_meets_nothing(ada):
    a_course(by=ada)
    User.objects.filter(pk=ada.pk).update(is_active=False)

    assert not page_policy().explorable_instances(fresh(ada)).exists()


def test_an_admin_explores_everything(ivo, ada, bruno):
    a_course(by=ada, title="Sewing by hand", syllabus=[])
    a_course(by=bruno, title="Maps for walkers", syllabus=[])

    found = names(page_policy().explorable_instances(fresh(ivo)))

    assert {"Sewing by hand", "Maps for walkers"} <= found
    assert page_policy().explorable_root_instance(fresh(ivo)).depth == 1


def test_a_moderator_explores_no_page_and_no_media(mira, ada):
    course = create_course(producer=ada, title="Sewing by hand")
    CourseDocument.objects.create(title="Pattern", file="pattern.pdf", collection=course.collection)

    assert not page_policy().explorable_instances(fresh(mira)).exists()
    for model in (CourseImage, CourseDocument):
        policy = policy_registry.get_by_type(model)
        assert not policy.instances_user_has_permission_for(fresh(mira), "choose").exists()


def test_documents_are_chosen_from_the_collections_of_own_courses(ada, bruno):
    hers = create_course(producer=ada, title="Sewing by hand")
    his = create_course(producer=bruno, title="Maps for walkers")
    for course in (hers, his):
        CourseDocument.objects.create(
            title=f"Of {course.title}", file="a.pdf", collection=course.collection
        )
    policy = policy_registry.get_by_type(CourseDocument)

    for action in ("choose", "change"):
        found = policy.instances_user_has_permission_for(fresh(ada), action)
        assert names(found) == {"Of Sewing by hand"}
    collections = policy.collections_user_has_permission_for(fresh(ada), "add")
    assert set(collections) == {hers.collection}
    foreign = CourseDocument.objects.get(title="Of Maps for walkers")
    assert not policy.user_has_permission_for_instance(fresh(ada), "choose", foreign)


def test_an_upload_of_ones_own_is_lost_with_the_team(ada, bruno):
    course = create_course(producer=ada, title="Sewing by hand")
    member = add_instructor(course=course, email=bruno.email, by=ada)
    pattern = CourseDocument.objects.create(
        title="Pattern", file="a.pdf", collection=course.collection, uploaded_by_user=bruno
    )
    policy = policy_registry.get_by_type(CourseDocument)
    assert policy.user_has_permission_for_instance(fresh(bruno), "change", pattern)

    remove_member(member=member, by=ada)

    assert not policy.user_has_any_permission_for_instance(
        fresh(bruno), {"change", "choose", "delete"}, pattern
    )


def courses_of(user, count):
    """Bare courses with a team and a collection, without the revisions an author would leave."""
    library = Collection.get_first_root_node()
    for number in range(CoursePage.objects.taught_by(user).count(), count):
        collection = library.add_child(instance=Collection(name=f"Course {number}"))
        course = the_catalogue().add_child(
            instance=CoursePage(title=f"Course {number}", collection=collection)
        )
        CourseTeamMember.objects.create(course=course, user=user)


SETS = {
    "explorable": lambda user: page_policy().explorable_instances(user),
    "editable": lambda user: page_policy().instances_user_has_permission_for(user, "change"),
    "images": lambda user: policy_registry.get_by_type(
        CourseImage
    ).instances_user_has_permission_for(user, "choose"),
    "collections": lambda user: policy_registry.get_by_type(CourseDocument)._collections_with_perm(
        user, {"add"}
    ),
}


def test_the_sql_is_as_long_at_a_hundred_courses_as_at_one(ada):
    def statements(ask):
        user = fresh(ada)
        with CaptureQueriesContext(connection) as captured:
            list(ask(user))
        return [len(query["sql"]) for query in captured]

    courses_of(ada, 1)
    at_one = {name: statements(ask) for name, ask in SETS.items()}
    courses_of(ada, 100)
    at_hundred = {name: statements(ask) for name, ask in SETS.items()}

    for name in SETS:
        assert len(at_hundred[name]) == len(at_one[name]), name
        # Keys have more digits; a condition per course would add thousands of characters.
        grown = [b - a for a, b in zip(at_one[name], at_hundred[name], strict=True)]
        assert max(grown) < 40, name


def test_the_check_passes_as_things_stand():
    assert [error for error in run_checks(tags=["security"]) if error.id == ISOLATION_ID] == []


def test_the_check_speaks_up_when_another_policy_took_over(monkeypatch):
    stock = type("StockPolicy", (), {})()
    monkeypatch.setitem(policy_registry.values_by_exact_class, CourseImage, stock)

    complaints = [error for error in run_checks(tags=["security"]) if error.id == ISOLATION_ID]

    assert [error.msg.split()[0] for error in complaints] == ["courses.CourseImage"]


def test_the_check_speaks_up_when_pages_ask_another_tester(monkeypatch):
    monkeypatch.setattr(LessonPage, "tester_class", PagePermissionTester)

    complaints = [error for error in run_checks(tags=["security"]) if error.id == "courses.E003"]

    assert [error.msg.split()[0] for error in complaints] == ["courses.LessonPage"]


def test_policies_are_ours_for_every_page_type():
    for model in (Page, CoursePage):
        assert isinstance(policy_registry.get_by_type(model), TeamPagePolicy)
    for model in (CourseImage, CourseDocument):
        assert isinstance(policy_registry.get_by_type(model), TeamMediaPolicy)


def test_each_course_has_a_collection_of_its_own(ada):
    first = create_course(producer=ada, title="Sewing by hand")
    second = create_course(producer=ada, title="Sewing by hand")

    assert first.collection != second.collection
    assert Collection.objects.get(pk=first.collection_id).name == "Sewing by hand"
    assert (first.slug, second.slug) == ("sewing-by-hand", "sewing-by-hand-2")


def test_chapters_deep_down_are_explored_too(ada):
    course = a_course(by=ada, syllabus={})
    deep = course
    for number in range(4):
        deep = a_chapter(under=deep, title=f"Level {number}")

    assert page_policy().explorable_instances(fresh(ada)).filter(pk=deep.pk).exists()
