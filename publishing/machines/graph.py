"""What a page says of itself to search engines: one graph in the vocabulary of schema.org.

It says what the page shows and nothing else. Who reviewed the page, and when, stands on the
WebPage: `lastReviewed` and `reviewedBy` are properties of that class, not of an Article.
"""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from publishing.public import Person, Review, ShownRevision, url_of
from references.addresses import address
from references.entries import Status
from references.json_ld import CLASSES

# The node for what a page of a kind is about itself. https://schema.org/docs/meddocs.html
SUBJECTS = {"condition": "MedicalCondition", "technique": "TherapeuticProcedure"}


def graph(shown: ShownRevision, citekeys: Sequence[str]) -> list[dict[str, Any]]:
    """The nodes: the page, and its article or its subject."""
    kind = shown.revision.kind
    url = settings.SITE_URL + shown.url
    citations = {"citation": [_citation(shown, key) for key in citekeys]}
    page = _page(shown, url)
    if kind == "article":
        page["mainEntity"] = {"@id": f"{url}#article"}
        page["breadcrumb"] = _breadcrumb(shown)
        return [_full(page), _full(_article(shown, url) | citations)]
    if kind in SUBJECTS:
        page |= citations | {"about": {"@id": f"{url}#subject"}}
        subject = {"@type": SUBJECTS[kind], "@id": f"{url}#subject", "name": shown.title}
        return [_full(page), subject]
    return [_full(page | citations | _about(shown))]


def _page(shown: ShownRevision, url: str) -> dict[str, Any]:
    plain = shown.revision.kind in ("page", "glossary")
    review = _valid(shown.review)
    return {
        "@type": "WebPage" if plain else "MedicalWebPage",
        "@id": url,
        "url": url,
        "name": shown.title,
        "description": shown.revision.summary,
        "inLanguage": settings.LANGUAGE_CODE,
        "datePublished": shown.published_at and shown.published_at.isoformat(),
        "dateModified": shown.updated_at and shown.updated_at.isoformat(),
        "lastReviewed": review and review.signed_at.date().isoformat(),
        "reviewedBy": review and _person(review.person),
    }


def _valid(review: Review | None) -> Review | None:
    """The review while it counts; the page still names an expired one, as overdue."""
    return review if review and review.expires_at > timezone.now() else None


def _article(shown: ShownRevision, url: str) -> dict[str, Any]:
    return {
        "@type": "Article",
        "@id": f"{url}#article",
        "mainEntityOfPage": {"@id": url},
        "headline": shown.title,
        "description": shown.revision.summary,
        "author": [_person(person) for person in shown.byline],
        "datePublished": shown.published_at and shown.published_at.isoformat(),
        "dateModified": shown.updated_at and shown.updated_at.isoformat(),
        **_about(shown),
    }


def _breadcrumb(shown: ShownRevision) -> dict[str, Any]:
    """The way to an article, as its navigation shows it."""
    steps = [(_("Skin"), "/")]
    if shown.condition:
        steps.append((shown.condition.title, url_of(shown.condition)))
    steps.append((shown.title, shown.url))
    items = [
        {"@type": "ListItem", "position": place, "name": name, "item": settings.SITE_URL + url}
        for place, (name, url) in enumerate(steps, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _about(shown: ShownRevision) -> dict[str, Any]:
    """The condition that a page is about, if that has a public page."""
    condition = shown.condition
    if condition is None:
        return {}
    url = settings.SITE_URL + url_of(condition)
    node = {"@type": "MedicalCondition", "@id": f"{url}#subject", "name": condition.title}
    return {"about": node | {"url": url}}


def _person(person: Person) -> dict[str, Any]:
    return {"@type": "Person", "name": person.name, "url": settings.SITE_URL + person.url}


def _citation(shown: ShownRevision, citekey: str) -> dict[str, Any]:
    """A source of the reference list; a retracted one says so."""
    source = shown.around.cited[citekey]
    retracted = source["status"] == Status.RETRACTED
    return _full(
        {
            "@type": CLASSES.get(source["type"], "CreativeWork"),
            "name": source["title"],
            "url": settings.SITE_URL + address("references:detail", citekey),
            "creativeWorkStatus": "Retracted" if retracted else "",
        }
    )


def _full(node: dict[str, Any]) -> dict[str, Any]:
    """The node without what it does not know."""
    return {name: value for name, value in node.items() if value}
