"""Named errors of the library of sources. Each one's text can be shown to the person as it is."""

from django.utils.translation import gettext as _


class LibraryError(Exception):
    """Something about a source that cannot be stored; `field` is the CSL variable it is about."""

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class InvalidItem(LibraryError):
    """A CSL-JSON item with a variable that is missing, unknown or has a wrong form."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}" if field else reason, field=field)
        self.reason = reason


class InvalidCitekey(LibraryError):
    """A citekey with letters that texts cannot use."""

    def __init__(self, citekey: str) -> None:
        super().__init__(
            _(
                "“%(citekey)s” cannot be a citekey. Use letters without accents, digits, hyphens "
                "and underscores, and begin with a letter or digit: kurokawa2016."
            )
            % {"citekey": citekey},
            field="citekey",
        )


class CitekeyTaken(LibraryError):
    """Another source has the citekey."""

    def __init__(self, citekey: str) -> None:
        super().__init__(
            _("Another reference has the citekey “%(citekey)s”. Choose another one.")
            % {"citekey": citekey},
            field="citekey",
        )


class IdentifierTaken(LibraryError):
    """Another source has the DOI or PMID, so this one is in the library already."""

    def __init__(self, *, field: str, value: str, citekey: str) -> None:
        super().__init__(
            _(
                "The reference “%(citekey)s” has the %(field)s %(value)s already. Cite that one, "
                "or correct the %(field)s."
            )
            % {"field": field, "value": value, "citekey": citekey},
            field=field,
        )
        self.citekey = citekey


class UnknownReference(LibraryError):
    """There is no source with the citekey."""

    def __init__(self, citekey: str) -> None:
        super().__init__(
            _("There is no reference “%(citekey)s”.") % {"citekey": citekey}, field="citekey"
        )


class StaleReference(LibraryError):
    """Somebody else saved the source in the meantime."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Somebody else saved this reference while you were writing. Nothing you typed is "
                "lost: it is still in this form. Open the reference in a second window, compare, "
                "and save again from there."
            )
        )
