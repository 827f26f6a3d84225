"""Saving and restoring working copies."""

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F

from publishing import kinds
from publishing.actions.common import SUBMIT, contributor_of, permit, record
from publishing.content import PageContent
from publishing.errors import AddressTaken, StaleWorkingCopy
from publishing.models import Contribution, DraftAuthor, Event, Page, Revision


@transaction.atomic
def save_draft(
    *, by: User, content: PageContent, page: Page | None = None, version: int | None = None
) -> Page:
    """Store a document as the working copy of a page, or of a new page.

    `version` is the one the person started from. Raises StaleWorkingCopy, or UnknownName when
    the document names a page, picture or contributor that does not exist.
    """
    kind = kinds.get(content.kind)
    if page is not None:
        record_edit(by=by, page=page, version=page.version if version is None else version)
    saved = kind.write(content, page, by)
    record_author(by=by, page=saved)
    return saved


@transaction.atomic
def record_edit(*, by: User, page: Page, version: int) -> None:
    """Note that a person is saving the working copy they opened at this version."""
    changed = Page.objects.filter(pk=page.pk, version=version).update(version=F("version") + 1)
    if not changed:
        raise StaleWorkingCopy
    page.version = version + 1
    record(Event.Action.SAVED, page, by=by)
    record_author(by=by, page=page)


@transaction.atomic
def record_author(*, by: User, page: Page) -> None:
    """Note that a person has a part in the next revision of the page."""
    DraftAuthor.objects.get_or_create(
        page_id=page.pk, contributor=contributor_of(by), defaults={"account": by}
    )


@transaction.atomic
def restore(*, by: User, revision: Revision, version: int) -> Page:
    """Write an old revision's content back into the working copy, as a new draft."""
    permit(by, SUBMIT)
    content = kinds.get(revision.kind).content.from_data(revision.content)
    others = Page.objects.filter(kind=revision.kind, slug=content.slug)
    if others.exclude(pk=revision.page_id).exists():
        raise AddressTaken(content.slug)
    page = save_draft(by=by, content=content, page=revision.page, version=version)
    authors = revision.contributions.filter(role=Contribution.Role.AUTHOR)
    DraftAuthor.objects.bulk_create(
        [
            DraftAuthor(page=page, contributor_id=contributor, account_id=account)
            for contributor, account in authors.values_list("contributor_id", "account_id")
        ],
        ignore_conflicts=True,
    )
    record(Event.Action.RESTORED, page, by=by, revision=revision)
    return page
