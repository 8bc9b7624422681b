"""A correction says what should stand instead."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("members", "0003_pledged_words_never_change"),
    ]

    operations = [
        migrations.AddField(
            model_name="message",
            name="proposed",
            field=models.TextField(blank=True, default="", verbose_name="så ska det stå"),
            preserve_default=False,
        ),
    ]
