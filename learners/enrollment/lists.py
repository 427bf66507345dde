"""Who studies and how far they got, as lists."""

from django.contrib.admin import display
from django.utils.translation import gettext_lazy as _

from courses.wording.shares import format_share
from learners.models import Enrollment, LessonProgress
from learners.records.lists import OwnCourseFilter, OwnRecords


class EnrollmentAdmin(OwnRecords):
    model = Enrollment
    menu_label = _("Learners")
    nothing_yet = _("Nobody learns here yet. Whoever begins one of the courses stands here.")
    menu_icon = "group"
    list_display = ("learner", "email", "course", "status", "done", "purchased_at", "completed_at")
    list_filter = ("status", OwnCourseFilter, "purchased_at")
    list_select_related = ("user", "course")
    inspect_view_fields = ("course", "status", "purchased_at", "completed_at", "refunded_at")
    ordering = ("-purchased_at", "pk")
    export_filename = "learners"
    list_export = (
        *("learner", "email", "course", "status", "done", "purchased_at"),
        *("completed_at", "refunded_at", "last_accessed"),
    )

    @display(description=_("Learner"), ordering="user__name")
    def learner(self, enrollment: Enrollment) -> str:
        return super().learner(enrollment)

    @display(description=_("Done"))
    def done(self, enrollment: Enrollment) -> str:
        return format_share(enrollment.progress.get("percent", 0))


class LessonProgressAdmin(OwnRecords):
    model = LessonProgress
    menu_label = _("Lesson progress")
    nothing_yet = _("No lesson was begun yet.")
    menu_icon = "tasks"
    course_path = "enrollment__course"
    user_path = "enrollment__user"
    list_display = ("learner", "email", "course", "lesson", "status", "completion_date")
    list_filter = ("status", OwnCourseFilter, "completion_date")
    list_select_related = ("enrollment__user", "enrollment__course", "lesson")
    inspect_view_fields = ("lesson", "status", "completion_date", "last_accessed")
    # What was done last. An index on ``last_accessed`` would be written with every second that a
    # film plays on.
    ordering = ("-completion_date", "pk")
    empty_last = ("completion_date",)
    export_filename = "lesson-progress"
    list_export = (
        *("learner", "email", "course", "lesson", "status", "completion_date"),
        "last_accessed",
    )

    @display(description=_("Course"))
    def course(self, progress: LessonProgress) -> str:
        return progress.enrollment.course.title
