"""Citations in texts: Pandoc's grammar, AMA's places, and what is none."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publishing.markdown import CitationItem, citation_keys, render
from publishing.markdown.citations import parse_cluster


def shown(text: str, *, inline: bool = True) -> str:
    """The HTML, with each cluster written as ⟦key locator,…⟧."""
    fragment = render(text, inline=inline)
    html = fragment.html
    for place, cluster in enumerate(fragment.clusters):
        items = ",".join(f"{item.key} {item.locator}".strip() for item in cluster)
        html = html.replace(f"<!--cite:{place}-->", f"⟦{items}⟧")
    return html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("x [@a]", "x⟦a⟧"),
        ("x[@a]", "x⟦a⟧"),
        ("x [@a; @b]", "x⟦a,b⟧"),
        ("x [@a;@b ; @c]", "x⟦a,b,c⟧"),
        ("x [@a;\n@b]", "x⟦a,b⟧"),
        ("x [-@a]", "x⟦a⟧"),
        ("x @a", "x⟦a⟧"),
        ("x -@a", "x⟦a⟧"),
        ("@a says", "⟦a⟧ says"),
        ("(@a)", "(⟦a⟧)"),
        ("x @{a;b}", "x⟦a;b⟧"),
        ("x [@{https://x.y/?z}]", "x⟦https://x.y/?z⟧"),
        ("x [@a:b.c-d_e/f?g<h>i~j+k&l%m$n#o]", "x⟦a:b.c-d_e/f?g<h>i~j+k&l%m$n#o⟧"),
        ("x [@Kurokawa2016; @kurokawa2016]", "x⟦Kurokawa2016,kurokawa2016⟧"),
        ("x [@_a; @1]", "x⟦_a,1⟧"),
    ],
)
def test_pandocs_forms_of_a_citation_are_read(text: str, html: str) -> None:
    assert shown(text) == html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("[@a](/url)", '<a href="/url">@a</a>'),
        ("[see @a, @{b}](/url)", '<a href="/url">see @a, @{b}</a>'),
        (r"x \@a", "x @a"),
        (r"x \[@a]", "x [⟦a⟧]"),
        (r"x [\@a]", "x [@a]"),
        ("x `[@a]`", "x <code>[@a]</code>"),
        ("foo@bar.com", "foo@bar.com"),
        ("[foo@bar.com]", "[foo@bar.com]"),
        ("first.last@bar.com, é@b, x-@a", "first.last@bar.com, é@b, x-@a"),
        ("https://x.y/@a", "https://x.y/@a"),
        ("@@a @ [@] [@;] @{a b} @{}", "@@a @ [@] [@;] @{a b} @{}"),
        ("[@a", "[⟦a⟧"),
        ("[@a; b]", "[⟦a⟧; b]"),
        ("[^@a]", "[^⟦a⟧]"),
    ],
)
def test_what_only_looks_like_a_citation_stays_text(text: str, html: str) -> None:
    assert shown(text) == html


def test_code_blocks_cite_nothing() -> None:
    assert citation_keys("    @a\n\n```\n[@b]\n```\n\n`@c`") == ()


@pytest.mark.parametrize("end", [".", ",", ":", ";", "?", "!", ")", "’s", "...", "/", "-", "--b"])
def test_trailing_punctuation_is_no_part_of_a_key(end: str) -> None:
    assert citation_keys(f"x @a{end} y") == ("a",)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("x [@a]. Y", "x.⟦a⟧ Y"),
        ("x [@a], y", "x,⟦a⟧ y"),
        ("x [@a]… y", "x…⟦a⟧ y"),
        ("x [@a]... y", "x...⟦a⟧ y"),
        ("x [@a]; y", "x⟦a⟧; y"),
        ("x [@a]: y", "x⟦a⟧: y"),
        ("x [@a]? y", "x⟦a⟧? y"),
        ("x.[@a] Y", "x.⟦a⟧ Y"),
        ("x [@a].5", "x⟦a⟧.5"),
        ("*x* [@a].", "<em>x</em>.⟦a⟧"),
        ("x\n[@a].", "x.⟦a⟧"),
        ("x [@a] [@b].", "x.⟦a,b⟧"),
        ("x [@a][@b]", "x⟦a,b⟧"),
        ("x [@a]\n@b y", "x⟦a,b⟧ y"),
        ("*x [@a]*.", "<em>x⟦a⟧</em>."),
    ],
)
def test_clusters_stand_behind_the_word_and_its_full_stop_or_comma(text: str, html: str) -> None:
    assert shown(text) == html


@pytest.mark.parametrize(
    ("suffix", "locator"),
    [
        ("p. 3", "p3"),
        ("p 3", "p3"),
        ("p.3", "p3"),
        ("page 3", "p3"),
        ("pp. 33-35", "pp33-35"),
        ("pp. 33–35", "pp33-35"),
        ("pp. 33 – 35, 38", "pp33-35,38"),
        ("33", "p33"),
        ("33-35", "pp33-35"),
        ("p. e12", "pe12"),
        ("p. iv", "piv"),
        ("ch. 1", "ch1"),
        ("Chapter 1.2", "ch1.2"),
        ("fig. 2", "fig2"),
        ("table 1", "table1"),
        ("§ 4", "sec4"),
        ("{p. 3}", "p3"),
        ("", ""),
    ],
)
def test_locators_take_the_short_form_of_ama(suffix: str, locator: str) -> None:
    assert parse_cluster(f"@a, {suffix}") == ([CitationItem("a", locator)], [])


def test_each_source_of_a_cluster_has_its_own_locator() -> None:
    items, words = parse_cluster("see @a, pp. 33-35; also @b, ch. 1; @c") or ([], ["?"])
    assert items == [CitationItem("a", "pp33-35"), CitationItem("b", "ch1"), CitationItem("c", "")]
    assert words == []


@pytest.mark.parametrize(
    ("cluster", "words"),
    [
        ("@a, p. 3 and elsewhere", "and elsewhere"),
        ("@a for infants", "for infants"),
        ("against this @a", "against this"),
        ("@a, {x < y}", "x &lt; y"),
    ],
)
def test_other_words_in_a_citation_are_reported_with_their_line(cluster: str, words: str) -> None:
    fragment = render(f"x\ny [{cluster}]")
    assert [(error.code, error.line) for error in fragment.errors] == [("words-in-citation", 2)]
    assert f"“{words}”" in fragment.html
    assert fragment.clusters[0][0].key == "a"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("| x [@a]. |\n|---|\n| y @b |", 'scope="col">x.⟦a⟧</th>'),
        ("| x |\n|---|\n| y @b |", "<td>y⟦b⟧</td>"),
        ("::: note\nx [@a].\n:::", "<p>x.⟦a⟧</p>"),
        ("- x [@a]", "<li>x⟦a⟧</li>"),
        ("> x [@a]", "<p>x⟦a⟧</p>"),
        ("## x [@a]", '<h2 id="h-x">x⟦a⟧</h2>'),
        ('![](image:no "x [@a].")', "<figcaption>x.⟦a⟧</figcaption>"),
    ],
)
def test_a_citation_can_stand_in_every_block(text: str, html: str) -> None:
    assert html in shown(text, inline=False)


def test_a_headings_words_do_not_hold_its_citation() -> None:
    assert render("## Milia [@a], twice @b").headings[0].text == "Milia, twice"


def test_clusters_are_numbered_in_reading_order_and_the_alternative_text_has_none() -> None:
    fragment = render('x [@a].\n\n![@no [@no]](image:no "y @b")\n\n- z [@c]')
    assert fragment.html.count("<!--cite:") == 3
    assert [[item.key for item in cluster] for cluster in fragment.clusters] == [
        ["a"],
        ["b"],
        ["c"],
    ]


def test_the_keys_of_a_text_stand_once_in_order_of_first_use() -> None:
    assert citation_keys("@b [@a; @b]\n\n@c") == ("b", "a", "c")
    assert citation_keys("no citation") == ()


def test_nothing_of_one_conversion_reaches_the_next() -> None:
    assert render("@a @b") == render("@a @b")


KEYS = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9_-]{0,20}[A-Za-z0-9]", fullmatch=True)


@settings(max_examples=100)
@given(st.lists(KEYS.filter(lambda key: "--" not in key), min_size=1, max_size=6))
def test_every_usual_key_is_read_back_from_its_cluster(keys: list[str]) -> None:
    cluster = "; ".join(f"@{key}" for key in keys)
    assert parse_cluster(cluster) == ([CitationItem(key, "") for key in keys], [])
