"""Two producers in one editor: neither meets what is the other's, whatever they type.

Every refusal is a 404, the same for what is foreign and for what does not exist, and
changes nothing.
"""

import json

import pytest
from django.db import connection
from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode
from wagtail.models import Page

from courses.models import CourseDocument, CoursePage
from courses.team import add_instructor, create_course
from tests.builders import a_chapter, a_lesson
from tests.media import a_document, an_image
from tests.people import logged_in

pytestmark = pytest.mark.django_db

MISSING = 987_654


@pytest.fixture
def hers(ada, catalogue):
    """Ada's course with a chapter, two lessons, an image and a document."""
    return grown(create_course(producer=ada, title="Sewing by hand"))


@pytest.fixture
def his(bruno, catalogue):
    """Bruno's, of the same shape; its titles must never reach Ada."""
    return grown(create_course(producer=bruno, title="Bruno’s secret maps"))


def grown(course):
    by = course.owner
    course.chapter = a_chapter(under=course, title=f"Chapter of {course.title}")
    course.lessons = [
        a_lesson(under=course.chapter, title=f"Lesson {number} of {course.title}")
        for number in (1, 2)
    ]
    course.image = an_image(title=f"Image of {course.title}", course=course, by=by)
    course.document = a_document(title=f"Document of {course.title}", course=course, by=by)
    return course


def rows() -> dict[str, str]:
    """A fingerprint of every table that a refusal must leave alone."""
    with connection.cursor() as cursor:
        prints = {}
        for table in connection.introspection.table_names(cursor):
            if table in ("django_session", "learners_user", "wagtailadmin_editingsession"):
                continue
            cursor.execute(
                f"SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM \"{table}\" t"
            )
            prints[table] = cursor.fetchone()[0]
        return prints


def headers(response) -> dict:
    return {name: value for name, value in response.items() if name != "Expires"}


def admin(name, *args, **kwargs):
    return reverse(name, args=args, kwargs=kwargs)


def page_addresses(page, course):
    """Every address of the editor that takes a page, as (name, address)."""
    pk = page if isinstance(page, int) else page.pk
    revision = MISSING if isinstance(page, int) else page.latest_revision_id
    destination = course if isinstance(course, int) else course.pk
    plain = [
        "edit",
        "usage",
        "view_draft",
        "add_subpage",
        "delete",
        "unpublish",
        "convert_alias",
        "move",
        "copy",
        "set_privacy",
        "lock",
        "unlock",
        "revisions_index",
        "workflow_history",
        "history",
        "history_results",
        "preview_on_edit",
        "confirm_workflow_cancellation",
    ]
    yield "explore", admin("wagtailadmin_explore", pk)
    yield "explore_results", admin("wagtailadmin_explore_results", pk)
    yield "choose", admin("wagtailadmin_choose_page_child", pk)
    for name in plain:
        try:
            yield name, admin(f"wagtailadmin_pages:{name}", pk)
        except NoReverseMatch:
            yield name, admin(f"wagtailadmin_pages:{name}", page_id=pk)
    for name in ("revisions_view", "revisions_revert", "revisions_unschedule"):
        yield name, admin(f"wagtailadmin_pages:{name}", pk, revision)
    yield "compare", admin("wagtailadmin_pages:revisions_compare", pk, "earliest", revision)
    yield "move_confirm", admin("wagtailadmin_pages:move_confirm", pk, destination)
    yield "set_position", admin("wagtailadmin_pages:set_page_position", pk)
    yield "add", admin("wagtailadmin_pages:add", "courses", "lessonpage", pk)
    yield "preview_on_add", admin("wagtailadmin_pages:preview_on_add", "courses", "lessonpage", pk)
    yield "workflow_action", admin("wagtailadmin_pages:workflow_action", pk, "approve", MISSING)
    yield (
        "collect",
        admin("wagtailadmin_pages:collect_workflow_action_data", pk, "approve", MISSING),
    )
    yield "workflow_preview", admin("wagtailadmin_pages:workflow_preview", pk, MISSING)
    yield "workflow_detail", admin("wagtailadmin_pages:workflow_history_detail", pk, MISSING)
    yield "api", admin("wagtailadmin_api:pages:detail", pk)


def media_addresses(image, document):
    for name in ("edit", "delete", "url_generator", "image_usage", "edit_multiple"):
        yield f"image {name}", admin(f"wagtailimages:{name}", image)
    yield "image delete_multiple", admin("wagtailimages:delete_multiple", image)
    yield "image preview", admin("wagtailimages:preview", image, "max-100x100")
    yield "image chosen", admin("wagtailimages_chooser:chosen", image)
    yield "image format", admin("wagtailimages_chooser:select_format", image)
    yield "image api", admin("wagtailadmin_api:images:detail", image)
    for name in ("edit", "delete", "document_usage", "edit_multiple", "delete_multiple"):
        yield f"document {name}", admin(f"wagtaildocs:{name}", document)
    yield "document chosen", admin("wagtaildocs_chooser:chosen", document)
    yield "document api", admin("wagtailadmin_api:documents:detail", document)


@pytest.mark.parametrize("method", ["get", "post"])
def test_foreign_and_missing_pages_answer_the_same_404(client, ada, hers, his, method):
    logged_in(client, ada)
    foreign = dict(page_addresses(his.lessons[0], his))
    missing = dict(page_addresses(MISSING, MISSING))
    before = rows()

    for name, address in foreign.items():
        there = getattr(client, method)(address)
        nowhere = getattr(client, method)(missing[name])

        assert (there.status_code, nowhere.status_code) == (404, 404), name
        assert there.content == nowhere.content, name
        assert headers(there) == headers(nowhere), name
        assert b"secret maps" not in there.content, name
    assert rows() == before


@pytest.mark.parametrize("method", ["get", "post"])
def test_foreign_and_missing_media_answer_the_same_404(client, ada, hers, his, method):
    logged_in(client, ada)
    missing = dict(media_addresses(MISSING, MISSING))
    before = rows()

    for name, address in media_addresses(his.image.pk, his.document.pk):
        there = getattr(client, method)(address)
        nowhere = getattr(client, method)(missing[name])

        assert (there.status_code, nowhere.status_code) == (404, 404), name
        assert there.content == nowhere.content, name
    assert rows() == before


def test_the_same_addresses_open_to_the_team(client, ada, hers):
    logged_in(client, ada)
    opened = {}
    for name, address in page_addresses(hers.lessons[0], hers):
        opened[name] = client.get(address).status_code

    for name in (
        "explore",
        "edit",
        "usage",
        "view_draft",
        "delete",
        "move",
        "copy",
        "history",
        "revisions_view",
        "revisions_revert",
        "compare",
        "workflow_history",
        "api",
    ):
        assert opened[name] == 200, (name, opened[name])
    for name, address in media_addresses(hers.image.pk, hers.document.pk):
        # Changed by posts alone; and images have no address outside a lesson.
        if "multiple" not in name and name != "image url_generator":
            assert client.get(address).status_code == 200, name


@pytest.mark.parametrize("verb", ["move", "delete", "publish", "unpublish"])
def test_a_bulk_action_with_one_foreign_page_does_nothing_and_names_nothing(
    client, ada, hers, his, verb
):
    logged_in(client, ada)
    address = admin("wagtail_bulk_action", "wagtailcore", "page", verb)
    before = rows()

    def ask(method, foreign):
        query = urlencode({"id": [hers.lessons[0].pk, foreign], "next": "/admin/"}, doseq=True)
        return getattr(client, method)(f"{address}?{query}", {"chooser": hers.pk})

    for method in ("get", "post"):
        there, nowhere = ask(method, his.lessons[0].pk), ask(method, MISSING)
        assert (there.status_code, nowhere.status_code) == (404, 404)
        assert there.content == nowhere.content
        assert b"secret maps" not in there.content
    assert rows() == before


def test_selecting_all_under_the_catalogue_is_refused(client, ada, hers, his, catalogue):
    logged_in(client, ada)
    address = admin("wagtail_bulk_action", "wagtailcore", "page", "delete")

    for within in ("", f"&childOf={catalogue.pk}", f"&childOf={his.pk}"):
        assert client.get(f"{address}?id=all{within}").status_code == 404
    assert client.get(f"{address}?id=all&childOf={hers.chapter.pk}").status_code == 200


@pytest.mark.parametrize("kind", ["image", "document"])
def test_a_bulk_action_with_foreign_media_is_refused(client, ada, hers, his, kind):
    logged_in(client, ada)
    address = admin("wagtail_bulk_action", "courses", f"course{kind}", "delete")
    mine, foreign = getattr(hers, kind), getattr(his, kind)
    before = rows()

    there = client.post(f"{address}?id={mine.pk}&id={foreign.pk}")
    nowhere = client.post(f"{address}?id={mine.pk}&id={MISSING}")

    assert (there.status_code, nowhere.status_code) == (404, 404)
    assert there.content == nowhere.content
    assert rows() == before


def test_bulk_actions_on_people_are_closed(client, ada, bruno):
    logged_in(client, ada)
    address = admin("wagtail_bulk_action", "learners", "user", "delete")

    response = client.get(f"{address}?id={bruno.pk}")

    assert response.status_code == 404
    assert b"Bruno" not in response.content


def test_the_explorer_lists_own_courses_only(client, ada, hers, his, catalogue):
    logged_in(client, ada)

    listed = client.get(admin("wagtailadmin_explore", catalogue.pk)).content.decode()

    assert "Sewing by hand" in listed
    assert "secret maps" not in listed
    assert "Bruno" not in listed


def test_search_finds_own_pages_only(client, ada, hers, his):
    logged_in(client, ada)

    for name in ("wagtailadmin_pages:search", "wagtailadmin_pages:search_results"):
        found = client.get(admin(name), {"q": "of"}).content.decode()
        assert "secret maps" not in found
    own = client.get(admin("wagtailadmin_pages:search"), {"q": "Sewing"}).content.decode()
    assert "Lesson 1 of Sewing by hand" in own


def test_the_page_chooser_begins_at_the_catalogue_and_shows_own_pages(client, ada, hers, his):
    logged_in(client, ada)

    browsed = client.get(admin("wagtailadmin_choose_page"), follow=True)
    searched = client.get(admin("wagtailadmin_choose_page_search"), {"q": "Lesson"})

    shown = json.loads(browsed.content)["html"]
    assert "Sewing by hand" in shown
    assert "secret maps" not in shown
    assert "secret maps" not in searched.content.decode()
    assert "Sewing by hand" in searched.content.decode()


@pytest.mark.parametrize("app", ["wagtailimages_chooser", "wagtaildocs_chooser"])
def test_media_choosers_and_their_search_show_own_media_only(client, ada, hers, his, app):
    logged_in(client, ada)

    for name, query in (("choose", {}), ("choose_results", {"q": "of"}), ("choose_results", {})):
        shown = client.get(admin(f"{app}:{name}"), query).content.decode()
        assert "secret maps" not in shown
    assert "Sewing by hand" in client.get(admin(f"{app}:choose")).content.decode()


def test_several_chosen_at_once_must_all_be_own(client, ada, hers, his):
    logged_in(client, ada)
    choosers = {
        "wagtailadmin_choose_page_chosen_multiple": (hers.lessons[0], his.lessons[0]),
        "wagtailimages_chooser:chosen_multiple": (hers.image, his.image),
        "wagtaildocs_chooser:chosen_multiple": (hers.document, his.document),
    }
    for name, (mine, foreign) in choosers.items():
        there = client.get(admin(name), {"id": [mine.pk, foreign.pk]})
        nowhere = client.get(admin(name), {"id": [mine.pk, MISSING]})
        assert (there.status_code, nowhere.status_code) == (404, 404), name
        assert there.content == nowhere.content
        assert client.get(admin(name), {"id": [mine.pk]}).status_code == 200, name


@pytest.mark.parametrize("name", ["wagtailimages:index", "wagtaildocs:index"])
def test_media_lists_show_own_media_and_collections_only(client, ada, hers, his, name):
    shown = logged_in(client, ada).get(admin(name)).content.decode()

    assert "of Sewing by hand" in shown
    assert "secret maps" not in shown


@pytest.mark.parametrize("kind", ["pages", "images", "documents"])
def test_the_admins_api_lists_own_things_only(client, ada, hers, his, kind):
    logged_in(client, ada)

    answer = client.get(admin(f"wagtailadmin_api:{kind}:listing"), {"limit": 20})

    assert answer.status_code == 200
    assert "Sewing by hand" in answer.content.decode()
    assert "secret maps" not in answer.content.decode()


@pytest.mark.parametrize("parameter", ["child_of", "descendant_of", "ancestor_of"])
def test_the_api_tells_a_foreign_parent_from_a_missing_one_by_nothing(
    client, ada, hers, his, parameter
):
    logged_in(client, ada)
    listing = admin("wagtailadmin_api:pages:listing")

    there = client.get(listing, {parameter: his.pk})
    nowhere = client.get(listing, {parameter: MISSING})

    assert (there.status_code, there.content) == (nowhere.status_code, nowhere.content)


@pytest.mark.parametrize(
    "verb",
    [
        "copy",
        "delete",
        "publish",
        "unpublish",
        "move",
        "create_alias",
        "convert_alias",
        "revert_to_page_revision",
        "copy_for_translation",
    ],
)
def test_actions_of_the_api_are_closed_for_foreign_pages(client, ada, hers, his, verb):
    logged_in(client, ada)
    before = rows()

    there = client.post(admin("wagtailadmin_api:pages:action", his.lessons[0].pk, verb))
    nowhere = client.post(admin("wagtailadmin_api:pages:action", MISSING, verb))

    assert (there.status_code, nowhere.status_code) == (404, 404)
    assert there.content == nowhere.content
    assert rows() == before


def test_pages_are_moved_and_copied_inside_ones_own_courses_only(client, ada, hers, his):
    logged_in(client, ada)
    lesson = hers.lessons[0]
    before = rows()
    attempts = [
        (admin("wagtailadmin_pages:move_confirm", lesson.pk, his.chapter.pk), {}),
        (admin("wagtailadmin_pages:move", lesson.pk), {"new_parent_page": his.chapter.pk}),
        (
            admin("wagtailadmin_pages:copy", lesson.pk),
            {"new_title": "T", "new_slug": "t", "new_parent_page": his.chapter.pk},
        ),
    ]
    for address, data in attempts:
        assert client.post(address, data).status_code == 404, address
    assert rows() == before

    other = a_chapter(under=hers, title="Another chapter")
    client.post(admin("wagtailadmin_pages:move_confirm", lesson.pk, other.pk))
    assert Page.objects.get(pk=lesson.pk).get_parent().pk == other.pk


def test_a_foreign_revision_is_as_absent_as_a_missing_one(client, ada, hers, his):
    logged_in(client, ada)
    lesson, foreign = hers.lessons[0], his.lessons[0].latest_revision_id

    for name in ("revisions_view", "revisions_revert"):
        there = client.get(admin(f"wagtailadmin_pages:{name}", lesson.pk, foreign))
        nowhere = client.get(admin(f"wagtailadmin_pages:{name}", lesson.pk, MISSING))
        assert (there.status_code, nowhere.status_code) == (404, 404)
        assert there.content == nowhere.content
    there = client.get(admin("wagtailadmin_pages:revisions_compare", lesson.pk, "live", foreign))
    nowhere = client.get(admin("wagtailadmin_pages:revisions_compare", lesson.pk, "live", MISSING))
    assert (there.status_code, there.content) == (nowhere.status_code, nowhere.content)


def test_presence_on_foreign_pages_is_not_told(client, ada, hers, his):
    logged_in(client, ada)

    def ping(pk):
        return client.post(
            admin("wagtailadmin_editing_sessions:ping", "wagtailcore", "page", pk, 1)
        )

    there, nowhere = ping(his.lessons[0].pk), ping(MISSING)

    assert (there.status_code, nowhere.status_code) == (404, 404)
    assert there.content == nowhere.content


CLOSED = [
    "wagtailadmin_reports:site_history",
    "wagtailadmin_reports:workflow",
    "wagtailadmin_reports:workflow_tasks",
    "wagtailadmin_reports:locked_pages",
    "wagtailadmin_reports:aging_pages",
    "wagtailadmin_reports:page_types_usage",
    "wagtailusers_users:index",
    "wagtailusers_groups:index",
    "wagtailadmin_collections:index",
    "wagtailadmin_workflows:index",
    "wagtailsnippets:index",
    "wagtailsnippets_courses_category:list",
    "wagtailsites:index",
]


@pytest.mark.parametrize("name", CLOSED)
def test_reports_people_and_settings_are_closed_to_producers_and_moderators(
    client, ada, mira, hers, name
):
    for person in (ada, mira):
        response = logged_in(client, person).get(admin(name))
        assert response.status_code == 404


def test_an_admin_opens_what_is_closed_to_producers(client, ivo, hers, his):
    logged_in(client, ivo)

    assert client.get(admin("wagtailadmin_reports:site_history")).status_code == 200
    assert client.get(admin("wagtailsnippets_courses_category:list")).status_code == 200
    assert client.get(admin("wagtailadmin_pages:edit", his.lessons[0].pk)).status_code == 200


def test_a_moderator_opens_no_editor(client, mira, hers):
    logged_in(client, mira)

    for name, address in page_addresses(hers.lessons[0], hers):
        assert client.get(address).status_code == 404, name
    for name, address in media_addresses(hers.image.pk, hers.document.pk):
        assert client.get(address).status_code == 404, name


def test_tags_are_suggested_from_released_courses_and_ones_own(client, ada, his):
    his.tags.add("secretproject")
    his.save()
    logged_in(client, ada)

    answer = client.get(admin("wagtailadmin_tag_autocomplete"), {"term": "secret"})

    assert answer.status_code == 200
    assert answer.json() == []


def test_the_dashboard_names_nothing_of_others(client, ada, hers, his):
    shown = logged_in(client, ada).get(admin("wagtailadmin_home")).content.decode()

    assert "Sewing by hand" in shown
    assert "secret maps" not in shown


def test_filters_of_the_explorer_do_not_name_other_people(client, ada, hers, his, catalogue):
    logged_in(client, ada)

    shown = client.get(admin("wagtailadmin_explore", catalogue.pk)).content.decode()

    assert "Bruno" not in shown
    assert "bruno@" not in shown


def test_leaving_the_team_closes_the_course_at_once(client, ada, bruno, hers):
    member = add_instructor(course=hers, email=bruno.email, by=ada)
    logged_in(client, bruno)
    address = admin("wagtailadmin_pages:edit", hers.lessons[0].pk)
    assert client.get(address).status_code == 200

    member.delete()

    assert client.get(address).status_code == 404


def test_losing_the_role_closes_the_editor_at_once(client, ada, hers):
    logged_in(client, ada)
    ada.groups.clear()

    response = client.get(admin("wagtailadmin_pages:edit", hers.pk))

    assert response.status_code == 302
    assert response["Location"].startswith("/account/")


def test_co_instructors_share_everything_of_the_course(client, ada, bruno, hers):
    add_instructor(course=hers, email=bruno.email, by=ada)
    logged_in(client, bruno)

    assert client.get(admin("wagtailadmin_pages:edit", hers.lessons[0].pk)).status_code == 200
    assert client.get(admin("wagtaildocs:edit", hers.document.pk)).status_code == 200
    assert CoursePage.objects.taught_by(bruno).get() == hers
    assert CourseDocument.objects.get().uploaded_by_user == ada


def test_team_pages_of_a_foreign_course_answer_like_missing_ones(client, ada, hers, his):
    logged_in(client, ada)
    member = his.team.get()
    before = rows()

    for method in ("get", "post"):
        there = getattr(client, method)(admin("courses_desk:team", his.pk), {"email": ada.email})
        nowhere = getattr(client, method)(admin("courses_desk:team", MISSING), {"email": ada.email})
        assert (there.status_code, nowhere.status_code) == (404, 404)
        assert there.content == nowhere.content
    for course, key in ((his.pk, member.pk), (hers.pk, member.pk)):
        assert (
            client.post(admin("courses_desk:change_member", course, key, "remove")).status_code
            == 404
        )
    assert rows() == before


def test_a_course_lists_its_chapters_and_lessons_in_order(client, ada, hers):
    a_lesson(under=hers, title="Welcome")
    listed = logged_in(client, ada).get(admin("wagtailadmin_explore", hers.pk)).content.decode()

    assert listed.index("Chapter of Sewing by hand") < listed.index("Welcome")
    assert "Article" in listed
    assert "1 min" in listed
