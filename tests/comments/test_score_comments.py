"""The command that prints the figures of the scoring."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

HEAD = "text,name,email,label,signals\n"


def test_score_comments_prints_precision_and_recall(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "samples.csv"
    file.write_text(
        HEAD + "I popped mine.,A,,ham,popping\nHello.,A,,ham,popping\nviagra cialis,A,,spam,email\n"
        "Call 01632 960001.,A,,ham,\n",
        encoding="utf-8-sig",
    )
    call_command("score_comments", str(file))
    assert capsys.readouterr().out.splitlines() == [
        "4 comments, 1 of them spam",
        "                         precision      recall    examples       false",
        "spam                        100.0%      100.0%           1           0",
        "popping                     100.0%       50.0%           2           0",
        "phone                         0.0%           –           0           1",
        "email                            –        0.0%           1           0",
    ]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "the first line must name the columns text, name, email, label, signals"),
        (HEAD.encode(), "there are no comments in it."),
        (HEAD.encode() + b"\xff\xfe,b,,ham,\n", "this is no CSV file in UTF-8: 'utf-8' codec"),
    ],
)
def test_score_comments_refuses_other_files(tmp_path: Path, content: bytes, words: str) -> None:
    file = tmp_path / "other.csv"
    file.write_bytes(content)
    with pytest.raises(CommandError, match=rf"^{file}: {words}") as refused:
        call_command("score_comments", str(file))
    assert refused.value.returncode == 1


def test_score_comments_says_that_a_file_is_missing(tmp_path: Path) -> None:
    file = tmp_path / "none.csv"
    with pytest.raises(CommandError, match=rf"^{file}: No such file or directory$"):
        call_command("score_comments", str(file))
    with pytest.raises(CommandError, match=rf"^{tmp_path}: Is a directory$"):
        call_command("score_comments", str(tmp_path))
