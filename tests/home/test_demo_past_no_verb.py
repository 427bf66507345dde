"""What a verb writes, neither the demo nor what a site begins with writes by itself.

Where many rows are written at once, a test compares them with the verb's:
``test_demo_stories.py`` for accounts, sales and progress, ``courses/drafts/test_growing.py`` for
pages.
"""

import ast
from pathlib import Path

import home

# Rows that grant something, move money or decide; each has its verb.
BY_VERBS = {
    "CourseRelease",
    "CourseTeamMember",
    "ProducerApplication",
    "Refund",
    "ReleaseItem",
    "ReturnRequest",
    "TeamInvitation",
    "WebhookEvent",
}
# Compared with their verbs: {rows: where they are written}.
COMPARED = {
    "Certificate": "learning.py",
    "Enrollment": "learning.py",
    "LedgerEntry": "trade.py",
    "LessonProgress": "learning.py",
    "Order": "trade.py",
    "OrderLine": "trade.py",
    "OutboxMail": "letters.py",
    "Payment": "trade.py",
    "QuizAttempt": "stories.py",
    "Review": "learning.py",
    "User": "people.py",
}
WRITING = {"create", "bulk_create", "get_or_create", "update_or_create"}


def sources() -> list[Path]:
    return [path for path in Path(home.__path__[0]).rglob("*.py") if "migrations" not in path.parts]


def made_in(path: Path) -> set[str]:
    """Models that a file makes instances of, by their names."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if not isinstance(node, ast.Call):
            continue
        called = node.func
        if isinstance(called, ast.Name):
            found.add(called.id)
        elif isinstance(called, ast.Attribute) and called.attr in WRITING:
            manager = called.value
            if isinstance(manager, ast.Attribute) and isinstance(manager.value, ast.Name):
                found.add(manager.value.id)
    return found


def test_what_has_a_verb_is_written_by_it_or_compared_with_it():
    made = {path: made_in(path) for path in sources()}

    assert {path.name: rows & BY_VERBS for path, rows in made.items() if rows & BY_VERBS} == {}
    for name, where in COMPARED.items():
        assert [path.name for path, rows in made.items() if name in rows] == [where], name


def test_nobody_is_put_into_a_group_past_the_verb_that_gives_the_role():
    touched = [path.name for path in sources() if ".groups." in path.read_text()]

    assert touched == []
