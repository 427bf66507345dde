"""What people find in the admin where there is much of everything."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils import timezone
from wagtail.admin.models import EditingSession
from wagtail.models import (
    Collection,
    ReferenceIndex,
)

from courses.editor import histories
from courses.models import CourseImage, CoursePage, LessonPage
from courses.records.counting import count_all_anew
from tests.budgets.much_of_everything import add_media, add_people, fill
from tests.bulk import many_courses
from tests.people import logged_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("counted_to_a_hundred")]


def test_a_usage_is_listed_page_by_page(client, ivo, place):
    fill(place, 45)
    logged_in(client, ivo)
    address = reverse("wagtailimages:image_usage", args=[place.image.pk])

    pages = [client.get(address, {"p": number}) for number in (1, 2, 3)]

    told = [[row["object"].pk for row in page.context["table"].data] for page in pages]
    assert [len(keys) for keys in told] == [20, 20, 5]
    using = ReferenceIndex.get_references_to(place.image).values_list("object_id", flat=True)
    assert sorted(key for keys in told for key in keys) == sorted(map(int, using))


def test_people_are_found_by_the_beginnings_of_their_words(client, ivo, place):
    add_people(120, after=0)
    logged_in(client, ivo)
    address = reverse("wagtailusers_users:index")

    def found(words: str) -> list[str]:
        page = client.get(address, {"q": words})
        return [person.email for person in page.context["object_list"]]

    assert found("p77") == ["p77@example.org"]
    assert found("P77 Person") == ["p77@example.org"]
    assert found("p119@example.org") == ["p119@example.org"]
    assert found("xylophone") == []
    assert "More than 20" in client.get(address, {"q": "person"}).text


def test_a_history_names_who_changed_a_page_last(client, ivo, place, monkeypatch):
    monkeypatch.setattr(histories, "LATEST_ENTRIES", 5)
    fill(place, 30)
    logged_in(client, ivo)
    page = client.get(reverse("wagtailadmin_pages:history", args=[place.course.pk]))

    named = page.context["filters"].form.fields["user"].queryset

    assert 1 <= named.count() <= 5
    assert "Person P0" in page.text


def test_of_many_collections_a_few_are_offered_and_any_may_be_chosen(client, ivo, place):
    add_media(place, 60, after=0)
    logged_in(client, ivo)
    images, far = reverse("wagtailimages:index"), Collection.objects.get(name="Sewing by hand 47")

    def offered(page) -> set[str]:
        choices = page.context["filters"].form.fields["collection_id"].queryset
        return {collection.name for collection in choices}

    first = offered(client.get(images))
    assert first == {"Root", "Sewing by hand", *(f"Sewing by hand {n}" for n in range(18))}
    chosen = client.get(images, {"collection_id": far.pk})
    assert offered(chosen) - first == {far.name}
    assert [image.title for image in chosen.context["object_list"]] == ["Seam 47"]
    found = client.get(images, {"collection_words": "hand 5"})
    assert offered(found) - first == {f"Sewing by hand {n}" for n in range(50, 60)}
    assert len(found.context["object_list"]) == 11


def test_an_image_stays_in_its_collection_among_many(client, ivo, place):
    add_media(place, 60, after=0)
    logged_in(client, ivo)
    image, other = (
        CourseImage.objects.get(title="Seam 7"),
        Collection.objects.get(name__endswith=" 9"),
    )
    address = reverse("wagtailimages:edit", args=[image.pk])

    field = client.get(address).context["form"]["collection"]
    assert f'value="{image.collection_id}" selected' in str(field)
    client.post(address, {"title": "Hem", "collection": other.pk, "tags": ""})

    image.refresh_from_db()
    assert (image.title, image.collection_id) == ("Hem", other.pk)


def test_the_collection_of_a_course_that_is_open_is_offered(client, ivo, place):
    add_media(place, 60, after=0)
    logged_in(client, ivo)
    lesson = LessonPage.objects.filter(path__startswith=place.course.path).first()
    EditingSession.objects.create(
        user=ivo,
        content_type=ContentType.objects.get_for_model(LessonPage),
        object_id=str(lesson.pk),
        last_seen_at=timezone.now(),
    )

    collection = Collection.objects.get(name="Sewing by hand 47")
    CoursePage.objects.filter(pk=place.course.pk).update(collection=collection)

    page = client.get(reverse("wagtailimages_chooser:choose"))

    offered = BeautifulSoup(page.json()["html"], "html.parser").find_all("option")
    names = "".join(option.text for option in offered)
    assert "Sewing by hand 47" in names
    assert "Sewing by hand 48" not in names


def test_a_producer_chooses_among_their_own_collections_only(client, ada, bruno, place):
    add_media(place, 60, after=0)
    logged_in(client, bruno)
    foreign = Collection.objects.get(name="Sewing by hand 7")

    page = client.get(reverse("wagtailimages:index"), {"collection_id": foreign.pk})

    assert "Sewing by hand 7" not in page.text
    assert "Seam" not in page.text


def test_the_dashboard_says_about_how_many_pictures_there_are(client, ivo, place):
    logged_in(client, ivo)
    few = " ".join(client.get(reverse("wagtailadmin_home")).text.split())
    add_media(place, 200, after=0)
    count_all_anew()
    many = " ".join(client.get(reverse("wagtailadmin_home")).text.split())

    assert "1 image <" in few
    assert "1 document <" in few
    assert "about 200 images" in many
    assert "about 200 documents" in many


def test_the_api_tells_of_its_rows_what_each_would_say_alone(client, ivo, place):
    many_courses(like=place.course, count=30)
    logged_in(client, ivo)
    course = place.course

    listing = client.get(f"/admin/api/main/pages/?child_of={course.get_parent().pk}").json()
    row = next(item for item in listing["items"] if item["id"] == course.pk)
    alone = client.get(f"/admin/api/main/pages/{course.pk}/").json()

    assert listing["meta"]["total_count"] == 31
    for told in ("status", "children", "parent"):
        assert row["meta"][told] == alone["meta"][told]
    assert row["meta"]["children"]["count"] == 1
    assert row["meta"]["parent"]["id"] == course.get_parent().pk
