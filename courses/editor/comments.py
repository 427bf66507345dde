"""Comments of the team beside the text they are about: on fields, and on blocks of a lesson.

Whoever may open the page's editor reads and writes them. They are rows of their own, not part of
what a release pins (``courses.drafts.digest``); who is told of them is bent in
``courses.wagtail_bends``. Moderators write theirs beside the submission
(``courses.moderation.comments``).
"""

from typing import Any

from wagtail.admin.forms.comments import CommentForm
from wagtail.admin.panels import CommentPanel
from wagtail.models import COMMENTS_RELATION_NAME

from courses.shapes.comments import check_path, check_position


class PlacedComment(CommentForm):
    """Looks at where the comment is said to stand before anything believes it."""

    def clean_contentpath(self) -> str:
        return check_path(self.cleaned_data["contentpath"])

    def clean_position(self) -> str:
        return check_position(self.cleaned_data["position"])


class PlacedComments(CommentPanel):
    def get_form_options(self) -> dict[str, Any]:
        options: dict[str, Any] = super().get_form_options()
        options["formsets"][COMMENTS_RELATION_NAME]["form"] = PlacedComment
        return options
