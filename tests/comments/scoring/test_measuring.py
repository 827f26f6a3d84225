"""The figures, and the files that they are taken from."""

from pathlib import Path

import pytest

from comments.scoring.measuring import MEDICAL, SPAM, Figures, NotSamples, measure, samples

HEAD = "text,name,email,label,signals\n"
FOLDER = Path(__file__).resolve().parents[3] / "comments" / "samples"
FILES = ("build", "held_back", "later")


def test_precision_and_recall_are_shares() -> None:
    assert (Figures(8, 2, 0).precision, Figures(8, 2, 0).recall) == (0.8, 1.0)
    assert (Figures(3, 0, 1).precision, Figures(3, 0, 1).recall) == (1.0, 0.75)
    assert (Figures().precision, Figures().recall, Figures().examples) == (None, None, 0)


def test_each_signal_is_held_against_its_label() -> None:
    lines = [
        HEAD,
        "I popped mine.,A,,ham,popping\n",
        "I popped mine.,A,,ham,\n",
        "Nothing at all.,A,,ham,popping email\n",
        "viagra cialis,A,,spam,\n",
        "Hello,A,a@example.com,spam,\n",
        "Buy viagra and cialis,A,,ham,\n",
    ]
    assert measure(list(samples(lines))) == {
        SPAM: Figures(right=1, wrong=1, missed=1),
        "popping": Figures(right=1, wrong=1, missed=1),
        "email": Figures(right=0, wrong=0, missed=1),
    }


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the first line must name the columns text, name, email, label, signals"),
        ("text,name,email,label\n", "the first line must name the columns signals"),
        (HEAD + "a,b,,ham\n", "line 2 has not as many fields as the first"),
        (HEAD + "a,b,,ham,,x\n", "line 2 has not as many fields as the first"),
        (HEAD + "a,b,,good,\n", "line 2: the label must be spam or ham, not “good”"),
        (HEAD + "a,b,,ham,x email y\n", "line 2: there is no signal x, y"),
        (HEAD + '"a"b,b,,ham,\n', "this is no CSV file in UTF-8: ',' expected after '\"'"),
        (
            HEAD + "a" * 200_000 + ",b,,ham,\n",
            "this is no CSV file in UTF-8: field larger than field limit (131072)",
        ),
    ],
)
def test_other_files_are_refused_in_plain_words(text: str, message: str) -> None:
    with pytest.raises(NotSamples) as refused:
        list(samples(text.splitlines(keepends=True)))
    assert str(refused.value) == message


def _figures(name: str) -> dict[str, Figures]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
        return measure(list(samples(lines)))


def test_there_are_enough_examples_of_each_signal() -> None:
    found = [_figures(name) for name in FILES]
    examples = {
        code: sum(each[code].examples for each in found if code in each)
        for code in (SPAM, *MEDICAL)
        if not code.endswith("_asked")
    }
    assert {code for code, number in examples.items() if number < 25} == set()
    assert examples[SPAM] >= 100


@pytest.mark.parametrize("name", FILES)
def test_no_honest_sample_is_called_spam(name: str) -> None:
    assert _figures(name)[SPAM].wrong == 0


@pytest.mark.parametrize("name", FILES)
def test_figures_do_not_fall_behind_what_was_reached(name: str) -> None:
    figures = _figures(name)
    assert {
        code: each
        for code, each in figures.items()
        if code != SPAM and ((each.precision or 0) < 0.85 or (each.recall or 0) < 0.85)
    } == {}
    assert (figures[SPAM].recall or 0) > 0.65
