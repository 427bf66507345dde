"""Upload forms of the editor: the content decides the type, as well as the name.

Wagtail's fields have checked the extension and the size, and that a picture is one.
"""

from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from .media_gate import check_content


class ContentCheck:
    def clean_file(self):
        file = self.cleaned_data["file"]
        if file and "file" in self.changed_data:
            check_content(file)
        return file


class CourseImageForm(ContentCheck, BaseImageForm):
    pass


class CourseDocumentForm(ContentCheck, BaseDocumentForm):
    pass
