"""Pictures and files of a hundred thousand courses, each with a collection of its own."""

from functools import wraps
from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django_filters import CharFilter
from wagtail.admin.filters import BaseMediaFilterSet
from wagtail.admin.views.generic.multiple_upload import AddView
from wagtail.documents import fields as document_fields
from wagtail.documents.views.chooser import BaseDocumentChooseView
from wagtail.images import fields as image_fields
from wagtail.images.views.chooser import BaseImageChooseView

from courses.isolation.collections import MOST_OFFERED, keys_with_words, last_written_in
from courses.wording.sizes import format_size

WORDS = "collection_words"


class CollectionWordsFilter(CharFilter):
    def filter(self, rows: Any, text: str) -> Any:
        return rows.filter(collection__in=keys_with_words(text)) if text else rows


def offer_a_few_collections() -> None:
    filtered, added = BaseMediaFilterSet.__init__, AddView.get_context_data

    @wraps(filtered)
    def init(filters: Any, data: Any = None, *args: Any, **kwargs: Any) -> None:
        filtered(filters, data, *args, **kwargs)
        among = filters.filters.get("collection_id")
        if among is None or among.queryset.count() <= MOST_OFFERED:
            return
        asked = data or {}
        offered = among.queryset.with_chosen(asked.get("collection_id"))
        among.queryset = offered.with_words(asked.get(WORDS, ""))
        filters.filters[WORDS] = CollectionWordsFilter(label=_("Words of the collection’s name"))

    @wraps(added)
    def get_context_data(view: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = added(view, **kwargs)
        if context["collections"] is not None:
            chosen = context["selected_collection_id"] or last_written_in(view.request.user)
            context["selected_collection_id"] = chosen
            context["collections"] = context["collections"].with_chosen(chosen)
        return context

    BaseMediaFilterSet.__init__ = init
    AddView.get_context_data = get_context_data
    for view_class in (BaseImageChooseView, BaseDocumentChooseView):
        kept = _with_the_chosen(vars(view_class)["collections"].func)
        kept.__set_name__(view_class, "collections")
        view_class.collections = kept


def _with_the_chosen(collections: Any) -> cached_property:
    def offered(view: Any) -> Any:
        some = collections(view)
        return some and some.with_chosen(view.request.GET.get("collection_id"))

    return cached_property(offered)


def say_how_large_a_file_may_be_as_elsewhere() -> None:
    document_fields.filesizeformat = image_fields.filesizeformat = format_size
