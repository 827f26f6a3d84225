"""What the tests of the scoring share."""

from typing import Any

from comments.scoring import Submission, Verdict, score


def scored(text: str, **around: Any) -> Verdict:
    """The verdict on a text, by a writer of whom nothing is known."""
    return score(Submission(**{"name": "Reader", "text": text, **around}))


def codes(text: str, **around: Any) -> list[str]:
    """The codes of the reasons, in order."""
    return [reason.code for reason in scored(text, **around).reasons]


def shown(text: str, **around: Any) -> dict[str, list[str]]:
    """What would be highlighted, by the code of the reason."""
    return {
        reason.code: [text[span.start : span.end] for span in reason.spans]
        for reason in scored(text, **around).reasons
    }
