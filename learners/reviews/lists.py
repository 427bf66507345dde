"""Reviews as a list."""

from django.utils.translation import gettext_lazy as _

from learners.models import Review
from learners.records.lists import OwnCourseFilter, OwnRecords


class ReviewAdmin(OwnRecords):
    model = Review
    menu_label = _("Reviews")
    menu_icon = "comment"
    list_display = ("learner", "email", "course", "rating", "content", "created_at")
    list_filter = ("rating", OwnCourseFilter, "created_at")
    list_select_related = ("user", "course")
    inspect_view_fields = ("course", "rating", "content", "created_at", "updated_at")
    ordering = ("-created_at", "pk")
    export_filename = "reviews"
    list_export = ("learner", "email", "course", "rating", "content", "created_at")
