"""The verb behind each shape that may be asked for."""

from courses.models.outline import OutlineChange
from courses.people import Person

from . import adding, copying, moving, removing, structure, undoing, writing
from .schemas import Add, Back, Change, Move, OfPages, Paste, Preview, Rename, Structure

OF_PAGES = {
    "duplicate": copying.duplicate,
    "remove": removing.remove,
    "restore": removing.restore,
    "delete": removing.delete,
}
BACK = {"undo": undoing.undo, "redo": undoing.redo}


def carry_out(*, course_id: int, change: Change, by: Person) -> OutlineChange:
    """Does what is asked. Raises OutlineClash and CourseError as the verbs do."""
    match change:
        case Add():
            return adding.add(
                course_id=course_id,
                kind=change.kind,
                title=change.title,
                to=change.to,
                by=by,
                key=change.key,
            )
        case Rename():
            return writing.rename(
                course_id=course_id,
                page=change.page,
                title=change.title,
                was=change.was,
                by=by,
                key=change.key,
            )
        case Move():
            return moving.move(
                course_id=course_id,
                pages=change.pages,
                to=change.to,
                seen=change.seen,
                by=by,
                key=change.key,
            )
        case Preview():
            return writing.open_previews(
                course_id=course_id, pages=change.pages, on=change.on, by=by, key=change.key
            )
        case Paste():
            return adding.paste(
                course_id=course_id, text=change.text, parent=change.parent, by=by, key=change.key
            )
        case Structure():
            return structure.switch(course_id=course_id, to=change.to, by=by, key=change.key)
        case Back():
            return BACK[change.verb](
                course_id=course_id, number=change.number, by=by, key=change.key
            )
        case OfPages():
            return OF_PAGES[change.verb](
                course_id=course_id, pages=change.pages, by=by, key=change.key
            )
