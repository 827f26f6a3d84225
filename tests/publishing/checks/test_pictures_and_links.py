"""Pictures and links of a text."""

from typing import Any

import pytest

from publishing.checks import Level
from publishing.checks.links import unknown_pages, vague_links
from publishing.checks.pictures import long_alts, pictures_without_alt, pictures_without_credit
from tests import factories
from tests.publishing.checks.drafts import draft, found, places

COMPLETE: dict[str, Any] = {"alt": "Skin", "decorative": False, "credit": "Us", "licence": "CC0"}


def pictures(**fields: Any) -> dict[str, Any]:
    return {"images": {"skin": {**COMPLETE, **fields}}}


def test_a_picture_needs_a_text_alternative_or_to_be_called_decorative() -> None:
    shown = "One.\n\n![](image:skin)"
    (finding,) = found(pictures_without_alt, shown, **pictures(alt=""))
    assert (finding.code, finding.line, finding.quote) == ("image-without-alt", 3, "skin")
    assert finding.blocks
    assert found(pictures_without_alt, shown, **pictures(alt="", decorative=True)) == []
    assert found(pictures_without_alt, shown, **pictures()) == []
    assert found(pictures_without_alt, "![Skin](image:skin)", **pictures(alt="")) == []
    assert found(pictures_without_alt, shown) == []  # an unknown one is another finding


@pytest.mark.parametrize(
    ("fields", "blocks"),
    [({"credit": ""}, True), ({"licence": ""}, True), ({}, False)],
)
def test_a_picture_needs_credit_and_licence(fields: dict[str, Any], blocks: bool) -> None:
    codes = [
        f.code for f in found(pictures_without_credit, "![](image:skin)", **pictures(**fields))
    ]
    assert codes == (["image-without-credit"] if blocks else [])


def test_the_lead_picture_is_looked_at_too() -> None:
    content = factories.article_content(lead_image="skin")
    findings = pictures_without_credit(draft(content, **pictures(credit="")))
    assert places(findings) == [("lead_figure", 1)]


def test_a_long_text_alternative_is_worth_a_look() -> None:
    (finding,) = found(long_alts, f"![{'a' * 126}](image:skin)", **pictures())
    assert (finding.code, finding.level) == ("long-alt", Level.WARN)
    assert found(long_alts, f"![{'a' * 125}](image:skin)", **pictures()) == []
    assert len(found(long_alts, "![](image:skin)", **pictures(alt="a" * 126))) == 1


@pytest.mark.parametrize(
    "words", ["here", "Click here", "read more", "this page", "https://example.org/a", "More »"]
)
def test_the_words_of_a_link_have_to_say_where_it_leads(words: str) -> None:
    (finding,) = found(vague_links, f"One.\n\nSee [{words}](https://example.org/).")
    assert (finding.code, finding.level, finding.line) == ("vague-link", Level.BLOCK, 3)


@pytest.mark.parametrize("words", ["the leaflet", "more about milia", "Where to read"])
def test_words_that_do_are_left_alone(words: str) -> None:
    assert found(vague_links, f"See [{words}](https://example.org/).") == []


def test_words_of_another_language_are_not_judged_but_bare_addresses_are(settings: Any) -> None:
    settings.LANGUAGE_CODE = "de"
    assert found(vague_links, "[here](https://example.org/)") == []
    assert len(found(vague_links, "[https://example.org/](https://example.org/)")) == 1


def test_an_address_on_this_site_has_to_be_open_to_readers() -> None:
    known = {"addresses": frozenset({"/articles/removal/"})}
    text = "[One](/articles/removal/#h-x) and\n[two](/articles/nothing/?a=1) and [three](#h-x)."
    (finding,) = found(unknown_pages, text, **known)
    assert (finding.code, finding.line) == ("unknown-page", 2)
    assert "“/articles/nothing/” is no page that readers can open." in finding.message
