"""What the actions on comments share: permission, locks, the log, and the HTML that readers see."""

from django.contrib.auth.models import AbstractBaseUser, User

from comments.errors import DecidedMeanwhile
from comments.models import Comment, CommentEvent
from comments.rendering import item_html
from publishing.actions.common import permit

MODERATE = "comments.change_comment"
READ = "comments.view_comment"
Action = CommentEvent.Action
State = Comment.State


def locked(comment: Comment, *, by: AbstractBaseUser | None, version: int | None = None) -> Comment:
    """The comment as it is now, locked, for an account that may moderate.

    Raises DecidedMeanwhile when it has changed since the given version was looked at.
    """
    if by is not None:
        permit(by, MODERATE)
    now = Comment.objects.select_for_update().get(pk=comment.pk)
    if version is not None and now.version != version:
        raise DecidedMeanwhile(*_last_act(now))
    return now


def store(comment: Comment) -> None:
    """Keep a changed comment, with what readers see of it from now on."""
    comment.version += 1
    comment.html = shown_html(comment)
    comment.save()


def shown_html(comment: Comment) -> str:
    """The item below the page; nothing for what is not public, or has left no gap."""
    if comment.state == State.ERASED and not comment.replies.filter(state__in=Comment.PUBLIC):
        return ""
    return item_html(comment) if comment.state in Comment.PUBLIC else ""


def record(
    action: CommentEvent.Action,
    comment: Comment,
    *,
    by: User | None = None,
    before: str = "",
    detail: str = "",
) -> None:
    """Add a line to the log; `by` is nobody where a reader or the site itself acted."""
    CommentEvent.objects.create(
        comment=comment, action=action, account=by, state_before=before, detail=detail
    )


def _last_act(comment: Comment) -> tuple[str, str]:
    last = comment.events.select_related("account").first()
    if last is None:
        return "?", ""
    return str(last.account or comment.name), last.get_action_display()
