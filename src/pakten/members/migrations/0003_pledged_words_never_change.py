from django.db import migrations

from pakten.members import triggers


def forwards(apps, schema_editor):
    triggers.install(schema_editor.connection)


def backwards(apps, schema_editor):
    triggers.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("members", "0002_applications_pledges_messages")]

    operations = [migrations.RunPython(forwards, backwards)]
