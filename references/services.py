"""The services that know sources: what they tell, and asking them politely and safely.

They are asked by HTTP with short time-outs, seldom, and a few times at most. An answer may send
us on to known addresses only, and is cut off when it grows too large.
"""

import datetime
import ipaddress
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from email.utils import parsedate_to_datetime

import httpx
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from references.errors import LibraryError

TIMEOUT = httpx.Timeout(10, connect=3)  # seconds
MAX_TIME = 30  # seconds for an answer, with all tries and redirects
MAX_BODY = 5_000_000  # bytes
MAX_REDIRECTS = 3
BACK_OFF = (0.5, 1.0)  # seconds between the tries
MAX_WAIT = 5.0  # seconds that somebody who waits for a page can be asked to wait
INTERVAL = 0.1  # seconds between two questions to one host
PUBMED_INTERVAL = 0.34  # https://www.ncbi.nlm.nih.gov/books/NBK25497/: three a second
# Where doi.org sends those who ask for CSL-JSON, beside the addresses in the settings.
NEGOTIATORS = frozenset(
    f"https://{host}:443"
    for host in ("data.crossref.org", "data.datacite.org", "data.crosscite.org")
)

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_turns: dict[str, float] = {}
_turns_lock = threading.Lock()


class NoSuchRecord(LibraryError):
    """The service answered that it knows no such identifier."""

    def __init__(self, identifier: str) -> None:
        super().__init__(
            _(
                "No service knows “%(identifier)s”. Compare it with the publication, or fill in "
                "the form by hand."
            )
            % {"identifier": identifier}
        )
        self.identifier = identifier


class ServiceUnreachable(LibraryError):
    """The service could not be asked now; `retry_after` are the seconds that it wants to rest."""

    def __init__(self, service: str, *, retry_after: float | None = None) -> None:
        super().__init__(
            _(
                "%(service)s could not be asked just now. Try again in a few minutes, or fill in "
                "the form by hand."
            )
            % {"service": service}
        )
        self.service = service
        self.retry_after = retry_after


class UnexpectedAnswer(LibraryError):
    """The service answered with something that is no record; `detail` says what it was."""

    def __init__(self, service: str, detail: str) -> None:
        super().__init__(
            _(
                "%(service)s gave an answer that could not be used: %(detail)s Try again later, "
                "or fill in the form by hand."
            )
            % {"service": service, "detail": detail}
        )
        self.service = service
        self.detail = detail


class _Busy(Exception):
    """The service failed in a way that may pass; it may say in how many seconds."""

    def __init__(self, retry_after: float | None = None) -> None:
        super().__init__()
        self.retry_after = retry_after


def ask(service: str, address: str, *, accept: str, params: Mapping[str, str]) -> bytes | None:
    """What the service has at the address; None when it says that there is nothing.

    Raises:
        ServiceUnreachable: it did not answer, or wants to rest for longer than a person waits.
        UnexpectedAnswer: it answered with an error, too much, or leads to an unknown address.
    """
    deadline = time.monotonic() + MAX_TIME
    back_offs = iter(BACK_OFF)
    while True:
        try:
            return _follow(service, httpx.URL(address, params=dict(params)), accept, deadline)
        except _Busy as busy:
            back_off = next(back_offs, None)
            wait = max(back_off or 0.0, busy.retry_after or 0.0)
            if back_off is None or wait > MAX_WAIT or time.monotonic() + wait > deadline:
                raise ServiceUnreachable(service, retry_after=busy.retry_after) from None
            pause(wait)
        except (httpx.InvalidURL, httpx.RequestError, ValueError):
            raise UnexpectedAnswer(service, _("It cannot be read as HTTP.")) from None


def pause(seconds: float) -> None:
    """Wait, for a service's sake."""
    time.sleep(seconds)


def allowed_origins() -> frozenset[str]:
    """The schemes, hosts and ports that may be asked, by the settings and by `NEGOTIATORS`."""
    return _configured_origins() | NEGOTIATORS


def _configured_origins() -> frozenset[str]:
    """Those in the settings: https, or http to this machine itself."""
    bases = (settings.CROSSREF_URL, settings.DOI_URL, settings.PUBMED_URL)
    urls = [httpx.URL(base) for base in bases]
    return frozenset(
        _origin(url)
        for url in urls
        if url.host and (url.scheme == "https" or (url.scheme == "http" and _is_loopback(url.host)))
    )


def _origin(url: httpx.URL) -> str:
    return f"{url.scheme}://{url.host}:{url.port or (443 if url.scheme == 'https' else 80)}"


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _follow(service: str, url: httpx.URL, accept: str, deadline: float) -> bytes | None:
    """The answer at the address or where it leads to."""
    for _step in range(MAX_REDIRECTS + 1):
        _refuse_unknown(service, url)
        _wait_for_turn(service, _origin(url))
        answer = _answer(service, url, accept, deadline)
        if not isinstance(answer, httpx.URL):
            return answer
        url = answer
    raise UnexpectedAnswer(service, _("It redirects again and again."))


def _refuse_unknown(service: str, url: httpx.URL) -> None:
    """Refuse addresses that are not allowed, and names that lead into an internal network."""
    if _origin(url) not in allowed_origins() or url.userinfo:
        detail = _("It leads to %(host)s, which this site does not ask.") % {"host": url.host[:80]}
        raise UnexpectedAnswer(service, detail)
    if _origin(url) in _configured_origins():
        return
    try:
        found = socket.getaddrinfo(url.host, url.port or 443, type=socket.SOCK_STREAM)
    except OSError:
        raise _Busy from None
    if not all(ipaddress.ip_address(address[0]).is_global for *_rest, address in found):
        raise UnexpectedAnswer(service, _("It leads into an internal network."))


def _wait_for_turn(service: str, origin: str) -> None:
    """Keep the least time between two questions to one host, in this process."""
    is_pubmed = origin == _origin(httpx.URL(settings.PUBMED_URL))
    with _turns_lock:
        now = time.monotonic()
        wait = max(0.0, _turns.get(origin, now) - now)
        if wait > MAX_WAIT:
            raise ServiceUnreachable(service, retry_after=wait)
        _turns[origin] = now + wait + (PUBMED_INTERVAL if is_pubmed else INTERVAL)
    if wait:
        pause(wait)


def _answer(service: str, url: httpx.URL, accept: str, deadline: float) -> bytes | httpx.URL | None:
    """One question: the body, None for nothing there, or the address that it redirects to."""
    headers = {"User-Agent": user_agent(), "Accept": accept, "Accept-Encoding": "identity"}
    left = deadline - time.monotonic()
    if left <= 0:
        raise ServiceUnreachable(service)
    try:
        # A proxy in the environment is for the world, not for a service on this machine.
        of_world = url.scheme == "https"
        with (
            httpx.Client(timeout=TIMEOUT, headers=headers, trust_env=of_world) as client,
            _closed_after(left, client),
            client.stream("GET", url) as response,
        ):
            status = response.status_code
            if status in _REDIRECTS:
                return url.join(response.headers.get("Location", ""))
            if status == 404:
                return None
            if status == 429 or status >= 500:
                raise _Busy(_retry_after(response))
            if status != 200:
                detail = _("It is an error, HTTP %(status)d.") % {"status": status}
                raise UnexpectedAnswer(service, detail)
            return _body(service, response)
    except httpx.ReadTimeout:
        raise ServiceUnreachable(service) from None
    except (httpx.TransportError, OSError):
        raise _Busy from None


@contextmanager
def _closed_after(seconds: float, client: httpx.Client) -> Iterator[None]:
    """Close the client then, whatever it does: a time-out starts anew at every byte."""
    timer = threading.Timer(seconds, client.close)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def user_agent() -> str:
    """Who asks, and whom to write to, as one line of ASCII."""
    contact = f"; mailto:{settings.CONTACT_EMAIL}" if settings.CONTACT_EMAIL else ""
    return f"Milia/0.1 (+{settings.SITE_URL}{contact})".encode("ascii", "replace").decode()


def _body(service: str, response: httpx.Response) -> bytes:
    """The body as it came; a compressed one could grow without end."""
    if response.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise UnexpectedAnswer(service, _("It is compressed, which was not asked for."))
    body = bytearray()
    for chunk in response.iter_raw():
        body += chunk
        if len(body) > MAX_BODY:
            raise UnexpectedAnswer(service, _("It is too large for a record."))
    return bytes(body)


def _retry_after(response: httpx.Response) -> float | None:
    """The seconds that the service wants us to wait, given as a number or as a date."""
    words = response.headers.get("Retry-After", "").strip()
    if words.isascii() and words.isdecimal():
        return float(words[:9])
    try:
        date = parsedate_to_datetime(words)
    except (TypeError, ValueError, OverflowError):
        return None
    date = date if date.tzinfo else date.replace(tzinfo=datetime.UTC)
    return max(0.0, (date - timezone.now()).total_seconds())
