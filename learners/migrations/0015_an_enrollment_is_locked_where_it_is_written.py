from django.db import migrations

# Each statement of a function sees what is committed by then. So the release is as of a time when
# the enrollment is locked, though the statement that calls it began before: decision 0052.
FUNCTION = """
CREATE FUNCTION learners_is_followed(of_enrollment uuid, to_release bigint) RETURNS boolean
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    PERFORM FROM learners_enrollment WHERE id = of_enrollment FOR UPDATE;
    RETURN EXISTS (
        SELECT FROM courses_courserelease WHERE id = to_release AND status = 'current');
END $$
"""


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0028_files_and_collections_in_their_order"),
        ("learners", "0014_people_are_listed_in_their_order"),
    ]

    operations = [migrations.RunSQL(FUNCTION, "DROP FUNCTION learners_is_followed(uuid, bigint)")]
