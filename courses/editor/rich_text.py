"""The text editor's field: Wagtail's, which here looks at what was posted before it believes it.

Named in the settings (``WAGTAILADMIN_RICH_TEXT_EDITORS``), so every text in the editor has it,
in a block or in a field of its own.
"""

from typing import Any

from draftjs_exporter.error import ExporterException
from wagtail.admin.rich_text import DraftailRichTextArea

from courses.shapes.rich_text import not_whole, posted_content


class PostedRichText(DraftailRichTextArea):
    def value_from_datadict(self, data: Any, files: Any, name: str) -> str | None:
        """The HTML of a posted text; None when none was posted. Raises Misshapen."""
        text = data.get(name)
        if text is None:
            return None
        content = posted_content(text)
        if not content:
            return ""
        try:
            html: str = self.converter.exporter.render(content)
        except (ExporterException, KeyError, TypeError, ValueError, AttributeError) as error:
            # The exporter alone is asked here: what it cannot render was posted so.
            raise not_whole() from error
        return html
