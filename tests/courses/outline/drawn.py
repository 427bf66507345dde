"""An outline as it reads, and its verbs by title."""

from uuid import uuid4

from wagtail.models import Page

from courses.models import CoursePage
from courses.outline import adding, copying, moving, removing, structure, undoing, writing
from courses.outline.journal import last_number
from courses.outline.tree import OutlinePlace, Tree, read_tree


def tree_of(course: CoursePage) -> Tree:
    return read_tree(Page.objects.get(pk=course.pk))


def drawn(course: CoursePage) -> list[str]:
    """``["1 Tools", "1.1 Two needles and a thread"]``: all that stays, in reading order."""
    tree = tree_of(course)
    numbers = tree.numbers()
    return [f"{numbers[part.id]} {part.title}" for part in tree if part.id in numbers]


def called(title: str, course: CoursePage) -> int:
    """The page id of the part with this title in its draft."""
    (found,) = [part.id for part in tree_of(course) if part.title == title]
    return found


class Desk:
    """``ada`` at the outline of ``course``, as her screen would ask."""

    def __init__(self, course: CoursePage, by) -> None:
        self.course, self.by = course, by
        self.seen = last_number(course.pk)

    def asked(self) -> dict:
        return {"course_id": self.course.pk, "by": self.by, "key": uuid4()}

    def place(self, parent: str | None, after: str | None) -> OutlinePlace:
        return OutlinePlace(
            called(parent, self.course) if parent else self.course.pk,
            called(after, self.course) if after else None,
        )

    def keys(self, titles) -> list[int]:
        return [called(title, self.course) for title in titles]

    def move(self, *titles, into: str | None = None, after: str | None = None, seen=None):
        """``into`` None is the course itself; ``after`` None the first place."""
        return moving.move(
            pages=self.keys(titles),
            to=self.place(into, after),
            seen=last_number(self.course.pk) if seen is None else seen,
            **self.asked(),
        )

    def add(self, title, *, kind="lesson", into=None, after=None):
        return adding.add(kind=kind, title=title, to=self.place(into, after), **self.asked())

    def paste(self, text, *, into=None):
        return adding.paste(text=text, parent=self.place(into, None).parent, **self.asked())

    def duplicate(self, *titles):
        return copying.duplicate(pages=self.keys(titles), **self.asked())

    def rename(self, title, to, *, was=None):
        return writing.rename(
            page=called(title, self.course), title=to, was=was or title, **self.asked()
        )

    def open(self, *titles, on=True):
        return writing.open_previews(pages=self.keys(titles), on=on, **self.asked())

    def remove(self, *titles):
        return removing.remove(pages=self.keys(titles), **self.asked())

    def restore(self, *titles):
        return removing.restore(pages=self.keys(titles), **self.asked())

    def delete(self, *titles):
        return removing.delete(pages=self.keys(titles), **self.asked())

    def switch(self, to):
        return structure.switch(to=to, **self.asked())

    def undo(self, number=None):
        change = undoing.next_undo(self.course.pk, self.by)
        wanted = number or (change.number if change else 0)
        return undoing.undo(number=wanted, **self.asked())

    def redo(self):
        change = undoing.next_redo(self.course.pk, self.by)
        return undoing.redo(number=change.number if change else 0, **self.asked())
