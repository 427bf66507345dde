"""Every course has a pigeonhole, and triggers count what lies in each (decision 0043)."""

from decimal import Decimal

import django.db.models.functions.comparison
from django.db import migrations, models

PRICE_GROUP = models.Case(
    models.When(price=0, then=models.Value("0")),
    models.When(currency="EUR", then=models.Value("1")),
    default=models.F("currency"),
)
STARS = models.Case(
    models.When(rating__gte=Decimal("4.5"), then=models.Value("4.5")),
    models.When(rating__gte=4, then=models.Value("4")),
    default=models.Value(""),
)
LENGTH = models.Case(
    models.When(minutes=0, then=models.Value("")),
    models.When(minutes__lt=180, then=models.Value("short")),
    models.When(minutes__lt=480, then=models.Value("medium")),
    default=models.Value("long"),
)
PIGEONHOLE = models.Func(
    django.db.models.functions.comparison.Coalesce(
        django.db.models.functions.comparison.Cast("category_id", models.TextField()),
        models.Value(""),
    ),
    "language",
    "level",
    PRICE_GROUP,
    STARS,
    LENGTH,
    template="(%(expressions)s)",
    arg_joiner=" || ' ' || ",
    output_field=models.TextField(),
)

# {changed}: rows of the catalogue with +1 or -1 as n. What changes no pigeonhole writes nothing.
COUNT = """
    WITH {before}changed AS ({changed}),
    moved AS (
        SELECT pigeonhole, category_id, language, level, price_group, stars, length, sum(n) AS n
        FROM changed WHERE listed GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING sum(n) <> 0
    ),
    holes AS (
        INSERT INTO storefront_pigeonhole
            (key, category_id, language, level, price_group, stars, length, courses)
        SELECT * FROM moved
    )
    INSERT INTO storefront_facetcount (facet, value, courses)
    SELECT facet, value, sum(n) FROM moved, LATERAL (VALUES
        ('total', 'all'),
        ('category', category_id::text),
        ('language', language),
        ('level', level),
        ('price', CASE WHEN price_group = '0' THEN 'free' ELSE 'paid' END),
        ('currency', nullif(price_group, '0')),
        ('rating', CASE WHEN stars <> '' THEN '4' END),
        ('rating', nullif(stars, '4')),
        ('length', length)
    ) AS told(facet, value)
    WHERE value <> ''
    GROUP BY facet, value HAVING sum(n) <> 0;
"""
TRIGGERS = {
    "insert": ("SELECT *, 1 AS n FROM fresh", "NEW TABLE AS fresh"),
    "delete": ("SELECT *, -1 AS n FROM stale", "OLD TABLE AS stale"),
    "update": (
        "SELECT *, 1 AS n FROM fresh UNION ALL SELECT *, -1 AS n FROM stale",
        "NEW TABLE AS fresh OLD TABLE AS stale",
    ),
}
TRIGGER = """
CREATE FUNCTION catalogue_counts_{event}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN {count}
    RETURN NULL;
END $$;
CREATE TRIGGER catalogue_counts_{event} AFTER {event} ON storefront_catalogueentry
    REFERENCING {tables} FOR EACH STATEMENT EXECUTE FUNCTION catalogue_counts_{event}();
"""
NO_TRIGGER = """
DROP TRIGGER catalogue_counts_{event} ON storefront_catalogueentry;
DROP FUNCTION catalogue_counts_{event}();
"""

# One statement sees one state of all three tables: what others change meanwhile has its own rows.
COUNT_AGAIN = """
CREATE FUNCTION catalogue_count_again() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('catalogue_count_again'));
    {count}
END $$;
"""
EMPTIED = """
    emptied AS (DELETE FROM storefront_pigeonhole),
    emptied_too AS (DELETE FROM storefront_facetcount),
    """

# A list of filters may name hundreds of pigeonholes: with one sample of them the planner does
# not look through a hundred for each, and knows all the same how few courses lie in one.
STATISTICS = """
ALTER TABLE storefront_catalogueentry ALTER COLUMN pigeonhole SET STATISTICS 1;
ALTER TABLE storefront_catalogueentry ALTER COLUMN pigeonhole SET (n_distinct = -0.05);
"""

# The matches of words, as many as are asked for, in all pigeonholes or in those that are named,
# which hold so many courses.
#
# A word that stands in most courses is found at once by looking through the popular ones; its
# list in the index of words is long, and is read to its end before the first course comes. Any
# other word is read from that index, or from the pigeonholes where these are few. Whether a word
# is so common, the planner tells. Where it errs (two words that never stand together), no more
# than a few thousand courses were looked through; what lies behind them comes from the index.
# Of the rest it is told nothing it could err about: no way through all courses is open to it, and
# pages cost little, because they are in memory.
MATCHES = """
CREATE FUNCTION catalogue_matches(asked tsquery, holes text[], within bigint, most integer)
RETURNS TABLE (
    course_id integer, students integer, category_id integer, language varchar, level varchar,
    price_group varchar, stars varchar, length varchar
)
LANGUAGE plpgsql VOLATILE ROWS 1000
SET enable_seqscan = off SET enable_indexscan = on SET plan_cache_mode = force_custom_plan
SET seq_page_cost = 0.1 SET random_page_cost = 0.1
AS $$
DECLARE
    every real;
    plan json;
    looked_through CONSTANT integer := 4 * most;
    found integer := 0;
    last_students integer;
    last_course integer;
BEGIN
    SELECT reltuples INTO every FROM pg_class WHERE oid = 'storefront_catalogueentry'::regclass;
    EXECUTE format(
        'EXPLAIN (FORMAT JSON) SELECT FROM storefront_catalogueentry WHERE search @@ %L', asked
    ) INTO plan;
    IF (plan->0->'Plan'->>'Plan Rows')::real * coalesce(within / nullif(every, 0), 1) > 0.4 * every THEN
        RETURN QUERY
        SELECT e.course_id, e.students, e.category_id::integer, e.language, e.level,
            e.price_group, e.stars, e.length
        FROM (
            SELECT * FROM storefront_catalogueentry entry WHERE entry.listed
            ORDER BY entry.students DESC, entry.course_id DESC LIMIT looked_through
        ) e
        WHERE e.search @@ asked
            AND (holes IS NULL OR (e.pigeonhole IN (SELECT unnest(holes))) IS TRUE)
        LIMIT most;
        GET DIAGNOSTICS found = ROW_COUNT;
        IF found = most THEN
            RETURN;
        END IF;
        SELECT e.students, e.course_id INTO last_students, last_course
        FROM storefront_catalogueentry e WHERE e.listed
        ORDER BY e.students DESC, e.course_id DESC OFFSET looked_through - 1 LIMIT 1;
        IF last_course IS NULL THEN
            RETURN;
        END IF;
    END IF;
    PERFORM set_config('enable_indexscan', 'off', true);
    RETURN QUERY
    SELECT e.course_id, e.students, e.category_id::integer, e.language, e.level, e.price_group,
        e.stars, e.length
    FROM storefront_catalogueentry e
    WHERE e.listed AND e.search @@ asked AND (holes IS NULL OR e.pigeonhole = ANY(holes))
        AND (last_course IS NULL OR (e.students, e.course_id) < (last_students, last_course))
    LIMIT most - found;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("storefront", "0020_lists_in_their_order")]

    operations = [
        migrations.CreateModel(
            name="FacetCount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("facet", models.CharField(max_length=10)),
                ("value", models.CharField(max_length=12)),
                ("courses", models.IntegerField()),
            ],
        ),
        migrations.CreateModel(
            name="Pigeonhole",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("key", models.TextField()),
                ("category_id", models.IntegerField(null=True)),
                ("language", models.CharField(max_length=2)),
                ("level", models.CharField(max_length=12)),
                ("price_group", models.CharField(max_length=3)),
                ("stars", models.CharField(max_length=3)),
                ("length", models.CharField(max_length=6)),
                ("courses", models.IntegerField()),
            ],
        ),
        migrations.AddField(
            model_name="catalogueentry",
            name="stars",
            field=models.GeneratedField(
                db_persist=True, expression=STARS, output_field=models.CharField(max_length=3)
            ),
        ),
        migrations.AddField(
            model_name="catalogueentry",
            name="length",
            field=models.GeneratedField(
                db_persist=True, expression=LENGTH, output_field=models.CharField(max_length=6)
            ),
        ),
        migrations.AddField(
            model_name="catalogueentry",
            name="pigeonhole",
            field=models.GeneratedField(
                db_persist=True, expression=PIGEONHOLE, output_field=models.TextField()
            ),
        ),
        migrations.AddIndex(
            model_name="catalogueentry",
            index=models.Index(
                condition=models.Q(("completions__gt", 0), ("listed", True)),
                fields=["-completions", "-course"],
                name="catalogue_finished",
            ),
        ),
        migrations.AddIndex(
            model_name="catalogueentry",
            index=models.Index(
                condition=models.Q(("listed", True)),
                fields=["pigeonhole"],
                name="catalogue_pigeonholes",
            ),
        ),
        *(
            migrations.RunSQL(
                TRIGGER.format(
                    event=event, count=COUNT.format(before="", changed=changed), tables=tables
                ),
                NO_TRIGGER.format(event=event),
            )
            for event, (changed, tables) in TRIGGERS.items()
        ),
        migrations.RunSQL(
            COUNT_AGAIN.format(
                count=COUNT.format(
                    before=EMPTIED, changed="SELECT *, 1 AS n FROM storefront_catalogueentry"
                )
            ),
            "DROP FUNCTION catalogue_count_again()",
        ),
        migrations.RunSQL("SELECT catalogue_count_again()", migrations.RunSQL.noop),
        migrations.RunSQL(STATISTICS, migrations.RunSQL.noop),
        migrations.RunSQL(
            MATCHES, "DROP FUNCTION catalogue_matches(tsquery, text[], bigint, integer)"
        ),
    ]
