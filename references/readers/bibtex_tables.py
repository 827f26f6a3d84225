"""Which types and fields of BibTeX and BibLaTeX are which types and variables of CSL."""

ITEM_TYPES = {
    "article": "article-journal",
    "audio": "song",
    "artwork": "graphic",
    "book": "book",
    "bookinbook": "chapter",
    "booklet": "pamphlet",
    "collection": "book",
    "conference": "paper-conference",
    "dataset": "dataset",
    "electronic": "webpage",
    "inbook": "chapter",
    "incollection": "chapter",
    "inproceedings": "paper-conference",
    "inreference": "entry-encyclopedia",
    "jurisdiction": "legal_case",
    "legislation": "legislation",
    "manual": "book",
    "mastersthesis": "thesis",
    "misc": "document",
    "movie": "motion_picture",
    "mvbook": "book",
    "mvcollection": "book",
    "mvproceedings": "book",
    "online": "webpage",
    "patent": "patent",
    "performance": "performance",
    "periodical": "periodical",
    "phdthesis": "thesis",
    "proceedings": "book",
    "reference": "book",
    "report": "report",
    "review": "review",
    "software": "software",
    "standard": "standard",
    "suppbook": "chapter",
    "techreport": "report",
    "thesis": "thesis",
    "unpublished": "manuscript",
    "video": "motion_picture",
    "www": "webpage",
}
ARTICLE_TYPES = {"magazine": "article-magazine", "newspaper": "article-newspaper"}
# What the type of an entry says of its genre where the field “type” says nothing.
GENRES = {"phdthesis": "PhD thesis", "mastersthesis": "Master's thesis"}
GENRE_KEYS = GENRES | {
    "mathesis": "Master's thesis",
    "candthesis": "Candidate thesis",
    "techreport": "Technical report",
    "resreport": "Research report",
}

# The first field an entry has is taken; the writer uses the first of all.
TEXTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("container-title", ("journal", "journaltitle", "booktitle")),
    ("container-title-short", ("shortjournal", "journalabbr", "journal-abbr")),
    ("title-short", ("shorttitle",)),
    ("volume", ("volume",)),
    ("edition", ("edition",)),
    ("collection-title", ("series",)),
    ("publisher", ("publisher", "institution", "school", "organization")),
    ("publisher-place", ("address", "location")),
    ("event-title", ("eventtitle",)),
    ("event-place", ("venue",)),
    ("chapter-number", ("chapter",)),
    ("number-of-pages", ("pagetotal", "numpages")),
    ("number-of-volumes", ("volumes",)),
    ("version", ("version",)),
    ("ISBN", ("isbn",)),
    ("ISSN", ("issn",)),
    ("PMID", ("pmid",)),
    ("PMCID", ("pmcid",)),
    ("call-number", ("callnumber", "library")),
    ("language", ("language",)),
    ("keyword", ("keywords", "keyword")),
    ("abstract", ("abstract",)),
    ("annote", ("annote", "annotation")),
    ("genre", ("type",)),
)
# Where an entry of this type names another field for the same thing.
FIELDS_BY_TYPE = {
    "chapter": {"container-title": "booktitle"},
    "entry-encyclopedia": {"container-title": "booktitle"},
    "paper-conference": {"container-title": "booktitle"},
    "report": {"publisher": "institution"},
    "thesis": {"publisher": "school"},
}
NAMES = (
    ("author", "author"),
    ("editor", "editor"),
    ("translator", "translator"),
    ("container-author", "bookauthor"),
)
DATES = (
    ("accessed", ("urldate", "lastaccessed", "lastchecked", "accessed")),
    ("original-date", ("origdate", "origyear")),
    ("event-date", ("eventdate",)),
)
LANGUAGES = {
    "american": "en-US",
    "british": "en-GB",
    "dutch": "nl",
    "english": "en",
    "french": "fr",
    "german": "de",
    "italian": "it",
    "ngerman": "de",
    "polish": "pl",
    "portuguese": "pt",
    "russian": "ru",
    "spanish": "es",
}
NUMBERED_IN_SERIES = frozenset({"book", "chapter", "paper-conference", "entry-encyclopedia"})


def number_variable(item_type: str) -> str:
    """The variable that the field “number” is in an item of this type."""
    if item_type.startswith(("article", "review")) or item_type == "periodical":
        return "issue"
    return "collection-number" if item_type in NUMBERED_IN_SERIES else "number"
