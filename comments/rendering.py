"""A comment as readers see it: plain text with paragraphs, and links that nobody vouches for."""

import re

from django.urls import reverse
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from comments.models import MAX_DEPTH, Comment
from publishing.dates import day_html

# Raise it when the same comment gives other HTML; `manage.py rerender` then makes it anew.
VERSION = 1
_PARAGRAPHS = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_LINK = re.compile(r"https?://[^\s<>\"'\x60]{1,400}", re.IGNORECASE)
# A full stop or bracket behind an address belongs to the sentence.
_AFTER = ".,;:!?)]}…"


def text_html(text: str) -> SafeString:
    """The text as paragraphs; what looks like Markdown or HTML is text too."""
    paragraphs = [each for each in _PARAGRAPHS.split(text.strip()) if each.strip()]
    return format_html_join("", "<p>{}</p>", ((_lines(each),) for each in paragraphs))


def _lines(paragraph: str) -> SafeString:
    first, *rest = map(_with_links, paragraph.split("\n"))
    return format_html("{}{}", first, format_html_join("", "<br>{}", ((line,) for line in rest)))


def _with_links(line: str) -> SafeString:
    parts: list[SafeString] = []
    place = 0
    for match in _LINK.finditer(line):
        url = match[0].rstrip(_AFTER)
        parts += (escape(line[place : match.start()]), _link(url))
        place = match.start() + len(url)
    return format_html_join("", "{}", ((part,) for part in (*parts, escape(line[place:]))))


def _link(url: str) -> SafeString:
    return format_html('<a href="{0}" rel="ugc nofollow noopener">{0}</a>', url)


def item_html(comment: Comment) -> SafeString:
    """The comment as an item of the list below a page; the stub of one that is not there now."""
    if comment.state != Comment.State.APPROVED:
        return _item(comment, format_html('<p class="meta">{}</p>', stub(comment)), "")
    badge = _("The site") if comment.is_site else ""
    head = format_html(
        '<p class="comment-head"><strong dir="auto">{}</strong>{} '
        '<a href="#comment-{}">{}</a>{}</p>',
        comment.name,
        badge and format_html(' <span class="comment-badge">{}</span>', badge),
        comment.pk,
        day_html(comment.written_at),
        format_html(" ({})", _("corrected by its writer")) if comment.corrected_at else "",
    )
    text = format_html('{}<div dir="auto">{}</div>', head, text_html(comment.text))
    return _item(comment, text, _ways_on(comment))


def stub(comment: Comment) -> str:
    """What stands where a comment was."""
    match comment.state:
        case Comment.State.REMOVED:
            return _("A moderator has removed this comment. Reason: %(reason)s.") % {
                "reason": comment.get_reason_display()
            }
        case Comment.State.HELD:
            return _("A moderator looks at this comment.")
        case Comment.State.ERASED:
            return _("This comment was deleted.")
    return _("This comment is not shown any more.")


def _ways_on(comment: Comment) -> SafeString:
    label = format_html(
        '<span class="visually-hidden"> {}</span>',
        _("to the comment of %(name)s") % {"name": comment.name},
    )
    ways = []
    if comment.depth < MAX_DEPTH:
        ways.append((reverse("comments:reply", args=[comment.pk]), _("Reply"), label))
    ways.append((reverse("comments:flag", args=[comment.pk]), _("Something wrong with it?"), label))
    links = format_html_join(" ", '<a href="{}" rel="nofollow">{}{}</a>', ways)
    return format_html('<p class="comment-ways">{}</p>', links)


def _item(comment: Comment, html: SafeString, ways: SafeString | str) -> SafeString:
    return format_html(
        '<li id="comment-{}" class="comment comment-depth-{}">{}{}</li>',
        comment.pk,
        comment.depth,
        html,
        ways,
    )
