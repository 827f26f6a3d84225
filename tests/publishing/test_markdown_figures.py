"""Pictures with their credit, and glossary terms with their definitions."""

from dataclasses import replace

import pytest

from publishing.markdown import Environment, Fragment, Term, render
from tests.publishing.attacks import DIAGRAM, ENVIRONMENT, KERATIN, assert_harmless

IMG = '<img src="/media/diagram.png" alt="{}" width="640" height="480" loading="lazy">'
EXPLAINED = (
    '<dfn class="term"><button type="button" class="term-button" '
    'popovertarget="{prefix}def-keratin">{word}</button></dfn>'
    '<span class="term-definition" id="{prefix}def-keratin" popover="" '
    'role="note"> A tough protein. <a href="/glossary/#term-keratin">Glossary</a></span>'
)


def explained(word: str, prefix: str = "") -> str:
    return EXPLAINED.format(word=word, prefix=prefix)


def test_a_picture_becomes_a_figure_with_caption_credit_and_description() -> None:
    fragment = render('![What it is](image:diagram "A *cyst* [@a].")', ENVIRONMENT)
    assert fragment.html == (
        f'<figure class="figure">{IMG.format("What it is")}<figcaption>A <em>cyst</em>.'
        '<!--cite:0--> <span class="figure-credit">Picture: The site. Licence: CC BY 4.0.</span>'
        "<details><summary>Description of the picture</summary>"
        "<p>A cyst below the skin.</p></details></figcaption></figure>\n"
    )
    assert fragment.errors == ()


def test_the_picture_that_leads_a_page_loads_at_once() -> None:
    fragment = render("![A diagram](image:diagram)", ENVIRONMENT, leads=True)
    assert IMG.format("A diagram").replace(' loading="lazy"', "") in fragment.html


@pytest.mark.parametrize("alt", ["", "A diagram"])
def test_a_picture_without_an_alternative_text_takes_that_of_the_library(alt: str) -> None:
    environment = Environment(images={"diagram": replace(DIAGRAM, alt=alt)})
    assert IMG.format(alt) in render("![](image:diagram)", environment).html


def test_the_alternative_text_has_the_words_of_its_marks_only() -> None:
    html = render("![*a* `b` [c](/d) @e\n![f](image:x)](image:diagram)", ENVIRONMENT).html
    assert IMG.format("a b c  f") in html


def test_a_picture_of_which_nothing_more_is_known_has_no_caption() -> None:
    bare = replace(DIAGRAM, credit="", licence="", long_description="")
    html = render("![x](image:diagram)", Environment(images={"diagram": bare})).html
    assert html == f'<figure class="figure">{IMG.format("x")}</figure>\n'


def test_pictures_below_each_other_are_figures_of_their_own() -> None:
    fragment = render("![a](image:diagram)\n![b](image:diagram)\n\nx", ENVIRONMENT)
    assert fragment.html.count("<figure") == 2
    assert fragment.html.endswith("</figure>\n<p>x</p>\n")


def test_a_figure_can_stand_in_a_tight_list_and_in_a_callout() -> None:
    for text in ("- ![a](image:diagram)", "::: note\n![a](image:diagram)\n:::"):
        fragment = render(text, ENVIRONMENT)
        assert fragment.html.count("<figure") == 1
        assert_harmless(fragment)


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("x\n\n![a](image:diagram)\n![a](image:nope)", "unknown-image", 4),
        ("![a](https://x.y/z.png)", "foreign-image", 1),
        ("![a](image:Diagram)", "unknown-image", 1),
        ("x\ny ![a](image:diagram)", "image-not-alone", 2),
        ("[![a](image:diagram)](/x)", "image-not-alone", 1),
        ("| ![a](image:diagram) |\n|---|", "image-not-alone", 1),
        ('![a](image:diagram "![b](image:diagram)")', "image-not-alone", 1),
    ],
)
def test_a_picture_that_cannot_be_shown_is_reported_where_it_stands(
    text: str, code: str, line: int
) -> None:
    fragment = render(text, ENVIRONMENT)
    assert [(error.code, error.line) for error in fragment.errors] == [(code, line)]
    assert fragment.html.count('<span class="render-error">') == 1


def test_an_inline_text_shows_no_picture() -> None:
    fragment = render("![a](image:diagram)", ENVIRONMENT, inline=True)
    assert [error.code for error in fragment.errors] == ["image-not-alone"]
    assert "<img" not in fragment.html


def test_a_term_is_explained_at_its_first_use_only() -> None:
    fragment = render("Some keratin, and keratin.\n\nKeratin.", ENVIRONMENT)
    phrase = f'<span class="term-phrase">{explained("keratin")},</span>'
    assert fragment.html == f"<p>Some {phrase} and keratin.</p>\n<p>Keratin.</p>\n"
    assert fragment.words == 5


@pytest.mark.parametrize("word", ["keratin", "KERATIN", "Keratins"])
def test_every_form_of_a_term_is_found(word: str) -> None:
    assert render(f"a {word} b", ENVIRONMENT, inline=True).html == f"a {explained(word)} b"


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("a (keratin), b", "({}),"),
        ("a keratin-like b", "{}-"),
        ("a “keratin” b", "“{}”"),
        ("<keratin&", "&lt;{}&amp;"),
    ],
)
def test_the_marks_beside_a_term_stay_on_its_line(text: str, phrase: str) -> None:
    shown = phrase.format(explained("keratin"))
    html = render(text, ENVIRONMENT, inline=True).html
    assert f'<span class="term-phrase">{shown}</span>' in html


@pytest.mark.parametrize(
    "text",
    [
        "prekeratin",
        "keratinous",
        "`keratin`",
        "[keratin](/x)",
        "## keratin",
        "    keratin",
        "@keratin",
    ],
)
def test_no_term_is_explained_within_words_headings_links_and_code(text: str) -> None:
    assert "<dfn" not in render(text, ENVIRONMENT).html


def test_the_longest_term_wins() -> None:
    plug = Term(slug="plug", term="keratin plug", definition="A plug.")
    environment = Environment(terms={"keratin": KERATIN, "plug": plug})
    html = render("A keratin plug.", environment).html
    assert 'popovertarget="def-plug">keratin plug</button>' in html
    assert "def-keratin" not in html


def test_terms_that_a_page_has_explained_are_handed_from_text_to_text() -> None:
    seen: set[str] = set()
    first = render("keratin", ENVIRONMENT, inline=True, explained=seen, prefix="t-x-")
    assert first.html == explained("keratin", "t-x-")
    assert seen == {"keratin"}
    assert render("keratin", ENVIRONMENT, inline=True, explained=seen).html == "keratin"


def test_a_definition_shows_its_words_without_marks_and_citations() -> None:
    term = replace(KERATIN, definition='A <b> "protein" [@a], [see](/x).')
    fragment = render("keratin", Environment(terms={"keratin": term}))
    assert '> A &lt;b&gt; "protein", see. <a href' in fragment.html
    assert fragment.clusters == ()
    assert_harmless(fragment)


def test_a_form_that_lower_case_changes_is_left_alone() -> None:
    term = replace(KERATIN, term="ſ", also=("", "K"))
    assert_harmless(render("ſ s S K k", Environment(terms={"keratin": term})))


def test_a_fragment_survives_json() -> None:
    text = '## K [@a; @b, p. 3] {#x}\n\nkeratin @c ![](image:x)\n\n![](image:diagram "x")'
    fragment = render(text, ENVIRONMENT)
    assert Fragment.from_json(fragment.to_json()) == fragment
    data = fragment.to_json()
    assert set(data) == {"html", "clusters", "headings", "words", "errors"}
    assert data["clusters"][0] == [{"key": "a", "locator": ""}, {"key": "b", "locator": "p3"}]
    assert data["headings"] == [{"level": 2, "id": "h-x", "text": "K"}]
