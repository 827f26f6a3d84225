"""Doses, ending a treatment, and the treatment of babies."""

import pytest

from tests.comments.scoring.helpers import codes, scored, shown


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("I took 100 mg of it.", "100 mg"),
        ("I took 100mg.", "100mg"),
        ("About 5 µg a day", "5 µg"),
        ("adapalene 0.1%, every night", "adapalene 0.1%"),
        ("a 30 % glycolic peel", "30 %"),
        ("Take two tablets a day", "Take two tablets"),
        ("half a tablet of doxycycline", "half a tablet"),
        ("2 paracetamol and it was fine", "2 paracetamol"),
        ("Half a milligram is enough", "Half a milligram"),
        ("10,000 IU daily", "10,000 IU"),
    ],
)
def test_an_amount_of_a_medicine_is_seen(text: str, span: str) -> None:
    assert shown(text) == {"dose": [span]}


@pytest.mark.parametrize(
    "text",
    [
        "SPF 50 every day",
        "I bought 50 ml of it, at 30% off",
        "90% of mine were gone after 6 weeks",
        "Retinol, for 3 days",
        "I am 100% sure about the antibiotics",
        "20 g of nuts",
        "an image of zinc",
    ],
)
def test_other_numbers_are_no_amounts(text: str) -> None:
    assert "dose" not in codes(text)


def test_a_question_about_an_amount_weighs_less() -> None:
    asked = scored("Is adapalene 0.3% too strong?")
    assert [(reason.code, reason.points) for reason in asked.reasons] == [("dose_asked", 100)]
    both = scored("Is adapalene 0.3% too strong? I took 100 mg minocycline.")
    assert [(reason.code, reason.points, len(reason.spans)) for reason in both.reasons] == [
        ("dose", 200, 2)
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Stop taking your pills.",
        "I came off my tablets without telling anybody.",
        "Throw away the cream that your doctor gave you.",
        "Don't take the antibiotics they prescribe.",
        "You do not need the prescription.",
        "Leave the pills in the drawer.",
        "stop ur meds, they make it worse",
        "Whatever the doctor says: refuse the antibiotics.",
    ],
)
def test_ending_a_treatment_is_seen(text: str) -> None:
    verdict = scored(text)
    assert [reason.code for reason in verdict.reasons] == ["stop_medicine"]
    assert verdict.is_urgent


@pytest.mark.parametrize(
    "text",
    [
        "Never stop a prescription on your own.",
        "Don't quit your treatment, ask the clinic.",
        "My dermatologist stopped the antibiotics after the test.",
        "I stopped eating dairy and kept taking my pills.",
        "Do not stop your medication unless your doctor agrees.",
        "I stopped taking photos, and medicine did nothing for me.",
        "I take my pills every day and never skip a dose.",
        "Stop worrying, it needs no treatment.",
    ],
)
def test_keeping_to_a_treatment_is_not_ending_it(text: str) -> None:
    assert "stop_medicine" not in codes(text)


def test_a_question_about_ending_a_treatment_weighs_less() -> None:
    asked = scored("Should I stop taking my minocycline before the laser?")
    assert [(reason.code, reason.points) for reason in asked.reasons] == [
        ("stop_medicine_asked", 150)
    ]
    assert not asked.is_urgent


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("We rubbed coconut oil on our newborn.", ["rubbed", "oil"]),
        ("Retinol works for babies too.", ["Retinol"]),
        ("I treated my daughter, three weeks old, with zinc.", ["treated", "zinc"]),
        ("Don't wait: put cream on the baby.", ["cream"]),
    ],
)
def test_the_treatment_of_a_baby_is_seen(text: str, spans: list[str]) -> None:
    assert shown(text) == {"babies": spans}


@pytest.mark.parametrize(
    "text",
    [
        "My baby had milia and they went away by themselves.",
        "Please don't put any cream on your newborn's skin.",
        "The doctor gave us a cream for the baby.",
        "I use baby oil on my own face.",
        "My skin changed after the baby was born, and no cream helped.",
        "Our newborn sleeps. I use cream on my own face.",
        "No creams for newborns, says the page.",
    ],
)
def test_other_words_about_babies_are_fine(text: str) -> None:
    assert codes(text) == []


def test_a_question_about_a_baby_weighs_less() -> None:
    asked = scored("Can I put oil on my newborn's face?")
    assert [(reason.code, reason.points) for reason in asked.reasons] == [("babies_asked", 150)]
    assert not asked.is_urgent
