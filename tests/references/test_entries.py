"""The entry of a source is kept with it, and made anew when the style is newer."""

import pytest

from references.actions import renew_entries, save_reference
from references.formatting import FORMATTER_VERSION, ama_html
from references.models import Reference
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


def test_an_entry_of_an_older_style_is_not_shown_and_can_be_renewed() -> None:
    reference = factories.reference()
    Reference.objects.update(entry_html="old", entry_version=FORMATTER_VERSION - 1)
    reference.refresh_from_db()
    assert reference.entry == ama_html(reference.csl)
    assert (renew_entries(), renew_entries()) == (1, 0)
    reference.refresh_from_db()
    assert reference.entry_html == ama_html(reference.csl)
