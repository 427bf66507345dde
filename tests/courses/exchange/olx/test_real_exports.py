"""The four Open edX archives beside the project, when they are there."""

import json
import re

import pytest
from wagtail.models import Page

from courses.checks.readiness import problems_of
from courses.drafts.nodes import read_draft
from courses.exchange.archive import open_archive
from courses.exchange.build import import_course
from courses.exchange.errors import ImportRefused
from courses.exchange.formats.olx.roots import LIBRARY
from courses.models import CourseImage, CoursePage, LessonPage
from tests.courses.exchange.real_archives import SHARED, needs_shared

pytestmark = [
    pytest.mark.django_db,
    needs_shared,
]

DEMO, TEST, KITCHEN = (
    "openedx-demo-course",
    "edx-demo-test-course",
    "microsoft-oxa-kitchen-sink",
)
# chapters, sections, lessons, components
COUNTS = {DEMO: (6, 17, 58, 319), TEST: (8, 48, 115, 122), KITCHEN: (4, 15, 16, 18)}
OUTCOMES = {DEMO: (157, 25, 137), TEST: (65, 32, 25), KITCHEN: (6, 5, 7)}
# image, video, single_choice, multiple_choice blocks
BLOCKS = {DEMO: (47, 11, 18, 2), TEST: (1, 3, 5, 3), KITCHEN: (0, 0, 4, 2)}
# lessons that other lessons link to
LINKED = {DEMO: 25, TEST: 0, KITCHEN: 0}


def archive(name):
    return SHARED / "olx" / f"{name}.tar.gz"


def manifest(name):
    packages = json.loads((SHARED / "manifest.json").read_text())["packages"]
    return next(p["counts"] for p in packages if p["file"] == f"olx/{name}.tar.gz")


@pytest.fixture(params=[DEMO, TEST, KITCHEN])
def imported(request, catalogue, ada):
    """(name, course, report dict, report text), once for each archive."""
    course, report = import_course(path=archive(request.param), producer=ada)
    return request.param, course, report.as_dict(), report.as_text()


def secrets_of(name):
    """Every passport, key and secret written in the archive's XML and policies."""
    found = set()
    with open_archive(archive(name)) as opened:
        for entry in opened.names:
            if entry.endswith((".xml", ".json")):
                text = opened.read(entry).decode("utf-8", "replace").replace("&quot;", '"')
                passports = re.findall(r'"([\w-]+:[\w-]+:[\w-]{8,})"', text)
                found.update(part for passport in passports for part in passport.split(":")[1:])
                found.update(re.findall(r'(?:api_key|secret|password)="([^"]{8,})"', text))
    return found


def test_a_real_course_comes_whole(imported):
    name, course, told, text = imported
    pages = Page.objects.descendant_of(course)
    lessons = LessonPage.objects.descendant_of(course)

    # chapters, sections and lessons, exactly
    counted = told["counts"]
    assert tuple(counted.values()) == COUNTS[name]
    expected = manifest(name)
    assert counted["components"] == expected["component_total"]
    assert {kind: sum(o.values()) for kind, o in told["kinds"].items()} == expected["components"]
    assert pages.filter(depth=course.depth + 1).count() == counted["chapters"]
    assert pages.filter(depth=course.depth + 2).count() == counted["sections"]
    assert pages.filter(depth=course.depth + 3).count() == counted["lessons"] == lessons.count()

    # every component accounted for, with its reason
    assert tuple(told["outcomes"].values()) == OUTCOMES[name]
    assert sum(told["outcomes"].values()) == expected["component_total"]
    assert all(line["reasons"] for line in told["components"] if line["outcome"] != "imported")

    # a draft that can be submitted, once the course itself says what only its producer knows
    assert {problem.where for problem in problems_of(read_draft(course))} == {"The course"}
    assert not course.live and not pages.filter(live=True).exists()
    bodies = []
    for lesson in lessons:
        lesson.body.stream_block.clean(lesson.body)
        assert len(lesson.body) > 0
        bodies += list(lesson.body.raw_data)
    kinds = [block["type"] for block in bodies]
    wanted = ("image", "video", "single_choice", "multiple_choice")
    assert tuple(kinds.count(kind) for kind in wanted) == BLOCKS[name]

    # pictures that exist, belong to the course, and can be opened
    used = {block["value"]["image"] for block in bodies if block["type"] == "image"}
    images = CourseImage.objects.filter(collection=course.collection)
    assert used <= set(images.values_list("pk", flat=True))
    assert all(image.file.storage.exists(image.file.name) for image in images)
    assert course.thumbnail in images

    # nothing of Open edX in what learners read (code samples show what they show)
    read = json.dumps([block for block in bodies if block["type"] != "code"], ensure_ascii=False)
    for leftover in ("%%", "jump_to", '"/static/', "asset-v1", "[mathjax", "<script", "exchange:"):
        assert leftover not in read

    # links from lesson to lesson
    linked = {int(pk) for pk in re.findall(r'<a id=\\"(\d+)\\" linktype=\\"page\\">', read)}
    assert linked <= set(lessons.values_list("pk", flat=True))
    assert len(linked) == LINKED[name]

    # no secret anywhere
    secrets = secrets_of(name)
    kept = read + text + json.dumps(told)
    for page in Page.objects.descendant_of(course, inclusive=True):
        kept += "".join(json.dumps(revision.content) for revision in page.revisions.all())
    assert not [secret for secret in secrets if secret in kept]


def test_the_search_for_secrets_finds_the_ones_that_are_there():
    assert len(secrets_of(DEMO)) == 4
    assert secrets_of(TEST) == {"NotAValidMathlabKey"}


def test_the_library_is_refused_and_leaves_nothing_behind(catalogue, ada, leftovers):
    before = leftovers()
    with pytest.raises(ImportRefused) as caught:
        import_course(path=archive("openedx-demo-library"), producer=ada)
    assert str(caught.value) == LIBRARY
    assert leftovers() == before
    assert not CoursePage.objects.exists()
