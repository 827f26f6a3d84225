"""What comments add to a page on the wire."""

import gzip
import re
from typing import Any

import pytest

from publishing.models import Revision
from tests.comments.conftest import let_through, written

COMMENTS = 20
BYTES_MAX = 2_900  # compressed, for twenty ordinary comments
WORDS = (
    "Mine went by themselves after some months and I only waited, as the page says one may. My "
    "clinic offered to open them, which I did not want near the eye. Thank you for the table of "
    "options; it helped me to ask what they would do about marks on darker skin, and how long."
)


@pytest.mark.django_db
def test_twenty_comments_add_little_to_a_page(client: Any, page: Revision, moderator: Any) -> None:
    before = client.get("/articles/removal/").content
    words = re.findall(r"\w+", WORDS)
    for number in range(COMMENTS):
        text = " ".join(
            words[(number * 7 + place * (number + 3)) % len(words)] for place in range(45)
        )
        let_through(written(page, name=f"Reader {number}", text=f"{text}."), moderator)
    after = client.get("/articles/removal/").content
    assert after.count(b'class="comment comment-depth-0"') == COMMENTS
    assert len(gzip.compress(after)) - len(gzip.compress(before)) <= BYTES_MAX
