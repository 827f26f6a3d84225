"""CSL-JSON: a list of items, one item alone, or an object with a list called “items”.

Format: https://github.com/citation-style-language/schema (csl-data.json).
"""

import json
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from references.readers.records import Record, record, unread


def read(text: str) -> Iterator[Record]:
    """The records of a file of CSL-JSON; after broken JSON there is none."""
    try:
        data = json.loads(text)
    except ValueError as error:
        line = getattr(error, "lineno", 1)
        yield unread(line, _("This is not JSON: %(error)s") % {"error": error}, text)
        return
    except RecursionError:
        yield unread(1, _("This JSON is nested too deep to be a list of references."), text)
        return
    if isinstance(data, dict) and isinstance(data.get("items"), list):
        data = data["items"]
    lines = _Lines(text)
    for raw in data if isinstance(data, list) else [data]:
        line = lines.next_of(raw)
        if isinstance(raw, dict):
            key = raw.get("id") or raw.get("citation-key") or ""
            yield record(line, raw, key=str(key), text=json.dumps(raw, ensure_ascii=False))
        else:
            reason = _("A reference is a JSON object with variables such as “title”.")
            yield unread(line, reason, json.dumps(raw, ensure_ascii=False))


class _Lines:
    """Finds the lines at which items begin, one after the other, by the titles they hold."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.place = 0
        self.line = 1

    def next_of(self, raw: Any) -> int:
        """The line of the item's first value in the text, or of what came before it."""
        title = raw.get("title") if isinstance(raw, dict) else raw
        for ascii_only in (False, True):
            found = self.text.find(json.dumps(title, ensure_ascii=ascii_only), self.place)
            if found >= 0:
                self.line += self.text.count("\n", self.place, found)
                self.place = found + 1
                break
        return self.line
