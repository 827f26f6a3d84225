"""What a moderator does beside deciding: taking words out, replying, asking, banning, reporting."""

import datetime

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from comments.actions.common import (
    MODERATE,
    READ,
    Action,
    State,
    enter,
    locked,
    record,
    store,
)
from comments.around import text_digest
from comments.errors import KeyLost, NoReply, NotPossible, WordsAdded
from comments.keys import decrypt_email, hashed
from comments.models import MAX_CHARS, MAX_DEPTH, MAX_NAME, Ban, Comment
from comments.paths import path_below
from publishing import actions as publishing_actions
from publishing.actions.common import permit, permit_any
from publishing.dates import database_now
from publishing.errors import ReasonMissing
from references.text import clean_text

BAN_DAYS_MAX = 365
# Reasons of the scoring that end when words are taken out.
PERSONAL = ("phone", "email", "postal")


def removed_mark() -> str:
    """What stands where a moderator took words out."""
    return _("[removed by a moderator]")


@transaction.atomic
def take_out(
    *, by: User, comment: Comment, version: int, text: str, name: str | None = None
) -> Comment:
    """Take words out of a comment or its name; what is left is the writer's, in the writer's order.

    The old words are kept nowhere. Raises CommentRefused.
    """
    comment = locked(comment, by=by, version=version)
    if comment.state in (State.REMOVED, State.ERASED) or comment.is_site:
        raise NotPossible(comment.get_state_display())
    text = clean_text(text).strip()
    name = comment.name if name is None else clean_text(name, single_line=True).strip()
    same = (text, name) == (comment.text, comment.name)
    if same or not (_only_shorter(comment.text, text) and _only_shorter(comment.name, name)):
        raise WordsAdded(removed_mark())
    comment.text, comment.name = text, name
    comment.text_digest = text_digest(text)
    # What told who somebody is has been looked at; the rest stays, without its places.
    comment.reasons = [
        {**reason, "spans": []} for reason in comment.reasons if reason["code"] not in PERSONAL
    ]
    store(comment)
    record(Action.EDITED, comment, by=by)
    return comment


def _only_shorter(before: str, after: str) -> bool:
    """Whether the text is as it was, but for marks in the place of words.

    What stands before the first mark and after the last one is the beginning and the end, and
    nothing is lost without a mark.
    """
    if after == before:
        return True
    first, *rest = after.split(removed_mark())
    if not rest or not before.startswith(first.rstrip()):
        return False
    *between, last = rest
    place = len(first.rstrip())
    for kept in between:
        found = before.find(kept.strip(), place)
        if found < 0:
            return False
        place = found + len(kept.strip())
    end = last.lstrip()
    return before.endswith(end) and len(before) - len(end) >= place


@transaction.atomic
def reply_as_site(*, by: User, comment: Comment, text: str, once: str = "") -> Comment:
    """Answer a comment that is shown in the name of the site.

    The same `once`, a random word of the form, gives the same reply. Raises CommentRefused.
    """
    permit(by, MODERATE)
    parent = Comment.objects.select_for_update().get(pk=comment.pk)
    ticket = hashed(f"site {once}") if once else None
    known = parent.replies.filter(ticket=ticket).first() if ticket else None
    if known is not None:
        return known
    if parent.state != State.APPROVED or parent.depth >= MAX_DEPTH:
        raise NoReply
    text = clean_text(text).strip()[:MAX_CHARS]
    if not text:
        raise ReasonMissing(_("Write a reply."))
    reply = Comment.objects.create(
        page_id=parent.page_id,
        parent=parent,
        depth=parent.depth + 1,
        name=settings.SITE_NAME[:MAX_NAME],
        text=text,
        ticket=ticket,
        is_site=True,
    )
    reply.path = path_below(parent.path, reply.pk)
    before = enter(reply, State.APPROVED, decided_by=by, decided_at=database_now())
    record(Action.REPLIED, reply, by=by, before=before)
    return reply


@transaction.atomic
def ban(*, by: User, comment: Comment, days: int) -> Ban | None:
    """Take no comments of this writer for some days; nothing where the writer is not known."""
    comment = locked(comment, by=by)
    if comment.writer_id is None and comment.address_id is None:
        return None
    until = database_now() + datetime.timedelta(days=min(max(days, 1), BAN_DAYS_MAX))
    who = {"writer": comment.writer, "address": comment.address}
    made = Ban.objects.filter(**who).first() or Ban(**who)
    made.comment, made.until = comment, until
    made.save()
    record(Action.BANNED, comment, by=by, detail=f"{until:%Y-%m-%d}")
    return made


@transaction.atomic
def lift(*, by: User, ban: Ban) -> None:
    """Take comments of a banned writer again, whatever the comments that it was banned for."""
    permit(by, MODERATE)
    same = Q(pk=ban.pk)
    if ban.writer_id:
        same |= Q(writer=ban.writer_id)
    if ban.address_id:
        same |= Q(address=ban.address_id)
    bans = list(Ban.objects.filter(same).select_related("comment"))
    for each in bans:
        if each.comment is not None:
            record(Action.LIFTED, each.comment, by=by)
    Ban.objects.filter(pk__in=[each.pk for each in bans]).delete()


@transaction.atomic
def read_address(*, by: User, comment: Comment) -> str:
    """The e-mail address of a comment's writer, to ask about it; that it was read is logged."""
    comment = locked(comment, by=by)
    if comment.address is None:
        raise NotPossible(comment.get_state_display())
    address = decrypt_email(comment.address.encrypted)
    if not address:
        raise KeyLost
    record(Action.ADDRESS_READ, comment, by=by)
    return address


def may_read(user: User, comment: Comment) -> bool:
    """Moderators read every comment; editors what readers see, and what was reported to them."""
    if user.has_perm(MODERATE) or comment.state == State.APPROVED:
        return True
    return comment.events.filter(action=Action.REPORTED).exists()


@transaction.atomic
def report_error(*, by: User, comment: Comment) -> None:
    """Make a comment that names an error of the page a task of the page's owner.

    The task has only the way to it: what its writer deletes is then kept nowhere.
    """
    permit_any(by, READ, MODERATE)
    comment = locked(comment, by=None)
    if comment.is_site or not (comment.text and may_read(by, comment)):
        raise NotPossible(comment.get_state_display())
    address = settings.SITE_URL + reverse("admin:comment_report", args=[comment.pk])
    text = _("A comment may name an error of this page: %(address)s") % {"address": address}
    publishing_actions.report(page_id=comment.page_id, text=text)
    record(Action.REPORTED, comment, by=by)
