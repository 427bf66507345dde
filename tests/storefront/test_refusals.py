"""Every refusal of the shop says its reason by a code, and one code says one reason."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from storefront import errors

SHOP = Path(errors.__file__).parent
# Families whose own code says the reason already.
TELLING = {"PaymentsUnavailable", "PaymentMismatch"}
FAMILIES = {"OrderError", *TELLING}


def refusals() -> Iterator[tuple[str, str, str, str]]:
    """(where, family, sentence as it is written, code) of each refusal that is raised."""
    for path in sorted(SHOP.rglob("*.py")):
        if {"migrations", "stripesim"} & set(path.parts):
            continue
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.Raise) or not isinstance(node.exc, ast.Call):
                continue
            family = ast.unparse(node.exc.func)
            if family not in FAMILIES:
                continue
            codes = {word.arg: word.value for word in node.exc.keywords}
            code = codes.get("code", ast.Constant(""))
            assert isinstance(code, ast.Constant), f"{path}:{node.lineno}"
            sentence = ast.unparse(node.exc.args[0]) if node.exc.args else ""
            yield f"{path.relative_to(SHOP)}:{node.lineno}", family, sentence, code.value


def test_each_refusal_has_a_code_of_its_own():
    found = list(refusals())
    without = [where for where, family, _, code in found if not code and family not in TELLING]

    assert len(found) > 25
    assert without == []
    assert all(re.fullmatch(r"[a-z]+(_[a-z]+)*", code) for *_, code in found if code)


def test_one_code_says_one_reason():
    sentences = defaultdict(set)
    for _, _, sentence, code in refusals():
        sentences[code].add(sentence)
    sentences.pop("", None)

    assert {code: said for code, said in sentences.items() if len(said) > 1} == {}
