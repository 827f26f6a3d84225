"""What a moderator does beside deciding: taking words out, replying, banning, reporting."""

import datetime

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from comments.actions.common import (
    MODERATE,
    READ,
    Action,
    State,
    locked,
    record,
    shown_html,
    store,
)
from comments.errors import NoReply, NotPossible, WordsAdded
from comments.models import MAX_CHARS, MAX_DEPTH, Ban, Comment
from comments.paths import path_below
from publishing import actions as publishing_actions
from publishing.actions.common import permit, permit_any
from publishing.dates import database_now
from publishing.errors import ReasonMissing
from references.text import clean_text

BAN_DAYS_MAX = 365


def removed_mark() -> str:
    """What stands where a moderator took words out."""
    return _("[removed by a moderator]")


@transaction.atomic
def take_out(*, by: User, comment: Comment, version: int, text: str) -> Comment:
    """Take words out of a comment; what is left is the writer's, in the writer's order.

    The old words are kept nowhere.
    """
    comment = locked(comment, by=by, version=version)
    if comment.state in (State.REMOVED, State.ERASED) or comment.is_site:
        raise NotPossible(comment.get_state_display())
    text = clean_text(text).strip()
    if not _only_shorter(comment.text, text):
        raise WordsAdded(removed_mark())
    comment.text = text
    comment.reasons = [{**reason, "spans": []} for reason in comment.reasons]
    store(comment)
    record(Action.EDITED, comment, by=by)
    return comment


def _only_shorter(before: str, after: str) -> bool:
    """Whether what stands between the marks stood in the text, in this order."""
    mark = removed_mark()
    if mark not in after:
        return False
    place = 0
    for kept in after.split(mark):
        found = before.find(kept.strip(), place)
        if found < 0:
            return False
        place = found + len(kept.strip())
    return True


@transaction.atomic
def reply_as_site(*, by: User, comment: Comment, text: str) -> Comment:
    """Answer a comment that is shown in the name of the site."""
    permit(by, MODERATE)
    parent = Comment.objects.select_for_update().get(pk=comment.pk)
    if parent.state != State.APPROVED or parent.depth >= MAX_DEPTH:
        raise NoReply
    text = clean_text(text).strip()[:MAX_CHARS]
    if not text:
        raise ReasonMissing(_("Write a reply."))
    reply = Comment.objects.create(
        page_id=parent.page_id,
        parent=parent,
        depth=parent.depth + 1,
        name=by.get_full_name() or by.get_username(),
        text=text,
        state=State.APPROVED,
        decided_by=by,
        decided_at=database_now(),
        is_site=True,
    )
    reply.path = path_below(parent.path, reply.pk)
    reply.html = shown_html(reply)
    reply.save(update_fields=["path", "html"])
    record(Action.REPLIED, reply, by=by)
    return reply


@transaction.atomic
def ban(*, by: User, comment: Comment, days: int) -> Ban | None:
    """Take no comments of this writer for some days; nothing where the writer is not known."""
    comment = locked(comment, by=by)
    if comment.writer_id is None and comment.address_id is None:
        return None
    until = database_now() + datetime.timedelta(days=min(max(days, 1), BAN_DAYS_MAX))
    made = Ban.objects.create(
        writer_id=comment.writer_id, address_id=comment.address_id, until=until
    )
    record(Action.BANNED, comment, by=by, detail=f"{until:%Y-%m-%d}")
    return made


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
