from django.db import migrations, models

KINDS = [
    ("membership_accept", "Ta emot som medlem"),
    ("membership_accept_with_note", "Ta emot som medlem med anmärkning"),
    ("membership_refuse", "Inte ta emot som medlem"),
    ("application_pause", "Vänta med beslut om medlemskap"),
    ("membership_pause", "Göra medlemskapet vilande"),
    ("membership_resume", "Låta medlemskapet gälla igen"),
    ("membership_end", "Avsluta medlemskapet"),
    ("deviation_accepted", "Godta en avvikelse"),
    ("deviation_escalate", "Eskalera en avvikelse"),
    ("deviation_block", "Spärra för en avvikelse"),
    ("deviation_lower", "Sänka nivån på en avvikelse"),
]


class Migration(migrations.Migration):
    dependencies = [("decisions", "0004_taken_in_as_member")]

    # Choices only: no database writes a table anew for them, so the triggers stay.
    operations = [
        migrations.AlterField(
            model_name="decision",
            name="kind",
            field=models.CharField(choices=KINDS, max_length=40, verbose_name="beslut"),
        ),
        migrations.AlterField(
            model_name="decisionrule",
            name="kind",
            field=models.CharField(choices=KINDS, max_length=40, unique=True, verbose_name="beslut"),
        ),
        migrations.AlterField(
            model_name="delegationitem",
            name="kind",
            field=models.CharField(choices=KINDS, max_length=40, verbose_name="beslut"),
        ),
    ]
