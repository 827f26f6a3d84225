"""What search makes of words that no page holds together, and which piece of a text it shows."""

import html
import re
from typing import Any

import pytest

from publishing.search.extracts import END, START, extract
from publishing.search.spelling import slips, spelled
from tests import factories

BODY = (
    "Cryotherapy freezes. A retinoid may help. An esthetician may open the rim of milia. "
    "Prescription scripts are for Alexis. Extraction is quick. Acute scars fade. "
    "Needed: a needle."
)


@pytest.fixture
def index(db: None) -> None:
    """An index of a few words."""
    factories.published(factories.article_content(title="About milia", body=BODY))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("typed", "words", "kept"),
    [
        ("mila extracton", "milia extraction", "milia extraction"),
        ("retinod", "retinoid", "retinoid"),
        ("cyrotherapy", "cryotherapy", "cryotherapy"),
        ("Esthetican", "esthetician", "esthetician"),
        ("how to get rid of milia", "how to get rid of milia", "milia"),
        ("script alert 1 script", "script alert 1 script", "script 1 script"),
        ("acne on milia", "acne on milia", "milia"),
        ("wscars", "wscars", ""),
        ("extracting", "extracting", "extracting"),
        ("feat on milia", "feat on milia", "milia"),
        ("fade on mulia", "fade on milia", "fade milia"),
        ("quikc", "quick", "quick"),
        ("needel", "needle", "needle"),
        ("quick help", "quick help", "quick help"),
        ("mila -retinod", "milia -retinoid", "milia"),
        ("the and of", "the and of", ""),
        ("-" * 3, "-" * 3, ""),
        ("e" * 41, "e" * 41, ""),
    ],
)
def test_a_word_is_mended_only_into_one_that_is_nearly_it(
    index: None, typed: str, words: str, kept: str
) -> None:
    found = spelled(typed)
    assert (found.words, found.kept) == (words, " ".join(dict.fromkeys(kept.split())))


@pytest.mark.parametrize(
    ("typed", "meant", "number"),
    [
        ("milia", "milia", 0),
        ("mila", "milia", 1),
        ("miliaa", "milia", 1),
        ("mulia", "milia", 1),
        ("imlia", "milia", 1),
        ("alert", "alexis", 3),
        ("", "abc", 3),
    ],
)
def test_slips_are_letters_too_many_too_few_wrong_or_changed(
    typed: str, meant: str, number: int
) -> None:
    assert slips(typed, meant) == slips(meant, typed) == number


@pytest.mark.django_db
def test_one_sentence_says_what_was_looked_for(index: None, client: Any) -> None:
    answer = client.get("/search/", {"q": "how to get rid of mila"}).content.decode()
    (said,) = re.findall(r'<p role="status">(.*?)</p>', answer)
    assert "Nothing holds all of these words." in said
    assert "<strong>milia</strong>" in said


@pytest.mark.django_db
def test_what_cannot_be_mended_finds_nothing_and_says_only_that(index: None, client: Any) -> None:
    answer = client.get("/search/", {"q": "zzzqqq xxyyzz -alexis"}).content.decode()
    assert '<p role="status">' not in answer
    assert html.escape("Nothing was found for “zzzqqq xxyyzz -alexis”") in answer


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["cryotherapies", "wordless -zebra", '"wordless skin" or wo'])
def test_an_extract_marks_what_was_found_at_the_beginning_of_words(typed: str, client: Any) -> None:
    body = f"{'forwordless ' * 200}. Cryotherapy and wordless skin end here. {'more ' * 200}"
    factories.published(factories.article_content(title="Title", condition=None, body=body))
    answer = client.get("/search/", {"q": typed}).content.decode()
    (shown,) = re.findall(r"</h2>\s*<p dir=\"auto\">(.*?)</p>", answer)
    plain = re.sub(r"</?mark>", "", shown)
    assert "<mark>" in shown
    assert plain.startswith("Cryotherapy and wordless skin end here. more more")
    assert plain.endswith("more…")


@pytest.mark.parametrize(
    ("text", "before", "after", "shown"),
    [
        ("", False, False, ""),
        ("Short.", False, False, "Short."),
        ("Heading\nText.\n\nList:\nOne", False, False, "Heading. Text. List: One"),
        ("ord here it goes on", True, False, "…here it goes on"),
        ("It goes on for a wh", False, True, "It goes on for a…"),
        ("It ends here. Nex", False, True, "It ends here."),
        ("oneword", True, True, "…oneword…"),
        (f"a b. C {START}d{END} e.", False, False, f"C {START}d{END} e."),
        (f"{'a ' * 50}{START}b{END}", False, False, f"…{'a ' * 12}{START}b{END}"),
        (f"{START}b{END}{' a' * 50}", False, False, f"{START}b{END}{' a' * 34}…"),
    ],
)
def test_an_extract_is_cut_between_words_and_says_so(
    text: str, before: bool, after: bool, shown: str
) -> None:
    assert extract(text, cut_before=before, cut_after=after) == shown
