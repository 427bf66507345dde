"""The page that sells a course: what was released, and the next step for whoever reads."""

import json
import re
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from courses.models import LessonPage
from courses.releases import archive_course
from learners.models import EnrollmentStatus
from storefront.models import CatalogueEntry, Seller
from tests.builders import a_category, a_course, a_released_course, an_enrollment
from tests.bulk import many_courses
from tests.media import a_file, video_with
from tests.people import logged_in
from tests.sitemaps import named
from tests.storefront.shelf import a_review

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(ada):
    draft = a_course(
        by=ada,
        title="Sewing by hand",
        price="24.00",
        requirements=[("item", "Two needles")],
        category=a_category("Craft"),
    )
    lesson = LessonPage.objects.descendant_of(draft).order_by("path").first()
    lesson.is_preview = True
    lesson.save_revision()
    return a_released_course(by=ada, course=draft)


@pytest.fixture
def address(course):
    return f"/courses/{course.slug}/"


def page_of(client, address) -> str:
    """The page with single spaces, as a reader sees it, wherever its template breaks a line."""
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_a_visitor_reads_what_was_released(course, address, client):
    page = page_of(client, address)

    assert "Sewing by hand" in page
    assert "Sew a straight seam by hand" in page
    assert "Two needles" in page
    assert "2 chapters, 4 lessons, 4 min" in page
    assert "€24" in page
    assert f'href="{address}checkout/"' in page
    assert "Buy this course" in page
    assert "Return it within 30 days, as long as you have studied less than half." in page


def test_a_draft_change_is_not_shown(course, address, client, ada):
    course.title = "Sewing by machine"
    course.save_revision(user=ada)
    lesson = LessonPage.objects.descendant_of(course).order_by("path").last()
    lesson.title = "A secret lesson"
    lesson.save_revision()

    page = page_of(client, address)

    assert "Sewing by hand" in page
    assert "Sewing by machine" not in page
    assert "A secret lesson" not in page


def test_only_open_lessons_can_be_opened_by_a_visitor(course, address, client):
    page = page_of(client, address)
    lessons = LessonPage.objects.descendant_of(course).order_by("path")

    opened = [str(lesson.uuid) in page for lesson in lessons]

    assert opened == [True, False, False, True]  # the last one is open in every built course
    assert f'href="/learn/{lessons[0].uuid}/" data-preview="{lessons[0].title}"' in page


def test_somebody_who_owns_the_course_is_led_to_it(course, address, client, cleo):
    enrollment = an_enrollment(user=cleo, course=course)
    enrollment.progress = {"completed": 1, "total": 4, "percent": 25}
    enrollment.save()

    page = page_of(logged_in(client, cleo), address)

    assert "This course is yours" in page
    assert "1 of 4 lessons" in page
    assert f'href="/learn/course/{course.uuid}/"' in page
    assert "Buy this course" not in page
    lessons = LessonPage.objects.descendant_of(course)
    assert all(f'href="/learn/{lesson.uuid}/"' in page for lesson in lessons)


def test_somebody_who_returned_the_course_may_buy_it_again(course, address, client, cleo):
    enrollment = an_enrollment(user=cleo, course=course)
    enrollment.status, enrollment.refunded_at = EnrollmentStatus.REFUNDED, timezone.now()
    enrollment.save()

    page = page_of(logged_in(client, cleo), address)

    assert "You returned this course" in page
    assert "Buy this course" in page


def test_the_team_is_led_to_the_studio(course, address, client, ada):
    page = page_of(logged_in(client, ada), address)

    assert "You teach this course" in page
    assert f'href="/admin/pages/{course.pk}/"' in page
    assert "Buy this course" not in page


def test_a_draft_and_a_course_that_never_was_are_equally_missing(client, ada):
    draft = a_course(by=ada, title="Only a draft")

    assert client.get(f"/courses/{draft.slug}/").status_code == 404
    assert client.get("/courses/nothing-here/").status_code == 404


def test_an_archived_course_opens_for_those_who_have_it_alone(
    course, address, client, ada, cleo, dana
):
    an_enrollment(user=cleo, course=course)
    archive_course(course=course, user=ada)

    assert client.get(address).status_code == 404
    assert logged_in(client, dana).get(address).status_code == 404
    assert "You keep it" in page_of(logged_in(client, cleo), address)
    assert "not sold any more" in page_of(logged_in(client, ada), address)


def test_a_free_course_is_started_not_bought(client, ada):
    free = a_released_course(by=ada, title="A first stitch", price="0")

    page = page_of(client, f"/courses/{free.slug}/")

    assert "Start learning, free" in page
    assert "Return it within" not in page
    assert 'class="start-free"' not in page  # the page is the same for all visitors


def test_whoever_is_signed_in_starts_a_free_course_with_one_press(client, ada, cleo):
    free = a_released_course(by=ada, title="A first stitch", price="0")
    page = BeautifulSoup(page_of(logged_in(client, cleo), f"/courses/{free.slug}/"), "html.parser")

    forms = page.select("form.start-free")
    assert len(forms) == 2  # the box, and the bar of a phone
    for form in forms:
        assert (
            form["method"] == "post" and form.button.get_text(strip=True) == "Start learning, free"
        )
        assert form.select_one("[name=csrfmiddlewaretoken]")["value"]
    assert not page.select(f'a[href="/courses/{free.slug}/checkout/"]')

    posted = {field["name"]: field["value"] for field in forms[0].select("input")}
    response = client.post(forms[0]["action"], posted, follow=True)

    lesson = LessonPage.objects.descendant_of(free).order_by("path").first()
    assert response.redirect_chain[-1][0] == f"/learn/{lesson.uuid}/"
    assert "A first stitch is yours, for as long as you like." in response.text


def test_reviews_are_paged_and_shortened_to_first_names(course, address, client, commit):
    with commit():
        for i in range(8):
            a_review(course=course, by=f"Learner{i} Aalto", rating=5 - i % 2, content=f"Word {i}.")
        a_review(course=course, by="Silent Reader", rating=1)
    page = page_of(client, address)
    first = BeautifulSoup(page, "html.parser")

    assert _said(first) == [f"Word {i}." for i in range(7, 1, -1)]
    assert "Learner7 A." in page
    assert "Learner7 Aalto" not in page
    assert "9 ratings, all from people who took the course, with words or without" in page
    assert [told.get_text(" ", strip=True) for told in first.select(".review .rating")] == [
        f"{5 - i % 2} stars of 5" for i in range(7, 1, -1)
    ]
    bars = [bar.get_text(" ", strip=True) for bar in first.select(".histogram li")]
    assert bars == ["5 stars 4", "4 stars 4", "3 stars 0", "2 stars 0", "1 stars 1"]
    older = first.select_one('a[rel="next"]')["href"]
    assert _said(BeautifulSoup(page_of(client, older), "html.parser")) == ["Word 1.", "Word 0."]
    assert client.get(f"{address}?reviews=made-up").url == f"{address}#reviews"


def _said(page) -> list[str]:
    return [text.get_text(strip=True) for text in page.select(".review-text")]


def test_structured_data_tells_price_and_rating_and_cannot_be_broken_out_of(client, ada, commit):
    course = a_released_course(by=ada, title="Sewing </script><b>by hand", price="24.00")
    with commit():
        a_review(course=course, by="Jonna Aalto", rating=4)

    page = page_of(client, f"/courses/{course.slug}/")

    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    told = json.loads(data)
    assert told["@type"] == ["Course", "Product"]
    assert told["name"] == "Sewing </script><b>by hand"
    assert (told["offers"]["price"], told["offers"]["priceCurrency"]) == ("24.00", "EUR")
    assert told["aggregateRating"]["ratingValue"] == "4.00"
    assert "<b>by hand" not in page


def told_of(client, course) -> dict:
    """The structured data of a course's page."""
    page = page_of(client, f"/courses/{course.slug}/")
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return json.loads(data)


def test_search_engines_read_who_sells_and_where_the_rule_for_returns_stands(client, ada):
    Seller.objects.create(name="Lantern & Sons")
    sold = a_released_course(by=ada, price="24.00")
    free = a_released_course(by=ada, price="0", title="Threads for nothing")

    told, of_free = told_of(client, sold), told_of(client, free)

    seller = {"@type": "Organization", "name": "Lantern & Sons"}
    assert told["provider"] == told["offers"]["seller"] == seller
    assert told["offers"]["hasMerchantReturnPolicy"] == {
        "@type": "MerchantReturnPolicy",
        "merchantReturnLink": "http://testserver/refunds/",
    }
    assert of_free["offers"]["seller"] == seller
    assert "hasMerchantReturnPolicy" not in of_free["offers"]


def test_more_like_this_begins_on_the_same_shelf(course, address, client, bruno):
    other = a_released_course(by=bruno, title="Rye bread", category=a_category("Kitchen"))
    many_courses(like=course, count=2)
    many_courses(like=other, count=5, after=10)

    page = BeautifulSoup(page_of(client, address), "html.parser")

    more = page.find("section", attrs={"aria-labelledby": "more"}).select(".card h3")
    assert [title.get_text() for title in more] == [
        "Sewing by hand 2",
        "Sewing by hand 1",
        "Rye bread 15",
        "Rye bread 14",
    ]


def test_a_producer_has_a_page_once_they_sell_something(course, client, ada, dana):
    page = page_of(client, f"/producers/{ada.pk}/")

    assert "Ada Okafor" in page
    assert "Sewing by hand" in page
    assert ada.email not in page
    assert client.get(f"/producers/{dana.pk}/").status_code == 404


def test_the_sitemap_names_what_anybody_may_open_and_nothing_else(course, client, ada):
    draft = a_course(by=ada, title="Only a draft")
    lessons = LessonPage.objects.descendant_of(course).order_by("path")

    sitemap = " ".join(named(client)) + " "

    assert f"/courses/{course.slug}/ " in sitemap
    assert f"/producers/{ada.pk}/ " in sitemap
    assert [str(lesson.uuid) in sitemap for lesson in lessons] == [True, False, False, True]
    assert draft.slug not in sitemap
    robots = client.get("/robots.txt").content.decode()
    assert "Sitemap: http://testserver/sitemap.xml" in robots


def test_a_price_nobody_could_pay_is_said_instead_of_offered(course, address, client):
    CatalogueEntry.objects.filter(course=course).update(price=Decimal("0.49"))

    page = page_of(client, address)

    assert "A card cannot be charged less than €0.50. So this course cannot be bought" in page
    assert "Not for sale at the moment" in page
    assert "checkout/" not in page
    assert "money back" not in page
    assert "https://schema.org/OutOfStock" in page


def test_the_chip_on_a_film_says_how_long_the_film_is(ada, client):
    film = video_with(a_file(), captions=None)
    words = ("rich_text", f"<p>{'word ' * 2000}</p>")
    draft = a_course(by=ada, title="Drawing a profile", syllabus=["Watch and read"])
    lesson = LessonPage.objects.descendant_of(draft).get()
    lesson.body = [film, words]
    lesson.save_revision()
    course = a_released_course(by=ada, course=draft)

    page = BeautifulSoup(client.get(f"/courses/{course.slug}/").content, "html.parser")

    assert page.select_one(".chip-time").text == "0:20"
    told = [" ".join(line.text.split()) for line in page.select(".includes li")]
    assert told[:2] == ["1 min of video", "10 min of reading and practice"]
