"""What a page says of itself to search engines: one graph in the vocabulary of schema.org.

It says what the page shows and nothing else. Who reviewed the page, and when, stands on the
WebPage: `lastReviewed` and `reviewedBy` are properties of that class, not of an Article.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings

from publishing.models import Revision
from publishing.public import Person, Review, ShownRevision, url_of
from publishing.reading import PARTS_APART
from publishing.trail import Step, front, trail
from references.addresses import address
from references.entries import Status
from references.json_ld import CLASSES
from references.links import doi_url

Node = dict[str, Any]
# The part of a revision that says what its page is about: a node, made with the revision. A page
# that other pages show has it where they read it, any other among its parts of its own.
SUBJECT = "subject"
# Their pages say how the site works, or what words mean; the others are about medicine.
NOT_MEDICAL = ("page", "glossary")


def graph(
    shown: ShownRevision, citekeys: Sequence[str], options: Iterable[Mapping[str, Any]] = ()
) -> list[Node]:
    """The nodes: the page, and its article or its subject.

    The options are the subjects of the techniques that the page shows, as their parts hold them.
    """
    url = settings.SITE_URL + shown.url
    page = _page(shown, url)
    says: Node = {
        **_about(shown),
        "mentions": [option(each) for each in options],
        "citation": [citation(key, shown.around.cited[key]) for key in citekeys],
    }
    if shown.revision.kind == "article":
        page["mainEntity"] = {"@id": f"{url}#article"}
        return [_full(page), _full(_article(shown, url) | says)]
    subject = shown.parts.get(SUBJECT) or shown.parts.get(PARTS_APART, {}).get(SUBJECT)
    if subject:
        page["mainEntity"] = {"@id": f"{url}#subject"}
        return [_full(page | says), {"@id": f"{url}#subject", **subject, "url": url}]
    return [_full(page | says)]


def valid_review(shown: ShownRevision) -> Review | None:
    """The review until the day on which it expires; the page names one that is overdue too."""
    review = shown.review
    if review is None or shown.overdue or review.expires_at.date() <= shown.today:
        return None
    return review


def site_node() -> Node:
    """The site that a page is a part of."""
    return {"@type": "WebSite", "name": settings.SITE_NAME, "url": f"{settings.SITE_URL}/"}


def view_graph(
    url: str, name: str, description: str, said: Mapping[str, Any], way: Iterable[Step] = ()
) -> list[Node]:
    """The nodes of a public view that is no revision; what it says of itself goes over the rest.

    `way` is what stands between the front page and this one.
    """
    steps = [front(), *way, Step(name, url.removeprefix(settings.SITE_URL))]
    page = {
        "@type": "WebPage",
        "@id": url,
        "url": url,
        "name": name,
        "description": description,
        "inLanguage": settings.LANGUAGE_CODE,
        "isPartOf": site_node(),
        "breadcrumb": breadcrumb(steps),
    }
    return [_full({**page, **said})]


def listing(revisions: Iterable[Revision]) -> Node:
    """What a page that lists live revisions says: their names in the order of the list."""
    items = [
        {
            "@type": "ListItem",
            "position": place,
            "name": revision.title,
            "url": settings.SITE_URL + url_of(revision),
        }
        for place, revision in enumerate(revisions, 1)
    ]
    entity = {"@type": "ItemList", "itemListElement": items}
    return {"@type": "CollectionPage", **({"mainEntity": entity} if items else {})}


def breadcrumb(steps: Iterable[Step]) -> Node:
    """The way to a page, as its navigation shows it."""
    items = [
        {
            "@type": "ListItem",
            "position": place,
            "name": step.name,
            "item": {"@id": settings.SITE_URL + step.url},
        }
        for place, step in enumerate(steps, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _page(shown: ShownRevision, url: str) -> Node:
    review = valid_review(shown)
    return {
        "@type": "WebPage" if shown.revision.kind in NOT_MEDICAL else "MedicalWebPage",
        "@id": url,
        "url": url,
        "name": shown.title,
        "description": shown.revision.summary,
        "inLanguage": settings.LANGUAGE_CODE,
        "isPartOf": site_node(),
        "breadcrumb": breadcrumb(trail(shown)),
        **_dates(shown),
        "lastReviewed": review and review.signed_at.date().isoformat(),
        "reviewedBy": review and _person(review.person),
    }


def _article(shown: ShownRevision, url: str) -> Node:
    return {
        "@type": "Article",
        "@id": f"{url}#article",
        "mainEntityOfPage": {"@id": url},
        "headline": shown.title,
        "description": shown.revision.summary,
        "author": [_person(person) for person in authors(shown)],
        "image": _picture(shown),
        **_dates(shown),
    }


def _picture(shown: ShownRevision) -> Node | None:
    """The picture that the article leads with; none where an older renderer noted none."""
    picture: Mapping[str, Any] | None = shown.parts.get("picture")
    if not picture:
        return None
    return {"@type": "ImageObject", **picture, "url": f"{settings.SITE_URL}{picture['url']}"}


def authors(shown: ShownRevision) -> list[Person]:
    """The credited people, without placeholders for demonstration: those are nobody."""
    return [person for person in shown.byline if not person.demo]


def _dates(shown: ShownRevision) -> Node:
    """When the page was first public, and when it last changed in more than wording or layout."""
    return {
        "datePublished": shown.published_at and shown.published_at.isoformat(),
        "dateModified": shown.updated_at and shown.updated_at.isoformat(),
    }


def _about(shown: ShownRevision) -> Node:
    """The condition that a page is about, if that has a public page."""
    condition = shown.condition
    if condition is None:
        return {}
    url = settings.SITE_URL + url_of(condition)
    node = {"@type": "MedicalCondition", "@id": f"{url}#subject", "name": condition.title}
    return {"about": node | {"url": url}}


def option(subject: Mapping[str, Any]) -> Node:
    """A technique that the page shows; it has a page of its own."""
    url = settings.SITE_URL + subject["url"]
    return {**subject, "@id": f"{url}#subject", "url": url}


def _person(person: Person) -> Node:
    return {"@type": "Person", "name": person.name, "url": settings.SITE_URL + person.url}


def citation(citekey: str, source: Mapping[str, str]) -> Node:
    """A source of a reference list, of title, type, DOI and status; a retracted one says so."""
    node = {
        "@type": CLASSES.get(source["type"], "CreativeWork"),
        "name": source["title"],
        "url": settings.SITE_URL + address("references:detail", citekey),
    }
    if source["doi"]:
        node["sameAs"] = doi_url(source["doi"])
    if source["status"] == Status.RETRACTED:
        node["creativeWorkStatus"] = "Retracted"
    return node


def _full(node: Node) -> Node:
    """The node without what it does not know."""
    return {name: value for name, value in node.items() if value}
