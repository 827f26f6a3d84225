"""Checks the links that live pages have to other sites.

Each address is asked once a night at most, one after the other and with a pause between two of one
host. One that fails three nights in a row becomes a task on every page that links to it.
"""

import datetime
import ipaddress
import socket
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from enum import Enum, auto
from typing import NamedTuple

import httpx
from django.db import transaction
from django.db.models import F, Q
from django.utils.translation import gettext as _

from publishing.checks.links import links_of
from publishing.dates import database_now
from publishing.markdown import Fragment
from publishing.models import Link, Page, Revision, Task
from references.services import user_agent

STRIKES = 3
AGAIN_AFTER = datetime.timedelta(hours=20)
HTTP_OK = 200
PAUSE = 1.0  # seconds between two questions to one host
MAX_TIME = 3_600  # seconds of one night's round; what is left is first in the next
TIMEOUT = httpx.Timeout(10, connect=5)  # seconds
MAX_REDIRECTS = 5
MAX_URL = 2_000  # characters
MAX_HOST = 253  # characters, RFC 1035
HIDING = tuple(
    map(ipaddress.ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "::/96"))
)
# These answer people and not programs: it says nothing about the page.
SHY = frozenset({401, 402, 403, 405, 406, 429, 451, 999})
Permitted = Callable[[str], bool]


class Verdict(Enum):
    """What an answer says about a link."""

    WORKS = auto()  # strikes are forgotten
    SILENT = auto()  # nothing is known: it does not answer programs
    FAILS = auto()  # one strike more


class Answer(NamedTuple):
    """What became of a question, in words for editors."""

    verdict: Verdict
    words: str


class _Refused(Exception):
    """An address that is never asked; the text says why."""


def is_global(address: str) -> bool:
    """Whether an IP address belongs to one machine of the world, and not to a network of our own.

    Addresses in which another one is hidden (RFC 6052, RFC 3056, RFC 4291 section 2.5.5.1) could
    lead into such a network and are none.
    """
    ip = ipaddress.ip_address(address)
    hides = any(ip in network for network in HIDING if network.version == ip.version)
    return ip.is_global and not ip.is_multicast and not hides


def gather() -> None:
    """Bring the list of links up to what live pages link to now."""
    pages: dict[str, set[int]] = defaultdict(set)
    live = Revision.objects.live().values_list("page_id", "rendered").iterator(chunk_size=200)
    for page, rendered in live:
        for place, data in rendered.items():
            for link in links_of(place, Fragment.from_json(data)):
                if is_outgoing(link.address):
                    pages[link.address.partition("#")[0]].add(page)
    with transaction.atomic():
        Link.objects.exclude(url__in=list(pages)).filter(ignored=False).delete()
        Link.objects.bulk_create(
            [Link(url=url, host=httpx.URL(url).host) for url in sorted(pages)],
            ignore_conflicts=True,
        )
        links = Link.objects.in_bulk(list(pages), field_name="url")
        through = Link.pages.through
        wanted = {(links[url].pk, page) for url, of in pages.items() for page in of}
        stored = set(through.objects.values_list("link_id", "page_id"))
        gone = stored - wanted
        through.objects.filter(
            pk__in=[row.pk for row in through.objects.all() if (row.link_id, row.page_id) in gone]
        ).delete()
        through.objects.bulk_create(
            [through(link_id=link, page_id=page) for link, page in sorted(wanted - stored)]
        )


def is_outgoing(address: str) -> bool:
    """Whether an address of a text belongs to another site and can be asked."""
    if not address.startswith(("http://", "https://")) or len(address) > MAX_URL:
        return False
    try:
        return 0 < len(httpx.URL(address).host) <= MAX_HOST
    except httpx.InvalidURL:
        return False


def check_due(*, permitted: Permitted = is_global) -> int:
    """Ask every link that was not asked lately, the longest unasked first; gives how many.

    A round that breaks off goes on with the next: each answer is kept when it comes.
    """
    end = time.monotonic() + MAX_TIME
    asked: dict[str, float] = {}
    number = 0
    for link in _due():
        if time.monotonic() > end:
            break
        wait = asked.get(link.host, 0.0) + PAUSE - time.monotonic()
        if link.host in asked and wait > 0:
            pause(wait)
        keep(link, ask(link.url, permitted=permitted))
        asked[link.host] = time.monotonic()
        number += 1
    return number


def pause(seconds: float) -> None:
    """Wait, for another site's sake."""
    time.sleep(seconds)


def _due() -> Iterator[Link]:
    with_pages = Link.objects.filter(ignored=False, pages__isnull=False).distinct()
    before = database_now() - AGAIN_AFTER
    due = with_pages.filter(Q(checked_at=None) | Q(checked_at__lt=before))
    return iter(list(due.order_by(F("checked_at").asc(nulls_first=True), "url")))


@transaction.atomic
def keep(link: Link, answer: Answer) -> None:
    """Note an answer; with the third failure in a row the link is on the desk of its pages."""
    link.checked_at = database_now()
    link.result = answer.words[:200]
    if answer.verdict is Verdict.WORKS:
        link.strikes = 0
    elif answer.verdict is Verdict.FAILS:
        link.strikes = min(link.strikes + 1, 1_000)
    link.save(update_fields=["checked_at", "result", "strikes"])
    if link.strikes >= STRIKES and answer.verdict is Verdict.FAILS:
        _add_tasks(link)


def _add_tasks(link: Link) -> None:
    detail = _("The link %(url)s does not work: %(answer)s Correct it, or take it out.") % {
        "url": link.url,
        "answer": link.result,
    }
    known = Task.objects.filter(
        kind=Task.Kind.BROKEN_LINK, done_at=None, detail__contains=f" {link.url} "
    ).values("page")
    pages = Page.objects.filter(links=link).exclude(pk__in=known).order_by("pk")
    Task.objects.bulk_create(
        Task(page=page, kind=Task.Kind.BROKEN_LINK, detail=detail, assigned_to_id=page.owner_id)
        for page in pages
    )


def ask(url: str, *, permitted: Permitted = is_global) -> Answer:
    """What an address answers: HEAD first, and GET where that is not liked."""
    try:
        if _likes_head(url, permitted):
            return _judge(HTTP_OK)
        return _follow("GET", url, permitted)
    except _Refused as refused:
        return Answer(Verdict.FAILS, str(refused))
    except httpx.TimeoutException:
        return Answer(Verdict.FAILS, _("It did not answer in time."))
    except (httpx.HTTPError, httpx.InvalidURL, OSError, ValueError):
        return Answer(Verdict.FAILS, _("It could not be reached."))


def _likes_head(url: str, permitted: Permitted) -> bool:
    try:
        return _follow("HEAD", url, permitted).verdict is Verdict.WORKS
    except (httpx.HTTPError, OSError):
        return False


def _follow(method: str, url: str, permitted: Permitted) -> Answer:
    address = httpx.URL(url)
    with httpx.Client(timeout=TIMEOUT, trust_env=False) as client:
        for _step in range(MAX_REDIRECTS + 1):
            status, location = _status(client, method, address, permitted)
            if not location:
                return _judge(status)
            client.cookies.clear()
            address = address.join(location)
    return Answer(Verdict.FAILS, _("It redirects again and again."))


def _status(
    client: httpx.Client, method: str, address: httpx.URL, permitted: Permitted
) -> tuple[int, str]:
    """The status of one answer, and where it redirects to; of its body nothing is read.

    The name is looked up once and the connection goes to the very address that was found, so that
    a name cannot lead into a network of our own between the check and the question.
    """
    ip = _checked_ip(address, permitted)
    headers = {
        "Host": address.netloc.decode("ascii"),
        "User-Agent": user_agent(),
        "Accept": "*/*",
    }
    target = address.copy_with(host=ip)
    extensions = {"sni_hostname": address.host} if address.scheme == "https" else {}
    request = client.build_request(method, target, headers=headers, extensions=extensions)
    response = client.send(request, stream=True)
    try:
        location = response.headers.get("Location", "") if response.is_redirect else ""
        return response.status_code, location
    finally:
        response.close()


def _checked_ip(address: httpx.URL, permitted: Permitted) -> str:
    if address.scheme not in {"http", "https"} or address.userinfo or not address.host:
        raise _Refused(_("It leads to an address that this site does not ask."))
    port = address.port or (443 if address.scheme == "https" else 80)
    found = socket.getaddrinfo(address.host, port, type=socket.SOCK_STREAM)
    addresses = [str(item[4][0]) for item in found]
    if not addresses or not all(map(permitted, addresses)):
        raise _Refused(_("It leads into an internal network."))
    return addresses[0]


def _judge(status: int) -> Answer:
    if status < 400:
        return Answer(Verdict.WORKS, _("It works."))
    if status in SHY:
        words = _("It does not answer programs (HTTP %(status)s). Look for yourself.")
        return Answer(Verdict.SILENT, words % {"status": status})
    if status in {404, 410}:
        words = _("The page is not there (HTTP %(status)s).")
    else:
        words = _("It answers with an error (HTTP %(status)s).")
    return Answer(Verdict.FAILS, words % {"status": status})
