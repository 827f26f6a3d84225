"""The item types and variables of CSL-JSON 1.0.2.

Source: https://github.com/citation-style-language/schema (csl-data.json, version 1.0.2).
"""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


ITEM_TYPES = (
    "article",
    "article-journal",
    "article-magazine",
    "article-newspaper",
    "bill",
    "book",
    "broadcast",
    "chapter",
    "classic",
    "collection",
    "dataset",
    "document",
    "entry",
    "entry-dictionary",
    "entry-encyclopedia",
    "event",
    "figure",
    "graphic",
    "hearing",
    "interview",
    "legal_case",
    "legislation",
    "manuscript",
    "map",
    "motion_picture",
    "musical_score",
    "pamphlet",
    "paper-conference",
    "patent",
    "performance",
    "periodical",
    "personal_communication",
    "post",
    "post-weblog",
    "regulation",
    "report",
    "review",
    "review-book",
    "software",
    "song",
    "speech",
    "standard",
    "thesis",
    "treaty",
    "webpage",
)

NAME_VARIABLES = _words(
    """
    author chair collection-editor compiler composer container-author contributor curator director
    editor editorial-director editor-translator executive-producer guest host illustrator
    interviewer narrator organizer original-author performer producer recipient reviewed-author
    script-writer series-creator translator
    """
)

DATE_VARIABLES = _words("accessed available-date event-date issued original-date submitted")

TEXT_VARIABLES = _words(
    """
    abstract annote archive archive_collection archive_location archive-place authority call-number
    chapter-number citation-key citation-label citation-number collection-number collection-title
    container-title container-title-short dimensions division DOI edition event event-place
    event-title first-reference-note-number genre ISBN ISSN issue journalAbbreviation jurisdiction
    keyword language license locator medium note number number-of-pages number-of-volumes
    original-publisher original-publisher-place original-title page page-first part part-title
    PMCID PMID printing publisher publisher-place references reviewed-genre reviewed-title scale
    section shortTitle source status supplement title title-short URL version volume volume-title
    volume-title-short year-suffix
    """
)

# Texts of more than a line.
LONG_VARIABLES = frozenset({"abstract", "annote", "note"})

NAME_PARTS = _words(
    """
    family given dropping-particle non-dropping-particle suffix comma-suffix static-ordering
    literal parse-names
    """
)
# What a name or a date may say as true or false, or as 1 and 0.
FLAGS = frozenset({"comma-suffix", "static-ordering", "parse-names", "circa"})

DATE_PARTS = frozenset({"date-parts", "season", "circa", "literal", "raw"})
