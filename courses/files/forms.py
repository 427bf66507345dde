"""Upload forms of the editor: the content decides the type, as well as the name.

Wagtail's fields check the extension, the size and the number of pixels.
"""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.db.models import QuerySet
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm
from wagtail.models import Collection

from courses.models import CourseDocument, CourseImage

from .gate import check_content
from .held import REFUSAL, is_in_a_release
from .pictures import readable_only


class ContentCheck:
    # Of the form that it is mixed into.
    cleaned_data: dict[str, Any]
    changed_data: list[str]
    instance: CourseImage | CourseDocument
    collections: QuerySet[Collection]
    fields: dict[str, Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Of many collections a few are offered: the one that is chosen is among them."""
        super().__init__(*args, **kwargs)
        offer = getattr(self.collections, "with_chosen", None)
        if offer and "collection" in self.fields:
            self.fields["collection"].queryset = offer(*self._chosen())

    def _chosen(self) -> list[Any]:
        """In the row, in the address, and in what was posted."""
        form: Any = self
        posted = form.data.get(form.add_prefix("collection"))
        return [self.instance.collection_id, form.initial.get("collection"), posted]

    def clean_file(self) -> File | None:
        file: File | None = self.cleaned_data["file"]
        if file and "file" in self.changed_data:
            check_content(file)
            if self.instance.pk and is_in_a_release(self.instance):
                raise ValidationError(REFUSAL)
        return file


class CourseImageForm(ContentCheck, BaseImageForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            field = self.fields["file"]
            field.to_python = readable_only(field.to_python)


class CourseDocumentForm(ContentCheck, BaseDocumentForm):
    pass
