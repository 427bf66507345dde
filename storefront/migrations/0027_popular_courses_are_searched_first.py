import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models

# The matches of words within pigeonholes (any, where none are named), which hold so many courses,
# and of producers. Those of the most popular courses come first and all of them; the others until
# there are ``most``.
#
# The list of a common word in an index is long, and is read to its end before the first course
# comes. So there are three indexes, of few courses, of more and of the rest, and the next is
# opened only where those before it had too few. What lies in few pigeonholes is read from these or
# from the words, whichever the planner takes for shorter. In many it is words alone that lead
# to courses: ``IS TRUE`` keeps the planner from reading a quarter of them to be told their level.
#
# No way through all courses is open to it, and pages cost little, because they are in memory.
MATCHES = """
CREATE FUNCTION catalogue_matches(
    asked tsquery, holes text[], within bigint, producers uuid[], most integer
) RETURNS TABLE (course_id integer, students integer, pigeonhole text, producer_id uuid)
LANGUAGE plpgsql VOLATILE ROWS 1000
SET enable_seqscan = off SET enable_indexscan = off SET plan_cache_mode = force_custom_plan
SET seq_page_cost = 0.1 SET random_page_cost = 0.1
AS $$
DECLARE
    found integer := 0;
    more integer;
BEGIN
    IF within <= 2 * most THEN
        RETURN QUERY
        SELECT e.course_id, e.students, e.pigeonhole, e.producer_id
        FROM storefront_catalogueentry e
        WHERE e.listed AND e.search @@ asked AND e.pigeonhole = ANY(holes)
            AND (producers IS NULL OR e.producer_id = ANY(producers));
        RETURN;
    END IF;
    FOR part IN 0..2 LOOP
        RETURN QUERY
        SELECT e.course_id, e.students, e.pigeonhole, e.producer_id
        FROM storefront_catalogueentry e
        WHERE e.listed AND e.tier = part AND e.search @@ asked
            AND (holes IS NULL OR (e.pigeonhole IN (SELECT unnest(holes))) IS TRUE)
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
# As ``storefront.catalogue.tiers`` does every hour.
PARTED = """
UPDATE storefront_catalogueentry entry SET tier = parted.tier FROM (
    SELECT course_id, CASE WHEN row_number() OVER popular <= 4000 THEN 0
        WHEN row_number() OVER popular <= 30000 THEN 1 ELSE 2 END AS tier
    FROM storefront_catalogueentry WHERE listed
    WINDOW popular AS (ORDER BY students DESC, course_id DESC)
) parted WHERE entry.course_id = parted.course_id AND entry.tier <> parted.tier
"""


class Migration(migrations.Migration):
    dependencies = [
        ("storefront", "0026_synonyms"),
    ]

    operations = [
        migrations.AddField(
            model_name="catalogueentry",
            name="tier",
            field=models.PositiveSmallIntegerField(
                default=2,
                help_text="0: among the most popular courses, 1: the next, 2: the others and new ones.",
            ),
        ),
        migrations.RunSQL(PARTED, migrations.RunSQL.noop),
        migrations.RemoveIndex(model_name="catalogueentry", name="catalogue_search"),
        *(
            migrations.AddIndex(
                model_name="catalogueentry",
                index=django.contrib.postgres.indexes.GinIndex(
                    condition=models.Q(("listed", True), ("tier", tier)),
                    fields=["search"],
                    name=f"catalogue_search_{tier}",
                ),
            )
            for tier in (0, 1, 2)
        ),
        migrations.RunSQL(BEFORE),
        migrations.RunSQL(MATCHES),
    ]
