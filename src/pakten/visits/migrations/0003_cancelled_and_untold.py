import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from pakten.visits import triggers


def without(apps, schema_editor):
    triggers.remove(schema_editor.connection)


def guarded(apps, schema_editor):
    triggers.install(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [
        ("jobs", "0003_job_within_a_case"),
        ("organisations", "0006_nameless_last"),
        ("visits", "0002_triggers"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        # The table is made anew on SQLite, and its triggers with it.
        migrations.RunPython(without, guarded),
        migrations.CreateModel(
            name="Untold",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("listener", models.CharField(max_length=200, verbose_name="vem")),
                ("tries", models.PositiveIntegerField(default=0, verbose_name="försök")),
                ("tried_at", models.DateTimeField(blank=True, null=True, verbose_name="senaste försök")),
                ("fault", models.CharField(blank=True, max_length=200, verbose_name="fel")),
            ],
            options={
                "verbose_name": "besök att berätta om",
                "verbose_name_plural": "besök att berätta om",
                "ordering": ["pk"],
            },
        ),
        migrations.RemoveConstraint(
            model_name="visit",
            name="visits_one_waiting",
        ),
        migrations.AlterField(
            model_name="visit",
            name="state",
            field=models.CharField(
                choices=[("waiting", "väntar"), ("finished", "gjort"), ("cancelled", "avbrutet")],
                default="waiting",
                max_length=12,
                verbose_name="läge",
            ),
        ),
        migrations.AddConstraint(
            model_name="visit",
            constraint=models.UniqueConstraint(
                condition=models.Q(("made", "machine"), ("state", "waiting")),
                fields=("organisation",),
                name="visits_one_waiting",
            ),
        ),
        migrations.AddField(
            model_name="untold",
            name="visit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="untold", to="visits.visit"
            ),
        ),
        migrations.AddConstraint(
            model_name="untold",
            constraint=models.UniqueConstraint(fields=("visit", "listener"), name="visits_told_once"),
        ),
        migrations.RunPython(guarded, without),
    ]
