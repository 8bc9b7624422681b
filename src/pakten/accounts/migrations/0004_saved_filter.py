import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_limits_in_the_cache")]

    operations = [
        migrations.CreateModel(
            name="SavedFilter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("page", models.CharField(max_length=80, verbose_name="sida")),
                ("name", models.CharField(max_length=80, verbose_name="namn")),
                ("query", models.CharField(max_length=2000, verbose_name="filter")),
                ("shared", models.BooleanField(default=False, verbose_name="delad")),
                ("made_at", models.DateTimeField(auto_now_add=True, verbose_name="sparad")),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="saved_filters",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "sparat filter",
                "verbose_name_plural": "sparade filter",
                "ordering": ["name", "pk"],
                "constraints": [
                    models.UniqueConstraint(fields=("owner", "page", "name"), name="one_filter_per_name")
                ],
            },
        ),
    ]
