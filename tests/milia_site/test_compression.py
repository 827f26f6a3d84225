"""Public pages travel compressed; the desk's, which hold secrets, do not."""

import gzip

from django.test import Client

from tests import factories


def test_a_public_page_is_compressed_for_who_takes_it(client: Client, db: None) -> None:
    factories.published(factories.article_content())
    plain = client.get("/articles/removal/")
    packed = client.get("/articles/removal/", headers={"accept-encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert "Content-Encoding" not in plain.headers
    assert plain.headers["Vary"] == packed.headers["Vary"] == "Accept-Encoding"


def test_the_desk_is_not_compressed(client: Client, db: None) -> None:
    answer = client.get("/admin/login/", headers={"accept-encoding": "gzip"})
    assert answer.status_code == 200
    assert "Content-Encoding" not in answer.headers
