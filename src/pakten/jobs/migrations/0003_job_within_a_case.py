import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("jobs", "0002_timetable"), ("records", "0002_conflict_of_interest")]

    operations = [
        migrations.AddField(
            model_name="job",
            name="case",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="records.case",
            ),
        ),
    ]
