"""Why a comment, or an act on one, was refused; each in words for whoever reads them."""

import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _


class CommentRefused(Exception):
    """What was asked for is not possible; `status` is that of the HTTP answer."""

    status = 409

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Closed(CommentRefused):
    """The page takes no comments."""

    status = 403

    def __init__(self) -> None:
        super().__init__(_("This page takes no comments any more, so yours was not kept."))


class NoReply(CommentRefused):
    """What the reply is to is not there, or as deep as a conversation goes."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "The comment that you reply to cannot be replied to any more. Your words are "
                "still here: you can send them as a comment of their own."
            )
        )


class Banned(CommentRefused):
    """A moderator has barred this writer for a time."""

    status = 403

    def __init__(self, until: datetime.datetime) -> None:
        super().__init__(
            _("A moderator does not take comments of yours until %(until)s.")
            % {"until": date_format(until, "j F Y")}
        )


class TooMany(CommentRefused):
    """More was sent from one place than a person writes."""

    status = 429

    def __init__(self) -> None:
        super().__init__(
            _(
                "Many comments have come from your network just now, so this one was not taken. "
                "Your words are still here: please send them again in an hour."
            )
        )


class NotYours(CommentRefused):
    """A private link that leads to no comment."""

    status = 404

    def __init__(self) -> None:
        super().__init__(_("There is no comment behind this link. It may have been deleted."))


class TooLate(CommentRefused):
    """The time in which a writer may correct is over."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "A comment can be corrected for 15 minutes, and those are over. You can still "
                "delete it, and write another one."
            )
        )


class DecidedMeanwhile(CommentRefused):
    """Another moderator, readers or the writer changed the comment since it was looked at."""

    def __init__(self, name: str, act: str) -> None:
        if name:
            said = _("%(name)s was quicker (%(act)s).") % {"name": name, "act": act}
        elif act:
            said = _("It has changed meanwhile (%(act)s).") % {"act": act}
        else:
            said = _("It has changed meanwhile.")
        super().__init__(f"{said} {_('Nothing was done; look again.')}")


class NotPossible(CommentRefused):
    """The act does not fit the state of the comment."""

    def __init__(self, state: str) -> None:
        super().__init__(
            _("This comment is “%(state)s”; that cannot be done now.") % {"state": state}
        )


class NothingToUndo(CommentRefused):
    """The last decision is older than half a minute, or somebody else's."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "A decision can be taken back for 30 seconds, by whoever made it. Decide anew "
                "instead."
            )
        )


class WordsAdded(CommentRefused):
    """An edited text has words that the writer did not write."""

    def __init__(self, mark: str) -> None:
        super().__init__(
            _(
                "Words can only be taken out. Put %(mark)s in their place and change nothing else: "
                "what stands before and behind it stays."
            )
            % {"mark": mark}
        )


class ReasonNeeded(CommentRefused):
    """A refusal without a reason."""

    def __init__(self) -> None:
        super().__init__(_("Choose a reason. The writer reads it."))


class KeyLost(CommentRefused):
    """An e-mail address was encrypted with a key that the site does not have any more."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "The address cannot be read: SECRET_KEY has changed since. Whoever runs the site "
                "puts the old one into SECRET_KEY_FALLBACKS."
            )
        )
