"""The entry of a source is kept with it, and made anew when the style is newer."""

import pytest

from references.actions import record_check, renew_entries, save_reference
from references.formatting import FORMATTER_VERSION, ama_html
from references.models import Reference
from references.notices import Notice, NoticeType
from tests import factories

pytestmark = pytest.mark.django_db


def test_an_entry_is_stored_and_follows_every_change() -> None:
    reference = factories.reference()
    assert (reference.entry_html, reference.entry_version) == (
        ama_html(reference.csl),
        FORMATTER_VERSION,
    )
    changed = save_reference(
        by=reference.updated_by,
        citekey=reference.citekey,
        csl={**reference.csl, "title": "Another title"},
        version=reference.version,
    )
    assert "Another title" in changed.entry
    assert changed.entry == changed.entry_html == ama_html(changed.csl)


def test_an_entry_of_an_older_style_is_renewed_with_the_notices_that_services_found() -> None:
    reference = factories.reference()
    retraction = Notice(NoticeType.RETRACTION, "J Test. 2026;1:1", service="crossref")
    record_check(citekey=reference.citekey, found=[retraction], complete=True)
    entry = Reference.objects.get().entry_html
    assert "J Test. 2026;1:1" in entry
    Reference.objects.update(entry_html="old", entry_version=FORMATTER_VERSION - 1)
    assert (renew_entries(), renew_entries()) == (1, 0)
    assert Reference.objects.get().entry_html == entry
