"""Whatever an author writes, the page gets clean, harmless HTML."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from publishing.markdown import citation_keys, render
from publishing.markdown.sanitize import sanitize
from tests.publishing.attacks import ENVIRONMENT, assert_harmless, attack_strings

PIECES = [
    *"[]()<>!*_`#|:@{}\\\"'&;-+~^ \n\t.,=/?",
    *("\n\n", "\n- ", "\n> ", "\n1. ", "\n## ", "    ", "```", "\n::: note\n", "\n:::\n"),
    *("\n::: compare\n", "a", "keratin", "[@a", "[@a]", "@{b}", "p. 3", "{#x}", "image:diagram"),
    *("javascript:", "https://x.y", "mailto:", "|-|-|\n", "<!--cite:0-->", "<script>", "&#x"),
    *("&lt;", '"on', "\x00", "\ufdd0", "\u202e", "\u0301", "%EF%B7%90", "](", "![", "<a href="),
]


@pytest.mark.parametrize("attack", attack_strings())
@pytest.mark.parametrize("inline", [False, True])
def test_an_attack_leaves_nothing_that_is_not_allowed(attack: str, inline: bool) -> None:
    assert_harmless(render(attack, ENVIRONMENT, inline=inline))


@pytest.mark.parametrize(
    "frame",
    [
        "> {}",
        "- {}",
        "# {}",
        "| {} |\n|---|",
        "::: note\n{}\n:::",
        "*{}*",
        '![x](image:diagram "{}")',
    ],
)
def test_attacks_stay_harmless_inside_other_blocks(frame: str) -> None:
    for attack in attack_strings():
        assert_harmless(render(frame.format(attack), ENVIRONMENT))


def test_all_attacks_in_one_text_stay_harmless() -> None:
    assert_harmless(render("\n\n".join(attack_strings()), ENVIRONMENT))


def test_the_corpus_is_large_and_has_no_double() -> None:
    attacks = attack_strings()
    assert len(attacks) >= 150
    assert len(attacks) == len(set(attacks))


@settings(max_examples=150)
@given(st.text(max_size=300))
def test_any_text_becomes_harmless_html(text: str) -> None:
    assert_harmless(render(text, ENVIRONMENT))


@settings(max_examples=200)
@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join), st.booleans())
def test_any_mix_of_marks_becomes_harmless_html(text: str, inline: bool) -> None:
    assert_harmless(render(text, ENVIRONMENT, inline=inline, prefix=""))


@settings(max_examples=150)
@given(st.lists(st.sampled_from(PIECES), max_size=60).map("".join))
def test_the_keys_of_a_text_are_those_of_its_clusters(text: str) -> None:
    keys = [item.key for cluster in render(text, ENVIRONMENT).clusters for item in cluster]
    assert citation_keys(text) == tuple(dict.fromkeys(keys))


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("<script>x</script>", "x"),
        ('<svg onload="x"></svg><form action="/y"><b onclick="x">z</b></form>', "z"),
        ('<p class="callout">x</p>', "<p>x</p>"),
        ('<h2 id="cite-1" onclick="x">x</h2>', "<h2>x</h2>"),
        ('<a href="//x.y" rel="opener" target="_top">x</a>', "<a>x</a>"),
        ('<button popovertarget="menu" formaction="/x">x</button>', "<button>x</button>"),
        ('<data value="cite:0"></data><!--cite:1-->', "<!--cite:0-->"),
        ('<td style="text-align:left" class="callout">x</td>', "x"),
    ],
)
def test_the_last_step_lets_only_our_own_patterns_through(raw: str, clean: str) -> None:
    assert sanitize(raw) == clean


def test_no_marker_of_an_author_survives_in_an_attribute() -> None:
    fragment = render('[@a] [x](/y "<!--cite:0-->")')
    assert fragment.html.count("<!--") == 1
