"""Rules that a CHECK cannot hold: texts that never change, and who must stand behind them."""

from django.db import migrations

REVISION_IS_FIXED = """
CREATE FUNCTION publishing_revision_is_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'A revision is never deleted.'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'publishing_revision_is_fixed';
    END IF;
    IF (NEW.page_id, NEW.number, NEW.content, NEW.sha256, NEW.kind, NEW.slug, NEW.title,
        NEW.summary, NEW.condition_id, NEW.part_of_id, NEW.position, NEW.change_kind,
        NEW.change_note, NEW.submitted_by_id, NEW.submitted_at)
       IS DISTINCT FROM
       (OLD.page_id, OLD.number, OLD.content, OLD.sha256, OLD.kind, OLD.slug, OLD.title,
        OLD.summary, OLD.condition_id, OLD.part_of_id, OLD.position, OLD.change_kind,
        OLD.change_note, OLD.submitted_by_id, OLD.submitted_at)
    THEN
        RAISE EXCEPTION 'A revision never changes. Submit a new one.'
            USING ERRCODE = 'restrict_violation', CONSTRAINT = 'publishing_revision_is_fixed';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER publishing_revision_is_fixed
    BEFORE UPDATE OR DELETE ON publishing_revision
    FOR EACH ROW EXECUTE FUNCTION publishing_revision_is_fixed();
"""
REVISION_IS_FIXED_BACK = """
DROP TRIGGER publishing_revision_is_fixed ON publishing_revision;
DROP FUNCTION publishing_revision_is_fixed();
"""

REVISION_HAS_AUTHOR = """
CREATE FUNCTION publishing_revision_has_author() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM publishing_contribution WHERE revision_id = NEW.id AND role = 'author'
    ) THEN
        RAISE EXCEPTION 'A revision needs at least one author.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'publishing_revision_has_author';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER publishing_revision_has_author
    AFTER INSERT ON publishing_revision
    DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION publishing_revision_has_author();
"""
REVISION_HAS_AUTHOR_BACK = """
DROP TRIGGER publishing_revision_has_author ON publishing_revision;
DROP FUNCTION publishing_revision_has_author();
"""

APPEND_ONLY = """
CREATE FUNCTION publishing_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'What people did on a revision is never changed or deleted.'
        USING ERRCODE = 'restrict_violation', CONSTRAINT = TG_NAME;
END $$;
CREATE TRIGGER publishing_contribution_append_only
    BEFORE UPDATE OR DELETE ON publishing_contribution
    FOR EACH ROW EXECUTE FUNCTION publishing_append_only();
CREATE TRIGGER publishing_signoff_append_only
    BEFORE UPDATE OR DELETE ON publishing_signoff
    FOR EACH ROW EXECUTE FUNCTION publishing_append_only();
"""
APPEND_ONLY_BACK = """
DROP TRIGGER publishing_signoff_append_only ON publishing_signoff;
DROP TRIGGER publishing_contribution_append_only ON publishing_contribution;
DROP FUNCTION publishing_append_only();
"""

SIGNOFF_FITS_REVISION = """
CREATE FUNCTION publishing_signoff_fits_revision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM publishing_contribution c JOIN publishing_revision r ON r.id = c.revision_id
        WHERE c.id = NEW.contribution_id AND c.role = 'reviewer' AND r.sha256 = NEW.sha256
    ) THEN
        RAISE EXCEPTION 'A sign-off is a reviewer''s, for exactly the text of the revision.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'publishing_signoff_fits_revision';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER publishing_signoff_fits_revision
    BEFORE INSERT ON publishing_signoff
    FOR EACH ROW EXECUTE FUNCTION publishing_signoff_fits_revision();
"""
SIGNOFF_FITS_REVISION_BACK = """
DROP TRIGGER publishing_signoff_fits_revision ON publishing_signoff;
DROP FUNCTION publishing_signoff_fits_revision();
"""


class Migration(migrations.Migration):
    dependencies = [("publishing", "0001_initial")]

    operations = [
        migrations.RunSQL(REVISION_IS_FIXED, REVISION_IS_FIXED_BACK),
        migrations.RunSQL(REVISION_HAS_AUTHOR, REVISION_HAS_AUTHOR_BACK),
        migrations.RunSQL(APPEND_ONLY, APPEND_ONLY_BACK),
        migrations.RunSQL(SIGNOFF_FITS_REVISION, SIGNOFF_FITS_REVISION_BACK),
    ]
