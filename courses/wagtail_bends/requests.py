"""What a request may leave out or say otherwise than Wagtail's views take for granted."""

from collections.abc import Iterable
from functools import wraps
from typing import Any

from django.contrib.admin.utils import unquote
from django.core.exceptions import ValidationError
from django.core.paginator import InvalidPage
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from wagtail.admin.forms.choosers import URLOrAbsolutePathValidator
from wagtail.admin.views.generic.chooser import (
    ChosenMultipleViewMixin,
    ChosenViewMixin,
    CreateViewMixin,
)
from wagtail.admin.views.pages.copy import CopyView
from wagtail.admin.views.workflows import Edit as WorkflowEdit
from wagtail.admin.widgets.chooser import BaseChooser
from wagtail.api.v2.views import BaseAPIViewSet
from wagtail.models import Page

from courses.shapes.numbers import whole_number


def expect_no_shape() -> None:
    """Places of Wagtail's that take for granted what a request may leave out, or say otherwise."""
    begins = URLOrAbsolutePathValidator.is_absolute_path
    URLOrAbsolutePathValidator.is_absolute_path = staticmethod(lambda value: begins(value or ""))
    create = CreateViewMixin.post

    @wraps(create)
    def post(view: Any, request: HttpRequest) -> HttpResponse:
        if view.get_creation_form() is None:
            raise Http404
        answer: HttpResponse = create(view, request)
        return answer

    CreateViewMixin.post = post
    find = BaseAPIViewSet.find_object

    @wraps(find)
    def find_object(view: Any, rows: Any, request: HttpRequest) -> Any:
        named = request.GET.get("id")
        if named is not None and whole_number(named) is None:
            return None
        return find(view, rows, request)

    BaseAPIViewSet.find_object = find_object


def answer_404_past_the_end() -> None:
    copy_page, listed = CopyView.post, WorkflowEdit.get_paginated_pages

    @wraps(copy_page)
    def post(view: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        key = whole_number(request.POST.get("new_parent_page"))
        if key is None or not Page.objects.filter(pk=key).exists():
            raise Http404
        return copy_page(view, request, *args, **kwargs)

    @wraps(listed)
    def get_paginated_pages(view: Any) -> Any:
        try:
            return listed(view)
        except InvalidPage as past_the_end:
            raise Http404 from past_the_end

    CopyView.post = post
    WorkflowEdit.get_paginated_pages = get_paginated_pages


def choose_by_keys_only() -> None:
    one, many = ChosenViewMixin.get, ChosenMultipleViewMixin.get

    @wraps(one)
    def chosen(view: Any, request: HttpRequest, pk: Any) -> Any:
        _check_keys(view.model_class, [unquote(str(pk))])
        return one(view, request, pk)

    @wraps(many)
    def chosen_multiple(view: Any, request: HttpRequest) -> Any:
        _check_keys(view.model_class, request.GET.getlist("id"))
        return many(view, request)

    ChosenViewMixin.get, ChosenMultipleViewMixin.get = chosen, chosen_multiple
    shown = BaseChooser.get_instance

    @wraps(shown)
    def get_instance(widget: Any, value: Any) -> Any:
        is_text = isinstance(value, str)
        return None if is_text and not _is_key(widget.model_class, value) else shown(widget, value)

    BaseChooser.get_instance = get_instance


def _check_keys(model: type[Model], texts: Iterable[str]) -> None:
    """Raises Http404 unless each of ``texts`` can be a key of ``model``."""
    if not all(_is_key(model, text) for text in texts):
        raise Http404


def _is_key(model: type[Model], text: str) -> bool:
    field: Any = model._meta.pk
    while field.remote_field:  # a page is keyed by the page it extends
        field = field.target_field
    try:
        field.clean(text, None)
    except ValidationError:
        return False
    return True
