"""Texts that are made to take long: each takes a bounded time, and its HTML is clean.

Measured against ordinary text of the greatest length, for times by themselves
would tell more of the machine than of the renderer.
"""

import time

import pytest

from publishing.markdown import MAX_CHARS, Fragment, MarkdownTooLarge, citation_keys, render
from tests.publishing.attacks import ENVIRONMENT, assert_harmless

SLOWER = 20  # times ordinary text; one quadratic rule would make it hundreds
ORDINARY = "Milia are *small* cysts of keratin [@a, p. 3]. See [there](/x).\n\n- one\n- two\n\n"

BOMBS = {
    "nul": "\0" * MAX_CHARS,
    "one long line": "a" * MAX_CHARS,
    "one long line of words": "a keratin " * (MAX_CHARS // 10),
    "open brackets": "[" * 5_000,
    "only open brackets": "[" * MAX_CHARS,
    "open pictures": "![" * (MAX_CHARS // 2),
    "open links": "[[a](" * (MAX_CHARS // 5),
    "references": f"[a]: /{'b' * 10_000}\n" + "[a]" * 10_000,
    "footnotes": "[^1]" * 2_000,
    "stars": "*" * MAX_CHARS,
    "strong in emphasis": "**a _b " * (MAX_CHARS // 7),
    "ladder of backticks": "".join("`" * i + "a" for i in range(300)),
    "quotes in quotes": ">" * 5_000,
    "many quotes in quotes": (("> " * 1_000) + "\n") * 20,
    "quotes that go on": "> " * 19 + "a\n" * 20_000,
    "lists in lists": "- " * 5_000,
    "indented lists": "\n".join(" " * i + "- a" for i in range(300)),
    "callouts": "::: note\n" * 5_000,
    "empty callouts": "::: note\n:::\n" * 3_000,
    "colons": ":::\n" * (MAX_CHARS // 4),
    "wide table": "|" + "a|" * 10_000 + "\n|" + "-|" * 10_000,
    "tables to fill up": ("|" + "a|" * 50 + "\n|" + "-|" * 50 + "\n" + "|\n" * 900 + "\n") * 20,
    "tables in a row": "a|b\n-|-\n" * 6_000,
    "rows to fill up": "|" + "a|" * 50 + "\n|" + "-|" * 50 + "\n" + "|\n" * 20_000,
    "unclosed clusters": "[@a;" * 10_000,
    "clusters": "[@a]" * (MAX_CHARS // 4),
    "long key": "[@" + "a." * 20_000,
    "long cluster": ("[@a " + "p. 1, " * 300 + "]") * 25,
    "keys": "@a " * (MAX_CHARS // 3),
    "headings": "# a\n" * (MAX_CHARS // 4),
    "heading ids": "# a {#b}\n" * (MAX_CHARS // 9),
    "braces": "# " + " {#" * 16_000,
    "open tags": "<a " * (MAX_CHARS // 3),
    "entities": "&" * MAX_CHARS,
    "spaces": "# a" + " " * 40_000 + "b",
    "marks": "e" + "\u0301" * (MAX_CHARS - 1),
    "caption": '![a](image:diagram "' + "[@a] " * 9_000 + '")',
    "everything unclosed": "::: note\n> - ```\n" * 500
    + '[a](b "*c* **d `e ![f](g [@h; @{i <j ~~~\n' * 500,
}


def timed(text: str) -> tuple[Fragment, float]:
    """The text rendered, and the processor time that it took in seconds."""
    before = time.process_time()
    fragment = render(text, ENVIRONMENT)
    return fragment, time.process_time() - before


@pytest.fixture(scope="module")
def ordinary_time() -> float:
    text = ORDINARY * (MAX_CHARS // len(ORDINARY))
    return sorted(timed(text)[1] for _ in range(3))[1]


@pytest.mark.parametrize("text", BOMBS.values(), ids=BOMBS)
def test_a_text_made_to_take_long_does_not(text: str, ordinary_time: float) -> None:
    assert len(text) <= MAX_CHARS
    fragment, seconds = timed(text)
    assert seconds < SLOWER * ordinary_time
    assert_harmless(fragment)


@pytest.mark.parametrize("text", ["a" * (MAX_CHARS + 1), "@a" * 5_000_000])
def test_a_larger_text_is_refused_at_once_with_a_named_error(text: str) -> None:
    before = time.process_time()
    with pytest.raises(MarkdownTooLarge, match=f"has {len(text)} characters; at most 50000"):
        render(text)
    assert time.process_time() - before < 0.5


def test_the_keys_of_a_larger_text_are_refused_too() -> None:
    with pytest.raises(MarkdownTooLarge):
        citation_keys("@a" * MAX_CHARS)


def test_the_largest_text_is_rendered() -> None:
    assert render("a" * MAX_CHARS).html == f"<p>{'a' * MAX_CHARS}</p>\n"


def test_what_stands_too_deep_is_left_out_and_reported() -> None:
    fragment = render("- " * 3 + "in\n\n" + "> " * 5_000 + "out")
    assert "in" in fragment.html
    assert "out" not in fragment.html
    assert [(error.code, error.line) for error in fragment.errors] == [("too-deep", 3)]
