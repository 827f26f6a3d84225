"""Links to other sites, asked over real HTTP on this machine."""

import datetime
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from django.utils import timezone

from publishing import actions, outgoing_links
from publishing.models import Link, Page, Task
from publishing.outgoing_links import Verdict, ask, check_due, gather, is_global
from tests import factories
from tests.fakes.services import Answer, FakeServices, running

pytestmark = pytest.mark.django_db

WORKS, SILENT, FAILS = Verdict.WORKS, Verdict.SILENT, Verdict.FAILS


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeServices]:
    """Another site, on this machine; nobody waits between two questions."""
    monkeypatch.setattr(outgoing_links, "PAUSE", 0.0)
    with running() as server:
        server.answer("/fine", Answer(b"x"))
        yield server


def anywhere(_address: str) -> bool:
    return True


def linking(slug: str, *urls: str) -> Page:
    body = " ".join(f"[To {number}]({url})" for number, url in enumerate(urls))
    return factories.published(factories.article_content(slug, body=body)).page


def urls() -> dict[str, list[str]]:
    """Each link with the addresses of the pages that have it."""
    return {
        link.url: sorted(link.pages.values_list("slug", flat=True)) for link in Link.objects.all()
    }


def test_links_are_those_of_live_pages_and_go_with_them() -> None:
    one = linking(
        "one", "https://a.example/x#part", "https://b.example/", "/articles/", "mailto:a@b.c"
    )
    linking("two", "https://a.example/x")
    factories.submitted(factories.article_content("three", body="[c](https://c.example/)"))
    gather()
    gather()
    assert urls() == {"https://a.example/x": ["one", "two"], "https://b.example/": ["one"]}
    assert Link.objects.get(url="https://b.example/").host == "b.example"
    actions.unpublish(by=factories.EditorFactory.create(), page=one, reason="Old.")
    gather()
    assert urls() == {"https://a.example/x": ["two"]}


def test_what_is_too_long_or_no_address_is_left_alone() -> None:
    linking("one", f"https://a.example/{'x' * 2_000}", "https://[broken/")
    gather()
    assert urls() == {}


@pytest.mark.parametrize(
    ("address", "outgoing"),
    [
        ("https://a.example/", True),
        ("https://a.example:port/", False),
        ("https:///", False),
        (f"https://{'a' * 254}/", False),
        ("/articles/", False),
    ],
)
def test_only_whole_addresses_of_other_sites_are_asked(address: str, outgoing: bool) -> None:
    assert outgoing_links.is_outgoing(address) is outgoing


def test_a_link_that_is_ignored_stays_so_when_its_page_comes_back() -> None:
    page = linking("one", "https://a.example/")
    gather()
    Link.objects.update(ignored=True)
    actions.unpublish(by=factories.EditorFactory.create(), page=page, reason="Old.")
    gather()
    assert Link.objects.get().ignored


@pytest.mark.parametrize(
    ("status", "verdict", "words"),
    [
        (200, WORKS, "It works."),
        (204, WORKS, "It works."),
        (404, FAILS, "The page is not there (HTTP 404)."),
        (410, FAILS, "The page is not there (HTTP 410)."),
        (500, FAILS, "It answers with an error (HTTP 500)."),
        (403, SILENT, "It does not answer programs (HTTP 403). Look for yourself."),
        (429, SILENT, "It does not answer programs (HTTP 429). Look for yourself."),
    ],
)
def test_an_answer_is_judged_by_its_status(
    web: FakeServices, status: int, verdict: Verdict, words: str
) -> None:
    web.answer("/page", Answer(status=status))
    assert ask(f"{web.url}/page", permitted=anywhere) == (verdict, words)


def test_head_is_asked_first_and_get_where_that_is_not_liked(web: FakeServices) -> None:
    assert ask(f"{web.url}/fine", permitted=anywhere).verdict is WORKS
    assert [asked.method for asked in web.asked] == ["HEAD"]
    web.answer("/shy", Answer(status=405), Answer(b"x"))
    assert ask(f"{web.url}/shy", permitted=anywhere).verdict is WORKS
    assert [asked.method for asked in web.asked] == ["HEAD", "HEAD", "GET"]
    assert web.asked[0].headers["User-Agent"].startswith("Milia/0.1 (+http")


def test_redirects_are_followed_a_few_times(web: FakeServices) -> None:
    web.answer("/old", Answer(status=301, headers={"Location": "/fine"}))
    assert ask(f"{web.url}/old", permitted=anywhere).verdict is WORKS
    web.answer("/round", Answer(status=302, headers={"Location": "/round"}))
    assert ask(f"{web.url}/round", permitted=anywhere) == (FAILS, "It redirects again and again.")


def test_nothing_of_our_own_network_is_asked(web: FakeServices) -> None:
    assert ask(f"{web.url}/fine") == (FAILS, "It leads into an internal network.")
    assert web.asked == []
    for address in ("ftp://a.example/", "http://user:word@a.example/"):
        assert ask(address, permitted=anywhere).words == (
            "It leads to an address that this site does not ask."
        )
    web.answer("/away", Answer(status=302, headers={"Location": "http://10.0.0.1/"}))

    def this_machine(address: str) -> bool:
        return address == "127.0.0.1"

    assert ask(f"{web.url}/away", permitted=this_machine).words == (
        "It leads into an internal network."
    )


@pytest.mark.parametrize(
    ("address", "ours"),
    [
        ("127.0.0.1", True),
        ("10.1.2.3", True),
        ("169.254.169.254", True),
        ("::1", True),
        ("fd00::1", True),
        ("224.0.0.1", True),
        ("64:ff9b::7f00:1", True),
        ("64:ff9b:1::a00:1", True),
        ("2002:7f00:1::", True),
        ("::7f00:1", True),
        ("::ffff:127.0.0.1", True),
        ("93.184.215.14", False),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", False),
    ],
)
def test_addresses_of_the_world_are_told_from_our_own(address: str, ours: bool) -> None:
    assert is_global(address) is not ours


def test_what_breaks_off_or_does_not_come_fails(
    web: FakeServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    web.answer("/cut", Answer(hangs_up=True))
    assert ask(f"{web.url}/cut", permitted=anywhere).words == "It could not be reached."
    monkeypatch.setattr(outgoing_links, "TIMEOUT", httpx.Timeout(0.2))
    web.answer("/slow", Answer(delay=1.0))
    assert ask(f"{web.url}/slow", permitted=anywhere).words == "It did not answer in time."
    assert ask("http://nobody.invalid/", permitted=anywhere).words == "It could not be reached."


def next_night() -> None:
    Link.objects.update(checked_at=timezone.now() - datetime.timedelta(hours=21))


def test_three_nights_of_failures_put_the_link_on_the_desk_of_its_pages(web: FakeServices) -> None:
    url = f"{web.url}/gone"
    pages = [linking("one", url), linking("two", url)]
    gather()
    for night in (1, 2, 3, 4):
        assert check_due(permitted=anywhere) == 1
        assert check_due(permitted=anywhere) == 0
        assert Link.objects.get().strikes == night
        assert Task.objects.count() == (2 if night >= 3 else 0)
        next_night()
    tasks = Task.objects.order_by("page")
    assert [task.page for task in tasks] == pages
    assert tasks[0].detail == (
        f"The link {url} does not work: The page is not there (HTTP 404). Correct it, or take it "
        "out."
    )
    web.answer("/gone", Answer(b"x"))
    check_due(permitted=anywhere)
    assert Link.objects.get().strikes == 0


def test_a_link_that_fails_anew_is_no_second_task_while_the_first_is_open(
    web: FakeServices,
) -> None:
    linking("one", f"{web.url}/gone")
    gather()
    for strikes in (2, 2):
        Link.objects.update(strikes=strikes, checked_at=None)
        check_due(permitted=anywhere)
    assert Task.objects.count() == 1


def test_silence_changes_no_strikes_and_ignored_links_are_not_asked(web: FakeServices) -> None:
    web.answer("/shy", Answer(status=403))
    linking("one", f"{web.url}/shy")
    gather()
    Link.objects.update(strikes=2)
    assert check_due(permitted=anywhere) == 1
    assert Link.objects.get().strikes == 2
    Link.objects.update(ignored=True, checked_at=None)
    assert check_due(permitted=anywhere) == 0


def test_a_round_that_takes_too_long_ends_and_the_next_goes_on(
    web: FakeServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    linking("one", f"{web.url}/fine", f"{web.url}/gone")
    gather()
    monkeypatch.setattr(outgoing_links, "MAX_TIME", -1)
    assert check_due(permitted=anywhere) == 0
    monkeypatch.setattr(outgoing_links, "MAX_TIME", 60)
    assert check_due(permitted=anywhere) == 2


def test_two_questions_to_one_host_have_a_pause_between_them(
    web: FakeServices, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[float] = []
    monkeypatch.setattr(outgoing_links, "PAUSE", 5.0)
    monkeypatch.setattr(outgoing_links, "pause", slept.append)
    linking("one", f"{web.url}/fine", f"{web.url}/gone")
    gather()
    check_due(permitted=anywhere)
    assert len(slept) == 1
    assert 4 < slept[0] <= 5


def test_the_list_of_links_ignores_and_asks_again(client: Any) -> None:
    boss = factories.UserFactory.create(username="boss", is_superuser=True)
    client.force_login(boss)
    linking("one", "https://a.example/")
    gather()
    Link.objects.update(strikes=3, checked_at=timezone.now(), result="It works.")
    address = "/admin/publishing/link/"
    chosen = {"_selected_action": [Link.objects.get().pk], "index": "0"}
    for query, shown in (("?broken=1", True), ("?broken=0", False), ("", True)):
        assert ("https://a.example/" in client.get(address + query).content.decode()) is shown
    client.post(address, {**chosen, "action": "ignore"})
    link = Link.objects.get()
    assert (link.ignored, link.strikes) == (True, 0)
    client.post(address, {**chosen, "action": "ask_again"})
    link = Link.objects.get()
    assert (link.ignored, link.checked_at) == (False, None)
    text = client.get(f"{address}{link.pk}/change/").content.decode()
    assert 'rel="noopener noreferrer"' in text
    assert client.get(f"{address}add/").status_code == 403
    assert client.get(f"{address}{link.pk}/delete/").status_code == 403


def test_a_page_that_starts_to_link_to_a_broken_address_hears_of_it(web: FakeServices) -> None:
    linking("one", f"{web.url}/gone")
    gather()
    Link.objects.update(strikes=2)
    check_due(permitted=anywhere)
    later = linking("two", f"{web.url}/gone")
    gather()
    next_night()
    check_due(permitted=anywhere)
    assert Task.objects.count() == 2
    assert Task.objects.filter(page=later).exists()


def test_get_is_asked_where_head_breaks_off(web: FakeServices) -> None:
    web.answer("/page", Answer(hangs_up=True), Answer(b"x"))
    assert ask(f"{web.url}/page", permitted=anywhere).verdict is WORKS
