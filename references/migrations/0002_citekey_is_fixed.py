from django.db import migrations

# Texts, links and files outside name a source by its citekey, so no statement may change it.
FORWARDS = """
CREATE FUNCTION references_reference_citekey_is_fixed() RETURNS trigger AS $$
BEGIN
    RAISE EXCEPTION 'The citekey of a reference never changes.'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'references_reference_citekey_is_fixed';
END;
$$ LANGUAGE plpgsql;

CREATE TRIGGER references_reference_citekey_is_fixed
    BEFORE UPDATE OF citekey ON references_reference
    FOR EACH ROW WHEN (OLD.citekey IS DISTINCT FROM NEW.citekey)
    EXECUTE FUNCTION references_reference_citekey_is_fixed();
"""

BACKWARDS = """
DROP TRIGGER references_reference_citekey_is_fixed ON references_reference;
DROP FUNCTION references_reference_citekey_is_fixed();
"""


class Migration(migrations.Migration):

    dependencies = [("references", "0001_initial")]

    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
