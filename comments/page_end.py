"""The comments below a public page: its first ones, and the way to write one."""

from django.conf import settings
from django.utils.safestring import SafeString

from comments.reading import read
from publishing import kinds
from publishing.frames import fill
from publishing.page_ends import Place


def comments_end(place: Place) -> SafeString | str:
    """The comments of readers; nothing on a kind of page that has none."""
    if not kinds.get(place.kind).takes_comments:
        return ""
    listed = read(place.page_id)
    is_open = settings.COMMENTS_OPEN and place.comments_open
    if not (is_open or listed.html):
        return ""
    values: dict[str, object] = {
        "count": listed.count or "",
        "items": listed.html,
        "more": listed.pages > 1,
        "open": is_open,
        "address": f"/comments/on/{place.kind}/{place.slug}/",
    }
    return fill("comments/_end.html", values)
