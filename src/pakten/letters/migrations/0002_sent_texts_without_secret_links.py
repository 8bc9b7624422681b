from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

from pakten.core.secret_links import without_secrets
from vandel.evidence import sha256_hex


def seal_what_has_left(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    """What was sent before keeps its digest, and loses the links that were its recipient's alone."""
    sent = apps.get_model("letters", "OutboxMessage").objects.filter(state="sent").exclude(body="")
    for message in sent.only("body").iterator(200):
        message.body_sha256 = sha256_hex(message.body.encode())
        message.body = without_secrets(message.body)
        message.save(update_fields=["body", "body_sha256"])


class Migration(migrations.Migration):
    dependencies = [("letters", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="outboxmessage",
            name="body_sha256",
            field=models.CharField(blank=True, max_length=64, verbose_name="textens kontrollsumma"),
        ),
        migrations.RunPython(seal_what_has_left, migrations.RunPython.noop),
    ]
