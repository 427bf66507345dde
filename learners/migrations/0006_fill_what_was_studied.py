"""Fill what was ever studied from what stands as done, and from quizzes that were passed.

A lesson without a quiz that was taken back before today left no trace and cannot be filled.
"""

from django.db import migrations

DONE = """
UPDATE learners_lessonprogress
SET first_completed_at = coalesce(completion_date, last_accessed, now())
WHERE status = 'completed' AND first_completed_at IS NULL
"""
PASSED = """
UPDATE learners_lessonprogress AS lesson SET first_completed_at = passed.at
FROM (
    SELECT enrollment_id, lesson_id, min(created_at) AS at
    FROM learners_quizattempt WHERE passed GROUP BY enrollment_id, lesson_id
) AS passed
WHERE passed.enrollment_id = lesson.enrollment_id
  AND passed.lesson_id = lesson.lesson_id
  AND lesson.first_completed_at IS NULL
"""
# As learners.enrollment.studied counts: done ever, of the current lessons and those done.
PERCENT = """
WITH current AS (
    SELECT release.course_id, item.page_id
    FROM courses_releaseitem AS item
    JOIN courses_courserelease AS release ON release.id = item.release_id
    WHERE release.status = 'current' AND item.kind = 'lesson'
), ever AS (
    SELECT enrollment.id, enrollment.course_id, count(*) AS done,
           count(*) FILTER (WHERE current.page_id IS NULL) AS gone
    FROM learners_lessonprogress AS lesson
    JOIN learners_enrollment AS enrollment ON enrollment.id = lesson.enrollment_id
    LEFT JOIN current
      ON current.course_id = enrollment.course_id AND current.page_id = lesson.lesson_id
    WHERE lesson.first_completed_at IS NOT NULL
    GROUP BY enrollment.id, enrollment.course_id
), total AS (
    SELECT course_id, count(*) AS lessons FROM current GROUP BY course_id
)
UPDATE learners_enrollment AS enrollment
SET studied_percent = 100 * ever.done / (coalesce(total.lessons, 0) + ever.gone)
FROM ever LEFT JOIN total ON total.course_id = ever.course_id
WHERE ever.id = enrollment.id
"""


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0006_categories_have_a_pattern"),
        ("learners", "0005_what_was_ever_studied"),
    ]

    operations = [
        migrations.RunSQL(statement, migrations.RunSQL.noop)
        for statement in (DONE, PASSED, PERCENT)
    ]
