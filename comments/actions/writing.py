"""What a reader does: sends a comment, corrects it for a quarter of an hour, takes it back."""

import datetime
from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from comments import erasures, keys
from comments.actions.common import (
    REFUSED,
    Action,
    Before,
    State,
    enter,
    record,
    store,
    tell_at_once,
)
from comments.around import Posts, lately, submission, text_digest
from comments.errors import Banned, Closed, NoReply, NotYours, TooLate, TooMany
from comments.models import Comment, EmailAddress, Trace, Writer
from comments.paths import path_below
from comments.scoring import score
from comments.scoring.model import Submission, Verdict
from comments.tickets import Ticket
from publishing import kinds
from publishing.dates import database_now
from publishing.models import Revision

CORRECTION_TIME = datetime.timedelta(minutes=15)
HOUR = datetime.timedelta(hours=1)
# More than a person writes, and more than a household, a school or a clinic does.
ADDRESS_AN_HOUR = 10
SUBNET_AN_HOUR = 60


@dataclass(frozen=True)
class Sent:
    """A comment as a reader sends it, cleaned, with the ticket of its check page."""

    revision: Revision
    name: str
    text: str
    ticket: Ticket
    origin: keys.Origin
    email: str = ""
    trap: str = ""
    parent_id: int | None = None
    # What stands in a private link that this writer had before.
    writer_key: str = ""


def send(sent: Sent) -> tuple[Comment, str]:
    """Keep a comment; returns it with what stands in its private link.

    The same ticket sent again, even at the same moment, gives the same comment. Raises
    CommentRefused.
    """
    secret = keys.private_key(sent.ticket.number)
    ticket, access = keys.hashed(sent.ticket.number), keys.hashed(secret)
    try:
        return _kept(sent, ticket, access), secret
    except IntegrityError:
        # It was sent twice at once, or its e-mail address was forgotten at this moment.
        return _kept(sent, ticket, access), secret


def find(secret: str, *, lock: bool = False) -> Comment:
    """The comment behind a private link. Raises NotYours."""
    comments = Comment.objects.select_for_update() if lock else Comment.objects.all()
    found = comments.filter(access=keys.hashed(secret)).exclude(state=State.ERASED).first()
    if found is None:
        raise NotYours
    return found


@transaction.atomic
def correct(*, secret: str, text: str, trap: str = "") -> Comment:
    """Change the text of one's own comment, within 15 minutes; it is looked at again."""
    comment = find(secret, lock=True)
    now = database_now()
    if now > comment.written_at + CORRECTION_TIME or comment.state == State.REMOVED:
        raise TooLate
    _not_banned(comment.writer, now)
    revision = Revision.objects.live().filter(page=comment.page_id).first()
    if revision is None:
        raise Closed
    told = submission(
        revision, Posts(0, 0), now, but=comment.pk, name=comment.name, text=text, trap=trap
    )
    verdict = score(told)
    comment.text = text
    comment.text_digest = text_digest(text)
    comment.corrected_at = now
    before = _judge_again(comment, verdict)
    record(Action.CORRECTED, comment, before=before, detail=_codes(comment))
    return comment


def _judge_again(comment: Comment, verdict: Verdict) -> Before:
    """What the scoring means for a comment that was corrected."""
    if comment.state == State.SPAM and not verdict.needs_help_page:
        # It was called spam for more than its words, which another text does not undo.
        comment.reasons = [{**reason, "spans": []} for reason in comment.reasons]
        before = Before(comment.state)
        store(comment)
        return before
    was_urgent = comment.urgent
    _note(comment, verdict)
    comment.noticed_at = None
    before = _judge(comment, verdict, may_show=comment.by_trust)
    if comment.urgent and not was_urgent:
        tell_at_once(comment)
    return before


@transaction.atomic
def take_back(*, secret: str) -> None:
    """Delete one's own comment for ever. What others replied to keeps a place without words."""
    erase(find(secret, lock=True))


def erase(comment: Comment, action: Action = Action.ERASED, *, by: User | None = None) -> None:
    """Leave nothing of a comment but its place in a conversation."""
    address = _forget(comment)
    before = enter(comment, State.ERASED)
    record(action, comment, by=by, before=before)
    if comment.ticket and action != Action.PURGED:
        erasures.note(database_now(), tickets=[comment.ticket])
    _drop(address)


def empty(comment: Comment) -> None:
    """Forget the words of a removed comment; that it was there, and why it went, stays."""
    address = _forget(comment)
    store(comment)
    record(Action.PURGED, comment, before=Before(comment.state))
    _drop(address)


def _forget(comment: Comment) -> EmailAddress | None:
    """Forget what was written, by whom, and where it came from; gives the e-mail address."""
    address = comment.address
    comment.name = comment.text = comment.text_digest = ""
    comment.reasons = []
    comment.urgent = False
    comment.writer = comment.address = comment.access = None
    # What came from where still counts against floods, for some days and for nobody.
    comment.traces.update(comment=None)
    return address


def _drop(address: EmailAddress | None) -> None:
    """Delete an e-mail address that no comment and no ban needs."""
    if address and not (address.comments.exists() or address.bans.exists()):
        address.delete()


def _kept(sent: Sent, ticket: str, access: str) -> Comment:
    known = Comment.objects.filter(ticket=ticket).first()
    if known is not None:
        return known
    with transaction.atomic():
        return _keep(sent, ticket, access)


def _keep(sent: Sent, ticket: str, access: str) -> Comment:
    now = database_now()
    posts = may_write(sent.revision, sent.origin, now)
    comment = _comment(sent)
    comment.ticket, comment.access = ticket, access
    comment.writer = _writer(sent.writer_key, access)
    _not_banned(comment.writer, now)
    verdict = score(_told(sent, posts, now))
    _note(comment, verdict)
    comment.save()
    comment.path = path_below(comment.parent.path if comment.parent else "", comment.pk)
    if _is_banned(comment.address, now):
        comment.reasons.append(_banned_address())
        enter(comment, State.SPAM)
    else:
        _judge(comment, verdict, may_show=True)
        if comment.urgent and comment.state == State.HELD:
            tell_at_once(comment)
    Trace.objects.create(comment=comment, left_at=now, **sent.origin._asdict())
    record(Action.ARRIVED, comment, detail=_codes(comment))
    return comment


def _comment(sent: Sent) -> Comment:
    """The comment as it was sent, not yet kept. Raises NoReply."""
    parent = _parent(sent)
    return Comment(
        page_id=sent.revision.page_id,
        parent=parent,
        depth=parent.depth + 1 if parent else 0,
        name=sent.name,
        text=sent.text,
        text_digest=text_digest(sent.text),
        address=_address(sent.email),
    )


def _told(sent: Sent, posts: Posts, now: datetime.datetime) -> Submission:
    """What the scoring looks at."""
    return submission(
        sent.revision,
        posts,
        now,
        name=sent.name,
        text=sent.text,
        email=sent.email,
        trap=sent.trap,
        token_age=sent.ticket.age,
    )


def may_write(revision: Revision, origin: keys.Origin, now: datetime.datetime) -> Posts:
    """How much came from there lately. Raises Closed, or TooMany if it is more than people send."""
    if not takes_comments(revision):
        raise Closed
    posts = lately(origin, now)
    if posts.address >= ADDRESS_AN_HOUR or posts.subnet >= SUBNET_AN_HOUR:
        raise TooMany
    return posts


def takes_comments(revision: Revision) -> bool:
    """Whether a page takes new comments: its kind, its editors and the owner of the site say so."""
    is_open = settings.COMMENTS_OPEN and revision.page.comments_open
    return is_open and kinds.get(revision.kind).takes_comments


def _note(comment: Comment, verdict: Verdict) -> None:
    """Keep what the scoring said."""
    comment.points = verdict.points
    # What readers have hidden stays where it is in the queue.
    before = comment.priority if comment.hidden_at else verdict.priority
    comment.priority = max(before, verdict.priority)
    comment.urgent = verdict.is_urgent
    comment.reasons = [reason._asdict() for reason in verdict.reasons]


def _judge(comment: Comment, verdict: Verdict, *, may_show: bool) -> Before:
    """What the scoring means for a comment: it waits, unless its writer is trusted."""
    if verdict.is_spam:
        return enter(comment, State.SPAM)
    if may_show and not verdict.reasons and _is_trusted(comment.writer):
        return enter(comment, State.APPROVED, by_trust=True)
    return enter(comment, State.HELD, hidden_at=comment.hidden_at)


def _codes(comment: Comment) -> str:
    """What a decision that nobody made rests on."""
    return ", ".join([comment.state, *(reason["code"] for reason in comment.reasons)])


def _is_trusted(writer: Writer | None) -> bool:
    """Whether this writer's comments were all let through, and enough of them by a person."""
    if writer is None or not settings.COMMENTS_TRUSTED_AFTER or writer.refused:
        return False
    comments = writer.comments.all()
    good = comments.filter(state=State.APPROVED, by_trust=False)
    bad = comments.filter(state__in=REFUSED)
    return not bad.exists() and good.count() >= settings.COMMENTS_TRUSTED_AFTER


def _parent(sent: Sent) -> Comment | None:
    """The comment that is replied to; on the same page, shown, and not too deep."""
    if sent.parent_id is None:
        return None
    repliable = Comment.objects.repliable(sent.revision.page_id)
    parent = repliable.filter(pk=sent.parent_id).first()
    if parent is None:
        raise NoReply
    return parent


def _address(email: str) -> EmailAddress | None:
    if not email:
        return None
    digests = keys.email_digests(email)
    known = EmailAddress.objects.filter(digest__in=digests).first()
    return (
        known
        or EmailAddress.objects.get_or_create(
            digest=digests[0], defaults={"encrypted": keys.encrypt_email(email)}
        )[0]
    )


def _writer(key: str, access: str) -> Writer:
    """Whoever holds a private link of before; else somebody new, known by the new link."""
    known = Writer.objects.filter(comments__access=keys.hashed(key)).first() if key else None
    return known or Writer.objects.create(key=access)


def _not_banned(writer: Writer | None, now: datetime.datetime) -> None:
    if writer is None:
        return
    last = writer.bans.filter(until__gt=now).order_by("-until").first()
    if last is not None:
        raise Banned(last.until)


def _is_banned(address: EmailAddress | None, now: datetime.datetime) -> bool:
    """Whether an e-mail address is banned. It was proved by nobody, so nobody is told."""
    return address is not None and address.bans.filter(until__gt=now).exists()


def _banned_address() -> dict[str, object]:
    message = _("Its e-mail address is banned.")
    return {"code": "banned_address", "points": 0, "message": message, "spans": []}
