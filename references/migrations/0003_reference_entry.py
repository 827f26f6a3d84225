"""Keeps the formatted entry of a source; `manage.py rerender` fills it for those there are."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("references", "0002_citekey_is_fixed")]
    operations = [
        migrations.AddField(
            model_name="reference",
            name="entry_html",
            field=models.TextField(
                blank=True, db_default="", editable=False, verbose_name="entry"
            ),
        ),
        migrations.AddField(
            model_name="reference",
            name="entry_version",
            field=models.PositiveIntegerField(db_default=0, editable=False),
        ),
    ]
