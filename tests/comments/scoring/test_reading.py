"""How a text is made ready, and rules for the expressions that look at it."""

import csv
import re
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from comments.scoring import (
    Submission,
    advice,
    distress,
    letters,
    links,
    medical,
    personal,
    popping,
    reading,
    words,
)
from comments.scoring.reading import Phrases, Reading, Sentence, fold_all, read
from comments.scoring.weights import MATCHES_MAX

MODULES = (advice, distress, letters, links, medical, personal, popping, reading, words)
SAMPLES = Path(__file__).resolve().parents[3] / "comments" / "samples"
CLASS = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]")
ESCAPE = re.compile(r"\\.", re.DOTALL)
WITHOUT_BOUND = re.compile(r"[*+]|\{\d*,\}")


def _read(text: str) -> Reading:
    return read(Submission(name="Reader", text=text))


def _named(kind: type) -> list[tuple[str, object]]:
    return [
        (f"{module.__name__}.{name}", value)
        for module in MODULES
        for name, value in vars(module).items()
        if isinstance(value, kind)
    ]


def _patterns() -> dict[str, re.Pattern[str]]:
    plain = {name: each for name, each in _named(re.Pattern) if isinstance(each, re.Pattern)}
    several = {
        f"{module.__name__}.{name}.{number}": pattern
        for module in MODULES
        for name, value in vars(module).items()
        if isinstance(value, tuple) and name.isupper()
        for number, pattern in enumerate(value)
        if isinstance(pattern, re.Pattern)
    }
    return plain | several | {name: each.pattern for name, each in _phrases().items()}


def _phrases() -> dict[str, Phrases]:
    return {name: each for name, each in _named(Phrases) if isinstance(each, Phrases)}


def test_no_expression_has_a_repeat_without_a_bound() -> None:
    patterns = _patterns()
    bare = {
        name: ESCAPE.sub("", CLASS.sub("", each.pattern.replace(r"\[", "").replace(r"\]", "")))
        for name, each in patterns.items()
    }
    assert len(patterns) > 50
    assert {name for name, source in bare.items() if WITHOUT_BOUND.search(source)} == set()


def _texts() -> list[str]:
    texts: list[str] = []
    for path in sorted(SAMPLES.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            texts += [row["text"] for row in csv.DictReader(lines)]
    return texts


@pytest.mark.parametrize("name", sorted(_phrases()))
def test_phrases_are_found_wherever_a_search_through_all_the_text_finds_them(name: str) -> None:
    phrases = _phrases()[name]
    everywhere = re.compile(rf"(?<!\w){phrases.pattern.pattern}")
    found = 0
    for text in _texts():
        ready = _read(text)
        expected = [match.span() for match in everywhere.finditer(ready.folded)]
        assert [match.span() for match in phrases.find(ready)] == expected
        found += len(expected)
    assert found > 0


def test_every_module_with_expressions_is_looked_at() -> None:
    folder = Path(str(reading.__file__)).parent
    compiling = {
        path.stem
        for path in folder.glob("*.py")
        if "re.compile(" in path.read_text() or "Phrases(" in path.read_text()
    }
    looked_at: tuple[ModuleType, ...] = MODULES
    assert compiling == {module.__name__.rpartition(".")[2] for module in looked_at}


def test_sentences_end_in_a_line_break_or_a_question_mark() -> None:
    ready = _read("It is 0.5 wide. Why?! Well … yes")
    assert ready.folded == "it is 0.5 wide\n why?? well \n yes"
    assert ready.sentence(3) == Sentence(0, 14, asks=False)
    assert ready.sentence(17) == Sentence(15, 19, asks=True)
    assert ready.sentence(30) == Sentence(28, 32, asks=False)


def test_questions_are_known_by_their_beginning_too() -> None:
    assert _read("can i pop it").sentence(8).asks
    assert _read("Hello! and do they go").sentence(12).asks
    assert not _read("Do yourself a favour").sentence(5).asks
    assert not _read("They can be popped").sentence(5).asks


def test_of_a_very_long_sentence_the_part_near_by_is_looked_at() -> None:
    ready = _read("word " * 500)
    assert ready.sentence(1000) == Sentence(820, 1280, asks=False)
    assert ready.sentence(10) == Sentence(0, 380, asks=False)


def test_what_is_invisible_is_left_out_and_places_are_kept() -> None:
    ready = _read("\u200ba\u200bbc\u200b")
    assert (ready.folded, list(ready.places)) == ("abc", [1, 3, 4])
    assert ready.span(0, 2) == (1, 4)


@given(st.text(max_size=200))
def test_folding_keeps_the_length(text: str) -> None:
    assert len(fold_all(text)) == len(text)


def test_letters_are_folded_to_plain_ones() -> None:
    assert fold_all("“ＡBC” ’s — 𝗕µ") == '"abc" \'s - bμ'
    assert fold_all("İSTANBUL ﬁn") == "istanbul ﬁn"


def test_look_alikes_are_read_as_latin_only_in_mixed_words() -> None:
    assert _read("vіаgrа не соус").folded == "viagra не соус"


def test_a_word_that_is_repeated_without_end_is_not_looked_at_without_end() -> None:
    ready = _read("pop " * 1_200)
    assert (len(ready.starts["pop"]), len(ready.begun("pop"))) == (1_200, 300)
    assert ready.begun("none") == ()
    assert len(Phrases("pop", "pop").find(ready)) == MATCHES_MAX


def test_phrases_do_not_overlap() -> None:
    assert [match[0] for match in Phrases("a", "a a").find(_read("a a a a a"))] == ["a a", "a a"]
