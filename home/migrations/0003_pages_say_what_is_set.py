"""Plain pages show what is set today; those that nobody has edited get the text that says so.

They typed thirty days, 85 % and the name of the seller. A page that somebody has written on is
left as it is.
"""

from hashlib import sha256

import wagtail.fields
from django.db import migrations, models
from django.utils import timezone

from home.founding import founding_text

# What a site was founded with until now.
FOUNDED = {
    "privacy": "740a52188c9dd287b508fd622ab4e403cdf9d26920eab67e19a819fbfbc62ebc",
    "refunds": "89b0a7923c5909ce37b0e2912abe3020ad70b7f423e8c09c22f7532f37f20482",
    "terms": "8b2bd035c2a9d8c8a420a6d5b63c685aa05eb463c38ffe540437481b774bac02",
}
PROMISED = "Read the first chapter of any course. Buy it once and keep it."
PROMISES = "Read open lessons before you buy. Buy once and keep it."


def say_what_is_set(apps, schema_editor):
    PlainPage = apps.get_model("home", "PlainPage")
    HomePage = apps.get_model("home", "HomePage")
    revisions = apps.get_model("wagtailcore", "Revision").objects.all()
    for page in PlainPage.objects.filter(slug__in=FOUNDED):
        text = founding_text(page.slug)
        if _same(page.slug, page.body):
            page.intro, page.body = text["intro"], text["body"]
            page.last_published_at = timezone.now()
            page.save(update_fields=["intro", "body", "last_published_at"])
        for revision in _newest(revisions, page):
            if _same(page.slug, revision.content.get("body", "")):
                revision.content |= {"intro": text["intro"], "body": text["body"]}
                revision.save(update_fields=["content"])
    for page in HomePage.objects.all():
        if page.promise == PROMISED:
            page.promise = PROMISES
            page.save(update_fields=["promise"])
        for revision in _newest(revisions, page):
            if revision.content.get("promise") == PROMISED:
                revision.content["promise"] = PROMISES
                revision.save(update_fields=["content"])


def _same(slug, body):
    return sha256(body.encode()).hexdigest() == FOUNDED[slug]


def _newest(revisions, page):
    """What the editor opens, and what is live."""
    return revisions.filter(pk__in={page.latest_revision_id, page.live_revision_id})


class Migration(migrations.Migration):
    dependencies = [("home", "0002_inquiries"), ("wagtailcore", "0098_apitoken")]

    operations = [
        migrations.RemoveField("plainpage", "updated_on"),
        migrations.AlterField(
            "homepage",
            "promise",
            models.CharField(default=PROMISES, max_length=160, verbose_name="promise"),
        ),
        migrations.AlterField(
            "plainpage",
            "body",
            wagtail.fields.RichTextField(
                help_text="Write {seller}, {return rule}, {producer share} or {seller share}, and readers see what is set when they read.",
                verbose_name="body",
            ),
        ),
        migrations.RunPython(say_what_is_set, migrations.RunPython.noop),
    ]
