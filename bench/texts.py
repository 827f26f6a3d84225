"""The texts of the measured article: fixed words, about as many as a real article has."""

from articles.content import (
    ArticleContent,
    Assessment,
    Certainty,
    ConditionContent,
    SafetyLevel,
    TechniqueContent,
)
from faq.content import QuestionContent

CONDITION = "milia"
CITEKEYS = tuple(f"source{number}" for number in range(1, 7))
TECHNIQUES = tuple(f"option-{number}" for number in range(1, 8))
SECTIONS = 8
SENTENCES_PER_SECTION = 11
LONG_CITATIONS = 30  # each of another source
SENTENCE = "The small firm bumps sit just under the skin and do not hurt at all"  # 15 words


def source(number: int) -> dict[str, object]:
    """A journal article as a CSL-JSON item."""
    return {
        "type": "article-journal",
        "title": f"Removal of small cysts of the skin: a series of {number * 10} people",
        "author": [
            {"family": "Writer", "given": "Anna B."},
            {"family": "Reader", "given": "Carl"},
            {"family": "Counter", "given": "Dora-Eve"},
        ],
        "container-title": "Journal of Measured Skin",
        "issued": {"date-parts": [[2010 + number]]},
        "volume": str(number),
        "issue": "2",
        "page": f"{number}01-{number}09",
        "DOI": f"10.5555/bench.{number}",
    }


def cited(number: int) -> str:
    """A sentence with a citation of the source with this number, counted round."""
    return f"{SENTENCE} [@{CITEKEYS[number % len(CITEKEYS)]}]."


def condition() -> ConditionContent:
    """What the measured pages are about."""
    return ConditionContent(
        slug=CONDITION, title="Milia", overview=f"{SENTENCE}.", body=f"## Causes\n\n{cited(0)}"
    )


def technique(number: int) -> TechniqueContent:
    """A technique with every fact filled in."""
    return TechniqueContent(
        slug=TECHNIQUES[number],
        title=f"Option {number + 1}",
        condition=CONDITION,
        verdict="A sound choice for most people.",
        invasiveness=number,
        how_it_works=cited(number),
        who_does_it="A trained person.",
        sessions="One to three.",
        time_to_result="Two weeks.",
        downtime="None.",
        discomfort="A short sting.",
        benefits=cited(number + 1),
        common_risks="Redness for a day.",
        serious_risks="A small scar.",
        darker_skin="Marks may stay for months.",
        near_eye_note="Leave it to a specialist.",
        pregnancy_note="Wait until afterwards.",
        not_for="Broken skin.",
        unknowns="How often they come back.",
        assessments=(
            Assessment(
                condition=CONDITION,
                certainty=Certainty.VERY_LOW,
                basis=cited(number + 2),
                references=(CITEKEYS[(number + 2) % len(CITEKEYS)],),
                sentence="Only a few people were followed.",
            ),
        ),
    )


def article() -> ArticleContent:
    """An article of about 1,100 words with all its parts."""
    sections = [
        f"## Section {section + 1}\n\n{_paragraphs(section)}" for section in range(SECTIONS)
    ]
    body = "\n\n".join([*sections[:4], "::: compare\n:::", "::: techniques\n:::", *sections[4:]])
    return ArticleContent(
        slug="measured",
        title="Removing milia: the options compared",
        condition=CONDITION,
        standfirst=f"{SENTENCE}.",
        key_points=tuple(cited(number) for number in range(4)),
        safety_level=SafetyLevel.NON_URGENT,
        safety_heading="See a dermatologist if:",
        safety_notes="- they bleed\n- they grow\n- you are not sure what they are",
        body=body,
        techniques=TECHNIQUES,
        limits=cited(5),
    )


def long_article() -> ArticleContent:
    """An article of about 1,500 words with thirty citations, a paragraph each."""
    paragraphs = [
        f"{SENTENCE}. {SENTENCE}. {SENTENCE} [@source{number}]."
        for number in range(1, LONG_CITATIONS + 1)
    ]
    sections = [
        f"## Section {start // 3 + 1}\n\n" + "\n\n".join(paragraphs[start : start + 3])
        for start in range(0, LONG_CITATIONS, 3)
    ]
    return ArticleContent(
        slug="long",
        title="Removing milia: everything that is known",
        condition=CONDITION,
        standfirst=f"{SENTENCE}.",
        key_points=tuple(f"{SENTENCE}." for _number in range(5)),
        body="\n\n".join(sections),
        limits=f"{SENTENCE}. {SENTENCE}.",
    )


def _paragraphs(section: int) -> str:
    """Two paragraphs, cited and with a list between them."""
    half = SENTENCES_PER_SECTION // 2 - 2
    plain = f"{SENTENCE}. " * half
    return f"{plain}{cited(section)}\n\n- one thing\n- another thing\n\n{plain}{cited(section + 1)}"


def question(number: int) -> QuestionContent:
    """A question of the article."""
    return QuestionContent(
        slug=f"measured-{number}",
        title=f"What about question {number}?",
        condition=CONDITION,
        article="measured",
        order=number,
        short_answer=f"{SENTENCE}.",
        answer=f"{SENTENCE}. {cited(number)}",
    )
