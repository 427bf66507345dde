"""A kept page never says what is not so any more: each change drops the pages that show it.

Every verb that changes something visible is called here, and every page that shows it is asked
before and after. That none is forgotten: the tables which kept pages read are walked below.
"""

import re
from contextlib import contextmanager
from decimal import Decimal

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from courses.models import Category, CoursePage, CourseTeamMember
from courses.releases import approve_release, submit_course
from courses.releases.archiving import archive_course, unarchive_course
from courses.teams.members import make_lead
from home.models import HomePage, PlainPage
from learners.accounts.roles import set_role
from learners.models import Review, Role
from learners.reviews.writing import write_review
from storefront.models import Seller, Synonyms
from tests.builders import a_released_course, an_enrollment

pytestmark = pytest.mark.django_db

CATALOGUE, COURSE, HOME = "/courses/", "/courses/sewing-by-hand/", "/"


@pytest.fixture
def pages(site, course, ada):
    """Every kind of page that is kept, asked for once already."""
    a_plain_page()
    found = [HOME, CATALOGUE, "/courses/?q=sewing", COURSE, f"/producers/{ada.pk}/", "/imprint/"]
    for address in found:
        assert site.get(address).is_kept, address
    return found


def a_plain_page() -> PlainPage:
    page = PlainPage(title="Imprint", slug="imprint", body="<p>Sold by {seller}.</p>")
    return HomePage.objects.get().add_child(instance=page)


@contextmanager
def dropped(site, commit, pages, *, at_least):
    """What happens within drops ``at_least`` these pages. Returns the others in a list."""
    before = len(site.rendered)
    with commit():
        yield
    for address in pages:
        site.get(address)
    anew = set(site.rendered[before:])
    assert anew >= set(at_least), f"still kept: {set(at_least) - anew}"


def release(course, by, mira, **fields) -> None:
    draft = CoursePage.objects.get(pk=course.pk).get_latest_revision_as_object()
    for name, value in fields.items():
        setattr(draft, name, value)
    draft.save_revision(user=by)
    approve_release(release=submit_course(course=draft, user=by), user=mira)


def test_an_approved_price_shows_on_every_page(site, commit, pages, course, ada, mira):
    selling = [HOME, CATALOGUE, "/courses/?q=sewing", COURSE, f"/producers/{ada.pk}/"]

    with dropped(site, commit, pages, at_least=selling):
        release(course, ada, mira, price=Decimal("31.50"))

    for address in selling:
        assert "31.50" in site.get(address).text, address
        assert "24.00" not in site.get(address).text, address


def test_a_price_shows_on_the_pages_of_other_courses_too(site, commit, course, ada, bruno, mira):
    a_released_course(by=bruno, title="Knots that hold")
    other = "/courses/knots-that-hold/"
    assert "24.00" in site.get(other).text

    with dropped(site, commit, [other], at_least=[other]):
        release(course, ada, mira, price=Decimal("31.50"))

    assert "31.50" in site.get(other).text


def test_a_new_course_is_found_at_once(site, commit, pages, bruno, mira):
    with dropped(site, commit, pages, at_least=[HOME, CATALOGUE]):
        a_released_course(by=bruno, title="Knots that hold")

    assert "Knots that hold" in site.get(CATALOGUE).text


def test_an_archived_course_is_gone_and_comes_back(site, commit, pages, course, ada, mira):
    everywhere = [HOME, CATALOGUE, "/courses/?q=sewing"]
    with dropped(site, commit, pages, at_least=everywhere):
        archive_course(course=course, user=ada)
    assert site.get(COURSE).status == 404
    assert site.get(f"/producers/{ada.pk}/").status == 404
    assert "Sewing by hand" not in site.get(CATALOGUE).text

    with commit():
        unarchive_course(course=course, user=ada)
    assert site.get(COURSE).status == 200
    assert "Sewing by hand" in site.get(CATALOGUE).text


def test_a_review_shows_at_once_with_the_rating(site, commit, pages, course, cleo):
    an_enrollment(user=cleo, course=course)
    for address in pages:
        site.get(address)

    with dropped(site, commit, pages, at_least=[COURSE, CATALOGUE, HOME]):
        write_review(user=cleo, course=course, rating=4, content="Every seam holds.")

    assert "Every seam holds." in site.get(COURSE).text
    assert "4.0" in site.get(CATALOGUE).text


def test_a_reviewer_who_takes_another_name_has_it_everywhere(site, commit, course, cleo):
    an_enrollment(user=cleo, course=course)
    write_review(user=cleo, course=course, rating=4, content="Every seam holds.")
    assert "Cleo M." in site.get(COURSE).text

    with commit():
        cleo.name = "Clea Bianchi"
        cleo.save(update_fields=["name"])

    assert "Clea B." in site.get(COURSE).text


def test_a_review_that_is_removed_is_gone(site, commit, course, cleo):
    an_enrollment(user=cleo, course=course)
    write_review(user=cleo, course=course, rating=4, content="Every seam holds.")
    assert "Every seam holds." in site.get(COURSE).text

    with commit():
        Review.objects.get().delete()

    assert "Every seam holds." not in site.get(COURSE).text


def test_what_a_producer_says_of_themselves_shows_at_once(site, commit, pages, ada):
    with dropped(site, commit, pages, at_least=[COURSE, f"/producers/{ada.pk}/"]):
        ada.bio = "Thirty years at the cutting table."
        ada.save(update_fields=["bio"])

    assert "Thirty years at the cutting table." in site.get(f"/producers/{ada.pk}/").text


def test_a_producer_who_takes_another_name_has_it_on_every_card(site, commit, pages, ada):
    with dropped(site, commit, pages, at_least=[CATALOGUE, COURSE, f"/producers/{ada.pk}/"]):
        ada.name = "Ada Lind"
        ada.save(update_fields=["name"])

    for address in (CATALOGUE, COURSE, f"/producers/{ada.pk}/"):
        assert "Ada Okafor" not in site.get(address).text, address


def test_a_producer_who_may_not_teach_any_more_sells_nothing(site, commit, pages, ada):
    with commit():
        set_role(user=ada, role=Role.CONSUMER)

    assert site.get(f"/producers/{ada.pk}/").status == 404
    assert "Sewing by hand" not in site.get(CATALOGUE).text


def test_another_lead_is_named_at_once(site, commit, pages, course, ada, bruno):
    member = CourseTeamMember.objects.create(course=course, user=bruno)
    with dropped(site, commit, pages, at_least=[CATALOGUE, COURSE, f"/producers/{ada.pk}/"]):
        make_lead(member=member, by=ada)

    assert "Bruno Keller" in site.get(COURSE).text
    assert site.get(f"/producers/{ada.pk}/").status == 404


def test_a_renamed_subject_is_renamed_everywhere(site, commit, pages):
    with dropped(site, commit, pages, at_least=[HOME, CATALOGUE, COURSE]):
        subject = Category.objects.get()
        subject.name = "Handcraft"
        subject.save()

    for address in (HOME, CATALOGUE, COURSE):
        assert "Handcraft" in site.get(address).text, address


def test_words_that_say_the_same_are_found_at_once(site, commit, pages):
    catalogue, suggested = "/courses/?q=haberdashery", "/suggestions/?q=haberdashery"
    assert "No course on" in site.get(catalogue).text
    assert "No suggestions" in site.get(suggested).text
    with dropped(site, commit, [catalogue, suggested], at_least=[catalogue, suggested]):
        Synonyms.objects.create(words="haberdashery, sewing")

    assert "<mark>Sewing</mark> by hand" in site.get(catalogue).text
    assert "Sewing by hand" in site.get(suggested).text


def test_who_sells_and_the_rule_for_returns_are_what_is_set(site, commit, pages):
    with dropped(site, commit, pages, at_least=pages):
        Seller.objects.create(name="Perfomix Cooperative", return_days=14)

    assert "Perfomix Cooperative" in site.get("/imprint/").text
    with commit():
        Seller.objects.update_or_create(defaults={"name": "Perfomix Guild"})
    assert "Perfomix Guild" in site.get("/imprint/").text
    assert "Perfomix Guild" in site.get(COURSE).text


def test_a_page_that_is_published_taken_back_moved_or_deleted(site, commit, pages):
    page = PlainPage.objects.get()
    with dropped(site, commit, pages, at_least=["/imprint/"]):
        page.body = "<p>Somewhere else.</p>"
        page.save_revision().publish()
    assert "Somewhere else." in site.get("/imprint/").text

    with commit():
        page.slug = "about"
        page.save_revision().publish()
    assert site.get("/imprint/").status == 404
    assert site.get("/about/").status == 200

    with commit():
        page.unpublish()
    assert site.get("/about/").status == 404
    with commit():
        page.save_revision().publish()
    assert site.get("/about/").status == 200

    with commit():
        page.delete()
    assert site.get("/about/").status == 404


def a_link_to(page) -> str:
    return f'<p>See <a linktype="page" id="{page.pk}">there</a>.</p>'


def moved(page) -> None:
    page.slug = f"{page.slug}-moved"
    page.save_revision().publish()


def test_a_link_leads_to_where_a_page_is_now(site, commit, pages, course, ada, mira):
    """From a page, and from the description of a course; to a page, and to a course."""
    imprint = PlainPage.objects.get()
    about = PlainPage(title="About", slug="about", body=a_link_to(imprint) + a_link_to(course))
    HomePage.objects.get().add_child(instance=about)
    with commit():
        release(course, ada, mira, description=a_link_to(imprint))
    for address in ("/about/", COURSE):
        assert 'href="/imprint/"' in site.get(address).text

    with dropped(site, commit, ["/about/", COURSE], at_least=["/about/", COURSE]):
        moved(imprint)
    for address in ("/about/", COURSE):
        assert 'href="/imprint-moved/"' in site.get(address).text
    with dropped(site, commit, ["/about/"], at_least=["/about/"]):
        release(course, ada, mira, slug="sewing")
    assert 'href="/courses/sewing/"' in site.get("/about/").text


def test_a_page_that_is_closed_to_visitors_is_not_shown_from_memory(site, commit, pages):
    with commit():
        PageViewRestriction.objects.create(
            page=PlainPage.objects.get(), restriction_type=PageViewRestriction.LOGIN
        )

    closed = site.get("/imprint/")
    assert closed.status == 302
    assert "Sold by" not in closed.text


def test_the_front_page_says_what_was_published(site, commit, pages):
    with dropped(site, commit, pages, at_least=[HOME]):
        home = HomePage.objects.get()
        home.headline = "Courses by hand"
        home.save_revision().publish()

    assert "Courses by hand" in site.get(HOME).text


# What a kept page may read, and who says that it changed. Another table has to be given somebody.
WATCHED = {
    "storefront_catalogueentry": "refresh_entry and refresh_counts",
    "storefront_facetcount": "the same: a trigger writes what they change",
    "storefront_pigeonhole": "the same",
    "storefront_synonyms": "synonyms_changed",
    "courses_category": "subject_changed",
    "courses_coursepage": "refresh_entry, with each release",
    "courses_lessonpage": "refresh_entry, with each release",
    "courses_courserelease": "refresh_entry, with each release",
    "courses_releaseitem": "refresh_entry, with each release",
    "courses_courseimage": "refresh_entry, with each release",
    "courses_courserendition": "refresh_entry, with each release",
    "learners_review": "review_changed",
    "learners_user": "person_seen",
    "storefront_seller": "seller_changed",
    "home_homepage": "page_changed",
    "home_plainpage": "page_changed",
    "wagtailcore_page": "page_changed, refresh_entry",
    "wagtailcore_site": "site_changed",
    "wagtailcore_pageviewrestriction": "site_changed",
}
# Figures that are counted behind the reader's back: a minute late at most.
COUNTED = {"learners_enrollment"}
# Set up with the site and never changed while it runs.
FOUNDED = {"django_content_type", "wagtailcore_locale"}


def test_every_table_that_a_kept_page_reads_is_watched(site, course, cleo, bruno):
    a_plain_page()
    a_released_course(by=bruno, title="Knots that hold")
    an_enrollment(user=cleo, course=course)
    write_review(user=cleo, course=course, rating=4, content="Every seam holds.")
    ContentType.objects.clear_cache()
    addresses = [HOME, CATALOGUE, "/courses/?q=sewing", "/courses/?q=sewnig", COURSE, "/imprint/"]
    addresses += ["/courses/?category=craft", "/courses/?category=craft&q=sewing"]
    addresses += ["/suggestions/?q=sew", f"/courses/?producer={course.owner_id}&captions=en"]
    addresses.append(f"/producers/{course.owner_id}/")

    with CaptureQueriesContext(connection) as asked:
        for address in addresses:
            assert site.get(address).is_kept, address

    read = {
        table
        for query in asked
        for table in re.findall(r'(?:FROM|JOIN) "?(\w+)"?', query["sql"])
        if table in connection.introspection.table_names()
    }
    assert read - COUNTED - FOUNDED <= set(WATCHED)
    # And nothing is watched in vain.
    assert set(WATCHED) - read <= {"courses_courseimage", "courses_courserendition"}
