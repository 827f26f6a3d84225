"""Adds the HTML that pages join when they are read; `manage.py rerender --all` fills it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("publishing", "0002_rules")]
    operations = [
        migrations.AddField(
            model_name="revision",
            name="parts",
            field=models.JSONField(default=dict, verbose_name="parts"),
        ),
    ]
