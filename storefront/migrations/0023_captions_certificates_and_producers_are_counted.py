"""Count captions, certificates and producers beside the other features (decision 0045)."""

from decimal import Decimal

import django.db.models.functions.comparison
from django.db import migrations, models
from django.utils import timezone

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
    "certificate",
    "captions",
    template="(%(expressions)s)",
    arg_joiner=" || ' ' || ",
    output_field=models.TextField(),
)

# {changed}: rows of the catalogue with +1 or -1 as n. What changes no pigeonhole writes nothing.
COUNT = """
    WITH {before}changed AS ({changed}),
    moved AS (
        SELECT pigeonhole, category_id, language, level, price_group, stars, length,
            certificate, captions, sum(n) AS n
        FROM changed
        WHERE listed
        GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9 HAVING sum(n) <> 0
    ),
    holes AS (
        INSERT INTO storefront_pigeonhole
            (key, category_id, language, level, price_group, stars, length, certificate,
            captions, courses)
        SELECT * FROM moved
    )
    INSERT INTO storefront_facetcount (facet, value, courses)
    SELECT facet, value, sum(n) FROM moved, LATERAL (SELECT * FROM (VALUES
        ('total', 'all'),
        ('category', category_id::text),
        ('language', language),
        ('level', level),
        ('price', CASE WHEN price_group = '0' THEN 'free' ELSE 'paid' END),
        ('currency', nullif(price_group, '0')),
        ('rating', CASE WHEN stars <> '' THEN '4' END),
        ('rating', nullif(stars, '4')),
        ('length', length),
        ('certificate', certificate)
    ) AS fixed(facet, value) UNION ALL SELECT 'captions', unnest(string_to_array(captions, ' '))
    ) AS told(facet, value)
    WHERE value <> ''
    GROUP BY facet, value HAVING sum(n) <> 0;
"""
CHANGED = {
    "insert": "SELECT *, 1 AS n FROM fresh",
    "delete": "SELECT *, -1 AS n FROM stale",
    "update": "SELECT *, 1 AS n FROM fresh UNION ALL SELECT *, -1 AS n FROM stale",
}
# The triggers stand; what they do is written anew.
TRIGGER = """
CREATE OR REPLACE FUNCTION catalogue_counts_{event}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN {count}
    RETURN NULL;
END $$;
"""
COUNT_AGAIN = """
CREATE OR REPLACE FUNCTION catalogue_count_again() RETURNS void LANGUAGE plpgsql AS $$
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
# which hold so many courses; of all producers or of those that are named, which have few.
#
# A word that stands in most courses is found at once by looking through the popular ones; its
# list in the index of words is long, and is read to its end before the first course comes. Any
# other word is read from that index, or from the pigeonholes where these are few. Whether a word
# is so common, the planner tells. Where it errs (two words that never stand together), no more
# than a few thousand courses were looked through; what lies behind them comes from the index.
# Of the rest it is told nothing it could err about: no way through all courses is open to it, and
# pages cost little, because they are in memory.
MATCHES = """
CREATE FUNCTION catalogue_matches(
    asked tsquery, holes text[], within bigint, producers uuid[], most integer
) RETURNS TABLE (
    course_id integer, students integer, category_id integer, language varchar, level varchar,
    price_group varchar, stars varchar, length varchar, certificate varchar,
    captions varchar, producer_id uuid
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
    IF producers IS NULL AND (plan->0->'Plan'->>'Plan Rows')::real
        * coalesce(within / nullif(every, 0), 1) > 0.4 * every
    THEN
        RETURN QUERY
        SELECT e.course_id, e.students, e.category_id::integer, e.language, e.level,
            e.price_group, e.stars, e.length, e.certificate, e.captions, e.producer_id
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
        e.stars, e.length, e.certificate, e.captions, e.producer_id
    FROM storefront_catalogueentry e
    WHERE e.listed AND e.search @@ asked AND (holes IS NULL OR e.pigeonhole = ANY(holes))
        AND (producers IS NULL OR e.producer_id = ANY(producers))
        AND (last_course IS NULL OR (e.students, e.course_id) < (last_students, last_course))
    LIMIT most - found;
END $$;
"""


def promise(apps, schema_editor):
    """What is told of captions and certificates is read from the lessons of each course."""
    if not apps.get_model("storefront", "CatalogueEntry").objects.exists():
        return
    Promise = apps.get_model("courses", "Promise")
    Promise.objects.bulk_create(
        [Promise(key="all-entries", name="storefront.refresh_all_entries", due_at=timezone.now())],
        ignore_conflicts=True,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0021_releases_know_their_captions"),
        ("storefront", "0022_covers_come_in_widths"),
    ]

    operations = [
        migrations.AlterField(
            model_name="facetcount", name="facet", field=models.CharField(max_length=12)
        ),
        migrations.AddField(
            model_name="pigeonhole",
            name="certificate",
            field=models.CharField(default="lessons", max_length=8),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="pigeonhole",
            name="captions",
            field=models.CharField(default="", max_length=600),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="catalogueentry",
            name="certificate",
            field=models.CharField(
                choices=[("quizzes", "Quizzes passed"), ("lessons", "Lessons completed")],
                default="lessons",
                max_length=8,
            ),
        ),
        migrations.AddField(
            model_name="catalogueentry",
            name="captions",
            field=models.CharField(
                blank=True,
                default="",
                help_text="Languages in which each film has captions, with spaces between.",
                max_length=600,
            ),
            preserve_default=False,
        ),
        migrations.RemoveIndex(model_name="catalogueentry", name="catalogue_pigeonholes"),
        migrations.RemoveField(model_name="catalogueentry", name="pigeonhole"),
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
                condition=models.Q(("listed", True)),
                fields=["pigeonhole"],
                name="catalogue_pigeonholes",
            ),
        ),
        migrations.AddIndex(
            model_name="catalogueentry",
            index=models.Index(
                condition=models.Q(("listed", True)),
                fields=["producer", "-students", "-course"],
                name="catalogue_by_producer",
            ),
        ),
        *(
            migrations.RunSQL(
                TRIGGER.format(event=event, count=COUNT.format(before="", changed=changed))
            )
            for event, changed in CHANGED.items()
        ),
        migrations.RunSQL(
            COUNT_AGAIN.format(
                count=COUNT.format(
                    before=EMPTIED, changed="SELECT *, 1 AS n FROM storefront_catalogueentry"
                )
            )
        ),
        migrations.RunSQL("SELECT catalogue_count_again()"),
        migrations.RunSQL(STATISTICS),
        migrations.RunSQL("DROP FUNCTION catalogue_matches(tsquery, text[], bigint, integer)"),
        migrations.RunSQL(MATCHES),
        migrations.RunPython(promise, migrations.RunPython.noop),
    ]
