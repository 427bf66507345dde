"""What the outline says on the screen, handed to ``static/js/courses/outline/words.js``."""

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from courses.wording.durations import duration_patterns
from courses.wording.shares import share_pattern

Forms = list[tuple[int, str]]

# Numbers that between them fall under every plural rule there is (CLDR): none, one, two, a few,
# many, others. The browser takes the form of the one that its language counts alike.
COUNTS = (0, 1, 2, 3, 6, 11, 20, 100, 1_000_000)


def _counted(form: Callable[[int], str]) -> Forms:
    return [(n, form(n)) for n in COUNTS]


def words() -> dict[str, str | Forms]:
    """Sentences by name; those with a number in a form for each of ``COUNTS``.

    ``{braces}`` are filled in by the browser, with values that it has.
    """
    return {**_facts(), **_rows(), **_changes(), **_questions(), **_troubles(), **_files()}


def _facts() -> dict[str, str | Forms]:
    """How much there is, and what is true of rows."""
    return {
        **duration_patterns(),
        "lessons": _counted(lambda n: ngettext("{n} lesson", "{n} lessons", n)),
        "chapters": _counted(lambda n: ngettext("{n} chapter", "{n} chapters", n)),
        "in_parts": _counted(
            lambda n: ngettext("{lessons} in {n} part", "{lessons} in {n} parts", n)
        ),
        "outline_of": _("Outline of {title}"),
        "course": _("the course"),
        "saved_at": _("Saved at {time}."),
        "is_here": _counted(lambda n: ngettext("{names} is here too", "{names} are here too", n)),
        "is_in": _counted(lambda n: ngettext("{name} is in {number}", "{name} are in {number}", n)),
        "is_writing": _counted(
            lambda n: ngettext("{name} has this open", "{name} have this open", n)
        ),
        "find_in": _("Find in {lessons}"),
        "mark_changed": _counted(lambda n: ngettext("{n} changed", "{n} changed", n)),
        "mark_drafts": _counted(lambda n: ngettext("{n} draft", "{n} drafts", n)),
        "mark_missing": _counted(
            lambda n: ngettext("{n} with something missing", "{n} with something missing", n)
        ),
        "mark_previews": _counted(lambda n: ngettext("{n} preview", "{n} previews", n)),
        "mark_retired": _counted(lambda n: ngettext("{n} retired", "{n} retired", n)),
        "shown": _counted(lambda n: ngettext("{n} row shown.", "{n} rows shown.", n)),
        "all_shown": _("Every row is shown."),
        "nothing_called": _("Nothing here is called “{words}”."),
        "nothing_such": _("Nothing of that kind is left."),
        "to_mend": _counted(lambda n: ngettext("{n} thing to mend", "{n} things to mend", n)),
        "in_rows": _counted(
            lambda n: ngettext(
                "{n} more is marked beside its row.", "{n} more are marked beside their rows.", n
            )
        ),
        "is_flat": _("Lessons one after the other, without chapters."),
        "is_in_chapters": _("Lessons in chapters."),
        "make_flat": _("Do without chapters"),
        "make_chapters": _("Arrange in chapters"),
        "fold_all": _("Fold all"),
        "unfold_all": _("Unfold all"),
        "bin": _counted(lambda n: ngettext("{n} thing in the bin", "{n} things in the bin", n)),
        "a_lesson": _("a lesson"),
        "a_chapter": _("a chapter with {lessons}"),
    }


def _rows() -> dict[str, str | Forms]:
    """What a row and its buttons say."""
    return {
        "choose_row": _("Choose {title}"),
        "move_row": _("Move {title}. Alt with arrow keys also moves it."),
        "more_row": _("More for {title}"),
        "fold_row": _("Fold {title}"),
        "unfold_row": _("Unfold {title}"),
        "open_row": _("Open {title}"),
        "restore_row": _("Bring back {title}"),
        "delete_row": _("Delete {title} for ever"),
        "preview": _("Preview"),
        "state_draft": _("Draft"),
        "state_changed": _("Changed"),
        "state_review": _("In review"),
        "state_live": _("Live"),
        "state_retired": _("Retired"),
        "began": _counted(
            lambda n: ngettext(
                "still open to {n} person who began it",
                "still open to {n} people who began it",
                n,
            )
        ),
        "not_saved": _("Not saved yet"),
        "missing": _counted(lambda n: ngettext("{n} missing", "{n} missing", n)),
        "missing_row": _counted(
            lambda n: ngettext("{n} thing missing in {title}", "{n} things missing in {title}", n)
        ),
        "missing_in": _("Missing in “{title}”"),
        "fine": _("Nothing is missing"),
        "new_lesson": _("Title of the lesson"),
        "new_chapter": _("Title of the chapter"),
        "now_lesson": _("A lesson now, {number}."),
        "now_chapter": _("A chapter now, {number}."),
        "preview_on": _("Make it an open preview"),
        "preview_off": _("No longer an open preview"),
        "preview_all": _("Preview on"),
        "preview_none": _("Preview off"),
        "remove": _("Remove"),
        "retire": _("Retire"),
        "nothing_yet": _("Nothing is written yet."),
    }


def _changes() -> dict[str, str | Forms]:
    """What was just done, or cannot be."""
    return {
        "added": _("“{title}” is {number}."),
        "renamed": _("It is called “{title}” now."),
        "stands": _("{title} is {first} now, in {parent}."),
        "stand": _("{rows} are {first} to {last} now, in {parent}."),
        "duplicated": _("Duplicated: {rows}."),
        "copy": _("{title} (copy)"),
        "chosen": _("{rows} chosen"),
        "none_chosen": _("Nothing is chosen."),
        "changed_by_others": _("Somebody else changed the outline."),
        "put_back": _("Put back where it was."),
        "taken_back": _("Taken back."),
        "taken_back_title": _("Taken back: “{title}”."),
        "deleted": _("“{title}” deleted for ever."),
        "undo": _("Undo"),
        "redo": _("Redo"),
        "undo_what": _("Undo: {what}"),
        "redo_what": _("Redo: {what}"),
        "undo_keys": _("Ctrl Z"),
        "redo_keys": _("Ctrl Y"),
        "nothing_to_undo": _("There is nothing of yours to undo."),
        "nothing_to_redo": _("There is nothing to redo."),
        "no_chapter_above": _("What stands above is no chapter."),
        "no_deeper": _("It goes no deeper here: no chapter stands right above it."),
        "is_flat_here": _("A flat course has no chapters to go into."),
        "no_further_out_typed": _("It goes no further out: it stands right under the course."),
        "nothing_above": _("Nothing stands above it in this chapter."),
        "no_further_out": _("It stands right under the course already."),
        "is_first": _("It is the first already."),
        "is_last": _("It is the last already."),
        "not_while_filtered": _("Show all rows before you move one by hand."),
        "drop_here": _("Drop it here"),
        "drop_one": _("Drop here: it becomes {first}"),
        "drop_many": _("Drop here: {rows} become {first} to {last}"),
    }


def _questions() -> dict[str, str | Forms]:
    """What dialogs ask and offer."""
    return {
        "move_one_to": _("Move “{title}” to"),
        "move_to": _("Move {rows} to"),
        "at_the_top": _("At the very top"),
        "into": _("Into {name}, at its end"),
        "after": _("After {name}"),
        "becomes": _("This becomes {rows}."),
        "flat_head": _("Do without chapters?"),
        "flat_body": _(
            "{chapters} go, and {lessons} stand one after the other, in the order in which they "
            "are read now. Learners see it with the next release. You can undo it."
        ),
        "flat_nothing": _("There is no chapter yet, so nothing moves."),
        "chapters_head": _("Arrange in chapters?"),
        "chapters_body": _(
            "{lessons} go into a first chapter, in their order. Learners see it with the next "
            "release. You can undo it."
        ),
        "chapters_nothing": _("Nothing is written yet, so nothing moves."),
        "delete_head": _("Delete “{title}” for ever?"),
        "delete_body": _("What is written in it is gone then, and cannot be brought back."),
        "delete_yes": _("Delete it for ever"),
        "retire_head": _("Retire “{title}”?"),
        "retire_many_head": _counted(
            lambda n: ngettext(
                "Retire {n} thing that learners have?", "Retire {n} things that learners have?", n
            )
        ),
        "retire_body": _(
            "It leaves the course with the next release. Whoever began it keeps it, and nobody "
            "loses a finished lesson."
        ),
        "retire_yes": _("Retire"),
    }


def _troubles() -> dict[str, str | Forms]:
    """What went wrong: the line, the server, somebody else at the same moment."""
    return {
        "refused": _("That was not done."),
        "unsaved_since": _("Not saved since {time}."),
        "head_away": _("No connection."),
        "head_broken": _("Something is wrong on our side."),
        "head_signed_out": _("You are signed out."),
        "head_closed": _("This course is closed to you."),
        "line_away": _(
            "The connection is gone. What you write is kept on this device and goes off by itself "
            "when it is back."
        ),
        "line_broken": _(
            "Something is wrong on our side. What you write is kept on this device and sent again."
        ),
        "line_signed_out": _(
            "You are signed out. What you write is kept on this device; sign in and it is sent."
        ),
        "line_closed": _(
            "The course is closed to you, or you signed in anew meanwhile. Load the page again; "
            "what you wrote is kept."
        ),
        "try_now": _("Try now"),
        "sign_in": _("Sign in"),
        "load_again": _("Load the page again"),
        "not_added": _("“{title}” was not added."),
        "add_at_end": _("Add it at the end"),
        "leave_out": _("Give up this change"),
        "lost": _counted(
            lambda n: ngettext(
                "{n} later change could not be made either.",
                "{n} later changes could not be made either.",
                n,
            )
        ),
        "somebody": _("Somebody"),
        "gone_meanwhile": _("It was removed at the same time."),
        "moved_meanwhile": _("{name} moved “{title}” at the same time."),
        "moved_meanwhile_more": _(
            "It stands at {number} now, in {parent}; you put it in {mine}. {name}'s place stands "
            "until you choose."
        ),
        "move_it_to": _("Move it to {number}"),
        "leave_it_in": _("Leave it in {number}"),
        "renamed_meanwhile": _("{name} renamed this at the same time."),
        "keep_mine": _("Keep mine"),
        "take_theirs": _("Take {name}'s"),
        "take_other": _("Take the other"),
    }


def _files() -> dict[str, str | Forms]:
    """What becomes of a file that is dropped."""
    return {
        "waits": _("Waits for its turn"),
        "sent": share_pattern(),
        "is_read": _("Being read"),
        "became": _("Became “{title}”"),
        "files_after": _("They come after “{title}”."),
        "files_in": _("They come first in “{title}”."),
        "file_lost": _("It did not arrive."),
    }
