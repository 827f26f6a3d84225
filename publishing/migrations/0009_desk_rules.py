"""Rules of the desk that a CHECK cannot hold, and the day of each page's next review."""

from django.db import migrations

FIXED = """
CREATE OR REPLACE FUNCTION publishing_revision_is_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'A revision is never deleted.'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'publishing_revision_is_fixed';
    END IF;
    IF (NEW.page_id, NEW.number, NEW.content, NEW.sha256, NEW.kind, NEW.slug, NEW.title,
        NEW.summary, NEW.condition_id, NEW.part_of_id, NEW.position, NEW.change_kind,
        NEW.change_note, NEW.submitted_by_id, NEW.submitted_at{more_new})
       IS DISTINCT FROM
       (OLD.page_id, OLD.number, OLD.content, OLD.sha256, OLD.kind, OLD.slug, OLD.title,
        OLD.summary, OLD.condition_id, OLD.part_of_id, OLD.position, OLD.change_kind,
        OLD.change_note, OLD.submitted_by_id, OLD.submitted_at{more_old})
    THEN
        RAISE EXCEPTION 'A revision never changes. Submit a new one.'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'publishing_revision_is_fixed';
    END IF;
    RETURN NEW;
END $$;
"""
WITH_FINDINGS = FIXED.replace("{more_new}", ", NEW.findings").replace(
    "{more_old}", ", OLD.findings"
)
WITHOUT_FINDINGS = FIXED.replace("{more_new}", "").replace("{more_old}", "")

EVENT_APPEND_ONLY = """
CREATE FUNCTION publishing_event_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'The log of what people did is never changed or deleted.'
        USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME;
END $$;
CREATE TRIGGER publishing_event_append_only
    BEFORE UPDATE OR DELETE ON publishing_event
    FOR EACH ROW EXECUTE FUNCTION publishing_event_append_only();
"""
EVENT_APPEND_ONLY_BACK = """
DROP TRIGGER publishing_event_append_only ON publishing_event;
DROP FUNCTION publishing_event_append_only();
"""

# A review is worth what the reviewer is: somebody with credentials who declared their interests
# within twelve months, or a placeholder that says so.
SIGNOFF_QUALIFIED = """
CREATE FUNCTION publishing_signoff_qualified() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT NEW.demo AND NOT EXISTS (
        SELECT FROM publishing_contribution c
        JOIN publishing_contributor p ON p.id = c.contributor_id
        WHERE c.id = NEW.contribution_id AND p.credentials <> '' AND p.interests <> ''
            AND p.interests_declared_on > (NEW.signed_at - interval '12 months')::date
    ) THEN
        RAISE EXCEPTION 'A reviewer needs credentials, and interests declared within 12 months.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'publishing_signoff_qualified';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER publishing_signoff_qualified
    BEFORE INSERT ON publishing_signoff
    FOR EACH ROW EXECUTE FUNCTION publishing_signoff_qualified();
"""
SIGNOFF_QUALIFIED_BACK = """
DROP TRIGGER publishing_signoff_qualified ON publishing_signoff;
DROP FUNCTION publishing_signoff_qualified();
"""

REVIEW_DUE = """
UPDATE publishing_page page SET review_due_on = due.expires_on
FROM (
    SELECT revision.page_id, max(signed.expires_at)::date AS expires_on
    FROM publishing_revision revision
    JOIN publishing_contribution did ON did.revision_id = revision.id
    JOIN publishing_signoff signed ON signed.contribution_id = did.id
    WHERE revision.state = 'live' AND signed.decision = 'approve'
    GROUP BY revision.page_id
) due
WHERE due.page_id = page.id;
"""


class Migration(migrations.Migration):
    dependencies = [("publishing", "0008_desk")]

    operations = [
        migrations.RunSQL(WITH_FINDINGS, WITHOUT_FINDINGS),
        migrations.RunSQL(EVENT_APPEND_ONLY, EVENT_APPEND_ONLY_BACK),
        migrations.RunSQL(SIGNOFF_QUALIFIED, SIGNOFF_QUALIFIED_BACK),
        migrations.RunSQL(REVIEW_DUE, migrations.RunSQL.noop),
    ]
