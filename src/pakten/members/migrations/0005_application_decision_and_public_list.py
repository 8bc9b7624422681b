import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("decisions", "0001_initial"),
        ("members", "0004_message_proposed"),
    ]

    operations = [
        migrations.AddField(
            model_name="application",
            name="decision",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="applications",
                to="decisions.decision",
            ),
        ),
        migrations.AddConstraint(
            model_name="application",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["decided", "notified", "active"]), _negated=True),
                    ("decision__isnull", False),
                    _connector="OR",
                ),
                name="decided_application_has_a_decision",
            ),
        ),
        migrations.CreateModel(
            name="PublicMember",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=300, verbose_name="namn")),
                (
                    "sector",
                    models.CharField(
                        choices=[
                            ("private", "privat näringsliv"),
                            ("civil", "civilsamhälle"),
                            ("public", "offentlig sektor"),
                        ],
                        max_length=10,
                        verbose_name="sektor",
                    ),
                ),
                ("search_key", models.TextField(default="", editable=False)),
                ("sort_key", models.CharField(db_index=True, default="", editable=False, max_length=400)),
                ("published_at", models.DateTimeField(auto_now_add=True, verbose_name="visas sedan")),
                (
                    "membership",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="public_row",
                        to="members.membership",
                    ),
                ),
            ],
            options={
                "verbose_name": "rad i medlemsförteckningen",
                "verbose_name_plural": "rader i medlemsförteckningen",
                "ordering": ["sort_key", "pk"],
            },
        ),
    ]
