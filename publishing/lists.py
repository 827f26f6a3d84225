"""Lists in pages of a fixed size, without counting what is not shown."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from django.conf import settings
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from publishing.frames import fill
from references.addresses import NoSuchPage

PAGE_SIZE = 10
PAGES_MAX = 500
ID_DIGITS_MAX = 18


Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class ListPage(Generic[Row]):
    """One page of a list."""

    rows: list[Row]
    number: int
    has_next: bool
    query: str = ""  # what the addresses of the other pages begin with, such as "condition=milia&"

    @property
    def previous(self) -> int:
        """The number of the page before; 0 is none."""
        return self.number - 1

    @property
    def next(self) -> int:
        """The number of the page after; 0 is none."""
        return self.number + 1 if self.has_next else 0

    def canonical(self, path: str) -> str:
        """The address of this page of the list at a path, under which it is to be known.

        The first page of a list that is narrowed is known as the whole list.
        """
        return f"{settings.SITE_URL}{path}{self._address(self.number) if self.previous else ''}"

    @property
    def bar(self) -> SafeString | str:
        """Links to the pages before and after, where there are any."""
        if not (self.previous or self.next):
            return ""
        page = _("Page %(number)s") % {"number": self.number}
        values = {
            "previous": self.previous and self._address(self.previous),
            "page": page,
            "next": self.next and self._address(self.next),
        }
        return fill("publishing/_pagination.html", values)

    def _address(self, number: int) -> str:
        return f"?{self.query}page={number}"


def wanted_page(request: HttpRequest) -> int:
    """The number in `?page=`, from 1 on; NoSuchPage where it is none."""
    wanted = request.GET.get("page", "1")
    short = len(wanted) <= len(str(PAGES_MAX)) and wanted.isascii() and wanted.isdecimal()
    if not short or not 1 <= int(wanted) <= PAGES_MAX:
        raise NoSuchPage
    return int(wanted)


def id_of(text: str) -> int | None:
    """The id of a row that somebody sent; none where it can be none."""
    may_be = text.isascii() and text.isdecimal() and len(text) <= ID_DIGITS_MAX
    return int(text) if may_be else None


def list_page(
    request: HttpRequest, rows: QuerySet[Row], *, size: int | None = None, query: str = ""
) -> ListPage[Row]:
    """The page that `?page=` asks for; NoSuchPage where there is none. Its links keep the query."""
    size = size or PAGE_SIZE
    number = wanted_page(request)
    start = (number - 1) * size
    found = list(rows[start : start + size + 1])
    if not found and number > 1:
        raise NoSuchPage
    return ListPage(
        rows=found[:size],
        number=number,
        has_next=len(found) > size and number < PAGES_MAX,
        query=query,
    )
