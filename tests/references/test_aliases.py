"""Keys of other programs, under which texts may go on citing."""

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from publishing.assembly import preview_text
from publishing.models import Citation
from references.actions import add_aliases
from references.aliases import citekeys_of
from references.importing import import_records
from references.models import Alias
from references.readers import FORMATS
from tests import factories
from tests.references.conftest import Save

pytestmark = pytest.mark.django_db

BIBTEX = """
@article{Müller:2016, title={On cysts}, author={Müller, Ada}, year={2016}, doi={10.1000/a}}
@article{smith2010, title={On lids}, author={Smith, Bo}, year={2010}}
"""


def aliases() -> dict[str, str]:
    return dict(Alias.objects.values_list("name", "reference__citekey"))


def read(text: str, by: User) -> None:
    list(import_records(FORMATS["bibtex"](text), by=by))


def test_a_key_that_can_be_no_citekey_stays_as_an_alias(editor: User) -> None:
    read(BIBTEX, editor)
    assert aliases() == {"Müller:2016": "muller2016"}
    read(BIBTEX, editor)
    assert aliases() == {"Müller:2016": "muller2016"}


def test_a_source_that_is_here_already_gets_the_alias_too(save: Save, editor: User) -> None:
    save("known", DOI="10.1000/a")
    read(BIBTEX, editor)
    assert aliases() == {"Müller:2016": "known"}


def test_an_alias_keeps_its_meaning(save: Save) -> None:
    save("first")
    save("second")
    add_aliases({"a:b": "first", "a b": "first", "": "first", "fits": "first", "c:d": "nobody"})
    add_aliases({"a:b": "second"})
    assert aliases() == {"a:b": "first"}


@pytest.mark.parametrize("name", ["fits", "a b", "a{b", "}", "", "a\tb"])
def test_the_database_refuses_a_name_that_is_a_citekey_or_that_no_text_can_use(
    save: Save, name: str
) -> None:
    reference = save("a")
    with pytest.raises(IntegrityError, match="references_alias_form"), transaction.atomic():
        Alias.objects.create(name=name, reference=reference)
    for other in ("a:b", "http://zotero.org/x", "ü", "-"):
        Alias.objects.create(name=other, reference=reference)


def test_no_query_is_made_for_keys_that_are_citekeys(django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):  # type: ignore[operator] # a fixture of pytest-django
        assert citekeys_of(["kurokawa2016", "a b"]) == {}


def test_a_text_cites_by_an_alias_and_the_page_leans_on_the_source(editor: User) -> None:
    read(BIBTEX, editor)
    body = "Cysts are small [@Müller:2016; @{Müller:2016}, p. 3]."
    page = factories.published(factories.article_content(body=body))
    citation = Citation.objects.get(revision=page, reference__citekey="muller2016")
    assert citation.sentences == [{"text": "Cysts are small.", "alone": True}]
    assert page.rendered["body"]["clusters"] == [
        [{"key": "muller2016", "locator": ""}, {"key": "muller2016", "locator": "p3"}]
    ]
    html = preview_text(body)
    assert "On cysts" in html
    assert "Unknown reference" not in html


def test_a_key_that_nobody_knows_is_reported_as_it_was_written() -> None:
    assert "Unknown reference: nobody:1" in preview_text("Cysts [@nobody:1].")
