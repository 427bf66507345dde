"""Taking the snapshot: which revision of which page stands where in a release."""

from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from wagtail.models import Page, Revision

from courses.checks.readiness import require_ready
from courses.drafts.digest import content_digest, page_of
from courses.drafts.locks import lock_course, lock_pages_of
from courses.files.held import media_of
from courses.models import (
    ChapterPage,
    CoursePage,
    CourseRelease,
    ItemKind,
    LessonPage,
    ReleaseItem,
    ReleaseStatus,
)

KIND_OF_MODEL = {
    CoursePage: ItemKind.COURSE,
    ChapterPage: ItemKind.CHAPTER,
    LessonPage: ItemKind.LESSON,
}


@dataclass
class Node:
    """A page of the course as its newest revision has it, and its place in the outline."""

    page: Page  # the row in the tree
    draft: Page  # the page as the revision says
    revision_id: int
    content: dict
    parent: "Node | None" = None
    children: list["Node"] = field(default_factory=list)
    number: str = ""
    released: ReleaseItem | None = None  # where the current release has the same revision

    @property
    def unchanged(self) -> bool:
        return self.released is not None

    @property
    def kind(self) -> str:
        return KIND_OF_MODEL[type(self.draft)]

    @property
    def minutes(self) -> int:
        if self.kind == ItemKind.LESSON:
            return self.draft.estimated_duration
        return sum(child.minutes for child in self.children)


@transaction.atomic
def pin_course(*, course_id: int, workflow_state=None, user=None) -> CourseRelease | None:
    """Make the release that a moderator will decide on; None when the page is not a course.

    Raises SubmissionRefused when a lesson or the course is not ready; nothing is written
    then. Reads and writes in bulk: the number of queries does not grow with the lessons,
    except for choosers of pictures and files in lessons that changed.
    """
    course = lock_course(course_id)
    if course is None:
        return None
    nodes = read_draft(course)
    require_ready(nodes)
    return write_release(course, nodes, workflow_state=workflow_state, user=user)


def read_draft(course: Page) -> list[Node]:
    """The course first, then every page that is not retired, in reading order."""
    pages = _staying(lock_pages_of(course))
    _give_revisions([page for page in pages if page.latest_revision_id is None])
    contents = dict(
        Revision.objects.filter(pk__in=[page.latest_revision_id for page in pages]).values_list(
            "pk", "content"
        )
    )
    released = {
        item.revision_id: item
        for item in ReleaseItem.objects.filter(
            release__course_id=course.pk, release__status=ReleaseStatus.CURRENT
        )
    }
    uuids = _uuids(pages)
    nodes, ways = [], {}
    for page in pages:
        content = contents[page.latest_revision_id]
        node = Node(
            page=page,
            draft=_draft(page, content, uuids[page.pk]),
            revision_id=page.latest_revision_id,
            content=content,
            parent=ways.get(page.path[: -Page.steplen]),
            released=released.get(page.latest_revision_id),
        )
        if node.parent:
            node.parent.children.append(node)
            node.number = f"{node.parent.number}.{len(node.parent.children)}".lstrip(".")
        ways[page.path] = node
        nodes.append(node)
    _read_bodies([node for node in nodes if node.kind == ItemKind.LESSON])
    return nodes


def write_release(course: Page, nodes: list[Node], *, workflow_state, user) -> CourseRelease:
    releases = CourseRelease.objects.filter(course_id=course.pk)
    # Left over when a workflow ended without telling; its pins must not be approved.
    releases.filter(status=ReleaseStatus.IN_REVIEW).update(
        status=ReleaseStatus.CANCELLED, decided_at=timezone.now()
    )
    number = (releases.aggregate(last=Max("number"))["last"] or 0) + 1
    release = CourseRelease.objects.create(
        course_id=course.pk,
        number=number,
        workflow_state=workflow_state,
        submitted_by=user,
        submitted_at=timezone.now(),
    )
    items = ReleaseItem.objects.bulk_create(
        _item(release, node, position) for position, node in enumerate(nodes)
    )
    by_page = {item.page_id: item for item in items}
    below = [node for node in nodes if node.parent and node.parent.parent]
    for node in below:
        by_page[node.page.pk].parent = by_page[node.parent.page.pk]
    ReleaseItem.objects.bulk_update([by_page[node.page.pk] for node in below], ["parent"])
    return release


def _item(release: CourseRelease, node: Node, position: int) -> ReleaseItem:
    draft, lesson = node.draft, node.kind == ItemKind.LESSON
    return ReleaseItem(
        release=release,
        page_id=node.page.pk,
        revision_id=node.revision_id,
        position=position,
        depth=node.number.count("."),
        number=node.number,
        digest=content_digest(type(draft), node.content),
        kind=node.kind,
        uuid=draft.uuid,
        title=draft.title,
        slug=draft.slug,
        description=draft.description if node.kind == ItemKind.CHAPTER else "",
        minutes=node.minutes,
        content_type=draft.kind if lesson else "",
        preview=lesson and draft.is_preview,
        has_quiz=lesson and draft.has_quiz,
        media=node.released.media if node.released else media_of(draft),
    )


def _staying(pages: list[Page]) -> list[Page]:
    """Without the retired, and without what stands below a retired chapter."""
    below = pages[0].path
    retired = []
    for model in (ChapterPage, LessonPage):
        leaving = model.objects.filter(path__startswith=below, retired=True)
        retired += leaving.values_list("path", flat=True)
    return [page for page in pages if not page.path.startswith(tuple(retired))]


def _give_revisions(pages: list[Page]) -> None:
    """Pages made by code may have none yet."""
    for page in pages:
        page.latest_revision_id = page.specific.save_revision(clean=False).pk


def _uuids(pages: list[Page]) -> dict:
    uuids = {}
    for model in KIND_OF_MODEL:
        keys = [page.pk for page in pages if page.specific_class is model]
        uuids |= dict(model.objects.filter(pk__in=keys).values_list("pk", "uuid"))
    return uuids


def _draft(page: Page, content: dict, uuid) -> Page:
    """The page as its revision says, at its place in the tree."""
    draft = page_of(page.specific_class, content)
    draft.uuid = uuid
    draft.path, draft.depth, draft.numchild = page.path, page.depth, page.numchild
    if "slug" in draft.unrevised_fields:
        draft.slug = page.slug
    draft._state.adding = False
    return draft


def _read_bodies(lessons: list[Node]) -> None:
    """Read all bodies at once, so that pictures and files come in a few queries."""
    block = LessonPage._meta.get_field("body").stream_block
    bodies = block.bulk_to_python([list(node.draft.body.raw_data) for node in lessons])
    for node, body in zip(lessons, bodies, strict=True):
        node.draft.body = body
