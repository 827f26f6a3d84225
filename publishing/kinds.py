"""What differs between kinds of page, by kind. Higher apps register theirs when they are ready.

Publishing itself never asks a page for its child: it finds here how to read a working copy into
a content document, how to write one back, and where the public page stands.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from publishing.content import PageContent
from publishing.markdown import Fragment, Term
from publishing.models import Page

Read = Callable[[int], PageContent]
Write = Callable[[Any, Page | None, AbstractBaseUser], Page]
Context = Callable[[Any], dict[str, Any]]
Parts = Callable[[Any, Mapping[str, Fragment]], dict[str, Any]]


def no_parts(_content: PageContent, _fragments: Mapping[str, Fragment]) -> dict[str, Any]:
    """The parts of a kind whose page is made from its fragments when it is read."""
    return {}


@dataclass(frozen=True)
class Findable:
    """What search may find of a page: the page itself, or a part of it at an anchor.

    `kind` sets a part apart from pages; `names` are other words for the same thing.
    """

    title: str
    summary: str
    body: str
    names: tuple[str, ...] = ()
    anchor: str = ""
    kind: str = ""


Parted = Callable[[Any, Mapping[str, Fragment]], Iterable[Findable]]


def no_findable_parts(
    _content: PageContent, _fragments: Mapping[str, Fragment]
) -> Iterable[Findable]:
    """Of most kinds, search finds whole pages only."""
    return ()


@dataclass(frozen=True)
class PageKind:
    """One kind of page.

    `read` turns the working copy with this id into its document; `write` stores a document as
    the working copy of a page, or of a new one. `url_name` takes the slug (unless `has_slug` is
    false); `list_url_name` is the list of all pages of the kind, which is called `list_title`,
    and `compare_url_name` sets pages of the kind `compares` that are about one page side by side.
    `parts` makes what public pages join, once, when the revision is made; the page of a kind with
    `read_from_parts` needs no more of its documents. The template of a `framed` kind is a frame,
    and its context the values of the slots. `findable_parts` are what search finds of a page
    beside the page itself. Readers comment on a kind that `takes_comments`. `includes_kind` and
    `part_of_kind` say which kind the slugs in a document belong to.
    """

    kind: str
    content: type[PageContent]
    model: type[Page]
    read: Read
    write: Write
    url_name: str
    folder: str
    template: str
    context: Context
    parts: Parts = no_parts
    findable_parts: Parted = no_findable_parts
    read_from_parts: bool = False
    framed: bool = False
    has_slug: bool = True
    takes_comments: bool = False
    list_url_name: str = ""
    list_title: Promise | str = ""
    compare_url_name: str = ""
    compares: str = ""
    includes_kind: str = ""
    part_of_kind: str = ""

    def permission(self, action: str) -> str:
        """The permission to view, add or change pages of this kind."""
        meta = self.model._meta
        return f"{meta.app_label}.{action}_{meta.model_name}"

    def admin_url(self, page_id: int, name: str = "change") -> str:
        """An address of a page of this kind at the desk."""
        meta = self.model._meta
        return reverse(f"admin:{meta.app_label}_{meta.model_name}_{name}", args=[page_id])


_kinds: dict[str, PageKind] = {}
_terms: list[Callable[[], Iterable[Term]]] = []


class UnknownKind(LookupError):
    """No app has registered this kind of page."""


def register(kind: PageKind) -> None:
    """Make a kind of page known. Called once a kind, from `AppConfig.ready`."""
    _kinds[kind.kind] = kind


def register_terms(provider: Callable[[], Iterable[Term]]) -> None:
    """Make glossary terms known to the renderer."""
    _terms.append(provider)


def get(kind: str) -> PageKind:
    """The kind of this name, or UnknownKind."""
    try:
        return _kinds[kind]
    except KeyError:
        raise UnknownKind(
            _("There is no kind of page called “%(kind)s”. Known are: %(known)s.")
            % {"kind": kind, "known": ", ".join(sorted(_kinds))}
        ) from None


def registered() -> tuple[PageKind, ...]:
    """Every kind, in the order of registration: what others refer to comes first."""
    return tuple(_kinds.values())


def terms() -> tuple[Term, ...]:
    """Every glossary term that a text may explain."""
    return tuple(term for provider in _terms for term in provider())
