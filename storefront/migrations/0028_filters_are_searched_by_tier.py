from django.db import migrations, models

# Of each tier the courses of a choice of filters have an index, beside that of its words. The
# planner takes the shorter of the two, for it knows how many courses lie in each pigeonhole: a
# level leaves a thousand of the most popular courses, a rare word ten.
STATISTICS = """
ALTER TABLE storefront_catalogueentry ALTER COLUMN pigeonhole SET STATISTICS 100;
ALTER TABLE storefront_catalogueentry ALTER COLUMN pigeonhole RESET (n_distinct);
ANALYZE storefront_catalogueentry (pigeonhole, tier);
"""

# The matches of words within pigeonholes (any, where none are named) and of producers. Those of the
# most popular courses come first and all of them; the others until there are ``most``, and the next
# tier is opened only where those before it had too few.
#
# No way through all courses is open to the planner, and pages cost little, because they are in
# memory.
MATCHES = """
CREATE FUNCTION catalogue_matches(
    asked tsquery, holes text[], producers uuid[], most integer
) RETURNS TABLE (course_id integer, students integer, pigeonhole text, producer_id uuid)
LANGUAGE plpgsql VOLATILE ROWS 1000
SET enable_seqscan = off SET enable_indexscan = off SET plan_cache_mode = force_custom_plan
SET seq_page_cost = 0.1 SET random_page_cost = 0.1
AS $$
DECLARE
    found integer := 0;
    more integer;
BEGIN
    FOR part IN 0..2 LOOP
        RETURN QUERY
        SELECT e.course_id, e.students, e.pigeonhole, e.producer_id
        FROM storefront_catalogueentry e
        WHERE e.listed AND e.tier = part AND e.search @@ asked
            AND (holes IS NULL OR e.pigeonhole = ANY(holes))
            AND (producers IS NULL OR e.producer_id = ANY(producers))
        LIMIT CASE WHEN part > 0 THEN most - found END;
        GET DIAGNOSTICS more = ROW_COUNT;
        found := found + more;
        IF found >= most THEN
            RETURN;
        END IF;
    END LOOP;
END $$;
"""
BEFORE = "DROP FUNCTION catalogue_matches(tsquery, text[], bigint, uuid[], integer)"


class Migration(migrations.Migration):
    dependencies = [("storefront", "0027_popular_courses_are_searched_first")]

    operations = [
        *(
            migrations.AddIndex(
                model_name="catalogueentry",
                index=models.Index(
                    condition=models.Q(("listed", True), ("tier", tier)),
                    fields=["pigeonhole"],
                    name=f"catalogue_holes_{tier}",
                ),
            )
            for tier in (0, 1, 2)
        ),
        migrations.RunSQL(STATISTICS),
        migrations.RunSQL(BEFORE),
        migrations.RunSQL(MATCHES),
    ]
