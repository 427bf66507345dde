"""Upload forms of the editor: the content decides the type, as well as the name.

Wagtail's fields check the extension, the size and the number of pixels.
"""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files import File
from django.utils.translation import gettext as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from courses.models import CourseDocument, CourseImage

from .gate import check_content
from .held import REFUSAL, is_in_a_release


class ContentCheck:
    # Of the form that it is mixed into.
    cleaned_data: dict[str, Any]
    changed_data: list[str]
    instance: CourseImage | CourseDocument

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


def readable_only(read: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Pillow gives up on a broken picture in many ways; each is the uploader's to mend."""

    def to_python(data: Any) -> Any:
        try:
            return read(data)
        except (OSError, SyntaxError, ValueError, OverflowError) as error:
            raise ValidationError(_("This picture is broken. Save it again and retry.")) from error

    return to_python


class CourseDocumentForm(ContentCheck, BaseDocumentForm):
    pass
