"""The form in which editors enter sources."""

import re
from datetime import date
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.test import Client
from hypothesis import example, given, settings
from hypothesis import strategies as st
from procrastinate.contrib.django.models import ProcrastinateJob

from references.actions import add_aliases
from references.form_fields import json_object, names_from_lines, names_to_lines
from references.forms import ReferenceForm
from references.models import Reference
from tests import factories
from tests.references.conftest import Save

pytestmark = pytest.mark.django_db

ADD = "/admin/references/reference/add/"

TYPED = {
    "citekey": "berk2008",
    "type": "article-journal",
    "title": "Milia: a review",
    "authors": "Berk, David R.\nThe Milia Group\n{Centers, United}\nKlimo, Paul, Jr",
    "editors": "Poe, Edgar",
    "container": "Journal of the American Academy of Dermatology",
    "container_short": "J Am Acad Dermatol",
    "year": "2008",
    "month": "12",
    "day": "",
    "volume": "59",
    "issue": "6",
    "page": "1050-1063",
    "doi": "https://doi.org/10.1016/j.jaad.2008.07.034",
    "pmid": "18819726",
    "pmcid": "",
    "url": "https://skin.test/",
    "accessed": "2026-11-22",
    "publisher": "",
    "edition": "",
    "genre": "",
    "study_type": "case-series",
    "finding": "It helped five of ten.",
    "rest": '{"language": "en", "custom": {"shelf": "3"}}',
    "version": "",
}
STORED = {
    "id": "berk2008",
    "type": "article-journal",
    "title": "Milia: a review",
    "author": [
        {"family": "Berk", "given": "David R."},
        {"literal": "The Milia Group"},
        {"literal": "Centers, United"},
        {"family": "Klimo", "given": "Paul", "suffix": "Jr"},
    ],
    "editor": [{"family": "Poe", "given": "Edgar"}],
    "container-title": "Journal of the American Academy of Dermatology",
    "container-title-short": "J Am Acad Dermatol",
    "issued": {"date-parts": [[2008, 12]]},
    "volume": "59",
    "issue": "6",
    "page": "1050-1063",
    "DOI": "10.1016/j.jaad.2008.07.034",
    "PMID": "18819726",
    "URL": "https://skin.test/",
    "accessed": {"date-parts": [[2026, 11, 22]]},
    "language": "en",
    "custom": {"shelf": "3", "study-type": "case-series", "finding": "It helped five of ten."},
}


@pytest.fixture
def desk(editor: User, client: Client) -> Client:
    """The browser of an editor who is logged in."""
    client.force_login(editor)
    return client


def address(reference: Reference) -> str:
    return f"/admin/references/reference/{reference.pk}/change/"


def shown(desk: Client, reference: Reference) -> dict[str, Any]:
    """What the form shows of a stored source, as a browser would send it back."""
    form: ReferenceForm = desk.get(address(reference)).context["adminform"].form
    values = {name: form.initial.get(name) for name in form.fields}
    return {name: "" if value is None else value for name, value in values.items()}


def errors(response: Any) -> dict[str, list[str]]:
    assert response.status_code == 200
    form: ReferenceForm = response.context["adminform"].form
    return {field: [str(text) for text in texts] for field, texts in form.errors.items()}


def test_a_typed_source_is_stored_by_whoever_typed_it(desk: Client, editor: User) -> None:
    response = desk.post(ADD, TYPED)
    assert response.status_code == 302
    reference = Reference.objects.get()
    assert (reference.csl, reference.updated_by, reference.version) == (STORED, editor, 1)


def test_what_was_stored_is_shown_and_saving_it_unchanged_changes_nothing(desk: Client) -> None:
    desk.post(ADD, TYPED)
    reference = Reference.objects.get()
    assert 'name="accessed" value="2026-11-22"' in desk.get(address(reference)).content.decode()
    again = shown(desk, reference)
    assert (again["authors"], again["year"], again["accessed"]) == (
        TYPED["authors"],
        2008,
        date(2026, 11, 22),
    )
    assert desk.post(address(reference), again).status_code == 302
    reference.refresh_from_db()
    assert (reference.csl, reference.version) == (STORED, 1)


def test_the_entry_is_shown_as_readers_see_it(desk: Client, save: Save) -> None:
    reference = save("a", title="On <milia>", URL="https://skin.test/")
    html = desk.get(address(reference)).content.decode()
    assert 'On &lt;milia&gt;. <a href="https://skin.test/" rel="external">' in html


def test_the_form_for_a_new_source_has_no_entry_yet(desk: Client) -> None:
    response = desk.get(ADD)
    assert response.status_code == 200
    assert "rel=&quot;external" not in response.content.decode()


@pytest.mark.parametrize(
    "variables",
    [
        {"author": [{"family": "Gogh", "given": "V", "non-dropping-particle": "van"}]},
        {"author": [{"family": "Doe, Poe", "given": "J"}]},
        {"issued": {"date-parts": [[2020], [2021]]}},
        {"issued": {"literal": "in press"}},
        {"accessed": {"date-parts": [[2020, 2]]}},
        {"custom": {"correction": {"ref": "b"}}, "abstract": "One\ntwo", "translator": []},
        {"custom": {"study-type": "magic", "finding": 3}},
        {"custom": {"study-type": "cohort", "finding": "Few."}},
        {"author": [{"literal": "{Group}"}]},
        {"author": [{"family": "Plato"}]},
    ],
)
def test_what_no_field_can_express_stays_in_the_json(
    desk: Client, save: Save, variables: dict[str, Any]
) -> None:
    reference = save("a", **variables)
    typed = shown(desk, reference)
    assert desk.post(address(reference), {**typed, "volume": "7"}).status_code == 302
    stored = Reference.objects.get()
    assert stored.csl == {**reference.csl, "volume": "7"}
    assert stored.version == 2


def test_the_citekey_of_a_stored_source_cannot_be_typed(desk: Client, save: Save) -> None:
    reference = save("a")
    typed = {**shown(desk, reference), "citekey": "b", "volume": "7"}
    assert desk.post(address(reference), typed).status_code == 302
    assert Reference.objects.get().citekey == "a"


@pytest.mark.parametrize("version", ["1", ""])
def test_a_stale_form_says_so_and_keeps_what_was_typed(
    desk: Client, save: Save, version: str
) -> None:
    reference = save("a", title="Old")
    typed = {**shown(desk, reference), "title": "Mine", "version": version}
    save("a", title="Theirs", version=1)
    response = desk.post(address(reference), typed)
    assert list(errors(response)) == ["__all__"]
    html = response.content.decode()
    assert "Somebody else saved this reference" in html
    assert re.search(r'name="title" value="Mine"', html)
    assert response.context["adminform"].form["version"].value() == version
    assert Reference.objects.get().title == "Theirs"


@pytest.mark.parametrize(
    ("typed", "field", "message"),
    [
        ({"citekey": "Ä"}, "citekey", "cannot be a citekey"),
        ({"citekey": "taken"}, "citekey", "Another reference has the citekey"),
        ({"title": ""}, "title", "This field is required"),
        ({"type": "novel"}, "type", "not one of the available choices"),
        ({"doi": "none"}, "doi", "A DOI looks like"),
        ({"doi": "10.1000/TAKEN"}, "doi", "has the DOI"),
        ({"pmid": "x"}, "pmid", "A PMID is a number"),
        ({"url": "javascript:alert(1)"}, "url", "must be a web address"),
        ({"year": "20"}, "year", "greater than or equal to 1000"),
        ({"month": "2", "day": "30"}, "year", "This is no date"),
        ({"year": "", "month": "2"}, "year", "Give the year too"),
        ({"month": "", "day": "2"}, "month", "Give the month too"),
        ({"accessed": "soon"}, "accessed", "Enter a valid date"),
        ({"rest": "{"}, "rest", "This is not JSON: line 1, column 2"),
        ({"rest": "[]"}, "rest", "must be a JSON object"),
        ({"rest": "[" * 100_000}, "rest", "nested too deeply"),
        ({"rest": '{"volume": "7", "type": "book"}'}, "rest", "type, volume"),
        ({"rest": '{"custom": {"finding": "x"}}'}, "rest", "custom.finding"),
        ({"rest": '{"custom": []}'}, "__all__", "custom: This must be a JSON object"),
        ({"study_type": "magic"}, "study_type", "not one of the available choices"),
        ({"rest": '{"titel": "7"}'}, "__all__", "titel: CSL-JSON has no such variable"),
        ({"authors": "x" * 2001}, "authors", "too long"),
    ],
)
def test_a_fault_is_shown_at_its_field_and_nothing_is_stored(
    desk: Client, save: Save, typed: dict[str, str], field: str, message: str
) -> None:
    save("taken", DOI="10.1000/taken")
    found = errors(desk.post(ADD, {**TYPED, **typed}))
    assert list(found) == [field]
    assert message in found[field][0]
    assert Reference.objects.count() == 1


def test_the_form_says_what_rests_on_the_source_alone(desk: Client) -> None:
    reference = factories.reference("alone2016")
    add_aliases({"Müller:2016": "alone2016"})
    assert "cites this source and no other" in desk.get(address(reference)).content.decode()
    body = "They go [@alone2016]. They stay [@alone2016; @berk2008]."
    factories.reference()
    factories.published(factories.article_content(body=body))
    html = desk.get(address(reference)).content.decode()
    assert re.findall(r"<li>(They .*?)</li>", html) == ["They go."]
    assert '<a href="/articles/removal/">Removal</a>' in html
    assert "Müller:2016" in html


def test_services_are_asked_about_the_selected_sources(desk: Client, save: Save) -> None:
    rows = [save("a", DOI="10.1000/a"), save("b", PMID="12"), save("c")]
    chosen = {"action": "ask_services", "_selected_action": [row.pk for row in rows]}
    html = desk.post("/admin/references/reference/", chosen, follow=True).content.decode()
    assert "2 references will be asked about" in html
    assert "1 reference has neither DOI nor PMID" in html
    job = ProcrastinateJob.objects.get()
    assert (job.task_name, job.args["citekeys"]) == ("references.check_chosen", ["a", "b"])


def test_only_what_is_amiss_is_told(desk: Client, save: Save) -> None:
    chosen = {"action": "ask_services", "_selected_action": [save("a", DOI="10.1000/a").pk]}
    html = desk.post("/admin/references/reference/", chosen, follow=True).content.decode()
    assert "1 reference will be asked about" in html
    assert "neither DOI nor PMID" not in html


def test_nobody_is_asked_about_sources_that_no_service_knows(desk: Client, save: Save) -> None:
    chosen = {"action": "ask_services", "_selected_action": [save("c").pk]}
    html = desk.post("/admin/references/reference/", chosen, follow=True).content.decode()
    assert "1 reference has neither DOI nor PMID" in html
    assert not ProcrastinateJob.objects.exists()


@pytest.mark.parametrize("query", ["berk2008", "milia", "10.1016/j.jaad", "18819726"])
def test_sources_are_found_by_citekey_title_and_identifiers(
    desk: Client, save: Save, query: str
) -> None:
    desk.post(ADD, TYPED)
    save("other")
    found = desk.get("/admin/references/reference/", {"q": query}).context["cl"].result_list
    assert [reference.citekey for reference in found] == ["berk2008"]


def test_a_source_is_typed_by_staff_only(client: Client, django_user_model: type[User]) -> None:
    assert client.post(ADD, TYPED).status_code == 302
    client.force_login(django_user_model.objects.create_user("clerk", is_staff=True))
    assert client.post(ADD, TYPED).status_code == 403
    assert not Reference.objects.exists()


WORDS = st.text("abc ,{}.-é", max_size=12)


@example(text="{,},")
@settings(max_examples=200)
@given(text=st.lists(WORDS, max_size=4).map("\n".join))
def test_names_read_from_lines_come_back_as_the_same_names(text: str) -> None:
    names = names_from_lines(text)
    assert names_from_lines(names_to_lines(names)) == names


def test_a_number_that_no_program_reads_is_refused() -> None:
    with pytest.raises(ValidationError, match="a number that is too long"):
        json_object('{"number": ' + "1" * 5_000 + "}")
