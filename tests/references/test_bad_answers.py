"""Services that answer wrongly, slowly or hostilely, and lists that are none."""

import gzip
import json
import socketserver
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client

from references import services
from references.checking import check
from references.entries import Status
from references.lookup import find, notices
from references.models import FoundNotice, Reference
from references.notices import Notice, NoticeType
from references.services import ServiceUnreachable, UnexpectedAnswer
from tests.fakes.services import Answer, FakeServices
from tests.references.conftest import Save

WORK = "/crossref/works/10.5555/one"
EFETCH = "/pubmed/efetch.fcgi"
FILL = "/admin/references/reference/fill/"


def work(**message: Any) -> Answer:
    message = {"DOI": "10.5555/one", "title": ["Milia"], **message}
    return Answer(json.dumps({"status": "ok", "message": message}).encode())


GZIPPED = gzip.compress(b"0" * 10_000_000)
HOSTILE = {
    "HTML": Answer(b"<!doctype html><p>Down for maintenance</p>"),
    "nothing": Answer(b""),
    "429": Answer(status=429),
    "429 for an hour": Answer(status=429, headers={"Retry-After": "3600"}),
    "500": Answer(b"<h1>Oops</h1>", status=500),
    "half a body": Answer(work().body, cut=30),
    "this machine": Answer(status=302, headers={"Location": "http://127.0.0.1:1/"}),
    "a private address": Answer(status=302, headers={"Location": "http://10.0.0.1/"}),
    "another host": Answer(status=302, headers={"Location": "https://elsewhere.example/"}),
    "a file": Answer(status=302, headers={"Location": "file:///etc/passwd"}),
    "10 MB": Answer(b'{"message": {"title": ["' + b"x" * 10_000_000 + b'"]}}'),
    "a gzip bomb": Answer(GZIPPED, headers={"Content-Encoding": "gzip"}),
    "a gzip bomb that is not said to be one": Answer(GZIPPED),
    "wrong types": work(**{"updated-by": {"type": 1}}),
    "infinite numbers": Answer(b'{"message": {"title": ["T"], "volume": 1e400}}'),
    "huge numbers": Answer(b'{"message": {"title": ["T"], "volume": %s}}' % (b"9" * 5_000)),
    "lists in each other": Answer(b'{"message": ' + b"[" * 100_000),
    "notices without end": work(**{"updated-by": [{"DOI": "10.5555/x"}] * 501}),
}


@pytest.mark.django_db
@pytest.mark.parametrize("answer", HOSTILE.values(), ids=HOSTILE)
def test_a_bad_answer_leaves_a_source_as_it_was(
    server: FakeServices, save: Save, answer: Answer
) -> None:
    save("a", DOI="10.5555/one")
    server.answer(WORK, work(**{"updated-by": [{"DOI": "10.5555/r", "type": "retraction"}]}))
    check("a")
    before = Reference.objects.values().get()
    server.answer(WORK, answer)
    result = check("a")
    assert [*result.unanswered] == ["Crossref"]
    assert result.new == ()
    assert Reference.objects.values().get() == before
    assert before["status"] == Status.RETRACTED
    assert FoundNotice.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("answer", HOSTILE.values(), ids=HOSTILE)
def test_a_bad_answer_is_told_above_an_empty_form(
    server: FakeServices, editor: User, answer: Answer
) -> None:
    # What is wrong with a notice does not keep anybody from entering its source.
    is_of_notices = b"updated-by" in answer.body
    server.answer(WORK, answer)
    desk: Any = Client()
    desk.force_login(editor)
    page = desk.post(FILL, {"text": "10.5555/one"})
    assert page.status_code == 200
    assert "Crossref" in page.content.decode() or is_of_notices
    assert not page.context["adminform"].form["title"].value()
    assert not Reference.objects.exists()


@pytest.mark.django_db
def test_a_source_with_a_bad_answer_does_not_hold_up_the_next_one(
    server: FakeServices, save: Save, capsys: pytest.CaptureFixture[str]
) -> None:
    save("a", DOI="10.5555/one")
    save("b", DOI="10.5555/two")
    server.answer(WORK, HOSTILE["HTML"])
    server.answer("/crossref/works/10.5555/two", work(DOI="10.5555/two"))
    with pytest.raises(CommandError, match="1 sources remain unchecked"):
        call_command("check_references")
    assert "a: Crossref: Crossref gave an answer that could not be used" in capsys.readouterr().err
    statuses = dict(Reference.objects.values_list("citekey", "status"))
    assert statuses == {"a": Status.UNCHECKED, "b": Status.OK}


@contextmanager
def dripping(beginning: bytes) -> Iterator[str]:
    """A server that answers with this, and then with a byte now and then for ever."""

    class Drip(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            self.request.recv(10_000)
            with suppress(OSError):
                self.request.sendall(beginning)
                while True:
                    time.sleep(0.02)
                    self.request.sendall(b"1")

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Drip) as server:
        server.daemon_threads = True
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@pytest.mark.parametrize(
    "beginning",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nX-Slow: ",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
    ],
    ids=["status", "header", "body", "chunk"],
)
def test_a_service_that_drips_is_left_in_time(
    server: FakeServices, settings: Any, monkeypatch: pytest.MonkeyPatch, beginning: bytes
) -> None:
    monkeypatch.setattr(services, "MAX_TIME", 0.3)
    with dripping(beginning) as url:
        settings.CROSSREF_URL = url
        begin = time.perf_counter()
        with pytest.raises((ServiceUnreachable, UnexpectedAnswer)):
            find("10.5555/one")
        assert time.perf_counter() - begin < 5


@pytest.mark.parametrize(
    ("identifier", "path"),
    [
        ("10.5555/%2e%2e%2fadmin", "10.5555/%252e%252e%252fadmin"),
        ("https://doi.org/10.5555/%2e%2e", "10.5555/%2E%2E"),
        ("10.5555/a'b\"c", "10.5555/a%27b%22c"),
        ("10.5555/a\\b", "10.5555/a%5Cb"),
        ("10.5555/one\n", "10.5555/one"),
        ("10.5555/@127.0.0.1:80", "10.5555/%40127.0.0.1%3A80"),
    ],
)
def test_a_hostile_doi_is_one_step_of_a_path(
    server: FakeServices, identifier: str, path: str
) -> None:
    server.answer(f"/crossref/works/{path}", work(DOI=None))
    assert find(identifier)["title"] == "Milia"
    assert server.paths() == [f"/crossref/works/{path}"]
    assert not server.asked[0].query


def test_names_without_end_are_left_out(server: FakeServices) -> None:
    server.answer(WORK, work(author=[{"family": "A"}] * 100_000))
    assert find("10.5555/one") == {"type": "document", "title": "Milia", "DOI": "10.5555/one"}


@pytest.mark.parametrize(
    ("parts", "published"),
    [
        ([2024], "2024"),
        ([2024, 5], "2024-05"),
        ([2024, 5, 6], "2024-05-06"),
        ([2024, 2, 30], ""),
        ([9999, 9999, 9999], ""),
        ([], ""),
    ],
)
@pytest.mark.django_db
def test_the_date_of_a_notice_is_a_date_or_nothing(
    server: FakeServices, save: Save, parts: list[int], published: str
) -> None:
    update = {"DOI": "10.5555/r", "type": "retraction", "updated": {"date-parts": [parts]}}
    server.answer(WORK, work(**{"updated-by": [update]}))
    save("a", DOI="10.5555/one")
    (notice,) = check("a").new
    assert notice.published == published


@pytest.mark.parametrize(
    ("comment", "times"), [("J Tests", 100), ("x" * 2_001, 1)], ids=["many", "long"]
)
def test_notices_of_pubmed_that_cannot_be_read_do_not_pass_for_none(
    server: FakeServices, comment: str, times: int
) -> None:
    comments = (
        f'<CommentsCorrections RefType="ErratumIn"><RefSource>{comment}</RefSource>'
        "<PMID>7</PMID></CommentsCorrections>"
    )
    body = (
        "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>101</PMID><Article>"
        "<ArticleTitle>Milia</ArticleTitle></Article><CommentsCorrectionsList>"
        f"{comments * times}"
        "</CommentsCorrectionsList></MedlineCitation></PubmedArticle></PubmedArticleSet>"
    )
    server.answer(EFETCH, Answer(body.encode()))
    assert [*notices("", "101").unanswered] == ["PubMed"]


COLUMNS = "OriginalPaperDOI,OriginalPaperPubMedID,RetractionNature,RetractionDOI,RetractionPubMedID"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(200_000), "no column"),
        (b"x" * 50_000_000, "cannot be read after line 0: a line does not end"),
        (b"x" * 200_000 + b"\n", "cannot be read after line 0: field larger"),
        (b'"' + b"x,\n" * 100_000, "cannot be read after line"),
        (f"{COLUMNS}\n".encode() + b"," * 2_000_000, "a line does not end"),
    ],
    ids=["PNG", "one line", "long header", "open quotation", "fields without end"],
)
def test_a_file_that_is_no_list_is_refused(
    tmp_path: Path, save: Save, content: bytes, told: str
) -> None:
    save("a", DOI="10.5555/one")
    file = tmp_path / "list.csv"
    file.write_bytes(content)
    with pytest.raises(CommandError, match=f"list.csv: .*{told}"):
        call_command("check_references", retraction_watch=str(file))
    assert Reference.objects.get().status == Status.UNCHECKED


@pytest.mark.django_db
def test_identifiers_in_the_list_that_are_none_do_not_lose_the_notice(
    tmp_path: Path, save: Save
) -> None:
    save("a", DOI="10.5555/one")
    file = tmp_path / "list.csv"
    rows = f"10.5555/ONE,0,Retraction,10.5555/{'x' * 400},1234567890123"
    file.write_text(f"{COLUMNS}\n{rows}\n10.5555/';--,0,Retraction,,\n")
    call_command("check_references", retraction_watch=str(file))
    (notice,) = Reference.objects.get().notices
    assert notice == Notice(
        NoticeType.RETRACTION, notice.text, service=notice.service, published=""
    )
    assert Reference.objects.get().status == Status.RETRACTED
