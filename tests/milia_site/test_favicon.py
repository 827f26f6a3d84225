"""The icon at the address where browsers look for one."""

from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders


def test_the_icon_is_served_where_browsers_ask_for_it(client: Any) -> None:
    address = client.get("/favicon.ico").headers["Location"]
    found = finders.find(address.removeprefix("/static/"))
    assert found is not None
    assert Path(found).read_bytes().startswith(b"\x00\x00\x01\x00")
