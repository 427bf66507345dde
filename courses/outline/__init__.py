"""A course on one screen: its draft as a tree that its team writes together.

Every verb is one change of the course's journal (``models.outline``): a list of steps, each of
which sets one fact of one page. ``undoing.undo`` sets them back, so that a verb which is written
as steps is undone without a line of its own. All verbs take turns by the lock on the course, name
what was seen by whoever asks (``journal.require_unmoved``), and may be sent again: the same key
changes nothing twice.

Verbs: ``adding.add``, ``adding.paste``, ``copying.duplicate``, ``files.bring_file``,
``moving.move``, ``writing.rename``, ``writing.open_previews``, ``removing.remove``,
``removing.restore``, ``removing.delete``, ``structure.switch``, ``undoing.undo``,
``undoing.redo``. What stands on the screen: ``selectors.read_outline``. Decision 0067.
"""
