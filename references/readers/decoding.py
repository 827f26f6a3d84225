"""From the bytes of a file to its text, whatever program wrote it."""

import re

from django.utils.translation import gettext as _

MAX_BYTES = 20_000_000
BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_HIGH_BYTES = re.compile(rb"[\x80-\xff]+")
# In GBK most characters are two bytes above 0x80, so that these stand in even numbers.
_MOSTLY = 0.7
# What no text has, and what stands where bytes were none of the encoding's.
_STRANGE = "".join(map(chr, [*range(1, 9), *range(14, 32), 127])) + "\ufffd"
_MOST_STRANGE = 0.02  # of all characters; in bytes at random it is a tenth


class UnreadableFile(Exception):
    """A file that is no text, or too large; the text says what to do."""


def decode(data: bytes) -> str:
    """The text of a file, its line ends made newlines.

    UTF-8 and UTF-16 by their marks, else UTF-8, else GBK (GB 18030) where the bytes come in pairs,
    else Windows-1252, of which Latin-1 is a part.

    Raises:
        UnreadableFile: the file is over 20 MB, or no text.
    """
    if len(data) > MAX_BYTES:
        message = _("The file is larger than %(most)d MB. Split it and import the parts.")
        raise UnreadableFile(message % {"most": MAX_BYTES // 1_000_000})
    text = _decoded(data)
    if "\0" in text or sum(map(text.count, _STRANGE)) > _MOST_STRANGE * len(text):
        raise UnreadableFile(
            _("This is not a text file. Export the references again, as RIS or BibTeX for example.")
        )
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _decoded(data: bytes) -> str:
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    try:
        return data.decode()
    except UnicodeDecodeError:
        pass
    if _comes_in_pairs(data):
        try:
            return data.decode("gb18030")
        except UnicodeDecodeError:
            pass
    return data.decode("cp1252", errors="replace")


def _comes_in_pairs(data: bytes) -> bool:
    runs = [len(run) for run in _HIGH_BYTES.findall(data)]
    return sum(length % 2 == 0 for length in runs) > _MOSTLY * len(runs)
