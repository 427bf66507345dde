"""Upload forms of the editor: the content decides the type, as well as the name.

Wagtail's fields check the extension, the size and the number of pixels.
"""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from .gate import check_content
from .held import REFUSAL, is_in_a_release


class ContentCheck:
    def clean_file(self):
        file = self.cleaned_data["file"]
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


def readable_only(read):
    """Pillow gives up on a broken picture in many ways; each is the uploader's to mend."""

    def to_python(data):
        try:
            return read(data)
        except (OSError, SyntaxError, ValueError, OverflowError) as error:
            raise ValidationError("This picture is broken. Save it again and retry.") from error

    return to_python


class CourseDocumentForm(ContentCheck, BaseDocumentForm):
    pass
