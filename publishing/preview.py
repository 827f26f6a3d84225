"""A working copy as the public page it would be."""

from dataclasses import dataclass, replace

from publishing import kinds, rendering
from publishing.checks import Finding, check
from publishing.cited_keys import cited_keys
from publishing.content import PageContent
from publishing.models import Page, Revision
from publishing.public import ShownRevision
from publishing.reading import around_draft, people_of


@dataclass(frozen=True)
class Preview:
    """The page, and what the checks find in it."""

    shown: ShownRevision
    findings: tuple[Finding, ...]


def preview_page(page: Page) -> Preview:
    """The working copy of a page, rendered as if it were live."""
    return preview_content(page, kinds.get(page.kind).read(page.pk))


def preview_content(page: Page, content: PageContent) -> Preview:
    """A document, rendered as if it were the live text of the page. Nothing is stored."""
    last = page.revisions.order_by("-number").first()
    fragments = rendering.render_content(content, heading_ids=rendering.heading_ids_of(last))
    revision = Revision(
        page=page,
        kind=page.kind,
        slug=content.slug,
        title=content.title,
        summary=content.summary,
        content=content.to_data(),
        sha256=content.sha256(),
        rendered=rendering.fragments_json(fragments),
        parts=rendering.parts_json(content, fragments),
        condition=page.condition,
    )
    around = around_draft(content, page.pk, cited_keys(content))
    return Preview(
        shown=ShownRevision(revision, around),
        findings=check(content, fragments),
    )


def preview_revision(revision: Revision) -> ShownRevision:
    """A revision, live or not, as the page it is or would be."""
    content = kinds.get(revision.kind).content.from_data(revision.content, stored=True)
    around = around_draft(content, revision.page_id, cited_keys(content))
    return ShownRevision(revision, replace(around, people=people_of(revision)))
