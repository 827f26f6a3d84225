"""Keeps the account behind each contribution, and who a reviewer was when they signed."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FILL = """
ALTER TABLE publishing_contribution DISABLE TRIGGER publishing_contribution_append_only;
UPDATE publishing_contribution did SET account_id = person.user_id
    FROM publishing_contributor person WHERE person.id = did.contributor_id;
ALTER TABLE publishing_contribution ENABLE TRIGGER publishing_contribution_append_only;
ALTER TABLE publishing_signoff DISABLE TRIGGER publishing_signoff_append_only;
UPDATE publishing_signoff signed
    SET name = person.name, credentials = person.credentials, demo = person.demo
    FROM publishing_contribution did JOIN publishing_contributor person
        ON person.id = did.contributor_id
    WHERE did.id = signed.contribution_id;
ALTER TABLE publishing_signoff ENABLE TRIGGER publishing_signoff_append_only;
UPDATE publishing_draftauthor wrote SET account_id = person.user_id
    FROM publishing_contributor person WHERE person.id = wrote.contributor_id;
"""


def account(related_name: str) -> models.ForeignKey:
    return models.ForeignKey(
        null=True,
        blank=related_name == "contributions",
        on_delete=django.db.models.deletion.PROTECT,
        related_name=related_name,
        to=settings.AUTH_USER_MODEL,
    )


class Migration(migrations.Migration):
    dependencies = [
        ("publishing", "0004_task_source"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]
    operations = [
        migrations.AddField("contribution", "account", account("contributions")),
        migrations.AddField("draftauthor", "account", account("+")),
        migrations.AddField(
            "signoff",
            "name",
            models.CharField(default="", max_length=200, verbose_name="reviewer"),
            preserve_default=False,
        ),
        migrations.AddField(
            "signoff",
            "credentials",
            models.CharField(blank=True, default="", max_length=300, verbose_name="credentials"),
            preserve_default=False,
        ),
        migrations.AddField(
            "signoff",
            "demo",
            models.BooleanField(db_default=False, verbose_name="demonstration only"),
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
    ]
