"""A DOI, a PMID or one pasted reference in, a filled form out."""

import json
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from references.actions import save_reference
from references.filling import MAX_CHARS, Filled, fill
from references.models import Reference
from tests.fakes.services import Answer, FakeServices
from tests.references.conftest import Save

pytestmark = pytest.mark.django_db
ADD = "/admin/references/reference/add/"
FILL = "/admin/references/reference/fill/"
MESSAGE = {
    "DOI": "10.5555/one",
    "type": "journal-article",
    "title": ["Milia"],
    "author": [{"family": "Ada", "given": "B."}],
    "issued": {"date-parts": [[2016, 4]]},
    "volume": "3",
}
AMA = "Ada B. Tiny cysts of the cheek. J Test. 2016;3(1):10-19. doi:10.5555/one"
BIBTEX = """@article{ada-cysts,
  author = {Ada, B.}, title = {Tiny cysts of the cheek}, journal = {J Test}, year = {2016},
  volume = {3}, number = {1}, pages = {10--19}, doi = {10.5555/one}
}"""
RIS = (
    "TY  - JOUR\nAU  - Ada, B.\nTI  - Tiny cysts of the cheek\nJO  - J Test\nPY  - 2016\n"
    "VL  - 3\nIS  - 1\nSP  - 10\nEP  - 19\nDO  - 10.5555/one\nER  - \n"
)
NBIB = (
    "PMID- 123\nTI  - Tiny cysts of the cheek.\nFAU - Ada, B\nTA  - J Test\nDP  - 2016\n"
    "VI  - 3\nIP  - 1\nPG  - 10-19\nLID - 10.5555/one [doi]\nPT  - Journal Article\n"
)
CSL = json.dumps(
    {
        "type": "article-journal",
        "title": "Tiny cysts of the cheek",
        "author": [{"family": "Ada", "given": "B."}],
        "issued": {"date-parts": [[2016]]},
        "DOI": "10.5555/one",
    }
)
PUBMED = (
    "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>123</PMID><Article><Journal>"
    "<JournalIssue><Volume>3</Volume><PubDate><Year>2016</Year></PubDate></JournalIssue>"
    "<Title>J Test</Title></Journal><ArticleTitle>Tiny cysts of the cheek.</ArticleTitle>"
    "<AuthorList><Author><LastName>Ada</LastName><ForeName>B</ForeName></Author></AuthorList>"
    "</Article></MedlineCitation><PubmedData><ArticleIdList>"
    '<ArticleId IdType="doi">10.5555/one</ArticleId></ArticleIdList></PubmedData>'
    "</PubmedArticle></PubmedArticleSet>"
)


@pytest.fixture
def desk(editor: User, client: Client) -> Client:
    """The browser of an editor who is logged in."""
    client.force_login(editor)
    return client


@pytest.fixture
def crossref(server: FakeServices) -> FakeServices:
    """Crossref knows one DOI."""
    body = json.dumps({"status": "ok", "message": MESSAGE}).encode()
    server.answer("/crossref/works/10.5555/one", Answer(body))
    return server


def filled(desk: Client, text: str, **typed: str) -> Any:
    answer = desk.post(FILL, {"text": text, **typed})
    assert answer.status_code == 200
    assert not Reference.objects.filter(doi="10.5555/one", citekey__startswith="ada").exists()
    return answer


def values(answer: Any, *names: str) -> dict[str, Any]:
    form = answer.context["adminform"].form
    return {name: form[name].value() for name in names}


@pytest.mark.parametrize(
    "text",
    ["10.5555/one", " https://doi.org/10.5555/one\n", "doi: 10.5555/one", "DOI:10.5555/one"],
)
def test_a_doi_fills_the_form_in(
    desk: Client, crossref: FakeServices, save: Save, text: str
) -> None:
    save("ada2016")
    answer = desk.post(FILL, {"text": text})
    assert values(answer, "citekey", "title", "authors", "year", "doi") == {
        "citekey": "ada2016a",
        "title": "Milia",
        "authors": "Ada, B.",
        "year": 2016,
        "doi": "10.5555/one",
    }
    assert Reference.objects.count() == 1


def test_a_pmid_fills_the_form_in(desk: Client, server: FakeServices) -> None:
    server.answer("/pubmed/efetch.fcgi", Answer(PUBMED.encode()))
    assert values(filled(desk, "PMID: 123"), "title", "pmid") == {
        "title": "Tiny cysts of the cheek",
        "pmid": "123",
    }


@pytest.mark.parametrize(
    ("text", "citekey"),
    [
        (AMA, "ada2016"),
        (AMA.replace(" of the", "\nof the").replace("J Test", "\nJ Test"), "ada2016"),
        (BIBTEX, "ada-cysts"),
        (RIS, "ada2016"),
        (NBIB, "ada2016"),
        (CSL, "ada2016"),
        (PUBMED, "ada2016"),
    ],
    ids=["AMA", "AMA on three lines", "BibTeX", "RIS", "NBIB", "CSL-JSON", "PubMed XML"],
)
def test_a_reference_of_any_format_fills_the_form_in_without_the_services(
    desk: Client, server: FakeServices, text: str, citekey: str
) -> None:
    answer = filled(desk, text)
    assert values(answer, "citekey", "title", "year", "doi") == {
        "citekey": citekey,
        "title": "Tiny cysts of the cheek",
        "year": 2016,
        "doi": "10.5555/one",
    }
    assert server.asked == []
    html = answer.content.decode()
    assert "The form is filled in." in html
    assert "Tiny cysts of the cheek. <i>J Test</i>. 2016;" in html or text == CSL


def test_a_filled_form_is_saved_at_the_address_of_the_add_form(desk: Client) -> None:
    answer = filled(desk, AMA)
    assert f'action="{ADD}"' in answer.content.decode()
    form = answer.context["adminform"].form
    typed = {name: form[name].value() for name in form.fields}
    assert desk.post(ADD, {k: v for k, v in typed.items() if v is not None}).status_code == 302
    assert Reference.objects.get().doi == "10.5555/one"


def test_a_key_of_the_record_that_is_taken_is_not_offered(desk: Client, save: Save) -> None:
    save("ada-cysts")
    assert values(filled(desk, BIBTEX), "citekey") == {"citekey": "ada2016"}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "Paste a DOI, a PMID or a reference first."),
        ("10.5555/unknown", "No service knows “10.5555/unknown”."),
        ("123456789", "No service knows “PMID 123456789”."),
        ("nonsense", "DOI: A DOI looks like 10.1000/182"),
        ("<PubmedArticleSet></PubmedArticleSet>", "There is no reference in this text."),
        ("<script>alert(1)</script> <b>", ""),
        ("x y " * 1_000, "This is longer than a reference"),
        ("x" * (MAX_CHARS + 1), "This is over 500000 characters."),
    ],
)
def test_what_fills_nothing_in_says_why_and_loses_nothing(
    desk: Client, server: FakeServices, text: str, problem: str
) -> None:
    answer = filled(desk, text, title="Typed already", authors="Ada, B.", rest="{")
    found: Filled = answer.context["filled"]
    assert found.problem.startswith(problem)
    assert found.problem
    assert 'role="alert"' in answer.content.decode()
    assert answer.context["pasted"] == text
    assert values(answer, "title", "authors", "rest") == {
        "title": "Typed already",
        "authors": "Ada, B.",
        "rest": "{",
    }


def test_without_a_network_the_form_says_so_and_a_pasted_text_still_fills_it_in(
    desk: Client, settings: Any, server: FakeServices
) -> None:
    settings.CROSSREF_URL = "http://127.0.0.1:9/crossref"
    html = filled(desk, "10.5555/one").content.decode()
    assert "Crossref could not be asked just now." in html
    assert "pasted as text is read without asking anybody" in html
    assert ">\n10.5555/one</textarea>" in html
    assert values(filled(desk, AMA), "title") == {"title": "Tiny cysts of the cheek"}


@pytest.mark.parametrize("variables", [{"DOI": "10.5555/ONE"}, {"PMID": "123"}])
def test_a_source_that_the_library_has_is_named_with_a_link(
    desk: Client, save: Save, variables: dict[str, str]
) -> None:
    stored = save("old", **variables)
    answer = filled(desk, NBIB, title="Typed already")
    html = answer.content.decode()
    (variable,) = variables
    assert f"The reference “old” has this {variable} already." in html
    assert f'href="/admin/references/reference/{stored.pk}/change/"' in html
    assert values(answer, "title") == {"title": "Typed already"}


@pytest.mark.parametrize(
    "text",
    [
        f"{AMA}\n\nBee C. Another one. J Test. 2017;4(1):1-2.",
        f"1. {AMA}\n2. Bee C. Another one. J Test. 2017;4(1):1-2.",
        RIS + RIS,
        "An Office. A page about milia\nAnother Office. Another page about milia",
    ],
)
def test_a_list_is_led_to_the_import_with_its_text(desk: Client, text: str) -> None:
    answer = filled(desk, text)
    html = answer.content.decode()
    assert "These are 2 references." in html
    assert 'formaction="/admin/references/reference/import/"' in html
    assert answer.context["pasted"] == text
    offered = desk.post("/admin/references/reference/import/", {"text": text})
    assert len(offered.context["rows"]) == 2


def test_what_the_reader_had_to_guess_is_to_be_checked(desk: Client) -> None:
    html = filled(desk, "Ada B, et al. Tiny cysts. J Test. 2016;3(1):10-19.").content.decode()
    assert "<strong>Check this:</strong> The text names some of the authors only" in html


def test_only_the_form_of_a_new_source_has_the_box(desk: Client, save: Save) -> None:
    assert 'id="pasted"' in desk.get(ADD).content.decode()
    reference = save("a")
    change = desk.get(f"/admin/references/reference/{reference.pk}/change/").content.decode()
    assert 'id="pasted"' not in change
    assert 'data-preview="/admin/references/reference/preview/"' in change


def test_reloading_the_filled_form_from_its_address_opens_an_empty_one(desk: Client) -> None:
    answer = desk.get(FILL)
    assert (answer.status_code, answer.headers["Location"]) == (302, ADD)


def test_only_who_may_add_sources_fills_the_form_in(
    client: Client, django_user_model: type[User], server: FakeServices
) -> None:
    assert client.post(FILL, {"text": "10.5555/one"}).status_code == 302
    client.force_login(django_user_model.objects.create_user("clerk", is_staff=True))
    assert client.post(FILL, {"text": "10.5555/one"}).status_code == 403
    assert server.asked == []


def test_a_form_of_another_site_cannot_make_the_server_look_something_up(
    editor: User, server: FakeServices
) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(editor)
    assert strict.post(FILL, {"text": "10.5555/one"}).status_code == 403
    assert server.asked == []


@settings(max_examples=100)
@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
def test_any_text_is_answered_in_words_or_with_an_item(text: str) -> None:
    found = fill(f"{text} \n x")
    outcomes = [found.item, found.problem, found.known, found.many]
    assert sum(map(bool, outcomes)) == 1
    assert bool(found.values) == bool(found.item)


@pytest.mark.parametrize(("text", "shared"), [("10.5555/known", "DOI"), ("mine", "citekey")])
def test_nobody_is_asked_about_what_the_library_has(desk: Any, text: str, shared: str) -> None:
    by = User.objects.get()
    csl = {"type": "article-journal", "title": "Known", "DOI": "10.5555/known"}
    save_reference(by=by, citekey="mine", csl=csl)
    answer = desk.post(FILL, {"text": text}).content.decode()
    assert f"The reference “mine” has this {shared} already." in answer
