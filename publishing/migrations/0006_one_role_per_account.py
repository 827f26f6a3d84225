"""One contribution per revision and account: what SQL refuses too. Apart, for rows just changed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("publishing", "0005_who_acted")]
    operations = [
        migrations.AddConstraint(
            "contribution",
            models.UniqueConstraint(
                fields=["revision", "account"],
                name="publishing_contribution_one_role_per_account",
                violation_error_message="This account has a part in this revision already. "
                "Nobody may review what they wrote.",
            ),
        ),
        migrations.AddConstraint(
            "signoff",
            models.CheckConstraint(
                condition=~models.Q(name=""),
                name="publishing_signoff_has_name",
            ),
        ),
    ]
