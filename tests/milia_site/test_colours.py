"""Text stands out 7 to 1 from whatever it stands on, and lines 3 to 1, in both colour schemes."""

import re
from pathlib import Path

import pytest

SHEET = Path("static/css/variables.css").read_text(encoding="utf-8")
PAIRS = {
    name: (light, dark)
    for name, light, dark in re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", SHEET)
}
SURFACES = ["paper", "raised", "card"]
TINTS = ["accent-soft", "warn-soft", "note-soft", "clay-soft", "mark"]
TEXTS = {
    "ink": SURFACES + TINTS,
    "muted": [*SURFACES, "clay-soft"],
    "accent": SURFACES + TINTS,
    "accent-strong": SURFACES + TINTS,
    "warn": [*SURFACES, "warn-soft"],
    "paper": ["accent", "accent-strong"],
}


def luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str, scheme: int) -> float:
    lighter, darker = sorted(
        (luminance(PAIRS[name][scheme]) for name in (one, other)), reverse=True
    )
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_text_has_seven_to_one_on_every_surface_it_is_used_on(scheme: int) -> None:
    pairs = [(text, surface) for text, surfaces in TEXTS.items() for surface in surfaces]
    low = {pair: contrast(*pair, scheme) for pair in pairs if contrast(*pair, scheme) < 7}
    assert len(pairs) == 34
    assert low == {}


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_borders_of_controls_and_bars_have_three_to_one(scheme: int) -> None:
    low = {
        (line, surface): contrast(line, surface, scheme)
        for line in ("line", "accent")
        for surface in SURFACES
        if contrast(line, surface, scheme) < 3
    }
    assert low == {}


def test_no_colour_is_named_outside_the_variables_but_for_paper() -> None:
    sheets = [path for path in Path("static/css").glob("**/*.css") if "admin" not in path.parts]
    named = {
        path.name: re.findall(r"#[0-9a-fA-F]{3,8}\b", path.read_text(encoding="utf-8"))
        for path in sheets
        if path.name not in ("variables.css", "print.css")
    }
    assert {name: found for name, found in named.items() if found} == {
        "comparison.css": ["#000"],
        "evidence.css": ["#000"],
    }
