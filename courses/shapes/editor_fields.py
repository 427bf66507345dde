"""Fields of the editor that Wagtail reads without asking what they hold.

Its forms check their fields. These are read beside the forms, straight from the request: by
``int``, ``json.loads`` or a lookup, each an error of ours for anything else.
"""

from collections.abc import Callable

from django.apps import apps
from django.http import HttpRequest
from django.utils.translation import gettext as _

from .json_texts import read_json
from .numbers import whole_number
from .refusals import Misshapen

# A whole page of switches that a person has turned off is a few hundred bytes.
LARGEST_DISMISSAL = 2000
MOST_PAGES = 100_000
MANY_FILES = {"wagtailimages:add_multiple", "wagtaildocs:add_multiple"}


def check_fields(request: HttpRequest, view_name: str) -> None:
    """Raises Misshapen for fields of the editor's requests that are not what they name."""
    asked, posted = request.GET, request.POST
    for following in (*asked.getlist("next"), *posted.getlist("next")):
        _check(_is_address, following)
    if view_name == "wagtailadmin_workflows:edit" and "p" in asked:
        _check(_is_page_number, asked["p"])
    if "create_model" in asked:
        _check(_is_model, asked["create_model"])
    for key in asked.getlist("target_pages[]"):
        _check(_is_key, key or "0")
    if view_name in MANY_FILES and request.FILES and "files[]" not in request.FILES:
        raise _not_asked_for()
    if "workflow-action-extra-data" in posted:
        _check(_is_comment, posted["workflow-action-extra-data"])
    if view_name == "wagtailadmin_dismissibles" and request.method == "PATCH":
        check_dismissals(request.body)


def check_dismissals(body: bytes) -> None:
    """Raises Misshapen unless ``body`` says which hints were read: {"hint": true or a version}."""
    if len(body) > LARGEST_DISMISSAL:
        raise _not_asked_for()
    _check(_is_dismissal, body)


def _check(is_so: Callable[[str | bytes | None], bool], value: str | bytes | None) -> None:
    if not is_so(value):
        raise _not_asked_for()


def _is_key(value: str | bytes | None) -> bool:
    return whole_number(value) is not None


def _is_page_number(value: str | bytes | None) -> bool:
    return (whole_number(value, most=MOST_PAGES) or 0) > 0


def _is_address(value: str | bytes | None) -> bool:
    """Where to go next. Wagtail asks whose address it is; Django takes a word for a view's name."""
    return not value or str(value).startswith(("/", "http://", "https://"))


def _is_model(value: str | bytes | None) -> bool:
    try:
        apps.get_model(str(value))
    except (LookupError, ValueError):
        return False
    return True


def _is_comment(value: str | bytes | None) -> bool:
    """What a reviewer adds to a decision. Wagtail hands each name on as an argument."""
    try:
        found = read_json(value or "")
    except ValueError:
        return False
    if not isinstance(found, dict) or set(found) - {"comment"}:
        return False
    return isinstance(found.get("comment", ""), str)


def _is_dismissal(value: str | bytes | None) -> bool:
    try:
        found = read_json(value or "")
    except ValueError:
        return False
    return isinstance(found, dict) and all(isinstance(v, bool | str) for v in found.values())


def _not_asked_for() -> Misshapen:
    return Misshapen(
        _(
            "What your browser sent is not what this page asks for, and nothing was changed. "
            "Go back, reload the page and try again."
        ),
        code="misshapen",
    )
