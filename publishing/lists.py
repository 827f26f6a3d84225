"""Lists in pages of a fixed size, without counting what is not shown."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from publishing.frames import fill
from publishing.models import Revision
from references.addresses import NoSuchPage

PAGE_SIZE = 10
PAGES_MAX = 500
ID_DIGITS_MAX = 18


@dataclass(frozen=True)
class ListPage:
    """One page of a list."""

    rows: list[Revision]
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
    request: HttpRequest, rows: QuerySet[Revision], *, size: int | None = None, query: str = ""
) -> ListPage:
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
