from django.db import migrations


def turn_on(apps, schema_editor):
    """Wagtail noted a no for whoever opened a page, before anybody could mean it."""
    members = apps.get_model("courses", "CourseTeamMember").objects
    subscriptions = apps.get_model("wagtailcore", "PageSubscription").objects
    for user_id, path in members.values_list("user_id", "course__path").iterator(chunk_size=500):
        subscriptions.filter(user_id=user_id, page__path__startswith=path).update(
            comment_notifications=True
        )


class Migration(migrations.Migration):
    dependencies = [
        ("courses", "0014_lessons_hold_formulas_and_tables"),
        ("wagtailcore", "0098_apitoken"),
    ]

    operations = [migrations.RunPython(turn_on, migrations.RunPython.noop, elidable=True)]
