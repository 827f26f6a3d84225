"""The workflow. Every write of the editorial life goes through one of these functions.

Each is atomic, takes keywords only, says who acts (`by`), and raises a named WorkflowError when
the person or the state does not permit it.
"""

import datetime
from collections.abc import Iterable

from django.contrib.auth.models import AbstractBaseUser, User
from django.db import transaction
from django.db.models import F, Max, Q
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from publishing import kinds, rendering
from publishing.content import PageContent
from publishing.errors import (
    AddressTaken,
    NothingChanged,
    NotLive,
    NotPermitted,
    NoValidSignOff,
    OwnText,
    ReasonMissing,
    StaleWorkingCopy,
    SubmitBlocked,
    TextChanged,
    WrongState,
)
from publishing.markdown import RENDERER_VERSION
from publishing.models import (
    Contribution,
    Contributor,
    DraftAuthor,
    Inclusion,
    Page,
    Revision,
    SignOff,
)
from publishing.signoffs import may_publish
from publishing.working_copies import named_page

State = Revision.State
MAX_NAME = 200  # characters, as of a contributor
MAX_NAME_IN_SLUG = 60
OPEN_STATES = (State.SUBMITTED, State.APPROVED, State.SCHEDULED)
STATE_AFTER = {
    SignOff.Decision.APPROVE: State.APPROVED,
    SignOff.Decision.REQUEST_CHANGES: State.CHANGES_REQUESTED,
    SignOff.Decision.DECLINE: State.DECLINED,
}


def contributor_of(user: User) -> Contributor:
    """The contributor behind an account, made at first need."""
    found = Contributor.objects.filter(user=user).first()
    if found is not None:
        return found
    name = slugify(user.get_username()).replace("_", "-")[:MAX_NAME_IN_SLUG].strip("-")
    taken = not name or Contributor.objects.filter(slug=name).exists()
    # Where somebody is made by two requests at once, the second one finds the first one's.
    return Contributor.objects.get_or_create(
        user=user,
        defaults={
            "slug": f"{name}-{user.pk}".strip("-") if taken else name,
            "name": (user.get_full_name() or user.get_username())[:MAX_NAME],
        },
    )[0]


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
    record_author(by=by, page=page)


@transaction.atomic
def record_author(*, by: User, page: Page) -> None:
    """Note that a person has a part in the next revision of the page."""
    DraftAuthor.objects.get_or_create(
        page_id=page.pk, contributor=contributor_of(by), defaults={"account": by}
    )


@transaction.atomic
def submit(*, by: User, page: Page, change_kind: str, change_note: str) -> Revision:
    """Freeze the working copy as a revision for review. An older open revision is withdrawn."""
    _permit(by, "publishing.submit_revision")
    if not change_note.strip():
        raise ReasonMissing(_("Say in one plain sentence what changed. Readers will see it."))
    page = Page.objects.select_for_update().get(pk=page.pk)
    kind = kinds.get(page.kind)
    content = kind.read(page.pk)
    last = page.revisions.order_by("-number").first()
    if last and last.sha256 == content.sha256() and last.state in (*OPEN_STATES, State.LIVE):
        raise NothingChanged
    fragments = rendering.render_content(content, heading_ids=rendering.heading_ids_of(last))
    problems = rendering.find_problems(content, fragments)
    if problems:
        raise SubmitBlocked(problems)
    page.revisions.filter(state__in=OPEN_STATES).update(state=State.WITHDRAWN, publish_at=None)
    revision = Revision.objects.create(
        page=page,
        number=(page.revisions.aggregate(last=Max("number"))["last"] or 0) + 1,
        content=content.to_data(),
        sha256=content.sha256(),
        change_kind=change_kind,
        change_note=change_note.strip(),
        kind=page.kind,
        slug=content.slug,
        title=content.title,
        summary=content.summary,
        condition=named_page("condition", content.condition, _("Condition")),
        part_of=named_page(kind.part_of_kind, content.part_of, _("Part of")),
        position=content.position,
        submitted_by=by,
        submitted_at=timezone.now(),
        rendered=rendering.fragments_json(fragments),
        parts=rendering.parts_json(content, fragments),
        renderer_version=RENDERER_VERSION,
    )
    _write_authors(revision, content, by)
    rendering.write_citations(revision, content, fragments)
    _write_inclusions(revision, content)
    return revision


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


@transaction.atomic
def sign_off(
    *,
    by: User,
    revision: Revision,
    sha256: str,
    decision: str,
    statement: str,
    scope: str = SignOff.Scope.WHOLE,
    expires_at: datetime.datetime | None = None,
) -> SignOff:
    """Record a reviewer's decision on exactly the text with this SHA-256."""
    _permit(by, "publishing.sign_off_revision")
    if not statement.strip():
        raise ReasonMissing(_("Say in a sentence what you reviewed, or what has to change."))
    revision = _locked(revision)
    reviewer = contributor_of(by)
    _check_review(revision, sha256, by, reviewer)
    approved = decision == SignOff.Decision.APPROVE
    if approved and (expires_at is None or expires_at <= timezone.now()):
        raise ReasonMissing(_("Give the date of the next review; it must be after today."))
    contribution = Contribution.objects.create(
        revision=revision, contributor=reviewer, account=by, role=Contribution.Role.REVIEWER
    )
    signed = SignOff.objects.create(
        contribution=contribution,
        decision=decision,
        scope=scope,
        statement=statement.strip(),
        name=reviewer.name,
        credentials=reviewer.credentials,
        demo=reviewer.demo,
        sha256=sha256,
        signed_at=timezone.now(),
        expires_at=expires_at if approved else None,
    )
    revision.state = STATE_AFTER[SignOff.Decision(decision)]
    revision.save(update_fields=["state"])
    return signed


def _check_review(revision: Revision, sha256: str, by: User, reviewer: Contributor) -> None:
    """Refuse a review that comes too late, is of another text, or of the reviewer's own.

    The account counts beside the contributor, who may have had another account before.
    """
    if revision.state != State.SUBMITTED:
        raise _wrong_state(revision, State.SUBMITTED)
    if sha256 != revision.sha256:
        raise TextChanged
    own = revision.contributions.filter(Q(contributor=reviewer) | Q(account=by))
    if revision.submitted_by_id == by.pk or own.exists():
        raise OwnText


@transaction.atomic
def publish(*, by: User, revision: Revision) -> Revision:
    """Make a revision the live one; the old live revision becomes superseded."""
    _permit(by, "publishing.publish_revision")
    revision = _locked(revision)
    if not may_publish(revision):
        if revision.state == State.APPROVED:
            raise NoValidSignOff
        raise _wrong_state(revision, State.APPROVED)
    others = Revision.objects.live().filter(kind=revision.kind, slug=revision.slug)
    if others.exclude(page=revision.page_id).exists():
        raise AddressTaken(revision.slug)
    Revision.objects.live().filter(page=revision.page_id).update(state=State.SUPERSEDED)
    revision.state = State.LIVE
    revision.publish_at = None
    revision.published_by = by
    revision.published_at = timezone.now()
    revision.save(update_fields=["state", "publish_at", "published_by", "published_at"])
    return revision


@transaction.atomic
def unpublish(*, by: User, page: Page, reason: str) -> Revision:
    """Take a page from the public; its address answers 410 with the reason."""
    _permit(by, "publishing.publish_revision")
    if not reason.strip():
        raise ReasonMissing(_("Say in one sentence why the page goes. Readers will see it."))
    Page.objects.select_for_update().get(pk=page.pk)
    revision = Revision.objects.live().filter(page=page.pk).first()
    if revision is None:
        raise NotLive
    revision.state = State.UNPUBLISHED
    revision.unpublished_by = by
    revision.unpublished_at = timezone.now()
    revision.unpublish_reason = reason.strip()
    revision.save(update_fields=["state", "unpublished_by", "unpublished_at", "unpublish_reason"])
    return revision


@transaction.atomic
def restore(*, by: User, revision: Revision, version: int) -> Page:
    """Write an old revision's content back into the working copy, as a new draft."""
    _permit(by, "publishing.submit_revision")
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
    return page


def _permit(user: AbstractBaseUser, permission: str) -> None:
    if not (isinstance(user, User) and user.is_active and user.has_perm(permission)):
        raise NotPermitted


def _locked(revision: Revision) -> Revision:
    """The revision as it is now, with its page locked against parallel actions."""
    Page.objects.select_for_update().get(pk=revision.page_id)
    return Revision.objects.select_related("page").get(pk=revision.pk)


def _wrong_state(revision: Revision, wanted: str) -> WrongState:
    return WrongState(state=revision.get_state_display(), wanted=str(State(wanted).label))
