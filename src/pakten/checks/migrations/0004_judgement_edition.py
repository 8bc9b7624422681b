from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("checks", "0003_touched_runs")]

    operations = [
        migrations.AddField(
            model_name="likenessjudgement",
            name="edition",
            field=models.CharField(blank=True, max_length=120, verbose_name="utgåva"),
        ),
    ]
