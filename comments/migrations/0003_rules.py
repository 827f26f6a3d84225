"""The log of what happened to comments is only added to."""

from django.db import migrations

APPEND_ONLY = """
CREATE TRIGGER comments_event_append_only
    BEFORE UPDATE OR DELETE ON comments_commentevent
    FOR EACH ROW EXECUTE FUNCTION publishing_event_append_only();
"""
BACK = "DROP TRIGGER comments_event_append_only ON comments_commentevent;"


class Migration(migrations.Migration):
    dependencies = [("comments", "0002_moderation"), ("publishing", "0013_comments_open")]
    operations = [migrations.RunSQL(APPEND_ONLY, BACK)]
