"""What other sites are told of each public view, to show beside a link to it."""

import re
from typing import Any

import pytest
from django.conf import settings

from publishing.content import Credit
from publishing.models import Contributor
from tests import factories

pytestmark = pytest.mark.django_db
SITE = settings.SITE_URL
META = re.compile(r'<meta (?:property|name)="((?:og|twitter):[^"]*)" content="([^"]*)">')


def told(client: Any, address: str) -> list[tuple[str, str]]:
    answer = client.get(address)
    assert answer.status_code == 200
    found: list[tuple[str, str]] = META.findall(answer.content.decode())
    return found


def expected(
    url: str, title: str, description: str, *, card: str = "/cards/site.png", **more: str
) -> list[tuple[str, str]]:
    about = [("og:description", description)] if description else []
    return [
        ("og:site_name", settings.SITE_NAME),
        ("og:url", SITE + url),
        ("og:type", more.get("type", "website")),
        ("og:title", title),
        *about,
        ("og:image", SITE + card),
        ("og:image:width", "1200"),
        ("og:image:height", "630"),
        ("og:image:alt", more.get("alt", settings.SITE_NAME)),
        ("twitter:card", "summary_large_image"),
    ]


def test_a_page_of_each_kind_has_its_own_title_and_card(client: Any) -> None:
    factories.published(factories.condition_content())
    factories.published(factories.technique_content())
    factories.published(factories.article_content())
    factories.published(factories.question_content())
    factories.published(factories.glossary_content())
    factories.published(factories.plain_page_content())
    words = "Words about skin and its treatment, in plain language."
    for kind, slug, url, title, description in (
        ("condition", "milia", "/conditions/milia/", "Milia", "Small bumps."),
        ("technique", "do-nothing", "/techniques/do-nothing/", "Do nothing", "A sound choice."),
        (
            *("article", "removal", "/articles/removal/", "Removal"),
            "Milia are harmless and may be left alone.",
        ),
        ("question", "what-are-milia", "/faq/what-are-milia/", "What are milia?", "Tiny cysts."),
        ("glossary", "glossary", "/glossary/", "Glossary", words),
        ("page", "about", "/about/", "About", ""),
    ):
        card = f"/cards/{kind}/{slug}.png"
        assert told(client, url) == expected(
            url, title, description, card=card, type="article", alt=title
        )
        assert client.get(card).status_code == 200


def test_lists_have_the_card_of_the_site_and_other_views_one_of_their_own(client: Any) -> None:
    Contributor.objects.create(slug="jo", name="Jo & Co")
    factories.published(factories.article_content(contributors=(Credit(contributor="jo"),)))
    front = "Skin conditions, explained from evidence"
    what = "What is known about skin conditions and their treatment, how sure we are of it, and"
    assert told(client, "/") == expected("/", front, f"{what} where it comes from.")
    newest = "Articles about skin conditions and their treatment, the newest first."
    assert told(client, "/articles/") == expected("/articles/", "Articles", newest)
    assert told(client, "/references/") == expected(
        "/references/",
        "References",
        "Every source in our library, whether a page cites it yet or not.",
    )
    source = "The source “Title of berk2008”, its notices, and the pages that cite it."
    assert told(client, "/references/berk2008/") == expected(
        "/references/berk2008/",
        "Title of berk2008",
        source,
        card="/cards/source/berk2008.png",
        alt="Title of berk2008",
    )
    assert told(client, "/contributors/jo/") == expected(
        "/contributors/jo/",
        "Jo &amp; Co",
        "Who Jo &amp; Co is, and the pages they stand behind.",
        type="profile",
        card="/cards/contributor/jo.png",
        alt="Jo &amp; Co",
    )
    titles = {
        address: dict(told(client, address))["og:title"]
        for address in ("/techniques/", "/faq/", "/search/", "/conditions/milia/compare/")
    }
    assert titles == {
        "/techniques/": "Techniques",
        "/faq/": "Questions and answers",
        "/search/": "Search",
        "/conditions/milia/compare/": "Milia: the options compared",
    }


def test_a_comparison_has_a_card_of_its_own(client: Any) -> None:
    factories.published(factories.condition_content())
    compared = dict(told(client, "/conditions/milia/compare/"))
    assert compared["og:image"] == f"{SITE}/cards/compare/milia.png"
    assert compared["og:image:alt"] == "Milia: the options compared"


def test_a_page_that_is_not_there_has_no_card(client: Any) -> None:
    assert META.findall(client.get("/articles/nothing/").content.decode()) == []
