"""Entries in the style of the AMA Manual of Style, 11th edition, from CSL-JSON items."""

from collections.abc import Callable, Mapping
from typing import Any

from references.formatting.dates import full_date, year
from references.formatting.names import editors, name_list
from references.formatting.runs import Run, joined, marked_up, merged, sentence
from references.formatting.titles import curly, pages, title_case
from references.links import doi_url, web_url
from references.notices import Notice, notices_of

Item = Mapping[str, Any]
Part = list[Run]

BOOKS = frozenset(
    {
        "book",
        "collection",
        "document",
        "graphic",
        "hearing",
        "map",
        "motion_picture",
        "broadcast",
        "musical_score",
        "pamphlet",
        "periodical",
        "report",
        "song",
        "speech",
        "standard",
        "thesis",
    }
)
IN_BOOKS = frozenset({"chapter", "paper-conference", "entry-dictionary", "entry-encyclopedia"})
WEB_PAGES = frozenset({"webpage", "post", "post-weblog"})
NEWS = frozenset({"article-newspaper", "article-magazine"})
LAWS = frozenset({"bill", "legal_case", "legislation", "regulation", "treaty"})
# A video that somebody put on a site is cited as a web page, a film on its own as a book.
FILMS = frozenset({"broadcast", "motion_picture"})
# AMA 11th, 3.13.10: a drug's label says what it is.
LABELS = frozenset({"package insert", "prescribing information"})
IN_PRESS = frozenset({"in press", "in-press", "forthcoming", "accepted"})


def format_ama(item: Item) -> tuple[Run, ...]:
    """The entry of a CSL-JSON item as runs of text; every value is data, never markup to trust.

    Args:
        item: a CSL 1.0.2 item, as `references.csl.read_item` returns it. Missing variables are
            left out together with their punctuation.
    """
    kind = str(item.get("type", ""))
    return merged(joined([*_layout(item, kind)(item), *_tail(item)]))


def _layout(item: Item, kind: str) -> Callable[[Item], list[Part]]:
    if kind in WEB_PAGES or (kind in FILMS and item.get("container-title")):
        return _web_page
    if kind in IN_BOOKS:
        return _in_book
    if kind in LAWS:
        return _law
    if kind == "software":
        return _software
    if kind in BOOKS:
        return _book
    return _news if kind in NEWS else _journal


def _journal(item: Item) -> list[Part]:
    """Articles, preprints, data sets, and what has no rules of its own."""
    preprint = item.get("type") == "article"
    return [
        *_head(item),
        sentence(_text(editors(item.get("editor", ())) if item.get("author") else "")),
        sentence(_container(item)),
        sentence(_text(_value(item, "publisher") if preprint else "")),
        sentence(_text(_journal_place(item, preprint=preprint))),
    ]


def _journal_place(item: Item, *, preprint: bool) -> str:
    volume, issue = _value(item, "volume"), _value(item, "issue")
    page = pages(_value(item, "page"))
    if volume or issue:
        place = f"{year(item.get('issued'))};{volume}" + (f"({issue})" if issue else "")
        return _with_pages(place.removeprefix(";"), page)
    if _value(item, "status").lower() in IN_PRESS:
        return "In press"
    date = full_date(item.get("issued"))
    if not date:
        return page
    online = "Preprint posted online" if preprint else "Published online"
    return _with_pages(f"{online} {date}", page)


def _book(item: Item) -> list[Part]:
    """Books, reports, guidelines, theses, labels, films: a title of their own in italics."""
    genre = _value(item, "genre")
    shows_genre = item.get("type") == "thesis" or genre.lower() in LABELS
    return [
        *_head(item, stands_alone=True),
        sentence(_text(_volume(item))),
        sentence(_text(_edition(item))),
        sentence(_text(_other_people(item))),
        sentence(_text(genre if shows_genre else "")),
        sentence(_text(_published(item))),
    ]


def _in_book(item: Item) -> list[Part]:
    """Chapters and papers in proceedings."""
    container = _title_case(item, _value(item, "container-title"))
    book = sentence(marked_up(container, italic=True))
    people = sentence(_text(editors(item.get("editor", ())) if item.get("author") else ""))
    host = [Run("In:"), Run(" "), *joined([people, book])] if people or book else []
    return [
        *_head(item),
        host,
        sentence(_text(_volume(item))),
        sentence(_text(_edition(item))),
        sentence(_text(_value(item, "collection-title"))),
        sentence(_text(_published(item))),
    ]


def _web_page(item: Item) -> list[Part]:
    return [
        *_head(item),
        sentence(_text(_value(item, "container-title") or _value(item, "publisher"))),
        sentence(_text(full_date(item.get("issued")))),
    ]


def _news(item: Item) -> list[Part]:
    date = full_date(item.get("issued"))
    return [
        *_head(item),
        sentence(_container(item)),
        sentence(_text(_with_pages(date, pages(_value(item, "page"))))),
    ]


def _software(item: Item) -> list[Part]:
    version = _value(item, "version")
    return [
        *_head(item),
        sentence(_text(f"Version {version.removeprefix('v')}" if version else "")),
        sentence(_text(_published(item))),
    ]


def _law(item: Item) -> list[Part]:
    """Laws, rules and cases, after the Bluebook as AMA does: "Act, 42 USC §1 (2010)"."""
    case = item.get("type") == "legal_case"
    section = _value(item, "section")
    place = [
        _value(item, "volume") or _value(item, "chapter-number"),
        _value(item, "container-title"),
        _value(item, "number"),
        f"§{section.lstrip('§ ')}" if section else "",
        pages(_value(item, "page")),
    ]
    when = " ".join(
        filter(None, [_value(item, "authority") if case else "", year(item.get("issued"))])
    )
    title = marked_up(curly(_value(item, "title")), italic=case)
    where = _text(" ".join(filter(None, place)))
    named = joined([title, where], ", ")
    return [sentence(joined([named, _text(f"({when})" if when else "")]))]


def _head(item: Item, *, stands_alone: bool = False) -> list[Part]:
    """Authors, or editors where there are none, and the title with its notices."""
    authors = name_list(item.get("author", ()))
    people = authors or editors(item.get("editor", ()))
    title = _value(item, "title")
    # PubMed ends titles with a stop. A notice stands before it, so it is set anew.
    if not title.endswith(".."):
        title = title.removesuffix(".")
    if stands_alone:
        title = _title_case(item, title)
    runs = marked_up(curly(title), italic=stands_alone)
    noted = joined([runs, *(_notice(notice) for notice in notices_of(item))])
    return [sentence(_text(people)), sentence(noted)]


def _notice(notice: Notice) -> Part:
    return [Run(f"[{notice.phrase} "), Run(notice.text, href=notice.url), Run("]")]


def _title_case(item: Item, text: str) -> str:
    """The text with a title's capitals, where the item is in English or does not say."""
    language = _value(item, "language").lower()
    return curly(title_case(text) if not language or language.startswith("en") else text)


def _container(item: Item) -> Part:
    """The journal by its abbreviation, which AMA prints without stops, or by its whole name."""
    short = _value(item, "container-title-short") or _value(item, "journalAbbreviation")
    title = short.replace(".", "") or _value(item, "container-title")
    return marked_up(curly(title), italic=True)


def _volume(item: Item) -> str:
    volume = _value(item, "volume")
    return f"Vol {volume}" if volume else ""


def _edition(item: Item) -> str:
    """An edition after the first: 2 → "2nd ed"; "Revised" → "Revised ed"."""
    edition = _value(item, "edition")
    if edition.isdecimal():
        return "" if int(edition) == 1 else f"{ordinal(int(edition))} ed"
    says_so = edition.lower().rstrip(".").endswith((" ed", " edition"))
    return edition if not edition or says_so else f"{edition} ed"


def ordinal(number: int) -> str:
    """The English ordinal: 1st, 2nd, 3rd, 4th, 11th."""
    teens = 10 < number % 100 < 20
    return f"{number}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def _other_people(item: Item) -> str:
    """Editors and translators of a book that has authors."""
    people = [editors(item.get("editor", ())) if item.get("author") else ""]
    if item.get("translator"):
        people.append(f"{name_list(item['translator'])}, trans")
    return ". ".join(filter(None, people))


def _published(item: Item) -> str:
    publisher = _value(item, "publisher").removesuffix(";")
    place = "; ".join(filter(None, [publisher, year(item.get("issued"))]))
    return _with_pages(place, pages(_value(item, "page")))


def _with_pages(place: str, page: str) -> str:
    return ":".join(filter(None, [place, page]))


def _tail(item: Item) -> list[Part]:
    """The DOI, or else the address with the day it was read."""
    doi, url = _value(item, "DOI"), _value(item, "URL")
    if doi:
        return [[Run(f"doi:{doi}", href=doi_url(doi))]]
    if not url:
        return []
    accessed = full_date(item.get("accessed"))
    return [
        sentence(_text(f"Accessed {accessed}" if accessed else "")),
        [Run(url, href=web_url(url))],
    ]


def _text(text: str) -> Part:
    return [Run(curly(text))] if text else []


def _value(item: Item, variable: str) -> str:
    value = item.get(variable)
    return "" if value is None else str(value).strip()
