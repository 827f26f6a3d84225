"""The table of sources: its constraints from both sides, and what is generated from an item."""

import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from references.models import Reference
from references.notices import Notice, NoticeType
from tests.references.conftest import Save

pytestmark = pytest.mark.django_db

INSERT = """
INSERT INTO references_reference (citekey, csl, version, created_at, updated_at, updated_by_id)
VALUES (%s, %s, 1, now(), now(), %s)
"""


def insert(editor: User, citekey: str, csl: Any) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(INSERT, [citekey, json.dumps(csl), editor.pk])


def test_facts_are_generated_from_the_item(save: Save) -> None:
    reference = save(
        "patsatsi2020",
        title="Multiple milia",
        author=[{"family": "Patsatsi", "given": "A"}],
        DOI="10.1016/J.IJWD.2020.03.045",
        PMID="32637544",
        issued={"date-parts": [[2020, 4, 1]]},
        **{"container-title": "Int J Womens Dermatol"},
    )
    assert (
        reference.title,
        reference.doi,
        reference.pmid,
        reference.year,
        reference.container,
        reference.sort_key,
    ) == (
        "Multiple milia",
        "10.1016/j.ijwd.2020.03.045",
        "32637544",
        2020,
        "Int J Womens Dermatol",
        "patsatsi",
    )
    assert str(reference) == "patsatsi2020"
    assert reference.get_absolute_url() == "/references/patsatsi2020/"


def test_what_the_item_lacks_is_empty_and_the_title_sorts(save: Save) -> None:
    reference = save("a", title="Zebra")
    facts = (reference.doi, reference.pmid, reference.year, reference.container)
    assert facts == ("", "", None, "")
    assert reference.sort_key == "zebra"


def test_a_group_sorts_by_its_name(save: Save) -> None:
    assert save("a", author=[{"literal": "NHS England"}]).sort_key == "nhs england"


@pytest.mark.parametrize("year", ["soon", [], {}, None, -3, 12345678901234567890, "20201"])
def test_a_year_of_another_form_is_no_year(editor: User, year: Any) -> None:
    insert(editor, "a", {"title": "A", "issued": {"date-parts": [[year]]}})
    assert Reference.objects.get().year is None


def test_a_very_long_name_can_be_stored_and_sorted(save: Save) -> None:
    assert save("a", author=[{"literal": "é" * 1900}]).sort_key == "é" * 200


@pytest.mark.parametrize("citekey", ["", "-a", "ä", "a b", "a\n", "a.b"])
def test_the_database_refuses_a_citekey_of_another_form(editor: User, citekey: str) -> None:
    with pytest.raises(IntegrityError, match="references_reference_citekey_form"):
        insert(editor, citekey, {"title": "A"})


def test_the_database_takes_a_citekey_of_the_right_form(editor: User) -> None:
    insert(editor, "Kurokawa-2016_b", {"title": "A"})
    assert Reference.objects.get().citekey == "Kurokawa-2016_b"


def test_the_database_refuses_a_second_source_with_a_citekey(editor: User) -> None:
    insert(editor, "a", {"title": "A"})
    with pytest.raises(IntegrityError, match="citekey"):
        insert(editor, "a", {"title": "B"})


@pytest.mark.parametrize(
    "csl",
    [
        [],
        [{"title": "A"}],
        "text",
        1,
        None,
        {},
        {"title": ""},
        {"title": 1},
        {"title": None},
        {"title": ["A"]},
    ],
)
def test_the_database_refuses_what_is_no_item_with_a_title(editor: User, csl: Any) -> None:
    with pytest.raises(IntegrityError, match="references_reference_has_title"):
        insert(editor, "a", csl)


@pytest.mark.parametrize("variable", ["DOI", "PMID"])
def test_the_database_refuses_a_second_source_with_an_identifier(
    editor: User, variable: str
) -> None:
    insert(editor, "a", {"title": "A", variable: "10.1/X"})
    with pytest.raises(IntegrityError, match=f"references_reference_{variable.lower()}"):
        insert(editor, "b", {"title": "B", variable: "10.1/X"})


def test_sources_without_identifiers_do_not_collide(save: Save) -> None:
    save("a")
    save("b")
    assert Reference.objects.count() == 2


def test_no_statement_changes_a_citekey(save: Save) -> None:
    save("a")
    with (
        pytest.raises(IntegrityError, match="never changes"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE references_reference SET citekey = 'b'")
    assert Reference.objects.get().citekey == "a"


def test_everything_but_the_citekey_may_change_by_a_statement(save: Save) -> None:
    save("a")
    with connection.cursor() as cursor:
        cursor.execute(
            'UPDATE references_reference SET citekey = citekey, csl = \'{"title": "New"}\''
        )
    assert Reference.objects.get().title == "New"


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"citekey": "-", "csl": {"title": "A"}}, "A citekey has letters without accents"),
        ({"citekey": "b", "csl": {"title": ""}}, "A reference is a CSL-JSON item with a title"),
        ({"citekey": "a", "csl": {"title": "A"}}, "Another reference has this citekey"),
        (
            {"citekey": "b", "csl": {"title": "A", "DOI": "10.1/x"}},
            "Another reference has this DOI",
        ),
        ({"citekey": "b", "csl": {"title": "A", "PMID": "1"}}, "Another reference has this PMID"),
    ],
)
def test_each_constraint_says_in_words_what_it_refuses(
    save: Save, editor: User, fields: dict[str, Any], message: str
) -> None:
    save("a", DOI="10.1000/x", PMID="1")
    Reference.objects.update(csl={"title": "A", "DOI": "10.1/x", "PMID": "1"})
    with pytest.raises(ValidationError, match=message):
        Reference(**fields, updated_by=editor).full_clean()


def test_a_source_knows_the_notices_about_it(save: Save) -> None:
    reference = save("a", custom={"correction": {"citation": "J. 2021", "ref": "b"}})
    assert reference.notices == (Notice(NoticeType.CORRECTION, text="J. 2021", ref="b"),)
    assert save("c").notices == ()
