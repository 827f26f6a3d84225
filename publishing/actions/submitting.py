"""From a working copy to a revision."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from publishing import kinds, rendering
from publishing.actions.common import (
    SUBMIT,
    State,
    contributor_of,
    locked,
    permit,
    record,
    wrong_state,
)
from publishing.actions.waiving import finding_json, with_waivers
from publishing.checks import check
from publishing.content import PageContent
from publishing.dates import database_now
from publishing.errors import NothingChanged, ReasonMissing, SubmitBlocked
from publishing.markdown import RENDERER_VERSION, Fragment
from publishing.models import (
    OPEN_STATES,
    Contribution,
    Contributor,
    DraftAuthor,
    Event,
    Inclusion,
    Page,
    Revision,
)
from publishing.working_copies import named_page


@transaction.atomic
def submit(
    *, by: User, page: Page, change_kind: str, change_note: str, opening: Collection[str] = ()
) -> Revision:
    """Freeze the working copy as a revision for review. An older open revision is withdrawn.

    `opening` are the addresses of pages that go live together with this one.
    """
    permit(by, SUBMIT)
    if not change_note.strip():
        raise ReasonMissing(_("Say in one plain sentence what changed. Readers will see it."))
    page = Page.objects.select_for_update().get(pk=page.pk)
    content = kinds.get(page.kind).read(page.pk)
    last = page.revisions.order_by("-number").first()
    if last and last.sha256 == content.sha256() and last.state in (*OPEN_STATES, State.LIVE):
        raise NothingChanged
    fragments = rendering.render_content(content, heading_ids=rendering.heading_ids_of(last))
    findings = _judged(page, content, fragments, opening)
    _withdraw(page.revisions.filter(state__in=OPEN_STATES), by)
    revision = Revision.objects.create(
        page=page,
        number=(page.revisions.aggregate(last=Max("number"))["last"] or 0) + 1,
        content=content.to_data(),
        sha256=content.sha256(),
        change_kind=change_kind,
        change_note=change_note.strip(),
        submitted_by=by,
        submitted_at=database_now(),
        findings=findings,
        rendered=rendering.fragments_json(fragments),
        parts=rendering.parts_json(content, fragments),
        renderer_version=RENDERER_VERSION,
        **_columns(content),
    )
    _write_authors(revision, content, by)
    rendering.write_uses(revision, content, fragments)
    _write_inclusions(revision, content)
    record(Event.Action.SUBMITTED, page, by=by, revision=revision, detail=revision.change_note)
    return revision


def _columns(content: PageContent) -> dict[str, Any]:
    """What lists and addresses need of a document, as columns."""
    part_of_kind = kinds.get(content.kind).part_of_kind
    return {
        "kind": content.kind,
        "slug": content.slug,
        "title": content.title,
        "summary": content.summary,
        "condition": named_page("condition", content.condition, _("Condition")),
        "part_of": named_page(part_of_kind, content.part_of, _("Part of")),
        "position": content.position,
    }


def _judged(
    page: Page,
    content: PageContent,
    fragments: Mapping[str, Fragment],
    opening: Collection[str],
) -> list[dict[str, Any]]:
    """What the checks find, as a revision keeps it. Raises SubmitBlocked."""
    judged = with_waivers(page, check(content, fragments, opening=opening))
    blocking = [finding for finding, waiver in judged if finding.blocks and waiver is None]
    if blocking:
        raise SubmitBlocked(blocking)
    return [finding_json(finding, waiver) for finding, waiver in judged]


@transaction.atomic
def withdraw(*, by: User, revision: Revision) -> Revision:
    """Take a revision that is not public yet out of the workflow. Its text stays in the draft."""
    permit(by, SUBMIT)
    revision = locked(revision)
    if revision.state not in OPEN_STATES:
        raise wrong_state(revision, State.SUBMITTED)
    _withdraw(Revision.objects.filter(pk=revision.pk), by)
    revision.refresh_from_db(fields=["state", "publish_at", "scheduled_by"])
    return revision


def _withdraw(revisions: Iterable[Revision], by: User) -> None:
    for revision in revisions:
        revision.state = State.WITHDRAWN
        revision.publish_at = None
        revision.scheduled_by = None
        revision.save(update_fields=["state", "publish_at", "scheduled_by"])
        record(Event.Action.WITHDRAWN, revision.page, by=by, revision=revision)


def _write_authors(revision: Revision, content: PageContent, submitter: User) -> None:
    """Everyone who saved, submitted or is credited is an author, once.

    So is who wrote a revision that was never public: its words may stand in this one.
    """
    slugs = [credit.contributor for credit in content.contributors]
    credited = Contributor.objects.in_bulk(slugs, field_name="slug")
    places = {credited[slug].pk: number for number, slug in enumerate(slugs, 1)}
    saved = DraftAuthor.objects.filter(page=revision.page)
    authors = [
        (contributor_of(submitter).pk, submitter.pk),
        *saved.values_list("contributor_id", "account_id"),
        *_authors_since_the_last_publication(revision),
        *((credited[slug].pk, credited[slug].user_id) for slug in slugs),
    ]
    Contribution.objects.bulk_create(
        Contribution(
            revision=revision,
            contributor_id=contributor,
            account_id=account,
            role=Contribution.Role.AUTHOR,
            credit_position=places.get(contributor, 0),
        )
        for contributor, account in _each_once(authors)
    )
    saved.delete()


def _authors_since_the_last_publication(revision: Revision) -> Iterable[tuple[int, int | None]]:
    """Contributor and account of who wrote the page's revisions since one was public."""
    before = Revision.objects.filter(page=revision.page_id, number__lt=revision.number)
    public = before.filter(published_at__isnull=False).aggregate(last=Max("number"))["last"] or 0
    written = Contribution.objects.filter(
        revision__in=before.filter(number__gt=public), role=Contribution.Role.AUTHOR
    )
    return written.values_list("contributor_id", "account_id")


def _each_once(people: Iterable[tuple[int, int | None]]) -> list[tuple[int, int | None]]:
    """Each contributor once, and each account at the first contributor it stands with."""
    accounts: dict[int, int | None] = {}
    for contributor, account in people:
        free = account not in accounts.values()
        accounts[contributor] = accounts.get(contributor) or (account if free else None)
    return sorted(accounts.items())


def _write_inclusions(revision: Revision, content: PageContent) -> None:
    """Which pages' facts the revision shows."""
    included_kind = kinds.get(content.kind).includes_kind
    pages = Page.objects.filter(kind=included_kind, slug__in=content.includes)
    by_slug = {page.slug: page for page in pages}
    Inclusion.objects.bulk_create(
        Inclusion(revision=revision, page=by_slug[slug], position=number)
        for number, slug in enumerate(content.includes)
    )
