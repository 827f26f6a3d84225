"""PubMed XML, as efetch gives it: one record of each article, book or chapter.

Format: https://dtd.nlm.nih.gov/ncbi/pubmed/doc/out/250101/
"""

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import cast
from xml.etree.ElementTree import Element, ParseError, XMLPullParser

from django.utils.translation import gettext as _

from references.csl import Item
from references.readers.nbib import LANGUAGES, date_of_words
from references.readers.records import MAX_RECORD, Record, record, too_long, unread

MAX_DEPTH = 60  # elements in one another; PubMed needs about ten
CHUNK = 8_192  # characters that the parser gets at once
MAX_DATE = 100  # characters of a date in words

_SETS = frozenset({"PubmedArticleSet", "PubmedBookArticleSet"})
_RECORDS = frozenset({"PubmedArticle", "PubmedBookArticle"})
_START = re.compile(r"<Pubmed(?:Book)?Article[\s/>]")
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[<>]*(\[|>)?")
# What defines entities, or attributes that repeat themselves at every element.
_DEFINITION = re.compile(r"<!(?:ENTITY|ATTLIST|ELEMENT|NOTATION)")

_NOTICES = {
    "ErratumIn": ("correction", "in"),
    "ErratumFor": ("correction", "for"),
    "RetractionIn": ("retraction", "in"),
    "RetractionOf": ("retraction", "for"),
    "RetractedandRepublishedIn": ("retraction", "in"),
    "RetractedandRepublishedFrom": ("retraction", "for"),
    "ExpressionOfConcernIn": ("expression-of-concern", "in"),
    "ExpressionOfConcernFor": ("expression-of-concern", "for"),
    "UpdateIn": ("update", "in"),
    "UpdateOf": ("update", "for"),
    "CorrectedandRepublishedIn": ("republished", "in"),
    "CorrectedandRepublishedFrom": ("republished", "for"),
    "RepublishedIn": ("republished", "in"),
    "RepublishedFrom": ("republished", "for"),
}

_BRACKETED = re.compile(r"\[([^\[\]]*(?:\[[^\[\]]*\][^\[\]]*)*)\]\.?")
_ARTICLE_NUMBER = re.compile(r"[A-Za-z]{0,3}\d{1,8}")
_CITED_DOI = re.compile(r"(?:doi:\s*|doi\.org/)(10\.\d{4,9}(?:\.\d+)*/\S+)", re.IGNORECASE)


def read(text: str) -> Iterator[Record]:
    """The records of a file of PubMed XML; after broken XML there is none.

    A DOCTYPE that only names PubMed's own grammar is cut off. One that defines anything is
    refused, because a few such lines can expand to gigabytes.
    """
    doctypes = _DOCTYPE.finditer(text)
    if _DEFINITION.search(text) or any(found[1] != ">" for found in doctypes):
        reason = _(
            "This XML defines entities of its own, which can expand without end. "
            "Save it from PubMed again."
        )
        yield unread(1, reason, text)
        return
    lines = _Lines(text)
    try:
        for element in _elements(_DOCTYPE.sub(_only_line_ends, text)):
            line, beginning = lines.next()
            yield _record(element, line, beginning)
    except _TooDeep:
        reason = _("This XML is nested too deep to be a list of references.")
        yield unread(lines.line, reason, text)
    except _TooLong:
        yield too_long(*lines.next())
    except _NoSet:
        reason = _("This XML is not from PubMed: it has no PubmedArticleSet.")
        yield unread(1, reason, text)
    except (ParseError, ValueError) as error:
        line = getattr(error, "position", (lines.line, 0))[0]
        yield unread(line, _("This is not whole XML: %(error)s") % {"error": error}, text)


class _TooDeep(Exception):
    """Elements stand in one another without end."""


class _TooLong(Exception):
    """A record, or something else in the set, does not end."""


class _NoSet(Exception):
    """The outermost element is none of PubMed's."""


def _only_line_ends(found: re.Match[str]) -> str:
    return "\n" * found[0].count("\n")


class _Lines:
    """Finds where records begin, one after the other."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = _START.finditer(text)
        self.place = 0
        self.line = 1

    def next(self) -> tuple[int, str]:
        """The line of the next record, and its first words."""
        start = next((found.start() for found in self.starts), self.place)
        self.line += self.text.count("\n", self.place, start)
        self.place = start
        return self.line, self.text[self.place : self.place + 1_000]


def _elements(text: str) -> Iterator[Element]:
    """The elements that are records, one after the other; each is forgotten after its use."""
    parser: XMLPullParser[Element] = XMLPullParser(("start", "end"))
    path: list[Element] = []
    last = 0  # where the record before ended
    for place in range(0, len(text), CHUNK):
        if place - last > MAX_RECORD:
            raise _TooLong
        parser.feed(text[place : place + CHUNK])
        for element in _ended(parser, path):
            last = place
            yield element
    parser.close()
    yield from _ended(parser, path)


def _ended(parser: "XMLPullParser[Element]", path: list[Element]) -> Iterator[Element]:
    """The records that end in what the parser has read; `path` is what is still open."""
    for event, element in cast("Iterator[tuple[str, Element]]", parser.read_events()):
        if event == "start":
            path.append(element)
            if len(path) > MAX_DEPTH:
                raise _TooDeep
            if len(path) == 1 and element.tag not in _SETS | _RECORDS:
                raise _NoSet
            continue
        path.pop()
        if len(path) <= 1 and element.tag in _RECORDS:
            yield element
        if len(path) == 1 and path[0].tag in _SETS:
            path[0].clear()


def _record(element: Element, line: int, text: str) -> Record:
    """One article, book or chapter as a record."""
    is_book = element.tag == "PubmedBookArticle"
    item = _book(element) if is_book else _article(element)
    types = item.get("custom", {}).get("publication-types", [])
    is_retracted = "Retracted Publication" in types
    note = (_("PubMed lists this as a retracted publication."),) if is_retracted else ()
    kept = {variable: value for variable, value in item.items() if value}
    return record(line, kept, text=text, notes=note)


def _article(element: Element) -> Item:
    citation = _child(element, "MedlineCitation")
    article, data = _child(citation, "Article"), _child(element, "PubmedData")
    journal = _child(article, "Journal")
    short = _text(citation, "MedlineJournalInfo/MedlineTA")
    item: Item = {
        "type": "article-journal",
        **_titles(_text(article, "ArticleTitle"), _text(article, "VernacularTitle")),
        "container-title": _text(journal, "Title"),
        "container-title-short": short or _text(journal, "ISOAbbreviation").replace(".", ""),
        "volume": _text(journal, "JournalIssue/Volume"),
        "issue": _text(journal, "JournalIssue/Issue"),
        "ISSN": _text(journal, "ISSN"),
        "PMID": _text(citation, "PMID"),
        "author": _names(article.iterfind("AuthorList")),
        "language": _language(article),
        "keyword": _keywords(citation),
        "abstract": _abstract(article),
        **_location(article, data),
        "custom": _custom(
            article.iterfind("PublicationTypeList/PublicationType"),
            citation.iterfind("CommentsCorrectionsList/CommentsCorrections"),
        ),
    }
    if "Preprint" in item["custom"].get("publication-types", []):
        item.update({"type": "article", "genre": "Preprint"})
    printed = _date(_child(journal, "JournalIssue/PubDate"))
    online = _date(_child(article, "ArticleDate"))
    ahead = _text(data, "PublicationStatus") == "aheadofprint" and not item["volume"]
    item["issued"] = (online or printed) if ahead else (printed or online)
    item["status"] = "Published online" if ahead else ""
    return item


def _book(element: Element) -> Item:
    """A chapter when it has a title of its own, else the book."""
    document, data = _child(element, "BookDocument"), _child(element, "PubmedBookData")
    book = _child(document, "Book")
    title, book_title = _text(document, "ArticleTitle"), _text(book, "BookTitle")
    is_chapter = bool(title) and title != book_title
    titles = _titles(title or book_title, _text(document, "VernacularTitle"))
    lists = list(chain(document.iterfind("AuthorList"), book.iterfind("AuthorList")))
    editors = [names for names in lists if names.get("Type") == "editors"]
    types = chain(
        document.iterfind("PublicationType"),
        document.iterfind("PublicationTypeList/PublicationType"),
    )
    return {
        "type": "chapter" if is_chapter else "book",
        **titles,
        "container-title": _without_stop(book_title) if is_chapter else "",
        "author": next(filter(None, (_names([each]) for each in lists if each not in editors)), []),
        "editor": _names(editors),
        "publisher": _text(book, "Publisher/PublisherName"),
        "publisher-place": _text(book, "Publisher/PublisherLocation"),
        "issued": _date(_child(book, "PubDate")) or _date(_child(document, "ContributionDate")),
        "volume": _text(book, "Volume"),
        "volume-title": _text(book, "VolumeTitle"),
        "edition": _text(book, "Edition"),
        "collection-title": _text(book, "CollectionTitle"),
        "ISBN": _text(book, "Isbn"),
        "PMID": _text(document, "PMID"),
        "language": _language(document),
        "keyword": _keywords(document),
        "abstract": _abstract(document),
        **_location(document, document if document.find("ArticleIdList") is not None else data),
        "custom": _custom(types, ()),
    }


def _child(element: Element, path: str) -> Element:
    """The first element at the path, or an empty one."""
    found = element.find(path)
    return Element("nothing") if found is None else found


def _text(element: Element, path: str) -> str:
    return _inner(_child(element, path))


def _inner(element: Element) -> str:
    """All text in an element, that of italics and of indices too, on one line."""
    return " ".join("".join(element.itertext()).split())


def _titles(title: str, vernacular: str) -> Item:
    """The title and its original: PubMed puts its own translations in brackets."""
    bracketed = _BRACKETED.fullmatch(title)
    title, original = _without_stop(title), _without_stop(vernacular)
    if bracketed and original:
        title = _without_stop(bracketed[1])
    if title in {"", "Not Available"} and original:
        return {"title": original}
    return {"title": title, "original-title": original}


def _without_stop(title: str) -> str:
    return title[:-1] if title.endswith(".") and not title.endswith("..") else title


def _names(lists: Iterable[Element]) -> list[Item]:
    """The names of these lists but for those that PubMed marks as wrong."""
    authors = (author for names in lists for author in names.iterfind("Author"))
    return [_name(author) for author in authors if author.get("ValidYN") != "N"]


def _name(author: Element) -> Item:
    family, suffix = _text(author, "LastName"), _text(author, "Suffix")
    given = _text(author, "ForeName") or _text(author, "Initials")
    if not family or not given:
        return {"literal": family or given or _text(author, "CollectiveName")}
    name = {"family": family, "given": given}
    return {**name, "suffix": suffix.rstrip(".")} if suffix else name


def _date(element: Element) -> Item:
    """The date of Year, Month and Day, of a season, or of words such as “2016 Apr-May”."""
    parts = [_text(element, part) for part in ("Year", "Month", "Day")]
    if not parts[1] and _text(element, "Season"):
        parts[1:] = [_text(element, "Season")]
    words = " ".join(part for part in parts if part) if parts[0] else ""
    return date_of_words((words or _text(element, "MedlineDate"))[:MAX_DATE])


def _location(article: Element, data: Element) -> Item:
    """Pages or an article number, DOI and PMCID: the article's own, not those that it cites."""
    numbers = {
        name.get("IdType"): _inner(name) for name in data.iterfind("ArticleIdList/ArticleId")
    }
    valid = [each for each in article.iterfind("ELocationID") if each.get("ValidYN") != "N"]
    places = {each.get("EIdType"): _inner(each) for each in valid}
    page = _text(article, "Pagination/MedlinePgn")
    first, last = _text(article, "Pagination/StartPage"), _text(article, "Pagination/EndPage")
    page = page or (f"{first}-{last}" if first and last and first != last else first)
    number = places.get("pii", "")
    return {
        "page": page or (number if _ARTICLE_NUMBER.fullmatch(number) else ""),
        "DOI": places.get("doi") or numbers.get("doi") or "",
        "PMCID": numbers.get("pmc") or "",
    }


def _language(element: Element) -> str:
    language = _text(element, "Language")
    return LANGUAGES.get(language.lower(), language)


def _keywords(element: Element) -> str:
    words = (_inner(word) for word in element.iterfind("KeywordList/Keyword"))
    return ", ".join(word for word in words if word)


def _abstract(element: Element) -> str:
    """The abstract, a line for each of its parts."""
    parts = (
        (part.get("Label"), _inner(part)) for part in element.iterfind("Abstract/AbstractText")
    )
    return "\n".join(f"{label}: {text}" if label else text for label, text in parts if text)


def _custom(types: Iterable[Element], comments: Iterable[Element]) -> Item:
    """The kinds of publication, and the notices about it or that it is itself."""
    custom = {
        "publication-types": [name for name in map(_inner, types) if name],
        "notices": [_notice(each) for each in comments if each.get("RefType") in _NOTICES],
    }
    return {key: values for key, values in custom.items() if values}


def _notice(comment: Element) -> Item:
    kind, direction = _NOTICES[comment.get("RefType", "")]
    citation, pmid = _text(comment, "RefSource"), _text(comment, "PMID")
    doi = _CITED_DOI.search(citation)
    notice = {
        "type": kind,
        "direction": direction,
        "citation": citation,
        "PMID": pmid,
        "DOI": doi[1].rstrip(".,;") if doi else "",
    }
    return {key: value for key, value in notice.items() if value}
