"""What every other page of the admin may cost, however much there is of everything.

Reports, lists of the shop, the explorer and searches have files of their own.
"""

import pytest
from django.urls import reverse
from wagtail.models import (
    Workflow,
)

from courses.models import CourseImage, LessonPage
from courses.records import counting
from tests.budgets.much_of_everything import FEW, MANY, Place, fill, visit
from tests.people import logged_in
from tests.plans import most_rows_sorted, read_whole

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("counted_to_a_hundred")]
MOST_BYTES = 150_000
LARGE = (
    *("wagtailcore_page", "courses_coursepage", "courses_lessonpage", "learners_user"),
    *("courses_courseimage", "courses_coursedocument", "wagtailcore_collection"),
    *("wagtailcore_pagelogentry", "wagtailcore_modellogentry", "wagtailcore_revision"),
    *("wagtailcore_workflowstate", "wagtailcore_taskstate", "wagtailcore_referenceindex"),
    "wagtailsearch_indexentry",
)


PEOPLE = ["", "?ordering=email", "?ordering=-last_login", "?q=p77", "?role=consumer"]
PEOPLE += ["?role=producer", "?is_active=true", "?is_active=false", "?group=1"]
PEOPLE += ["?last_login_from=2020-01-01"]
HISTORY = ["", "?action=wagtail.edit"]


def of_people(place: Place) -> list[str]:
    named = "wagtailusers_users"
    return [
        *(reverse(f"{named}:index") + asked for asked in PEOPLE),
        reverse(f"{named}:edit", args=[place.person.pk]),
        reverse(f"{named}:usage", args=[place.person.pk]),
    ]


def of_one_thing(place: Place) -> list[str]:
    """Whatever happened to it, and wherever it is used."""
    course, category = place.course, place.course.category
    histories = (
        reverse("wagtailusers_users:history", args=[place.person.pk]),
        reverse("wagtailsnippets_courses_category:history", args=[category.pk]),
        reverse("wagtailadmin_pages:history", args=[course.pk]),
    )
    return [
        *(at + asked for at in histories for asked in HISTORY),
        reverse("wagtailadmin_pages:workflow_history", args=[course.pk]),
        reverse("wagtailadmin_pages:edit", args=[course.pk]),
        reverse("wagtailadmin_pages:usage", args=[course.pk]),
        reverse("wagtailimages:image_usage", args=[place.image.pk]),
        reverse("wagtailimages:image_usage", args=[place.image.pk]) + "?p=3",
        reverse("wagtailimages:delete", args=[place.image.pk]),
        reverse("wagtaildocs:document_usage", args=[place.document.pk]),
        reverse("wagtailsnippets_courses_category:usage", args=[category.pk]),
        reverse("wagtailsnippets_courses_category:delete", args=[category.pk]),
    ]


def of_places(place: Place) -> list[str]:
    """Where a page is moved to, or made; and what is set up once."""
    course, category = place.course, place.course.category
    lesson = LessonPage.objects.filter(path__startswith=course.path).first()
    below = reverse("wagtailadmin_choose_page_child", args=[course.get_parent().pk])
    return [
        reverse("wagtailadmin_pages:move", args=[lesson.pk]),
        f"{below}?page_type=wagtailcore.page&target_pages%5B%5D={lesson.pk}",
        reverse("wagtailadmin_pages:choose_parent", args=["courses", "lessonpage"]),
        reverse("wagtailsnippets_courses_category:list"),
        reverse("wagtailsnippets_courses_category:edit", args=[category.pk]),
        reverse("wagtailsnippetchoosers_courses_category:choose"),
        reverse("wagtailsnippets_storefront_synonyms:list"),
        reverse("wagtailadmin_workflows:index"),
        reverse("wagtailadmin_workflows:edit", args=[Workflow.objects.first().pk]),
        reverse("wagtailadmin_workflows:usage", args=[Workflow.objects.first().pk]),
        reverse("wagtailadmin_workflows:task_index"),
        reverse("wagtailadmin_workflows:task_chooser"),
    ]


def of_media(place: Place) -> list[str]:
    images, documents = reverse("wagtailimages:index"), reverse("wagtaildocs:index")
    choose_image = reverse("wagtailimages_chooser:choose_results")
    choose_document = reverse("wagtaildocs_chooser:choose_results")
    collection = CourseImage.objects.get(title="Seam 77").collection_id
    inside, named = f"?collection_id={collection}", "?collection_words=hand+77"
    return [
        *(images + asked for asked in ("", "?ordering=title", "?ordering=-usage_count", inside)),
        *(images + asked for asked in ("?layout=list", "?q=seam+77", named)),
        *(documents + asked for asked in ("", "?ordering=title", inside, "?q=pattern+77", named)),
        *(choose_image + asked for asked in (inside, "?layout=list", "?q=seam+77")),
        *(choose_document + asked for asked in (inside, "?q=pattern+77")),
        reverse("wagtailimages_chooser:choose"),
        reverse("wagtaildocs_chooser:choose"),
        reverse("wagtailimages:add_multiple"),
        reverse("wagtaildocs:add_multiple"),
        reverse("wagtailimages:edit", args=[place.image.pk]),
        reverse("wagtaildocs:edit", args=[place.document.pk]),
        reverse("wagtailadmin_home"),
    ]


def of_the_api(place: Place) -> list[str]:
    pages, catalogue = "/admin/api/main/pages/", place.course.get_parent()
    return [
        pages,
        f"{pages}?child_of={catalogue.pk}&for_explorer=1",
        f"{pages}?search=hand+77",
        f"{pages}{place.course.pk}/",
        "/admin/api/main/images/",
        "/admin/api/main/documents/",
    ]


EVERYTHING = (of_the_api, of_media, of_people, of_one_thing, of_places)


def counts_so_far(sql: str) -> bool:
    return sql.startswith("SELECT COUNT(*)") and f"LIMIT {counting.MOST + 1})" in sql


@pytest.mark.parametrize("addresses", EVERYTHING)
def test_it_costs_the_same_with_hundreds_of_everything_and_with_thousands(
    client, ivo, place, addresses
):
    logged_in(client, ivo)
    fill(place, FEW)
    few = {at: len(visit(client, at)[1]) for at in addresses(place)}

    fill(place, MANY, after=FEW)
    many, whole, sorted_, large = {}, {}, {}, {}
    for at in addresses(place):
        answer, captured = visit(client, at)
        many[at] = len(captured)
        if found := [sql for sql in read_whole(captured, *LARGE) if not counts_so_far(sql)]:
            whole[at] = found
        if (rows := most_rows_sorted(captured)) >= 1000:
            sorted_[at] = rows
        if len(answer.content) >= MOST_BYTES:
            large[at] = len(answer.content)

    assert (whole, sorted_, large) == ({}, {}, {})
    assert many == few
