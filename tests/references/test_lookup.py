"""Looking up a DOI or a PMID, against a server on this machine. Every record is invented."""

import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

import pytest
from django.core.cache import cache
from django.utils import timezone
from django.utils.http import http_date

from references import services
from references.errors import InvalidItem, LibraryError
from references.lookup import Notices, find, notices
from references.notices import Notice, NoticeType
from references.services import (
    NoSuchRecord,
    ServiceUnreachable,
    UnexpectedAnswer,
    allowed_origins,
)
from tests.fakes.services import Answer, FakeServices, running

WORK = "/crossref/works/10.5555/one"
DOI_ORG = "/doi/10.5555/one"
EFETCH = "/pubmed/efetch.fcgi"
MESSAGE = {
    "DOI": "10.5555/one",
    "type": "journal-article",
    "title": ["Milia"],
    "updated-by": [{"DOI": "10.5555/r", "type": "retraction", "source": "publisher"}],
}
ITEM = {"type": "article-journal", "title": "Milia", "DOI": "10.5555/one"}
RETRACTION = Notice(NoticeType.RETRACTION, "10.5555/r", doi="10.5555/r", service="crossref")
ERRATUM = Notice(
    NoticeType.CORRECTION,
    "J Tests. doi: 10.5555/e",
    doi="10.5555/e",
    pmid="102",
    service="pubmed",
)


def as_json(data: object, **more: Any) -> Answer:
    """An answer of JSON."""
    return Answer(json.dumps(data).encode(), **more)


GOOD = as_json({"status": "ok", "message": MESSAGE})


def article(pmid: str = "101", more: str = "", types: str = "Journal Article") -> Answer:
    """PubMed's answer for an article."""
    return Answer(
        f"""<?xml version="1.0" ?><!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD"
        "https://dtd.nlm.nih.gov/x.dtd"><PubmedArticleSet><PubmedArticle><MedlineCitation>
        <PMID>{pmid}</PMID><Article><ArticleTitle>Milia.</ArticleTitle><PublicationTypeList>
        <PublicationType>{types}</PublicationType></PublicationTypeList></Article>{more}
        </MedlineCitation></PubmedArticle></PubmedArticleSet>""".encode()
    )


WITH_ERRATUM = article(
    more="""<CommentsCorrectionsList><CommentsCorrections RefType="ErratumIn">
    <RefSource>J Tests. doi: 10.5555/e</RefSource><PMID>102</PMID></CommentsCorrections>
    </CommentsCorrectionsList>"""
)


TO_CROSSREF = Answer(status=302, headers={"Location": "https://data.crossref.org/10.5555%2Fone"})


@contextmanager
def resolving(*addresses: str) -> Iterator[list[str]]:
    """Lets every name but this machine's have these addresses; gives the names asked for."""
    names: list[str] = []
    resolve = socket.getaddrinfo

    def resolved(host: str, *args: Any, **more: Any) -> Any:
        names.append(host)
        if host == "127.0.0.1":
            return resolve(host, *args, **more)
        if not addresses:
            raise socket.gaierror
        family = socket.AF_INET
        return [(family, socket.SOCK_STREAM, 6, "", (address, 443)) for address in addresses]

    with patch("socket.getaddrinfo", resolved):
        yield names


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long we would have waited."""
    waits: list[float] = []
    monkeypatch.setattr(services, "pause", waits.append)
    return waits


@pytest.fixture
def server(settings: Any, pauses: list[float], monkeypatch: Any) -> Iterator[FakeServices]:
    """The three services, each in its own folder of one server."""
    cache.clear()
    monkeypatch.setattr(services, "INTERVAL", 0.0)
    monkeypatch.setattr(services, "PUBMED_INTERVAL", 0.0)
    with running() as fake:
        settings.CROSSREF_URL = f"{fake.url}/crossref"
        settings.DOI_URL = f"{fake.url}/doi"
        settings.PUBMED_URL = f"{fake.url}/pubmed"
        settings.CONTACT_EMAIL = ""
        yield fake
    cache.clear()


def raised(identifier: str = "10.5555/one") -> LibraryError:
    """The named error of a look-up."""
    with pytest.raises(LibraryError) as error:
        find(identifier)
    return error.value


@pytest.mark.parametrize(
    "identifier",
    [
        "10.5555/one",
        " doi:10.5555/one ",
        "DOI: 10.5555/one",
        "https://doi.org/10.5555/one",
        "http://dx.doi.org/10.5555%2Fone",
    ],
)
def test_a_doi_is_found_at_crossref(server: FakeServices, identifier: str) -> None:
    server.answer(WORK, GOOD)
    assert find(identifier) == ITEM
    assert server.paths() == [WORK]


@pytest.mark.parametrize(
    "identifier",
    [
        *("101", "PMID: 101", "pmid 101", "PMID101"),
        *("https://pubmed.ncbi.nlm.nih.gov/101/", "https://pubmed.ncbi.nlm.nih.gov/101?x#y"),
    ],
)
def test_a_pmid_is_found_at_pubmed(server: FakeServices, identifier: str) -> None:
    server.answer(EFETCH, article())
    assert find(identifier) == {
        "type": "article-journal",
        "title": "Milia",
        "PMID": "101",
        "custom": {"publication-types": ["Journal Article"]},
    }
    query = {"db": "pubmed", "id": "101", "rettype": "xml", "retmode": "xml", "tool": "milia"}
    assert server.asked[0].query == {name: [value] for name, value in query.items()}


@pytest.mark.parametrize("identifier", ["", "Milia", "10.5555", "0101", "10.5555/a b", "\ud800"])
def test_what_is_no_identifier_is_not_asked_for(server: FakeServices, identifier: str) -> None:
    with pytest.raises(InvalidItem, match="DOI"):
        find(identifier)
    assert server.asked == []


@pytest.mark.parametrize(
    ("doi", "path"),
    [
        ("10.5555/a/b", "10.5555/a%2Fb"),
        ("10.5555/../../etc", "10.5555/..%2F..%2Fetc"),
        ("10.5555/..", "10.5555/%2E%2E"),
        ("10.5555/a?b#c&d=e", "10.5555/a%3Fb%23c%26d%3De"),
        ("10.5555/(si)1<2>\"'%41;ü", "10.5555/%28si%291%3C2%3E%22%27%2541%3B%C3%BC"),
    ],
)
def test_a_doi_is_one_step_of_a_path(server: FakeServices, doi: str, path: str) -> None:
    raised(doi)
    assert server.paths() == [f"/crossref/works/{path}", f"/doi/{path}"]


def test_doi_org_is_asked_for_what_crossref_does_not_know(server: FakeServices) -> None:
    server.answer(DOI_ORG, as_json({"type": "dataset", "title": "Data", "id": "x", "URL": "bad"}))
    assert find("10.5555/one") == {"type": "dataset", "title": "Data", "DOI": "10.5555/one"}
    assert server.asked[1].headers["Accept"] == "application/vnd.citationstyles.csl+json"


def test_what_nobody_knows_is_told(server: FakeServices) -> None:
    server.answer(EFETCH, Answer(b"<PubmedArticleSet></PubmedArticleSet>"))
    assert isinstance(raised(), NoSuchRecord)
    assert isinstance(raised("101"), NoSuchRecord)
    server.answer(EFETCH, Answer(status=404))
    assert isinstance(raised("101"), NoSuchRecord)


def test_an_address_is_told_only_when_there_is_one(server: FakeServices, settings: Any) -> None:
    server.answer(WORK, GOOD)
    server.answer(EFETCH, article())
    find("10.5555/one")
    find("101")
    assert not [asked for asked in server.asked if {"mailto", "email"} & asked.query.keys()]
    assert {asked.headers["User-Agent"] for asked in server.asked} == {
        f"Milia/0.1 (+{settings.SITE_URL})"
    }
    cache.clear()
    settings.CONTACT_EMAIL = "editor@example.org"
    find("10.5555/one")
    find("101")
    assert server.asked[2].query["mailto"] == server.asked[3].query["email"]
    assert server.asked[3].headers["User-Agent"].endswith("; mailto:editor@example.org)")


def test_an_answer_is_kept_for_a_day(server: FakeServices) -> None:
    server.answer(WORK, GOOD)
    find("10.5555/one")["title"] = "Changed"
    assert find("10.5555/ONE") == ITEM
    assert notices("10.5555/one", "") == [RETRACTION]
    assert server.paths() == [WORK]


def test_a_cache_can_be_read_without_our_classes(server: FakeServices) -> None:
    server.answer(WORK, GOOD)
    with patch.object(cache, "set") as kept:
        find("10.5555/one")
    _key, (item, rows), _time = kept.call_args.args
    assert json.loads(json.dumps([item, rows])) == [item, [list(row) for row in rows]]
    assert {type(value) for row in rows for value in row} == {str}


@pytest.mark.parametrize("broken", [OSError("down"), "nonsense", (1, 2)])
def test_a_cache_that_fails_is_no_cache(server: FakeServices, broken: object) -> None:
    server.answer(WORK, GOOD)
    answers = {"side_effect": broken} if isinstance(broken, OSError) else {"return_value": broken}
    with (
        patch.object(cache, "get", **answers),
        patch.object(cache, "set", side_effect=OSError("down")),
    ):
        assert find("10.5555/one") == find("10.5555/one") == ITEM
    assert server.paths() == [WORK, WORK]


@pytest.mark.parametrize(
    "answer",
    [
        Answer(b"<!doctype html><p>Down for maintenance</p>"),
        Answer(b""),
        Answer(b"[" * 100_000),
        Answer(b"\xff\xfe"),
        as_json([]),
        as_json({"message": "Resource not found."}),
        as_json({"message": {"title": "Milia"}}),
        as_json({"message": {"DOI": "10.5555/one"}}),
        as_json({"message": {**MESSAGE, "issued": {"date-parts": "today"}}}),
        as_json({"message": {"title": ["x" * 10_000_000]}}),
        as_json({"message": MESSAGE}, status=403),
        as_json({"message": MESSAGE}, headers={"Content-Encoding": "gzip"}),
    ],
)
def test_an_answer_that_is_no_record_has_a_name(server: FakeServices, answer: Answer) -> None:
    server.answer(WORK, answer)
    error = raised()
    assert isinstance(error, UnexpectedAnswer)
    assert error.message.startswith("Crossref gave an answer that could not be used: ")
    assert server.paths().count(WORK) == 1


@pytest.mark.parametrize(
    "body",
    [b"", b"<html></html>", b"\xff", b"<PubmedArticleSet><PubmedArticle>", article("999").body],
)
def test_an_answer_of_pubmed_that_is_no_record_has_a_name(
    server: FakeServices, body: bytes
) -> None:
    server.answer(EFETCH, Answer(body))
    assert isinstance(raised("101"), UnexpectedAnswer)


def test_csl_that_is_nested_too_deep_has_a_name(server: FakeServices) -> None:
    server.answer(DOI_ORG, Answer(b'{"title": ' + b"[" * 900 + b"]" * 900 + b"}"))
    assert isinstance(raised(), UnexpectedAnswer)
    server.answer(DOI_ORG, as_json({"type": "dataset", "title": "T"}))
    with patch("references.lookup.record", side_effect=RecursionError):
        assert isinstance(raised(), UnexpectedAnswer)


def test_a_passing_failure_is_tried_again(server: FakeServices, pauses: list[float]) -> None:
    server.answer(WORK, Answer(status=503), Answer(hangs_up=True), GOOD)
    assert find("10.5555/one") == ITEM
    assert pauses == [0.5, 1.0]


@pytest.mark.parametrize(
    "answer",
    [
        Answer(status=500),
        Answer(status=429),
        Answer(hangs_up=True),
        as_json({"message": MESSAGE}, cut=40),
    ],
)
def test_after_three_tries_it_is_given_up(server: FakeServices, answer: Answer) -> None:
    server.answer(WORK, answer)
    error = raised()
    assert isinstance(error, ServiceUnreachable)
    assert error.retry_after is None
    assert server.paths() == [WORK] * 3


def test_nobody_at_the_address(server: FakeServices, settings: Any) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        settings.CROSSREF_URL = f"http://127.0.0.1:{taken.getsockname()[1]}"
        assert isinstance(raised(), ServiceUnreachable)


@pytest.mark.parametrize(
    ("header", "waits"),
    [("3", [3.0]), ("0", [0.5]), ("soon", [0.5]), (http_date(0), [0.5]), ("-1", [0.5])],
)
def test_a_short_rest_is_kept(
    server: FakeServices, pauses: list[float], header: str, waits: list[float]
) -> None:
    server.answer(WORK, Answer(status=429, headers={"Retry-After": header}), GOOD)
    assert find("10.5555/one") == ITEM
    assert pauses == waits


def test_a_long_rest_is_told(server: FakeServices, pauses: list[float]) -> None:
    server.answer(WORK, Answer(status=429, headers={"Retry-After": "60"}))
    error = raised()
    assert isinstance(error, ServiceUnreachable)
    assert error.retry_after == 60
    date = http_date(timezone.now().timestamp() + 600)
    server.answer(WORK, Answer(status=503, headers={"Retry-After": date}))
    error = raised()
    assert isinstance(error, ServiceUnreachable)
    assert 590 < (error.retry_after or 0) <= 600
    assert pauses == []
    assert server.paths() == [WORK] * 2


def test_a_slow_service_is_not_waited_for(server: FakeServices, monkeypatch: Any) -> None:
    monkeypatch.setattr(services, "TIMEOUT", 0.2)
    server.answer(WORK, Answer(delay=1))
    assert isinstance(raised(), ServiceUnreachable)
    assert server.paths() == [WORK]


def test_an_answer_has_an_end(server: FakeServices, monkeypatch: Any) -> None:
    monkeypatch.setattr(services, "MAX_TIME", 0)
    server.answer(WORK, GOOD)
    assert isinstance(raised(), ServiceUnreachable)


def test_a_host_is_not_asked_too_often(
    server: FakeServices, pauses: list[float], monkeypatch: Any
) -> None:
    monkeypatch.setattr(services, "PUBMED_INTERVAL", 3.0)
    for pmid in ("101", "102", "103"):
        server.answer(EFETCH, article(pmid))
        if pmid != "103":
            find(pmid)
    assert [round(wait) for wait in pauses] == [3]
    error = raised("103")
    assert isinstance(error, ServiceUnreachable)
    assert 5 < (error.retry_after or 0) <= 6
    assert len(server.asked) == 2


def test_redirects_are_followed_among_known_hosts(server: FakeServices) -> None:
    server.answer(DOI_ORG, Answer(status=302, headers={"Location": "/a"}))
    server.answer("/a", Answer(status=303, headers={"Location": f"{server.url}/b"}))
    server.answer("/b", Answer(status=307, headers={"Location": "c?d=e"}))
    server.answer("/c", as_json({"type": "dataset", "title": "Data"}))
    assert find("10.5555/one")["title"] == "Data"
    assert server.paths() == [WORK, DOI_ORG, "/a", "/b", "/c"]


def test_a_fourth_redirect_is_not_followed(server: FakeServices) -> None:
    server.answer(WORK, Answer(status=301, headers={"Location": WORK}))
    assert "redirects" in str(raised())
    assert server.paths() == [WORK] * 4
    server.answer(WORK, Answer(status=301))
    assert isinstance(raised(), UnexpectedAnswer)


@pytest.mark.parametrize(
    "location",
    [
        "https://elsewhere.example/",
        "http://data.crossref.org/one",
        "http://169.254.169.254/latest/meta-data/",
        "http://127.0.0.1:1/",
        "http://localhost/",
        "file:///etc/passwd",
        "//[::1]/",
        "https://data.crossref.org@elsewhere.example/",
        "https://me:secret@data.crossref.org/",
    ],
)
def test_redirects_elsewhere_are_refused(server: FakeServices, location: str) -> None:
    server.answer(WORK, Answer(status=302, headers={"Location": location}))
    with resolving() as names:
        assert "does not ask" in str(raised())
    assert set(names) == {"127.0.0.1"}
    assert server.paths() == [WORK]


def test_a_redirect_to_no_address_is_a_failure(server: FakeServices) -> None:
    server.answer(WORK, Answer(status=302, headers={"Location": "http://[::bad"}))
    assert isinstance(raised(), ServiceUnreachable)


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "fe80::1"])
def test_a_known_name_that_leads_inside_is_refused(server: FakeServices, address: str) -> None:
    server.answer(DOI_ORG, TO_CROSSREF)
    with resolving("192.0.43.8", address):
        assert "internal network" in str(raised())


def test_a_known_name_that_leads_into_the_world_is_asked(server: FakeServices) -> None:
    server.answer(DOI_ORG, TO_CROSSREF)
    connect = socket.create_connection
    asked = []

    def connecting(address: tuple[str, int], *args: Any, **more: Any) -> socket.socket:
        asked.append(address)
        if address[0] == "127.0.0.1":
            return connect(address, *args, **more)
        raise ConnectionRefusedError

    with resolving("192.0.43.8"), patch("socket.create_connection", connecting):
        assert isinstance(raised(), ServiceUnreachable)
    assert ("data.crossref.org", 443) in asked


def test_a_known_name_without_an_address_is_a_failure(server: FakeServices) -> None:
    server.answer(DOI_ORG, TO_CROSSREF)
    with resolving():
        assert isinstance(raised(), ServiceUnreachable)


@pytest.mark.parametrize(
    "base",
    ["http://api.example.org", "ftp://127.0.0.1", "nonsense", "http://[bad", "http://a:b", ""],
)
def test_a_base_without_tls_is_for_this_machine_only(
    server: FakeServices, settings: Any, base: str
) -> None:
    settings.CROSSREF_URL = base
    assert isinstance(raised(), UnexpectedAnswer)
    assert server.asked == []


def test_the_hosts_that_may_be_asked_come_from_the_settings(settings: Any) -> None:
    assert allowed_origins() == {
        "https://api.crossref.org:443",
        "https://doi.org:443",
        "https://eutils.ncbi.nlm.nih.gov:443",
        "https://data.crossref.org:443",
        "https://data.datacite.org:443",
        "https://data.crosscite.org:443",
    }
    settings.DOI_URL = "http://localhost:8080/doi"
    assert "http://localhost:8080" in allowed_origins()
    assert "https://doi.org:443" not in allowed_origins()


def test_both_services_are_asked_for_notices(server: FakeServices) -> None:
    server.answer(WORK, GOOD)
    server.answer(EFETCH, WITH_ERRATUM)
    found = notices("10.5555/one", "101")
    assert found == [RETRACTION, ERRATUM]
    assert found.unanswered == {}
    assert notices("", "") == []


def test_a_service_that_cannot_be_asked_is_named(server: FakeServices) -> None:
    server.answer(WORK, Answer(status=500))
    server.answer(EFETCH, WITH_ERRATUM)
    found = notices("10.5555/one", "101")
    assert found == [ERRATUM]
    assert isinstance(found, Notices)
    assert [*found.unanswered] == ["Crossref"]
    assert isinstance(found.unanswered["Crossref"], ServiceUnreachable)


def test_a_service_that_does_not_know_a_source_has_answered(server: FakeServices) -> None:
    server.answer(EFETCH, Answer(b"<PubmedArticleSet/>"))
    assert notices("10.5555/one", "101").unanswered == {}


def test_a_retraction_may_be_told_by_the_kind_of_publication_alone(server: FakeServices) -> None:
    server.answer(EFETCH, article(types="Retracted Publication"))
    assert notices("", "101") == [
        Notice(NoticeType.RETRACTION, "a notice that PubMed does not name", service="pubmed")
    ]


def test_identifiers_in_notices_are_checked(server: FakeServices) -> None:
    more = """<CommentsCorrectionsList><CommentsCorrections RefType="RetractionIn">
    <RefSource>J Tests</RefSource><PMID>none</PMID></CommentsCorrections>
    </CommentsCorrectionsList>"""
    server.answer(EFETCH, article(more=more, types="Retracted Publication"))
    assert notices("", "101") == [Notice(NoticeType.RETRACTION, "J Tests", service="pubmed")]
    with pytest.raises(InvalidItem):
        notices("elsewhere", "")


def test_a_pause_takes_its_time() -> None:
    with patch("time.sleep") as sleep:
        services.pause(1.5)
    sleep.assert_called_once_with(1.5)
