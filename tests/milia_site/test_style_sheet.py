"""All public style sheets arrive as one file, small enough for an old phone."""

import gzip
import re

from django.test import Client

from milia_site.style_sheet import joined


def test_the_public_pages_ask_for_one_style_sheet(client: Client, db: None) -> None:
    html = client.get("/").content.decode()
    assert re.findall(r'rel="stylesheet" href="(.*?)"', html) == ["/static/css/site.css"]


def test_the_layers_are_declared_before_they_are_filled(client: Client) -> None:
    answer = client.get("/static/css/site.css")
    sheet = b"".join(answer).decode()
    assert sheet == joined()
    assert sheet.startswith("@layer variables, base, layout, components;")
    assert sheet.count("{") == sheet.count("}")


def test_the_style_sheet_is_small_on_the_wire() -> None:
    assert len(gzip.compress(joined().encode())) < 10_000
