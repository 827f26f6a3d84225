"""Looking up a source by its DOI or PMID, and the notices that services tell of.

Crossref: https://api.crossref.org/swagger-ui/index.html
doi.org: https://citation.crosscite.org/docs.html
PubMed: https://www.ncbi.nlm.nih.gov/books/NBK25499/ (EFetch)
"""

import hashlib
import json
import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote, unquote

from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext as _

from references.crossref import item_of, item_of_csl, notices_of_message
from references.csl import Item, read_item
from references.errors import InvalidItem, LibraryError
from references.notices import Notice, NoticeType, notices_of
from references.readers import pubmed
from references.readers.records import Read, record
from references.services import NoSuchRecord, UnexpectedAnswer, ask
from references.text import clean_text

CROSSREF, DOI_ORG, PUBMED = "Crossref", "doi.org", "PubMed"
CACHE_TIME = 86_400  # seconds
CACHE_FORM = "2"  # change it when what is kept in the cache changes
CSL_JSON = "application/vnd.citationstyles.csl+json"
# It goes behind “retracted in”.
WITHOUT_CITATION = "a notice that PubMed does not name"

_ABOUT_NOTICES = (b"<CommentsCorrections ", b"Retracted Publication")
_PMID = re.compile(
    r"(?:pmid:?\s*)?([1-9]\d{0,8})"
    r"|https?://pubmed\.ncbi\.nlm\.nih\.gov/(?P<in_address>[1-9]\d{0,8})/?(?:[?#]\S*)?",
    re.IGNORECASE | re.ASCII,
)

logger = logging.getLogger(__name__)


class Notices(list[Notice]):
    """The notices that were found; `unanswered` says which services could not be asked, and why.

    As long as there is one, that there is no notice proves nothing.
    """

    def __init__(self) -> None:
        super().__init__()
        self.unanswered: dict[str, LibraryError] = {}


@dataclass(frozen=True, slots=True)
class _Answer:
    """What a service told of a source: an item still to be checked, and notices."""

    item: Item
    notices: tuple[Notice, ...] = ()


def find(identifier: str) -> Item:
    """The item of a DOI or a PMID, as Crossref, doi.org or PubMed has it.

    Raises:
        InvalidItem: this is neither a DOI nor a PMID.
        NoSuchRecord: the services do not know it.
        ServiceUnreachable: a service did not answer.
        UnexpectedAnswer: a service answered with something else than a record.
    """
    variable, value = identifier_of(identifier)
    if variable == "PMID":
        return _item(PUBMED, _ask_pubmed(value).item)
    try:
        return _item(CROSSREF, _ask_crossref(value).item)
    except NoSuchRecord:
        return _item(DOI_ORG, _ask_doi_org(value).item)


def identifier_of(identifier: str) -> tuple[str, str]:
    """“DOI” or “PMID”, and its value in the stored form. Raises InvalidItem."""
    text = clean_text(str(identifier)[:1_000], single_line=True)
    number = _PMID.fullmatch(text)
    if number:
        return "PMID", number["in_address"] or number[1]
    doi = _doi(text)
    if not doi:
        raise InvalidItem("DOI", _("Give a DOI such as 10.1000/182, or a PMID such as 123456."))
    return "DOI", doi


def notices(doi: str, pmid: str, *, fresh: bool = False) -> Notices:
    """What Crossref and PubMed tell of a source; either identifier may be empty.

    With `fresh` they are asked again, even if an answer of today is kept.

    A service that does not know the source has answered. One that could not be asked stands in
    `unanswered`; what the other one told is there nevertheless.

    Raises:
        InvalidItem: the DOI or the PMID is none.
    """
    doi, pmid = (_checked(name, text) for name, text in (("DOI", doi), ("PMID", pmid)))
    questions = ((CROSSREF, doi, _ask_crossref), (PUBMED, pmid, _ask_pubmed))
    found = Notices()
    for service, identifier, asked in questions:
        if identifier:
            try:
                found += asked(identifier, fresh=fresh).notices
            except NoSuchRecord:
                pass
            except LibraryError as error:
                found.unanswered[service] = error
    return found


def _doi(text: str) -> str:
    """The DOI that a person gave, also as an address with escaped letters."""
    return _checked("DOI", unquote(text) if text.lower().startswith("http") else text)


def _checked(variable: str, text: str) -> str:
    """The identifier in its stored form."""
    item = read_item({"type": "document", "title": "-", variable: text})
    return str(item.get(variable, ""))


def _known_good(variable: str, text: str) -> str:
    try:
        return _checked(variable, text)
    except InvalidItem:
        return ""


def _item(service: str, raw: Item) -> Item:
    """The item as it can be stored, without variables that have a fault."""
    try:
        found = record(1, raw)
    except RecursionError:
        raise UnexpectedAnswer(service, _("It is nested too deep.")) from None
    if isinstance(found, Read):
        return found.item
    raise UnexpectedAnswer(service, found.reason)


def _ask_crossref(doi: str, *, fresh: bool = False) -> _Answer:
    def asked() -> _Answer:
        contact = {"mailto": settings.CONTACT_EMAIL} if settings.CONTACT_EMAIL else {}
        address = f"{settings.CROSSREF_URL}/works/{_escaped(doi)}"
        data = _json(CROSSREF, ask(CROSSREF, address, accept="application/json", params=contact))
        if data is None:
            raise NoSuchRecord(doi)
        message = data.get("message")
        if not isinstance(message, Mapping):
            raise UnexpectedAnswer(CROSSREF, _("It has no record in it."))
        return _Answer({"DOI": doi, **item_of(message)}, tuple(notices_of_message(message)))

    return _cached(settings.CROSSREF_URL, doi, asked, fresh=fresh)


def _ask_doi_org(doi: str) -> _Answer:
    def asked() -> _Answer:
        address = f"{settings.DOI_URL}/{_escaped(doi)}"
        data = _json(DOI_ORG, ask(DOI_ORG, address, accept=CSL_JSON, params={}))
        if data is None:
            raise NoSuchRecord(doi)
        return _Answer({"DOI": doi, **item_of_csl(data)})

    return _cached(settings.DOI_URL, doi, asked)


def _ask_pubmed(pmid: str, *, fresh: bool = False) -> _Answer:
    def asked() -> _Answer:
        contact = {"email": settings.CONTACT_EMAIL} if settings.CONTACT_EMAIL else {}
        params = {"db": "pubmed", "id": pmid, "rettype": "xml", "retmode": "xml", "tool": "milia"}
        address = f"{settings.PUBMED_URL}/efetch.fcgi"
        body = ask(PUBMED, address, accept="application/xml", params={**params, **contact})
        return _of_pubmed(pmid, body)

    return _cached(settings.PUBMED_URL, pmid, asked, fresh=fresh)


def _of_pubmed(pmid: str, body: bytes | None) -> _Answer:
    """The one record in PubMed's answer."""
    if body is None:
        raise NoSuchRecord(f"PMID {pmid}")
    try:
        found = next(pubmed.read(body.decode()), None)
    except UnicodeDecodeError:
        raise UnexpectedAnswer(PUBMED, _("It is no text.")) from None
    if found is None:
        raise NoSuchRecord(f"PMID {pmid}")
    if not isinstance(found, Read):
        raise UnexpectedAnswer(PUBMED, found.reason)
    if found.item.get("PMID") != pmid:
        raise UnexpectedAnswer(PUBMED, _("It is the record of something else."))
    if "custom" not in found.item and any(words in body for words in _ABOUT_NOTICES):
        # Left out for a fault; that would pass for a source without notices.
        raise UnexpectedAnswer(PUBMED, _("Its notices cannot be read."))
    return _Answer(found.item, _pubmed_notices(found.item))


def _pubmed_notices(item: Item) -> tuple[Notice, ...]:
    """The notices in the record, and a retraction that only the kind of publication tells of."""
    found = [
        replace(
            notice,
            text=notice.text or WITHOUT_CITATION,
            doi=_known_good("DOI", notice.doi),
            url="",
            pmid=_known_good("PMID", notice.pmid),
            service="pubmed",
        )
        for notice in notices_of(item)
    ]
    types = item.get("custom", {}).get("publication-types", [])
    is_told = any(notice.type == NoticeType.RETRACTION for notice in found)
    if "Retracted Publication" in types and not is_told:
        found.append(Notice(NoticeType.RETRACTION, WITHOUT_CITATION, service="pubmed"))
    return tuple(found)


def _escaped(doi: str) -> str:
    """The DOI as a part of an address: nothing in it is a path, a query or a step upwards."""
    prefix, _slash, suffix = doi.partition("/")
    escaped = quote(suffix, safe="")
    if not suffix.strip("."):
        escaped = suffix.replace(".", "%2E")
    return f"{quote(prefix, safe='')}/{escaped}"


def _json(service: str, body: bytes | None) -> Mapping[str, Any] | None:
    """The JSON object in an answer; None stays None."""
    if body is None:
        return None
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        raise UnexpectedAnswer(service, _("It is not JSON.")) from None
    if not isinstance(data, Mapping):
        raise UnexpectedAnswer(service, _("It has no record in it."))
    return data


def _cached(
    base: str, identifier: str, asked: Callable[[], _Answer], *, fresh: bool = False
) -> _Answer:
    """What the service told within the last day, else what it tells now.

    Only records are kept: what is not known today may be registered tomorrow.
    """
    words = "\n".join((CACHE_FORM, base, identifier.lower()))
    key = f"references.lookup.{hashlib.sha256(words.encode()).hexdigest()}"
    kept = None if fresh else _kept(key)
    if kept:
        return kept
    answer = asked()
    try:
        cache.set(key, (answer.item, [_row(notice) for notice in answer.notices]), CACHE_TIME)
    except Exception:  # whatever a cache raises, the answer is there
        logger.warning("An answer could not be kept in the cache.", exc_info=True)
    return answer


def _kept(key: str) -> _Answer | None:
    try:
        kept = cache.get(key)
        if kept is None:
            return None
        item, rows = kept
        return _Answer(dict(item), tuple(_notice(*row) for row in rows))
    except Exception:  # a cache that is down, or that gives something else than was put in
        logger.warning("The cache could not be read.", exc_info=True)
        return None


def _row(notice: Notice) -> tuple[str, ...]:
    """The notice in plain values: reading a cache must not need our classes."""
    known = (notice.text, notice.doi, notice.pmid, notice.service, notice.published)
    return (notice.type.value, *known)


def _notice(kind: str, text: str, doi: str, pmid: str, service: str, published: str) -> Notice:
    return Notice(NoticeType(kind), text, doi=doi, pmid=pmid, service=service, published=published)
