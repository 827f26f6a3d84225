"""What the services that know sources tell of them, and how asking them can fail."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from references.errors import LibraryError


@dataclass(frozen=True, slots=True)
class FoundNotice:
    """A notice about a source as a service tells of it.

    `kind` is a value of `NoticeType`, `text` says where the notice appeared, `date` is ISO as far
    as it is known (“2024-05” or “”), and `service` is a value of `FoundNotice.Service`.
    """

    kind: str
    doi: str
    pmid: str
    text: str
    date: str
    service: str


class NoSuchRecord(LibraryError):
    """The service answered that it knows no such identifier."""

    def __init__(self, identifier: str) -> None:
        super().__init__(
            _(
                "No service knows “%(identifier)s”. Compare it with the publication, or fill in "
                "the form by hand."
            )
            % {"identifier": identifier}
        )
        self.identifier = identifier


class ServiceUnreachable(LibraryError):
    """The service could not be asked now; `retry_after` are the seconds that it wants to rest."""

    def __init__(self, service: str, *, retry_after: float | None = None) -> None:
        super().__init__(
            _(
                "%(service)s could not be asked just now. Try again in a few minutes, or fill in "
                "the form by hand."
            )
            % {"service": service}
        )
        self.service = service
        self.retry_after = retry_after


class UnexpectedAnswer(LibraryError):
    """The service answered with something that is no record; `detail` says what it was."""

    def __init__(self, service: str, detail: str) -> None:
        super().__init__(
            _(
                "%(service)s gave an answer that could not be used: %(detail)s Try again later, "
                "or fill in the form by hand."
            )
            % {"service": service, "detail": detail}
        )
        self.service = service
        self.detail = detail
