"""What a reader does: sends a comment, corrects it for a quarter of an hour, takes it back."""

import datetime
from dataclasses import dataclass

from django.conf import settings
from django.db import IntegrityError, transaction
from procrastinate.contrib.django import app

from comments import keys
from comments.actions.common import Action, State, record, shown_html, store
from comments.around import submission, text_digest
from comments.errors import Banned, Closed, NoReply, NotYours, TooLate, TooMany
from comments.models import MAX_DEPTH, Ban, Comment, EmailAddress, Trace, Writer
from comments.paths import path_below
from comments.scoring import score
from comments.scoring.model import Verdict
from comments.tickets import Ticket
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
    ticket = keys.hashed(sent.ticket.number)
    known = Comment.objects.filter(ticket=ticket).first()
    if known is None:
        try:
            with transaction.atomic():
                known = _keep(sent, ticket, keys.hashed(secret))
        except IntegrityError:  # sent twice at once: the other one was kept
            known = Comment.objects.get(ticket=ticket)
    return known, secret


def find(secret: str) -> Comment:
    """The comment behind a private link. Raises NotYours."""
    found = Comment.objects.filter(access=keys.hashed(secret)).exclude(state=State.ERASED).first()
    if found is None:
        raise NotYours
    return found


@transaction.atomic
def correct(*, secret: str, text: str, trap: str = "") -> Comment:
    """Change the text of one's own comment, within 15 minutes; it is looked at again."""
    comment = Comment.objects.select_for_update().get(pk=find(secret).pk)
    now = database_now()
    if now > comment.written_at + CORRECTION_TIME or comment.state == State.REMOVED:
        raise TooLate
    revision = Revision.objects.live().filter(page=comment.page_id).first()
    if revision is None:
        raise Closed
    nowhere = keys.Origin("", "")
    told = submission(
        revision, nowhere, now, but=comment.pk, name=comment.name, text=text, trap=trap
    )
    before = comment.state
    comment.text = text
    comment.corrected_at = now
    _judge(comment, score(told))
    store(comment)
    record(Action.CORRECTED, comment, before=before)
    return comment


@transaction.atomic
def take_back(*, secret: str) -> None:
    """Delete one's own comment for ever. What others replied to keeps a place without words."""
    erase(Comment.objects.select_for_update().get(pk=find(secret).pk))


def erase(comment: Comment, action: Action = Action.ERASED) -> None:
    """Leave nothing of a comment but its place in a conversation."""
    before = comment.state
    comment.state = State.ERASED
    comment.reason = ""
    comment.decided_by = comment.decided_at = None
    empty(comment)
    record(action, comment, before=before)


def empty(comment: Comment) -> None:
    """Forget what was written, by whom, and where it came from."""
    comment.name = comment.text = comment.text_digest = ""
    comment.reasons = []
    comment.urgent = comment.by_trust = False
    comment.writer = comment.address = comment.access = None
    comment.traces.all().delete()
    store(comment)


def _keep(sent: Sent, ticket: str, access: str) -> Comment:
    now = database_now()
    if not takes_comments(sent.revision):
        raise Closed
    parent = _parent(sent)
    address = _address(sent.email)
    writer = _writer(sent.writer_key, access)
    _not_banned(writer, address, now)
    verdict = _verdict(sent, now)
    comment = Comment(
        page_id=sent.revision.page_id,
        parent=parent,
        depth=parent.depth + 1 if parent else 0,
        name=sent.name,
        text=sent.text,
        ticket=ticket,
        access=access,
        writer=writer,
        address=address,
    )
    _judge(comment, verdict)
    comment.save()
    comment.path = path_below(parent.path if parent else "", comment.pk)
    comment.html = shown_html(comment)
    comment.save(update_fields=["path", "html"])
    Trace.objects.create(comment=comment, left_at=now, **sent.origin._asdict())
    record(Action.ARRIVED, comment)
    if comment.urgent:
        # By its name: the job imports the actions.
        app.configure_task("comments.tell_at_once").defer(comment_id=comment.pk)
    return comment


def _verdict(sent: Sent, now: datetime.datetime) -> Verdict:
    """What the scoring says. Raises TooMany where one place sends more than people do."""
    told = submission(
        sent.revision,
        sent.origin,
        now,
        name=sent.name,
        text=sent.text,
        email=sent.email,
        trap=sent.trap,
        token_age=sent.ticket.age,
    )
    if told.from_address >= ADDRESS_AN_HOUR or told.from_subnet >= SUBNET_AN_HOUR:
        raise TooMany
    return score(told)


def takes_comments(revision: Revision) -> bool:
    """Whether a page takes new comments: its editors and the owner of the site say so."""
    return settings.COMMENTS_OPEN and revision.page.comments_open


def _judge(comment: Comment, verdict: Verdict) -> None:
    """What the scoring means for a comment: it waits, unless its writer is trusted."""
    comment.points = verdict.points
    comment.priority = verdict.priority
    comment.urgent = verdict.is_urgent
    comment.reasons = [reason._asdict() for reason in verdict.reasons]
    comment.text_digest = text_digest(comment.text)
    comment.decided_by = comment.decided_at = None
    comment.reason = ""
    comment.by_trust = not verdict.reasons and _is_trusted(comment.writer)
    comment.state = State.APPROVED if comment.by_trust else State.HELD
    if verdict.is_spam:
        comment.state = State.SPAM


def _is_trusted(writer: Writer | None) -> bool:
    """Whether this writer's comments were all let through, and enough of them by a person."""
    if writer is None or not settings.COMMENTS_TRUSTED_AFTER:
        return False
    states = list(writer.comments.values_list("state", "by_trust"))
    good = sum(state == State.APPROVED and not by_trust for state, by_trust in states)
    bad = any(state in (State.REJECTED, State.SPAM, State.REMOVED) for state, _trust in states)
    return good >= settings.COMMENTS_TRUSTED_AFTER and not bad


def _parent(sent: Sent) -> Comment | None:
    """The comment that is replied to; on the same page, shown, and not too deep."""
    if sent.parent_id is None:
        return None
    parent = Comment.objects.filter(
        pk=sent.parent_id,
        page=sent.revision.page_id,
        state=State.APPROVED,
        depth__lt=MAX_DEPTH,
    ).first()
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


def _not_banned(writer: Writer, address: EmailAddress | None, now: datetime.datetime) -> None:
    bans = Ban.objects.filter(until__gt=now)
    own = bans.filter(writer=writer)
    if address is not None:
        own = own | bans.filter(address=address)
    last = own.order_by("-until").first()
    if last is not None:
        raise Banned(last.until)
