"""Browsers learn of the search from the OpenSearch description."""

import xml.etree.ElementTree as ET
from typing import Any

import pytest

from tests import menu

pytestmark = pytest.mark.django_db
SPACE = "{http://a9.com/-/spec/opensearch/1.1/}"


def test_it_names_the_search_of_this_site(client: Any, settings: Any) -> None:
    settings.SITE_NAME = "Skin <&> hair of a long name"
    answer = client.get("/opensearch.xml")
    assert answer.headers["Content-Type"] == "application/opensearchdescription+xml"
    description = ET.fromstring(answer.content)
    assert description.findtext(f"{SPACE}ShortName") == "Skin <&> hair of"
    url = description.find(f"{SPACE}Url")
    assert url is not None
    assert url.attrib["template"] == f"{settings.SITE_URL}/search/?q={{searchTerms}}"


def test_every_page_names_it(client: Any) -> None:
    assert '<link rel="search" href="/opensearch.xml"' in client.get("/").content.decode()


def test_it_answers_reads_only(client: Any) -> None:
    menu.answers_only_reads(client, "/opensearch.xml")
