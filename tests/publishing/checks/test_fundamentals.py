"""What a document names has to be there."""

import pytest

from publishing import rendering
from publishing.checks import check
from publishing.checks.fundamentals import MAX_KEYS
from tests import factories

pytestmark = pytest.mark.django_db


def test_problems_name_the_block_the_line_and_what_to_do() -> None:
    content = factories.article_content(
        key_points=("Milia are tiny.",),
        body="One [@nobody].\n\n![x](image:nothing)",
        limits="",
        lead_image="no-picture",
    )
    problems = [
        finding
        for finding in check(content, rendering.render_content(content))
        if not finding.waivable
    ]
    places = [(problem.place, problem.line) for problem in problems]
    assert places == [("lead_figure", 1), ("body", 3), ("body", 0)]
    assert str(problems[1]).startswith("Text, line 3: ")
    assert str(problems[2]).startswith("Text: The reference “nobody”")


def test_a_key_of_an_assessment_is_found_too() -> None:
    assessment = factories.technique_content().assessments[0]
    content = factories.technique_content(
        assessments=(assessment.model_copy(update={"references": ("nobody",), "basis": "x"}),),
        how_it_works="",
    )
    problems = [
        finding
        for finding in check(content, rendering.render_content(content))
        if not finding.waivable
    ]
    assert [problem.place for problem in problems] == ["Assessments"]


def test_a_thousand_unknown_keys_are_each_named_and_more_are_refused_at_once() -> None:
    for number, problems in ((MAX_KEYS, MAX_KEYS), (MAX_KEYS + 1, 1)):
        body = " ".join(f"[@key{each}]" for each in range(number))
        content = factories.plain_page_content(body=body)
        found = [finding for finding in check(content, {}) if finding.blocks]
        assert len(found) == problems
    assert "Split it into several pages" in found[0].message
