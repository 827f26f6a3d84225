"""What the sources of a page are."""

import datetime
from typing import Any

import pytest

from publishing.checks import Draft
from publishing.checks.sources import old_sources, retracted_sources, secondary_sources
from references.entries import Status
from tests.publishing.checks.drafts import draft, page

pytestmark = pytest.mark.django_db  # keys of other programs are looked up

NOW = datetime.datetime.now(tz=datetime.UTC).year


def citing(*items: dict[str, Any], **known: Any) -> Draft:
    """A page that cites these sources, as s0, s1 …"""
    body = " ".join(f"[@s{number}]" for number in range(len(items)))
    return draft(
        page(body), references={f"s{number}": item for number, item in enumerate(items)}, **known
    )


def article(year: int | None = NOW, study: str = "") -> dict[str, Any]:
    item: dict[str, Any] = {"type": "article-journal"}
    if year:
        item["issued"] = {"date-parts": [[year]]}
    if study:
        item["custom"] = {"study-type": study}
    return item


def test_a_retracted_source_blocks_until_somebody_says_why_it_stays() -> None:
    (finding,) = retracted_sources(citing(article(), statuses={"s0": Status.RETRACTED}))
    assert (finding.code, finding.place, finding.quote) == ("retracted-source", "body", "s0")
    assert finding.blocks
    assert finding.waivable


@pytest.mark.parametrize("status", [Status.OK, Status.UNCHECKED, Status.CORRECTED])
def test_other_notices_of_a_source_do_not_block(status: str) -> None:
    assert list(retracted_sources(citing(article(), statuses={"s0": status}))) == []


@pytest.mark.parametrize(
    ("ages", "old"),
    [([11], True), ([10], False), ([1, 30, 40], True), ([1, 2, 40], False), ([], False)],
)
def test_sources_are_old_when_half_of_them_are(ages: list[int], old: bool) -> None:
    items = [article(NOW - age) for age in ages]
    codes = [finding.code for finding in old_sources(citing(*items))]
    assert codes == (["old-sources"] if old else [])


def test_a_source_without_a_year_is_left_out() -> None:
    undated = [article(None), {"type": "webpage", "issued": {"date-parts": [[]]}}]
    assert list(old_sources(citing(*undated))) == []


@pytest.mark.parametrize(
    ("items", "mostly"),
    [
        ([article(study="review"), article(study="guideline"), article()], True),
        ([article(study="randomized-trial"), article(study="review")], False),
        ([{"type": "webpage"}, {"type": "book"}, article()], True),
        ([{"type": "webpage", "custom": {"study-type": "cohort"}}], False),
        ([], False),
    ],
)
def test_a_page_leans_mostly_on_what_others_tell(items: list[Any], mostly: bool) -> None:
    codes = [finding.code for finding in secondary_sources(citing(*items))]
    assert codes == (["secondary-sources"] if mostly else [])
