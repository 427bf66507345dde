"""What a search reads of a course stands in narrow rows, one table a tier (decision 0061)."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
from django.db import migrations, models

# A search reads up to some thousand of these rows, so they are short and those of one tier lie side
# by side: the words lie elsewhere, which nobody reads but who looks for two that follow each other.
# Without room on its page a row whose learners are counted would move.
TABLE = """
CREATE TABLE storefront_findable (
    course_id integer NOT NULL,
    tier smallint NOT NULL CHECK (tier >= 0),
    students integer NOT NULL CHECK (students >= 0),
    pigeonhole text NOT NULL,
    producer_id uuid,
    search tsvector,
    ballast text GENERATED ALWAYS AS (repeat(' ', 2048)) STORED,
    PRIMARY KEY (course_id, tier)
) PARTITION BY LIST (tier);
"""
PARTITION = """
CREATE TABLE storefront_findable_{tier} PARTITION OF storefront_findable FOR VALUES IN ({tier})
    WITH (toast_tuple_target = 128, fillfactor = 80);
"""
OUTSIDE = """
ALTER TABLE storefront_findable
    ALTER COLUMN search SET STORAGE EXTERNAL, ALTER COLUMN pigeonhole SET STORAGE PLAIN,
    ALTER COLUMN ballast SET STORAGE MAIN;
"""
COLUMNS = "course_id, tier, students, pigeonhole, producer_id, search"
FILL = f"""
INSERT INTO storefront_findable ({COLUMNS}) SELECT {COLUMNS} FROM storefront_catalogueentry
    WHERE listed ORDER BY tier, students DESC, course_id DESC;
"""

# Whoever changes a course holds its row in the catalogue, so nobody else writes these meanwhile.
# Words that are the same stay where they lie. A plan that was made while there were few courses, and
# looks at all of them, would be kept while they become many.
TRIGGER = """
CREATE FUNCTION catalogue_findable() RETURNS trigger LANGUAGE plpgsql
SET enable_seqscan = off SET enable_bitmapscan = off
AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND OLD.listed AND (TG_OP = 'DELETE' OR NOT NEW.listed) THEN
        DELETE FROM storefront_findable WHERE course_id = OLD.course_id AND tier = OLD.tier;
    ELSIF TG_OP <> 'DELETE' AND NEW.listed THEN
        IF TG_OP = 'UPDATE' AND OLD.listed THEN
            UPDATE storefront_findable found SET
                tier = NEW.tier, students = NEW.students, pigeonhole = NEW.pigeonhole,
                producer_id = NEW.producer_id, search = CASE
                    WHEN NEW.search IS DISTINCT FROM OLD.search THEN NEW.search ELSE found.search
                END
            WHERE course_id = OLD.course_id AND tier = OLD.tier;
            IF FOUND THEN
                RETURN NULL;
            END IF;
        END IF;
        INSERT INTO storefront_findable (course_id, tier, students, pigeonhole, producer_id, search)
        VALUES (NEW.course_id, NEW.tier, NEW.students, NEW.pigeonhole, NEW.producer_id, NEW.search)
        ON CONFLICT (course_id, tier) DO UPDATE SET
            students = excluded.students, pigeonhole = excluded.pigeonhole,
            producer_id = excluded.producer_id, search = excluded.search;
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER catalogue_findable AFTER INSERT OR DELETE ON storefront_catalogueentry
    FOR EACH ROW EXECUTE FUNCTION catalogue_findable();
CREATE TRIGGER catalogue_findable_update AFTER UPDATE ON storefront_catalogueentry
    FOR EACH ROW WHEN (
        (OLD.listed, OLD.tier, OLD.students, OLD.pigeonhole, OLD.producer_id, OLD.search)
        IS DISTINCT FROM
        (NEW.listed, NEW.tier, NEW.students, NEW.pigeonhole, NEW.producer_id, NEW.search)
    ) EXECUTE FUNCTION catalogue_findable();
"""
NO_TRIGGER = """
DROP TRIGGER catalogue_findable ON storefront_catalogueentry;
DROP TRIGGER catalogue_findable_update ON storefront_catalogueentry;
DROP FUNCTION catalogue_findable();
"""

# For whoever fills the catalogue with triggers switched off. Nobody changes a course meanwhile.
FIND_AGAIN = f"""
CREATE FUNCTION catalogue_find_again() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    LOCK TABLE storefront_catalogueentry IN SHARE ROW EXCLUSIVE MODE;
    DELETE FROM storefront_findable;
    {FILL}
END $$;
"""

# The matches of words within pigeonholes (any, where none are named) and of producers. Those of the
# most popular courses come first and all of them; the others until there are ``most``, and the next
# tier is opened only where those before it had too few.
#
# Words lead to courses, and where these lie is read beside them: a row takes 0.2 microseconds, its
# words, which lie elsewhere, take 6. Where the pigeonholes hold few courses, these may lead, too,
# and the planner is told that words are dear; else ``IS TRUE`` keeps it from taking them.
#
# No way through all courses is open to it, and pages cost little, because they are in memory.
MATCHES = """
CREATE FUNCTION catalogue_matches(
    asked tsquery, holes text[], producers uuid[], most integer
) RETURNS TABLE (course_id integer, students integer, pigeonhole text, producer_id uuid)
LANGUAGE plpgsql VOLATILE ROWS 1000
SET enable_seqscan = off SET enable_indexscan = off SET plan_cache_mode = force_custom_plan
SET seq_page_cost = 0.1 SET random_page_cost = 0.1 SET cpu_operator_cost = 0.05
AS $$
DECLARE
    found integer := 0;
    more integer;
    few boolean := false;
BEGIN
    IF holes IS NOT NULL THEN
        SELECT coalesce(sum(courses), 0) <= 2 * most INTO few
        FROM storefront_pigeonhole WHERE key = ANY(holes);
    END IF;
    FOR part IN 0..2 LOOP
        RETURN QUERY
        SELECT e.course_id, e.students, e.pigeonhole, e.producer_id
        FROM storefront_findable e
        WHERE e.tier = part AND e.search @@ asked
            AND (NOT few OR e.pigeonhole = ANY(holes))
            AND (few OR holes IS NULL OR (e.pigeonhole = ANY(holes)) IS TRUE)
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
INDEXES = [
    django.contrib.postgres.indexes.GinIndex(
        fields=["search"], name="findable_words", fastupdate=False
    ),
    models.Index(fields=["pigeonhole"], name="findable_pigeonholes"),
    models.Index(fields=["producer_id"], name="findable_producers"),
]


class Migration(migrations.Migration):
    dependencies = [("storefront", "0027_popular_courses_are_searched_first")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(TABLE, "DROP TABLE storefront_findable"),
                *(
                    migrations.RunSQL(PARTITION.format(tier=tier), migrations.RunSQL.noop)
                    for tier in (0, 1, 2)
                ),
                migrations.RunSQL(OUTSIDE, migrations.RunSQL.noop),
                migrations.RunSQL(FILL, migrations.RunSQL.noop),
            ],
            state_operations=[
                migrations.CreateModel(
                    name="Findable",
                    fields=[
                        (
                            "course",
                            models.OneToOneField(
                                db_constraint=False,
                                on_delete=django.db.models.deletion.DO_NOTHING,
                                primary_key=True,
                                related_name="+",
                                serialize=False,
                                to="storefront.catalogueentry",
                            ),
                        ),
                        ("tier", models.PositiveSmallIntegerField()),
                        ("students", models.PositiveIntegerField()),
                        ("pigeonhole", models.TextField()),
                        ("producer_id", models.UUIDField(null=True)),
                        (
                            "search",
                            django.contrib.postgres.search.SearchVectorField(null=True),
                        ),
                        (
                            "ballast",
                            models.GeneratedField(
                                db_persist=True,
                                expression=models.Func(
                                    models.Value(" "), models.Value(2048), function="repeat"
                                ),
                                output_field=models.TextField(),
                            ),
                        ),
                    ],
                ),
            ],
        ),
        *(migrations.AddIndex(model_name="findable", index=index) for index in INDEXES),
        migrations.RunSQL("ANALYZE storefront_findable", migrations.RunSQL.noop),
        migrations.RunSQL(TRIGGER, NO_TRIGGER),
        migrations.RunSQL(FIND_AGAIN, "DROP FUNCTION catalogue_find_again()"),
        migrations.RunSQL(BEFORE),
        migrations.RunSQL(MATCHES),
        *(
            migrations.RemoveIndex(model_name="catalogueentry", name=f"catalogue_search_{tier}")
            for tier in (0, 1, 2)
        ),
    ]
