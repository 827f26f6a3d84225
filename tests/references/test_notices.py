"""What services say about a source is kept, shown at once, and never taken back by silence."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from references.actions import record_check, save_reference
from references.entries import Status, status_of
from references.errors import UnknownReference
from references.models import FoundNotice, Reference
from references.notices import Notice, NoticeType, merged, notices_of, with_notices
from tests.references.conftest import Save

pytestmark = pytest.mark.django_db

RETRACTION = Notice(NoticeType.RETRACTION, "J Skin. 2024;1:2", doi="10.5555/r", service="crossref")
CORRECTION = Notice(NoticeType.CORRECTION, "J Skin. 2023;1:9", pmid="12345", service="pubmed")


@pytest.mark.parametrize(
    ("types", "checked", "status"),
    [
        ((), False, Status.UNCHECKED),
        ((), True, Status.OK),
        ((NoticeType.UPDATE, NoticeType.OTHER), True, Status.OK),
        ((NoticeType.CORRECTION,), False, Status.CORRECTED),
        ((NoticeType.REPUBLISHED,), True, Status.CORRECTED),
        ((NoticeType.CORRECTION, NoticeType.CONCERN), True, Status.CONCERN),
        ((NoticeType.CONCERN, NoticeType.RETRACTION), True, Status.RETRACTED),
    ],
)
def test_the_worst_notice_makes_the_status(
    types: tuple[NoticeType, ...], checked: bool, status: Status
) -> None:
    notices = [Notice(kind, "Somewhere") for kind in types]
    assert status_of(notices, checked=checked) == status


def test_a_source_is_unchecked_until_every_service_answered(save: Save) -> None:
    save("a")
    record_check(citekey="a", found=[], complete=False)
    assert Reference.objects.get().status == Status.UNCHECKED
    assert Reference.objects.get().checked_at is None
    record_check(citekey="a", found=[], complete=True)
    reference = Reference.objects.get()
    assert (reference.status, reference.checked_at is not None) == (Status.OK, True)


def test_a_retraction_is_in_the_entry_at_once_and_stays(save: Save, client: Client) -> None:
    save("a", title="A study")
    new = record_check(citekey="a", found=[RETRACTION, CORRECTION], complete=True)
    assert [row.type for row in new] == ["retraction", "correction"]
    assert record_check(citekey="a", found=[], complete=True) == ()
    reference = Reference.objects.get()
    assert reference.status == Status.RETRACTED
    assert reference.entry.startswith('<strong class="status status-retracted">Retracted</strong>')
    assert "[retracted in <a" in reference.entry
    html = client.get("/references/a/").content.decode()
    assert "Told by Crossref" in html
    assert "Retraction" in html


def test_the_same_notice_of_two_services_is_one(save: Save) -> None:
    save("a")
    twice = [
        CORRECTION,
        Notice(NoticeType.CORRECTION, "Elsewhere", pmid="12345", doi="10.5555/c"),
        Notice(NoticeType.CORRECTION, "Other", pmid="999"),
    ]
    assert len(record_check(citekey="a", found=twice, complete=True)) == 2
    assert record_check(citekey="a", found=twice, complete=True) == ()


def test_what_the_item_says_itself_is_not_found_anew(save: Save) -> None:
    reference = save("a", custom={"correction": {"citation": "J. 2021", "DOI": "10.5555/C"}})
    assert reference.status == Status.CORRECTED
    found = Notice(NoticeType.CORRECTION, "J. 2021;3", doi="10.5555/c", service="crossref")
    assert record_check(citekey="a", found=[found], complete=True) == ()


def test_a_change_of_the_item_keeps_what_was_found(save: Save) -> None:
    reference = save("a")
    record_check(citekey="a", found=[RETRACTION], complete=True)
    csl = {**reference.csl, "title": "Another"}
    saved = save_reference(by=reference.updated_by, citekey="a", csl=csl, version=reference.version)
    assert saved.status == Status.RETRACTED
    assert "Another [retracted in" in saved.entry


def test_an_unknown_source_cannot_be_checked() -> None:
    with pytest.raises(UnknownReference):
        record_check(citekey="nobody", found=[], complete=True)


def test_a_notice_without_words_is_called_what_it_is(save: Save) -> None:
    save("a")
    (row,) = record_check(
        citekey="a", found=[Notice(NoticeType.CONCERN, "", service="pubmed")], complete=True
    )
    assert str(row) == "Expression of concern: Expression of concern"


@pytest.mark.parametrize(("column", "value"), [("status", "fine"), ("type", "rumour")])
def test_the_database_knows_statuses_and_types(save: Save, column: str, value: str) -> None:
    save("a")
    record_check(citekey="a", found=[RETRACTION], complete=True)
    table = {"status": "references_reference", "type": "references_foundnotice"}[column]
    with (
        pytest.raises(IntegrityError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"UPDATE {table} SET {column} = %s", [value])


def test_a_notice_is_stored_once(save: Save) -> None:
    save("a")
    (row,) = record_check(citekey="a", found=[RETRACTION], complete=True)
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)
    assert FoundNotice.objects.count() == 1


def test_an_item_tells_of_notices_about_it_but_not_of_what_it_is_a_notice_of() -> None:
    item = {
        "custom": {
            "notices": [
                {"type": "retraction", "citation": "J. 2024", "direction": "in"},
                {"type": "correction", "citation": "J. 2020", "direction": "for"},
                {"type": "rumour", "citation": "Blog"},
                "nonsense",
            ]
        }
    }
    assert [(notice.type, notice.text) for notice in notices_of(item)] == [
        (NoticeType.RETRACTION, "J. 2024"),
        (NoticeType.OTHER, "Blog"),
    ]
    assert notices_of(with_notices({}, [RETRACTION]))[0].doi == "10.5555/r"
    assert notices_of({"custom": []}) == ()


def test_notices_without_identifiers_are_told_apart_by_their_words() -> None:
    one, two = (Notice(NoticeType.UPDATE, text) for text in ("A", "B"))
    assert merged([one, two, one]) == (one, two)
