from django.db import migrations, models
from django.db.models import Q

from pakten.decisions import triggers

STATES = [
    ("awaiting_second", "Väntar på en andra person"),
    ("in_force", "Gäller"),
    ("returned", "Tillbaka till beredning"),
    ("withdrawn", "Återtaget"),
]


def without_triggers(apps, schema_editor):
    triggers.remove(schema_editor.connection)


def with_triggers(apps, schema_editor):
    triggers.install(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("decisions", "0005_steps_of_deviations")]

    # SQLite writes the table anew for a constraint, and drops its triggers by that.
    operations = [
        migrations.RunPython(without_triggers, with_triggers),
        migrations.RemoveConstraint(model_name="decision", name="decisions_state_has_its_facts"),
        migrations.AlterField(
            model_name="decision",
            name="state",
            field=models.CharField(choices=STATES, max_length=20, verbose_name="läge"),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.CheckConstraint(
                condition=Q(state="awaiting_second", second_by=None, record=None)
                | Q(state="in_force", record__isnull=False)
                | Q(state="returned", second_by__isnull=False, record=None) & ~Q(second_reason="")
                | Q(state="withdrawn", second_by=None, record=None) & ~Q(second_reason=""),
                name="decisions_state_has_its_facts",
            ),
        ),
        migrations.RunPython(with_triggers, without_triggers),
    ]
