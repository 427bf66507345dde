"""What the search field suggests while somebody types is read from indexes of its own."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models

# Courses whose titles, and producers whose names, have words that begin as asked for.
#
# Most words that people begin stand in the title of some popular course: of those the first are
# taken as they come, in their order. Only where too few of these answer, the index of words is
# read, of which no more than a bounded number is put in order. What is near the end of that index
# may be left out; it is a suggestion, and the search itself finds it.
SUGGESTIONS = """
CREATE FUNCTION catalogue_suggestions(
    titles tsquery, names tsquery, looked_through integer, candidates integer,
    most_courses integer, most_producers integer
) RETURNS TABLE (kind text, key text, label varchar, language varchar)
LANGUAGE plpgsql VOLATILE ROWS 10
SET enable_seqscan = off SET enable_indexscan = on SET plan_cache_mode = force_custom_plan
SET seq_page_cost = 0.1 SET random_page_cost = 0.1
AS $$
DECLARE
    found integer;
    last_students integer;
    last_course integer;
BEGIN
    RETURN QUERY
    SELECT 'course', e.slug::text, e.title, e.language
    FROM (
        SELECT * FROM storefront_catalogueentry entry WHERE entry.listed
        ORDER BY entry.students DESC, entry.course_id DESC LIMIT looked_through
    ) e
    WHERE e.title_words @@ titles LIMIT most_courses;
    GET DIAGNOSTICS found = ROW_COUNT;
    IF found < most_courses THEN
        SELECT e.students, e.course_id INTO last_students, last_course
        FROM storefront_catalogueentry e WHERE e.listed
        ORDER BY e.students DESC, e.course_id DESC OFFSET looked_through - 1 LIMIT 1;
    END IF;
    -- From here on by the indexes of words: these are read as a bitmap. It ends with the function,
    -- because that says itself how it begins.
    PERFORM set_config('enable_indexscan', 'off', true);
    IF last_course IS NOT NULL THEN
        RETURN QUERY
        SELECT 'course', e.slug::text, e.title, e.language
        FROM (
            SELECT * FROM storefront_catalogueentry entry
            WHERE entry.listed AND entry.title_words @@ titles LIMIT candidates
        ) e
        WHERE (e.students, e.course_id) < (last_students, last_course)
        ORDER BY e.students DESC, e.course_id DESC LIMIT most_courses - found;
    END IF;
    RETURN QUERY
    SELECT 'producer', e.producer_id::text, max(e.producer_name)::varchar, ''::varchar
    FROM (
        SELECT * FROM storefront_catalogueentry entry
        WHERE entry.listed AND entry.producer_words @@ names LIMIT candidates
    ) e
    GROUP BY e.producer_id ORDER BY sum(e.students) DESC, e.producer_id LIMIT most_producers;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("storefront", "0023_captions_certificates_and_producers_are_counted")]

    operations = [
        migrations.AddField(
            model_name="catalogueentry",
            name="title_words",
            field=models.GeneratedField(
                db_persist=True,
                expression=models.Func(
                    "search",
                    function="ts_filter",
                    template="%(function)s(%(expressions)s, '{a}')",
                ),
                output_field=django.contrib.postgres.search.SearchVectorField(),
            ),
        ),
        migrations.AddField(
            model_name="catalogueentry",
            name="producer_words",
            field=django.contrib.postgres.search.SearchVectorField(editable=False, null=True),
        ),
        migrations.AddIndex(
            model_name="catalogueentry",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("listed", True)),
                fields=["title_words"],
                name="catalogue_titles",
            ),
        ),
        migrations.AddIndex(
            model_name="catalogueentry",
            index=django.contrib.postgres.indexes.GinIndex(
                condition=models.Q(("listed", True)),
                fields=["producer_words"],
                name="catalogue_names",
            ),
        ),
        migrations.RunSQL(
            SUGGESTIONS,
            "DROP FUNCTION"
            " catalogue_suggestions(tsquery, tsquery, integer, integer, integer, integer)",
        ),
    ]
