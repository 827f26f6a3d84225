"""Claims and doses, and whether they name their source."""

import pytest

from publishing.checks import Level
from publishing.checks.claims import count, uncited_claims, uncited_doses
from tests import factories
from tests.publishing.checks.drafts import draft, found, page, places

DOSES = (
    "Tretinoin 0.05% cream is used at night.",
    "A cream with 0.05% of it is used twice a week.",
    "A gel (0.1 %) stings less.",
    "They took 50 mg a day.",
    "Take 50–100 mg of it.",
    "It is given as 5 IU.",
    "The laser was set to 2 J/cm² there.",
    "A peel with 20 to 30% glycolic acid was used.",
    "Salicylic acid 2% is sold without a prescription.",
)
NO_DOSES = (
    "Between 40% and 50% of newborns have milia.",
    "A milium is 1 to 2 mm wide.",
    "They clear within 4 weeks.",
    "See page 12 of the leaflet.",
    "About half of them, 20 % in one study, clear.",
    "It has 3 units of study.".replace("3 units", "three parts"),
    "A cream may sting.",
)


@pytest.mark.parametrize("sentence", DOSES)
def test_a_dose_without_a_source_blocks(sentence: str) -> None:
    (finding,) = found(uncited_doses, f"First a line.\n\n{sentence}")
    assert (finding.code, finding.level) == ("uncited-dose", Level.BLOCK)
    assert (finding.place, finding.line, finding.quote) == ("body", 3, sentence)


@pytest.mark.parametrize("sentence", NO_DOSES)
def test_a_number_that_is_no_dose_blocks_nothing(sentence: str) -> None:
    assert found(uncited_doses, sentence) == []


@pytest.mark.parametrize(
    "text",
    [
        "They took 50 mg a day [@a].",
        "They took 50 mg a day. It was well borne [@a].",
        "They took 50 mg [@a] a day, which is common.",
    ],
)
def test_a_source_in_the_sentence_or_the_next_is_near_enough(text: str) -> None:
    assert found(uncited_doses, text) == []


def test_a_source_two_sentences_later_or_before_is_not() -> None:
    assert len(found(uncited_doses, "They took 50 mg. So it was. It was well [@a].")) == 1
    assert len(found(uncited_doses, "It was well [@a]. They took 50 mg.")) == 1


def test_a_source_of_the_next_field_is_not_near() -> None:
    content = factories.article_content(key_points=("Take 50 mg.", "It is well [@a]."))
    assert places(uncited_doses(draft(content))) == [("key_points.0", 1)]


CLAIMS = (
    "It is safe for adults.",
    "Cryotherapy may leave a scar.",
    "Laser is faster than a needle.",
    "It clears within days.",
    "Half of them, or 1 in 2, came back.",
    "Studies show that it helps.",
    "Exfoliants prevent new ones.",
    "This is the best option.",
)
NO_CLAIMS = (
    "Read more about extraction.",
    "We describe what is done.",
    "Our page on acne tells of others.",
    "We do not know how often a scar stays.",
    "Whether it prevents scars is not known.",
    "Nobody knows how many clear.",
)


@pytest.mark.parametrize("sentence", CLAIMS)
def test_a_claim_without_a_source_is_worth_a_look(sentence: str) -> None:
    (finding,) = found(uncited_claims, sentence)
    assert (finding.code, finding.level, finding.quote) == ("uncited-claim", Level.WARN, sentence)
    assert found(uncited_claims, f"::: advice\n{sentence}\n:::") == []
    assert found(uncited_claims, f"{sentence.rstrip('.')} [@a].") == []


@pytest.mark.parametrize("sentence", NO_CLAIMS)
def test_what_states_nothing_of_health_is_no_claim(sentence: str) -> None:
    assert found(uncited_claims, sentence) == []


def test_a_dose_is_told_of_once() -> None:
    assert found(uncited_claims, "They took 50 mg a day.") == []


def test_claims_are_counted_with_the_sentences_of_assessments() -> None:
    content = factories.technique_content(
        how_it_works="Nothing is done [@a]. It is safe. Words.", benefits="No mark.", unknowns="?"
    )
    # The basis cites, the text cites once and claims once more, the assessment's sentence cites.
    assert count(content, draft(content).fragments) == (3, 4, 0)


def test_in_another_language_only_what_cites_is_a_claim(settings: object) -> None:
    settings.LANGUAGE_CODE = "de"  # type: ignore[attr-defined]
    assert found(uncited_claims, "Das ist 1 Satz. Another is safe.") == []
    content = page("Ein Satz [@a]. 2 Bumps.")
    assert count(content, draft(content).fragments) == (1, 1, 0)


def test_common_advice_is_counted_beside_the_claims() -> None:
    content = page("It is safe [@a].\n\n::: advice\nWash it. It heals in 2 days.\n:::")
    assert count(content, draft(content).fragments) == (1, 1, 2)
