import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def told_by_the_application(apps: StateApps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Until now every control was an application's: its organisation and case are the application's."""
    for control in apps.get_model("checks", "BasicControl").objects.select_related("application"):
        control.organisation_id = control.application.organisation_id
        control.case_id = control.application.case_id
        control.save(update_fields=["organisation", "case"])


class Migration(migrations.Migration):
    dependencies = [
        ("checks", "0004_judgement_edition"),
        ("members", "0007_membership_matters"),
        ("organisations", "0004_not_duplicates"),
        ("records", "0002_conflict_of_interest"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="basiccontrol",
            name="because",
            field=models.CharField(blank=True, max_length=300, verbose_name="varför"),
        ),
        migrations.AddField(
            model_name="basiccontrol",
            name="case",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="basic_controls",
                to="records.case",
            ),
        ),
        migrations.AddField(
            model_name="basiccontrol",
            name="opened_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="basiccontrol",
            name="organisation",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="basic_controls",
                to="organisations.organisation",
            ),
        ),
        migrations.RunPython(told_by_the_application, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="basiccontrol",
            name="organisation",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="basic_controls",
                to="organisations.organisation",
            ),
        ),
        migrations.AddField(
            model_name="basicitem",
            name="expires_on",
            field=models.DateField(blank=True, db_index=True, null=True, verbose_name="gäller till"),
        ),
        migrations.AddField(
            model_name="basicitem",
            name="proposed",
            field=models.CharField(
                blank=True,
                choices=[
                    ("ok", "Inget att anmärka"),
                    ("deviation", "Avvikelse"),
                    ("could_not_check", "Gick inte att kontrollera"),
                    ("not_applicable", "Gäller inte"),
                ],
                max_length=20,
                verbose_name="systemets förslag",
            ),
        ),
        migrations.AlterField(
            model_name="basiccontrol",
            name="application",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="basic_controls",
                to="members.application",
            ),
        ),
        migrations.AddConstraint(
            model_name="basiccontrol",
            constraint=models.UniqueConstraint(
                condition=models.Q(("application", None), ("state", "open")),
                fields=("organisation",),
                name="one_open_control_of_member",
            ),
        ),
    ]
