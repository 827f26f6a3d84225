"""Reading PubMed XML, as efetch gives it."""

import tracemalloc
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from references.readers import pubmed
from references.readers.records import Read, Record, Unread

DOCTYPE = (
    '<!DOCTYPE PubmedArticleSet PUBLIC "-//NLM//DTD PubMedArticle, 1st January 2025//EN"\n'
    ' "https://dtd.nlm.nih.gov/ncbi/pubmed/out/pubmed_250101.dtd">'
)
ARTICLE = """
<PubmedArticle>
<MedlineCitation Status="MEDLINE" Owner="NLM">
<PMID Version="1">101</PMID>
<Article PubModel="Print-Electronic">
<Journal>
  <ISSN IssnType="Electronic">1474-000X</ISSN>
  <JournalIssue CitedMedium="Internet"><Volume>12</Volume><Issue>3</Issue>
    <PubDate><Year>2016</Year><Month>Apr</Month><Day>12</Day></PubDate></JournalIssue>
  <Title>Journal of tests</Title><ISOAbbreviation>J. Tests</ISOAbbreviation>
</Journal>
<ArticleTitle>Title of <i>one</i> with H<sub>2</sub>O &amp; 10<sup>6</sup>
  cells.</ArticleTitle>
<Pagination><StartPage>1723</StartPage><EndPage>1730</EndPage><MedlinePgn>1723-30</MedlinePgn>
</Pagination>
<ELocationID EIdType="pii" ValidYN="Y">S0140-0000(16)00001-7</ELocationID>
<ELocationID EIdType="doi" ValidYN="Y">10.5555/one</ELocationID>
<Abstract><AbstractText Label="BACKGROUND">Why.</AbstractText>
  <AbstractText Label="METHODS">How <b>well</b>.</AbstractText></Abstract>
<AuthorList CompleteYN="Y">
  <Author ValidYN="Y"><LastName>Author</LastName><ForeName>Ada B</ForeName>
    <Initials>AB</Initials><AffiliationInfo><Affiliation>Nowhere.</Affiliation></AffiliationInfo>
  </Author>
  <Author ValidYN="N"><LastName>Auhtor</LastName><ForeName>Ada B</ForeName></Author>
  <Author><LastName>de Wet</LastName><Initials>GJ</Initials><Suffix>Jr</Suffix></Author>
  <Author><CollectiveName>Group of <i>Tests</i></CollectiveName></Author>
</AuthorList>
<Language>eng</Language>
<PublicationTypeList><PublicationType UI="D016428">Journal Article</PublicationType>
  <PublicationType UI="D016454">Review</PublicationType></PublicationTypeList>
<ArticleDate DateType="Electronic"><Year>2016</Year><Month>01</Month><Day>02</Day></ArticleDate>
</Article>
<MedlineJournalInfo><MedlineTA>J Tests Test</MedlineTA></MedlineJournalInfo>
<CommentsCorrectionsList>
  <CommentsCorrections RefType="ErratumIn">
    <RefSource>J Tests. 2016 May 7;12(4):1930. doi: 10.5555/two.</RefSource><PMID>102</PMID>
  </CommentsCorrections>
  <CommentsCorrections RefType="CommentIn"><RefSource>J Tests. 2017.</RefSource>
  </CommentsCorrections>
</CommentsCorrectionsList>
<KeywordList Owner="NOTNLM"><Keyword MajorTopicYN="N">first</Keyword><Keyword>second</Keyword>
</KeywordList>
</MedlineCitation>
<PubmedData><PublicationStatus>ppublish</PublicationStatus>
<ArticleIdList><ArticleId IdType="pubmed">101</ArticleId>
  <ArticleId IdType="pmc">PMC103</ArticleId><ArticleId IdType="doi">10.5555/one</ArticleId>
</ArticleIdList>
<ReferenceList><Reference><Citation>Cited.</Citation><ArticleIdList>
  <ArticleId IdType="pubmed">900</ArticleId><ArticleId IdType="pmc">PMC900</ArticleId>
  <ArticleId IdType="doi">10.5555/cited</ArticleId></ArticleIdList></Reference></ReferenceList>
</PubmedData>
</PubmedArticle>
"""
BOOK = """
<PubmedBookArticle><BookDocument><PMID>201</PMID>
<ArticleIdList><ArticleId IdType="bookaccession">NBK1</ArticleId></ArticleIdList>
<Book><Publisher><PublisherName>Test Press</PublisherName>
  <PublisherLocation>Nowhere</PublisherLocation></Publisher>
<BookTitle book="test">Book of tests.</BookTitle><PubDate><Year>2020</Year></PubDate>
<AuthorList Type="editors"><Author><LastName>Editor</LastName><ForeName>Eve</ForeName></Author>
</AuthorList><Volume>2</Volume><Edition>3rd</Edition><Isbn>9780000000002</Isbn></Book>
{chapter}
<Language>eng</Language><PublicationType>Review</PublicationType>
</BookDocument><PubmedBookData/></PubmedBookArticle>
"""


def in_set(*records: str) -> str:
    """A file of these records."""
    inner = "".join(records)
    return f'<?xml version="1.0" ?>\n{DOCTYPE}\n<PubmedArticleSet>{inner}</PubmedArticleSet>'


def only(text: str) -> Record:
    """The one record of a text."""
    (found,) = pubmed.read(text)
    return found


def item_of(text: str) -> dict[str, Any]:
    """The item of the only record in a text."""
    found = only(text)
    assert isinstance(found, Read), found
    return found.item


def article(**parts: str) -> str:
    """An article of a few elements: `journal`, `article`, `citation` and `data` take more."""
    title = parts.get("title", "<ArticleTitle>T</ArticleTitle>")
    return in_set(f"""<PubmedArticle><MedlineCitation><PMID>101</PMID><Article>
    <Journal>{parts.get("journal", "")}</Journal>{title}
    {parts.get("article", "")}</Article>{parts.get("citation", "")}</MedlineCitation>
    <PubmedData>{parts.get("data", "")}</PubmedData></PubmedArticle>""")


def reason(text: str) -> str:
    """Why the only record was not read."""
    found = only(text)
    assert isinstance(found, Unread), found
    return found.reason


def test_an_article_becomes_an_item() -> None:
    assert item_of(in_set(ARTICLE)) == {
        "type": "article-journal",
        "title": "Title of one with H2O & 106 cells",
        "container-title": "Journal of tests",
        "container-title-short": "J Tests Test",
        "volume": "12",
        "issue": "3",
        "page": "1723-30",
        "ISSN": "1474-000X",
        "PMID": "101",
        "PMCID": "PMC103",
        "DOI": "10.5555/one",
        "issued": {"date-parts": [[2016, 4, 12]]},
        "author": [
            {"family": "Author", "given": "Ada B"},
            {"family": "de Wet", "given": "GJ", "suffix": "Jr"},
            {"literal": "Group of Tests"},
        ],
        "language": "en",
        "keyword": "first, second",
        "abstract": "BACKGROUND: Why.\nMETHODS: How well.",
        "custom": {
            "publication-types": ["Journal Article", "Review"],
            "notices": [
                {
                    "type": "correction",
                    "direction": "in",
                    "citation": "J Tests. 2016 May 7;12(4):1930. doi: 10.5555/two.",
                    "PMID": "102",
                    "DOI": "10.5555/two",
                }
            ],
        },
    }


def test_an_identifier_of_a_cited_article_is_not_its_own() -> None:
    data = """<ReferenceList><Reference><ArticleIdList><ArticleId IdType="doi">10.5555/cited
    </ArticleId></ArticleIdList></Reference></ReferenceList>"""
    assert "DOI" not in item_of(article(data=data))


def test_an_article_alone_is_read_as_well() -> None:
    assert item_of(ARTICLE)["container-title"] == "Journal of tests"


def test_records_say_the_lines_at_which_they_begin() -> None:
    found = list(pubmed.read(in_set("\n", "<PubmedArticle/>", "\n", ARTICLE.strip(), ARTICLE)))
    assert [record.line for record in found][:2] == [5, 6]
    assert [type(record) for record in found] == [Unread, Read, Read]


def test_a_short_title_without_that_of_medline_loses_its_dots() -> None:
    journal = "<ISOAbbreviation>Br. J. Test.</ISOAbbreviation>"
    assert item_of(article(journal=journal))["container-title-short"] == "Br J Test"


@pytest.mark.parametrize(
    ("date", "issued"),
    [
        ("<Year>2016</Year>", {"date-parts": [[2016]]}),
        ("<Year>2016</Year><Month>04</Month>", {"date-parts": [[2016, 4]]}),
        ("<Year>2016</Year><Season>Summer</Season>", {"date-parts": [[2016]], "season": "2"}),
        (
            "<MedlineDate>2016 Apr-May</MedlineDate>",
            {"date-parts": [[2016, 4], [2016, 5]]},
        ),
        (
            "<MedlineDate>1998 Dec-1999 Jan</MedlineDate>",
            {"date-parts": [[1998, 12], [1999, 1]]},
        ),
        ("<MedlineDate>about 1998</MedlineDate>", {"literal": "about 1998"}),
        ("<Year>2016</Year><Month>Feb</Month><Day>31</Day>", {"literal": "2016 Feb 31"}),
    ],
)
def test_dates(date: str, issued: dict[str, Any]) -> None:
    journal = f"<JournalIssue><PubDate>{date}</PubDate></JournalIssue>"
    assert item_of(article(journal=journal))["issued"] == issued


def test_what_is_online_ahead_of_print_says_so_until_it_has_a_volume() -> None:
    online = "<ArticleDate><Year>2024</Year><Month>05</Month><Day>06</Day></ArticleDate>"
    status = "<PublicationStatus>aheadofprint</PublicationStatus>"
    item = item_of(article(article=online, data=status))
    assert (item["status"], item["issued"]) == ("Published online", {"date-parts": [[2024, 5, 6]]})
    volume = "<JournalIssue><Volume>1</Volume></JournalIssue>"
    assert "status" not in item_of(article(article=online, data=status, journal=volume))


def test_a_translated_title_stands_beside_the_original() -> None:
    title = "<ArticleTitle>[Milia [benign] in tests.].</ArticleTitle>"
    vernacular = "<VernacularTitle>Milien in Tests.</VernacularTitle>"
    item = item_of(article(title=title, article=vernacular))
    assert (item["title"], item["original-title"]) == (
        "Milia [benign] in tests",
        "Milien in Tests",
    )
    item = item_of(article(title="<ArticleTitle/>", article=vernacular))
    assert (item["title"], item.get("original-title")) == ("Milien in Tests", None)


@pytest.mark.parametrize(
    ("places", "page"),
    [
        ('<ELocationID EIdType="pii">e1234</ELocationID>', "e1234"),
        ('<ELocationID EIdType="pii">S0140-0000(16)1</ELocationID>', None),
        ('<ELocationID EIdType="pii" ValidYN="N">e1234</ELocationID>', None),
        ("<Pagination><StartPage>5</StartPage><EndPage>9</EndPage></Pagination>", "5-9"),
        ("<Pagination><StartPage>5</StartPage></Pagination>", "5"),
    ],
)
def test_an_article_number_stands_for_pages(places: str, page: str | None) -> None:
    assert item_of(article(article=places)).get("page") == page


@pytest.mark.parametrize(
    ("ref_type", "kind", "direction"),
    [
        ("ErratumFor", "correction", "for"),
        ("RetractionIn", "retraction", "in"),
        ("RetractionOf", "retraction", "for"),
        ("ExpressionOfConcernIn", "expression-of-concern", "in"),
        ("ExpressionOfConcernFor", "expression-of-concern", "for"),
        ("UpdateIn", "update", "in"),
        ("UpdateOf", "update", "for"),
        ("CorrectedandRepublishedIn", "republished", "in"),
        ("CorrectedandRepublishedFrom", "republished", "for"),
    ],
)
def test_notices(ref_type: str, kind: str, direction: str) -> None:
    citation = f"""<CommentsCorrectionsList><CommentsCorrections RefType="{ref_type}">
    <RefSource>J Tests. 2020.</RefSource></CommentsCorrections></CommentsCorrectionsList>"""
    assert item_of(article(citation=citation))["custom"]["notices"] == [
        {"type": kind, "direction": direction, "citation": "J Tests. 2020."}
    ]


def test_a_retracted_article_and_a_preprint_are_told() -> None:
    types = "<PublicationTypeList><PublicationType>{}</PublicationType></PublicationTypeList>"
    found = only(article(article=types.format("Retracted Publication")))
    assert isinstance(found, Read)
    assert "retracted" in found.notes[0]
    item = item_of(article(article=types.format("Preprint")))
    assert (item["type"], item["genre"]) == ("article", "Preprint")


def test_a_chapter_and_a_book() -> None:
    chapter = """<ArticleTitle>Chapter of tests.</ArticleTitle><AuthorList Type="authors"><Author>
    <LastName>Author</LastName><ForeName>Ada</ForeName></Author></AuthorList>"""
    item = item_of(in_set(BOOK.format(chapter=chapter)))
    assert item == {
        "type": "chapter",
        "title": "Chapter of tests",
        "container-title": "Book of tests",
        "author": [{"family": "Author", "given": "Ada"}],
        "editor": [{"family": "Editor", "given": "Eve"}],
        "publisher": "Test Press",
        "publisher-place": "Nowhere",
        "issued": {"date-parts": [[2020]]},
        "volume": "2",
        "edition": "3rd",
        "ISBN": "9780000000002",
        "PMID": "201",
        "language": "en",
        "custom": {"publication-types": ["Review"]},
    }
    book = item_of(in_set(BOOK.format(chapter="")))
    assert (book["type"], book["title"]) == ("book", "Book of tests")
    assert "container-title" not in book


@pytest.mark.parametrize(
    "head",
    [
        '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>',
        '<!DOCTYPE x SYSTEM "file:///etc/passwd" []>',
        "<!DOCTYPE x",
        "<!DOCTYPE x><!DOCTYPE y [<!ATTLIST PubmedArticle a CDATA 'x'>]>",
        "<!ENTITY % a SYSTEM 'http://127.0.0.1/'>",
    ],
)
def test_what_defines_entities_is_refused(head: str) -> None:
    assert "entities" in reason(f"{head}<PubmedArticleSet>{ARTICLE}</PubmedArticleSet>")


def test_an_entity_that_is_not_defined_is_refused() -> None:
    assert "not whole XML" in reason(article(title="<ArticleTitle>&a;</ArticleTitle>"))


def test_what_is_nested_too_deep_is_refused() -> None:
    depth = 100_000
    assert "nested" in reason(in_set("<a>" * depth, "</a>" * depth))
    assert "nested" in reason(in_set("<a>" * depth))


@pytest.mark.parametrize("text", ["", " ", "<a/>", "<html><p>No</p></html>", "no", "\ud800", "\0"])
def test_what_is_not_from_pubmed_is_unread(text: str) -> None:
    assert reason(text)


def test_a_set_of_nothing_has_no_records() -> None:
    assert list(pubmed.read(in_set())) == []


def test_what_came_before_the_break_is_kept() -> None:
    first, second = pubmed.read(in_set(ARTICLE, ARTICLE)[: len(in_set(ARTICLE)) + 900])
    assert isinstance(first, Read)
    assert isinstance(second, Unread)
    assert second.line > 60


def test_a_large_file_is_read_in_little_memory() -> None:
    text = in_set(*[ARTICLE] * 1_500)
    tracemalloc.start()
    number = sum(isinstance(record, Read) for record in pubmed.read(text))
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert number == 1_500
    assert most < 3 * len(text)  # a whole tree takes many times the text


@given(st.integers(0, 10_000), st.integers(0, 10_000), st.text(max_size=20))
def test_nothing_raises(start: int, length: int, instead: str) -> None:
    text = in_set(ARTICLE, BOOK)
    start %= len(text)
    for found in pubmed.read(text[:start] + instead + text[start + length % 200 :]):
        assert isinstance(found, Read | Unread)


def test_a_record_that_is_too_long_is_told_with_its_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pubmed, "MAX_RECORD", 20_000)
    long = f"<PubmedArticle><a>{'x' * 40_000}</a></PubmedArticle>"
    first, second = pubmed.read(in_set(ARTICLE, "\n", long))
    assert isinstance(first, Read)
    assert isinstance(second, Unread)
    assert second.reason == "This record is longer than 5000000 characters."
    assert second.line == first.line + ARTICLE.count("\n")
    assert len(list(pubmed.read(in_set(*[ARTICLE] * 30)))) == 30
