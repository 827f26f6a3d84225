"""What is the same on every page is rendered once; what is not is filled in, escaped."""

import datetime
from typing import Any

import pytest
from django.conf import LazySettings
from django.template import Context, Template
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString

from publishing import kinds
from publishing.dates import day_html
from publishing.frames import fill
from publishing.public import ShownRevision
from references.addresses import address
from references.models import Reference
from tests import factories


def test_a_frame_is_its_template_with_values_escaped_unless_they_are_html() -> None:
    template = "publishing/_references.html"
    filled = fill(template, {"items": SafeString("<li>one</li>"), "number": 1})
    assert "<h2" in filled
    assert '<ol class="references"><li>one</li></ol>' in filled
    assert '<ol class="references">&lt;b&gt;</ol>' in fill(template, {"items": "<b>", "number": 1})


def test_a_value_cannot_open_another_slot() -> None:
    slot = SafeString("<!--slot:items-->")
    assert fill("publishing/_references.html", {"items": slot, "number": 1}).count(slot) == 1


def test_a_frame_may_ask_whether_a_value_is_there() -> None:
    template, values = "publishing/_person.html", {"url": "/x/", "name": "Ada"}
    assert fill(template, values | {"credentials": ""}) == '<a href="/x/" dir="auto">Ada</a>'
    assert fill(template, values | {"credentials": "RN"}) == (
        '<a href="/x/" dir="auto">Ada</a>, RN'
    )


@pytest.mark.django_db
@pytest.mark.parametrize("demo", [True, False])
def test_a_framed_page_follows_the_settings_of_the_site(
    client: Any, settings: LazySettings, demo: bool
) -> None:
    factories.published(factories.article_content())
    settings.DEMO_MODE = demo
    settings.SITE_NAME = f"Site {demo}"
    html = client.get("/articles/removal/").content.decode()
    assert ("demo-notice" in html) is demo
    assert f"Site {demo}" in html


def test_what_stands_in_once_is_rendered_once_in_each_language() -> None:
    template = Template("{% load i18n once %}{% once %}{% now 'u' %} {{ name }}{% endonce %}")
    first = template.render(Context({"name": "a secret"}))
    assert template.render(Context({"name": "other"})) == first
    assert "secret" not in first
    with translation.override("de"):
        assert template.render(Context()) != first


def test_a_day_is_written_in_words_and_for_programs() -> None:
    html = '<time datetime="2026-06-05">5 June 2026</time>'
    assert day_html(datetime.date(2026, 6, 5)) == html


@pytest.mark.parametrize("name", ["references:detail", "articles:detail", "faq:detail"])
def test_an_address_is_what_reverse_gives(name: str) -> None:
    assert address(name, "one-two-3") == reverse(name, args=["one-two-3"])


@pytest.mark.django_db
def test_what_was_kept_of_a_page_is_used_only_while_nothing_on_it_has_changed(
    client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    kind = kinds.get("article")
    context = kind.context

    def noted(shown: ShownRevision) -> dict[str, Any]:
        made.append(shown.title)
        return context(shown)

    factories.published(factories.article_content())
    # A kind is frozen, so that no app changes another's.
    monkeypatch.setitem(kind.__dict__, "context", noted)
    first = client.get("/articles/removal/").content
    assert (client.get("/articles/removal/").content, len(made)) == (first, 1)
    Reference.objects.update(entry_html="Another entry.")
    assert b"Another entry." in client.get("/articles/removal/").content
    assert len(made) == 2
