"""Every refusal of these rooms says its reason by a code, and one code says one reason."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from courses import errors

COURSES = Path(errors.__file__).parent
ROOMS = ["drafts", "isolation", "moderation", "records", "releases", "teams"]
FAMILIES = {"CourseError", "CursorError"}


def refusals(room: str) -> Iterator[tuple[str, str, str]]:
    """(where, sentence as it is written, code) of each refusal that a room makes."""
    for path in sorted((COURSES / room).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in FAMILIES:
                codes = [word.value for word in node.keywords if word.arg == "code"]
                code = ast.literal_eval(codes[0]) if codes else ""
                yield f"{path.name}:{node.lineno}", ast.unparse(node.args[0]), code


@pytest.mark.parametrize("room", ROOMS)
def test_each_refusal_has_a_code_of_its_own(room):
    found = list(refusals(room))

    assert found or room in {"isolation", "moderation"}  # these show what others refuse
    assert [where for where, _, code in found if not re.fullmatch(r"[a-z]+(_[a-z]+)*", code)] == []


def test_one_code_says_one_reason():
    sentences = defaultdict(set)
    for room in ROOMS:
        for _, sentence, code in refusals(room):
            sentences[code].add(sentence)

    assert len(sentences) > 20
    assert {code: said for code, said in sentences.items() if len(said) > 1} == {}
