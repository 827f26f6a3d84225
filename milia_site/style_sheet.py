"""The public pages' one style sheet, joined from the small ones in static/css/.

A reader's first visit asks for one file instead of a dozen. The files stay as they are written:
what is joined is their text, in the order of the cascade's layers.
"""

import os
import tempfile
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import FileSystemFinder
from django.core.files.storage import FileSystemStorage

NAME = "css/site.css"
PARTS = ("variables.css", "base.css", "layout.css", "components/*.css", "print.css")


class JoinedStyleFinder(FileSystemFinder):
    """Finds css/site.css, which it writes anew whenever it is made."""

    def __init__(self, *_args: object, **_kwargs: object) -> None:
        folder = Path(settings.JOINED_ROOT)
        write(folder / NAME)
        self.locations = [("", str(folder))]
        self.storages = {str(folder): FileSystemStorage(location=folder)}


def joined() -> str:
    """The style sheets of the public pages as one text."""
    source = Path(settings.BASE_DIR) / "static" / "css"
    files = [file for part in PARTS for file in sorted(source.glob(part))]
    return "".join(file.read_text(encoding="utf-8") for file in files)


def write(target: Path) -> None:
    """Write the joined style sheet, whole or not at all."""
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(joined())
    Path(name).chmod(0o644)
    Path(name).replace(target)
