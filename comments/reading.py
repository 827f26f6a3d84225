"""Reading the comments below a page: one query, whatever their number."""

from dataclasses import dataclass

from django.db import connection
from django.utils.safestring import SafeString

from comments.models import Comment

SHOWN = 50  # a page of the list
_PAGE = """
SELECT count(*) FILTER (WHERE state = 'approved'), count(*),
    (SELECT string_agg(html, '' ORDER BY place) FROM (
        SELECT html, row_number() OVER (ORDER BY {order}) AS place FROM comments_comment
        WHERE page_id = %(page)s AND html <> ''
        ORDER BY {order} LIMIT %(shown)s OFFSET %(offset)s
    ) shown)
FROM comments_comment
WHERE page_id = %(page)s AND html <> ''
"""
# Replies follow what they reply to in both.
OLDEST = _PAGE.format(order="path")
NEWEST = _PAGE.format(order="split_part(path, '.', 1) DESC, path")


@dataclass(frozen=True)
class Shown:
    """A page of the list: how many comments there are in all, and the items as HTML."""

    count: int
    pages: int
    html: SafeString


def read(page_id: int, number: int = 1, *, newest_first: bool = False) -> Shown:
    """One page of the comments below a page, as readers see them."""
    values = {"page": page_id, "shown": SHOWN, "offset": (number - 1) * SHOWN}
    with connection.cursor() as cursor:
        cursor.execute(NEWEST if newest_first else OLDEST, values)
        count, items, html = cursor.fetchone()
    # Made by comments.rendering when the comment was let through.
    return Shown(count, max(1, -(-items // SHOWN)), SafeString(html or ""))


def page_of(comment: Comment) -> int:
    """The page of the list, oldest first, that a public comment stands on."""
    before = Comment.objects.public().filter(page=comment.page_id, path__lt=comment.path)
    return before.count() // SHOWN + 1
