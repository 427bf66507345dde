"""What a formula looks like, for whoever is writing it."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from courses.shapes.json_texts import read_json
from courses.shapes.refusals import Misshapen

from .budget import MOST_IN_A_PREVIEW, at_most
from .formula import read_formula

MOST_AT_ONCE = 50  # formulas; the editor asks for those of a text together


@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """[{"tex", "display"}, …] posted as ``formulas``; {"formulas": [{"mathml", "complaint"}, …]}.

    Writes nothing. Raises Misshapen.
    """
    with at_most(MOST_IN_A_PREVIEW):
        found = [
            read_formula(asked["tex"], display=asked["display"])
            for asked in _asked(request.POST.get("formulas", ""))
        ]
    told = [{"mathml": formula.mathml, "complaint": formula.complaint} for formula in found]
    return JsonResponse({"formulas": told})


def _asked(text: str) -> list[dict[str, Any]]:
    try:
        asked = read_json(text)
    except ValueError:
        asked = None
    if not isinstance(asked, list) or len(asked) > MOST_AT_ONCE or not all(map(_is_asked, asked)):
        raise Misshapen(_("This asks for no formula."), code="no_formula_asked")
    return asked


def _is_asked(item: Any) -> bool:
    return (
        isinstance(item, dict)
        and isinstance(item.get("tex"), str)
        and isinstance(item.get("display"), bool)
    )
