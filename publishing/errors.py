"""Named errors of the workflow. Each one's text can be shown to the person as it is."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from publishing.checks.model import Finding
from publishing.models import Event


class WorkflowError(Exception):
    """An action the present state, or the person's role, does not permit."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NotPermitted(WorkflowError):
    """The account lacks the permission."""

    def __init__(self) -> None:
        super().__init__(
            _("Your account may not do this. Ask a site admin to give you the right role.")
        )


class StaleWorkingCopy(WorkflowError):
    """Somebody else saved the working copy in the meantime."""

    def __init__(self, saved: Event | None = None) -> None:
        """`saved` says who it was, and when, if it is known."""
        who = saved.account if saved else None
        super().__init__(
            _(
                "%(person)s saved this page while you were writing. Nothing is lost: what you "
                "typed is still in this form, and what was saved stands beside it. Put together "
                "what belongs, then save again; the text of this form is kept then."
            )
            % {"person": who.get_full_name() or who.get_username() if who else _("Somebody else")}
        )


class WrongState(WorkflowError):
    """The revision is in a state that does not permit the action."""

    def __init__(self, *, state: str, wanted: str) -> None:
        super().__init__(
            _("This revision is %(state)s. Only one that is %(wanted)s can be used here.")
            % {"state": state, "wanted": wanted}
        )


class NothingChanged(WorkflowError):
    """The working copy equals a revision that is open or live."""

    def __init__(self) -> None:
        super().__init__(_("Nothing has changed since the last revision, so nothing to submit."))


class OwnText(WorkflowError):
    """An author tried to sign off their own text."""

    def __init__(self) -> None:
        super().__init__(
            _("You are an author of this text. Another person has to review and sign it.")
        )


class TextChanged(WorkflowError):
    """The signature was meant for another text."""

    def __init__(self) -> None:
        super().__init__(
            _("The text is not the one you read. Open the revision again and read it first.")
        )


class NoValidSignOff(WorkflowError):
    """No sign-off that counts permits publishing."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "No valid sign-off permits publishing this text. It may have expired, or the "
                "reviewer is a demonstration account. Ask a reviewer to sign a new revision."
            )
        )


class AddressTaken(WorkflowError):
    """Another live page has the address."""

    def __init__(self, slug: str) -> None:
        super().__init__(
            _("Another live page of this kind has the address “%(slug)s”. Choose another one.")
            % {"slug": slug}
        )


class NotLive(WorkflowError):
    """The page has no live revision."""

    def __init__(self) -> None:
        super().__init__(_("This page is not live, so it cannot be unpublished."))


class ReasonMissing(WorkflowError):
    """A sentence that the public or an author will read is missing."""

    def __init__(self, message: str) -> None:
        super().__init__(message)


class UnknownName(WorkflowError):
    """A document names something that does not exist."""

    def __init__(self, *, field: str, name: str) -> None:
        super().__init__(
            _("%(field)s: there is nothing called “%(name)s”. Make it first, or correct the name.")
            % {"field": field, "name": name}
        )
        self.field = field
        self.name = name


class SubmitBlocked(WorkflowError):
    """The text has faults that must be mended or waived before it can be submitted."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__(
            _("This text cannot be submitted yet: %(findings)s")
            % {"findings": " ".join(map(str, findings))}
        )
        self.findings = tuple(findings)


class NotQualified(WorkflowError):
    """The account's contributor may not sign: who they are is not said, or not any more."""

    def __init__(self, message: str) -> None:
        super().__init__(message)


class TimeInThePast(WorkflowError):
    """A publication was to be scheduled for a time that is over."""

    def __init__(self) -> None:
        super().__init__(
            _("This time is over. Choose a later one, or publish the text now instead.")
        )


class NotShareable(WorkflowError):
    """A preview link was to show a revision whose time is over."""

    def __init__(self, state: str) -> None:
        super().__init__(
            _(
                "This revision is %(state)s. A preview link shows one that is still on its way, "
                "or live: choose a newer one."
            )
            % {"state": state}
        )


class LinkEnded(WorkflowError):
    """A preview link was never made, was revoked, or is over: nobody is told which."""

    def __init__(self) -> None:
        super().__init__(_("This link does not work any more. Ask for a new one."))


class TooManyRemarks(WorkflowError):
    """A preview link has as many remarks as it takes."""

    def __init__(self, most: int) -> None:
        super().__init__(
            _(
                "This link takes %(most)s remarks, and all have been made. Send the rest to the "
                "person who gave you the link."
            )
            % {"most": most}
        )


class ReviewTooLate(WorkflowError):
    """A sign-off was to last longer than the page's interval."""

    def __init__(self, months: int) -> None:
        super().__init__(
            _(
                "This page is reviewed every %(months)s months. Give an earlier date, or have "
                "its interval changed first; 36 months are the most."
            )
            % {"months": months}
        )


class NothingToWaive(WorkflowError):
    """The finding is gone, or nobody may waive it."""

    def __init__(self) -> None:
        super().__init__(
            _("This finding is not there any more, or it can only be mended. Look again.")
        )


class TooManyReports(WorkflowError):
    """Readers report more than the desk can read."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "We have many reports at the moment and could not take this one. Your words are "
                "still here: please send them again in some minutes."
            )
        )
