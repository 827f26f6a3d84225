"""Writes the comments as JSON, one a line: what readers see, or with --with-private all of it."""

import json
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from comments.keys import decrypt_email
from comments.models import Comment


class Command(BaseCommand):
    help = (
        "Print the comments that readers see, one JSON object a line. With --with-private also"
        " those that they do not see, and e-mail addresses."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--with-private",
            action="store_true",
            help="all comments, with the e-mail addresses of their writers",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        for line in lines(private=options["with_private"]):
            self.stdout.write(json.dumps(line, ensure_ascii=False))


def lines(*, private: bool) -> Iterator[dict[str, Any]]:
    """The comments in the order in which they came."""
    comments = Comment.objects.select_related("page", "address").order_by("pk")
    if not private:
        comments = comments.filter(state=Comment.State.APPROVED)
    for comment in comments.iterator(chunk_size=500):
        line = {
            "number": comment.pk,
            "page": f"{comment.page.kind}/{comment.page.slug}",
            "reply_to": comment.parent_id,
            "name": comment.name,
            "text": comment.text,
            "written_at": comment.written_at.isoformat(),
            "site": comment.is_site,
        }
        if private:
            address = comment.address
            line["state"] = comment.state
            line["reason"] = comment.reason
            line["email"] = decrypt_email(address.encrypted) if address else ""
        yield line
