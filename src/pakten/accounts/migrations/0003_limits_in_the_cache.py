"""The limits on guessing move to the cache, whose table is not a model's."""

from django.core.management import call_command
from django.db import migrations


def make_cache_table(apps, schema_editor):
    call_command("createcachetable", database=schema_editor.connection.alias, verbosity=0)


def drop_cache_table(apps, schema_editor):
    schema_editor.execute("DROP TABLE IF EXISTS cache_entry")


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_failed_sign_in"),
    ]

    operations = [
        migrations.DeleteModel(name="FailedSignIn"),
        migrations.RunPython(make_cache_table, drop_cache_table),
    ]
