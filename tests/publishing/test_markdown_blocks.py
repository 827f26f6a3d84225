"""Headings, links, callouts, slots and tables."""

import pytest

from publishing.markdown import Environment, Heading, RenderError, render


def errors(text: str) -> list[tuple[str, int]]:
    return [(error.code, error.line) for error in render(text).errors]


def ids(text: str, **heading_ids: str) -> list[str]:
    known = Environment(
        heading_ids={key.replace("_", " "): kept for key, kept in heading_ids.items()}
    )
    return [heading.id for heading in render(text, known).headings]


def test_plain_markdown_becomes_html_and_its_words_are_counted() -> None:
    fragment = render("One *two* **three**\nfour.\n\n- it's `five-six`\n\n```py\nseven\n```\n")
    assert fragment.html == (
        "<p>One <em>two</em> <strong>three</strong>\nfour.</p>\n"
        "<ul>\n<li>it's <code>five-six</code></li>\n</ul>\n<pre><code>seven\n</code></pre>\n"
    )
    assert fragment.words == 7
    assert fragment.errors == ()


def test_an_inline_text_has_no_blocks() -> None:
    assert render("# *x*\n- y", inline=True).html == "# <em>x</em>\n- y"


def test_raw_html_is_shown_as_text() -> None:
    assert render("<b>x</b> ~~y~~").html == "<p>&lt;b&gt;x&lt;/b&gt; ~~y~~</p>\n"


def test_headings_have_levels_two_to_four() -> None:
    fragment = render("# One\n\n## Two\n\n### *Three*\n\n##### Five")
    assert fragment.headings == (
        Heading(2, "h-one", "One"),
        Heading(2, "h-two", "Two"),
        Heading(3, "h-three", "Three"),
        Heading(4, "h-five", "Five"),
    )
    assert '<h3 id="h-three"><em>Three</em></h3>' in fragment.html


def test_a_heading_takes_the_id_its_author_gave() -> None:
    fragment = render("## Care afterwards {#After}\n\nAfter\n===== \n\n[x](#after) [y](#other)")
    assert [heading.id for heading in fragment.headings] == ["h-after", "h-after-2"]
    assert fragment.headings[0].text == "Care afterwards"
    assert '<a href="#h-after">x</a> <a href="#other">y</a>' in fragment.html


def test_a_heading_without_an_id_of_its_own_keeps_the_words_in_braces() -> None:
    assert render(r"## x \{#after}").headings[0].text == "x {#after}"


def test_ids_are_made_of_the_words_and_are_unique() -> None:
    assert ids("## A b!\n\n## A b\n\n## 皮\n\n## __init__") == [
        "h-a-b",
        "h-a-b-2",
        "h-section",
        "h-init",
    ]


def test_a_heading_keeps_the_id_it_had_before() -> None:
    text = "## Risks\n\n## Old words"
    assert ids(text, Old_words="h-risks") == ["h-risks-2", "h-risks"]


@pytest.mark.parametrize("kept", ["cite-1", "h-", 'h-"x', "limits-h-old"])
def test_an_id_that_this_fragment_cannot_have_given_is_not_kept(kept: str) -> None:
    assert ids("## Old", Old=kept) == ["h-old"]


def test_the_prefix_begins_every_id_and_kept_ids_need_it() -> None:
    environment = Environment(heading_ids={"A": "t-h-first", "B": "h-other"})
    fragment = render("## A\n\n## B\n\n## C {#c}\n\n[x](#c)", environment, prefix="t-")
    assert [heading.id for heading in fragment.headings] == ["t-h-first", "t-h-b", "t-h-c"]
    assert '<a href="#t-h-c">' in fragment.html


def test_an_id_that_stands_twice_is_reported_and_the_second_heading_gets_another() -> None:
    text = "## A {#x}\n\n## B {#x}"
    assert errors(text) == [("double-id", 3)]
    assert ids(text) == ["h-x", "h-b"]


@pytest.mark.parametrize(
    ("address", "html"),
    [
        ("https://x.y/z?a=1&b#c", '<a href="https://x.y/z?a=1&amp;b#c" rel="noopener">x</a>'),
        ("http://x.y", '<a href="http://x.y" rel="noopener">x</a>'),
        ("mailto:a@x.y", '<a href="mailto:a@x.y">x</a>'),
        ("/faq/", '<a href="/faq/">x</a>'),
        ('/faq/ "Title"', '<a href="/faq/" title="Title">x</a>'),
        ("#x", '<a href="#x">x</a>'),
    ],
)
def test_links_lead_to_the_web_to_mail_and_into_the_site(address: str, html: str) -> None:
    assert render(f"[x]({address})", inline=True).html == html


@pytest.mark.parametrize(
    "address", ["javascript:x", "//x.y", "x", "data:x", "ftp://x", "https:x", "", "<a b>"]
)
def test_another_address_is_no_link_and_is_reported_with_its_line(address: str) -> None:
    fragment = render(f"a\n[x]({address})")
    assert "<a " not in fragment.html
    assert [(error.code, error.line) for error in fragment.errors] == [("bad-address", 2)]
    assert '<span class="render-error">' in fragment.html


@pytest.mark.parametrize(
    ("name", "title"),
    [("safety", "Safety"), ("note", "Note"), ("advice", "Commonly advised; no source")],
)
def test_a_callout_says_in_words_what_it_is(name: str, title: str) -> None:
    fragment = render(f"a\n::: {name}\n*x*\n:::\nb")
    assert fragment.html == (
        f'<p>a</p>\n<aside class="callout callout-{name}" role="note" aria-label="{title}">\n'
        f'<p class="callout-title">{title}</p>\n<p><em>x</em></p>\n</aside>\n<p>b</p>\n'
    )
    assert fragment.errors == ()


def test_callouts_stand_in_lists_and_in_each_other() -> None:
    fragment = render("- ::: note\n  ::: Safety\n  x\n  :::\n  y\n  :::\n- z")
    assert fragment.errors == ()
    assert fragment.html.count("<aside") == 2
    assert "<p>x</p>\n</aside>\n<p>y</p>\n</aside>\n</li>\n<li>z</li>" in fragment.html


def test_a_callout_ends_with_the_list_it_stands_in() -> None:
    fragment = render("- ::: note\n  x\n\nafter")
    assert [(error.code, error.line) for error in fragment.errors] == [("unclosed-block", 1)]
    assert fragment.html.endswith("</aside>\n</li>\n</ul>\n<p>after</p>\n")


def test_lines_of_colons_in_code_are_code() -> None:
    assert render("    ::: note").html == "<pre><code>::: note\n</code></pre>\n"
    assert errors("x\n\n    ::: note\n\n::: note\n\n    :::\n\n:::") == []


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("x\n\n::: note\ny", ("unclosed-block", 3)),
        ("x\n:::\ny", ("stray-colons", 2)),
        ("::: questions\nx", ("unknown-block", 1)),
        ("- ::: compare", ("nested-slot", 1)),
        ("::: note\n::: techniques\n:::", ("nested-slot", 2)),
        ("::: compare\n\n::: compare", ("second-slot", 3)),
        ("> " * 30 + "x", ("too-deep", 1)),
        ("x\n\n|" + "a|" * 5_000 + "\n|" + "-|" * 5_000, ("large-table", 3)),
    ],
)
def test_a_fault_in_a_block_is_reported_with_its_line(text: str, error: tuple[str, int]) -> None:
    assert errors(text) == [error]


def test_the_message_of_a_fault_stands_where_it_happened() -> None:
    fragment = render("a\n\n::: x<y\n\nb")
    message = (
        "There is no block called “x<y”. There are: safety, note, advice, compare, techniques."
    )
    assert fragment.errors == (RenderError("unknown-block", message, 3),)
    shown = message.replace("<", "&lt;")
    assert (
        fragment.html == f'<p>a</p>\n<p><span class="render-error">{shown}</span></p>\n<p>b</p>\n'
    )


@pytest.mark.parametrize("close", ["", "\n:::"])
def test_the_places_of_comparison_and_techniques_are_marked(close: str) -> None:
    fragment = render(f"a\n::: compare{close}\nb\n\n::: techniques{close}")
    assert fragment.html == "<p>a</p>\n<!--compare-->\n<p>b</p>\n<!--techniques-->\n"
    assert fragment.errors == ()


def test_tables_scroll_in_a_named_region_and_align_by_class() -> None:
    html = render("| a | b | c |\n|:-|:-:|---|\n| d | e | f |").html
    assert html.startswith(
        '<div class="table-scroll" role="region" aria-label="Table" tabindex="0"><table>\n'
    )
    assert '<th class="align-left" scope="col">a</th>' in html
    assert '<td class="align-center">e</td>\n<td>f</td>' in html
    assert "style" not in html


def test_a_line_of_many_bars_that_heads_no_table_is_text() -> None:
    assert errors("|" * 6_000) == []
    assert errors("|" * 6_000 + "\nx") == []


def test_after_a_table_that_is_too_large_there_is_no_other() -> None:
    text = "|a|\n|-|\n|b|\n\n" + "|a|\n|-|\n" + "|\n" * 3_000 + "\n|c|\n|-|"
    assert errors(text) == [("large-table", 5)]
    assert render(text).html.count("<table>") == 1


def test_a_definition_of_a_link_stays_on_the_page() -> None:
    assert render("[@a]: word").html == "<p><!--cite:0-->: word</p>\n"
