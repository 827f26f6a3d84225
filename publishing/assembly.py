"""From live rows to a page: blocks in reading order, citations numbered in one pass.

What may change without a new revision (references, other pages' live facts) is joined in here.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from publishing import kinds
from publishing.markdown import Environment, Fragment, citation_keys, render
from publishing.rendering import IMAGE_ADDRESS, image_infos
from references.formatting import ama_html
from references.models import Reference

MARKER = re.compile(r"<!--cite:(\d+)-->")
SLOT = re.compile(r"<!--(compare|techniques)-->")


@dataclass(frozen=True)
class Use:
    """One place that cites a reference: the id to go back to, and its letter."""

    id: str
    letter: str


@dataclass(frozen=True)
class Entry:
    """One line of a reference list."""

    number: int
    reference: Reference
    html: SafeString
    uses: tuple[Use, ...]


@dataclass
class Numbering:
    """Numbers sources in order of first use over everything that one page shows."""

    references: Mapping[str, Reference]
    numbers: dict[str, int] = field(default_factory=dict)
    uses: dict[str, list[str]] = field(default_factory=dict)
    clusters: int = 0
    # The accessible name of a citation, translated once for all of a page's.
    label: str = field(default_factory=lambda: escape(_("Reference %(number)s")))

    def html(self, fragment: Mapping[str, Any] | None) -> SafeString:
        """A rendered block with its citation clusters numbered.

        The block's HTML was sanitised when it was rendered; clusters are built from escaped
        parts here.
        """
        if not fragment:
            return SafeString("")
        clusters = fragment["clusters"]
        if not clusters:
            return SafeString(fragment["html"])  # output of the Markdown renderer

        def numbered(match: re.Match[str]) -> str:
            return self.cluster(clusters[int(match[1])])

        html = MARKER.sub(numbered, fragment["html"])
        return SafeString(html)  # output of the Markdown renderer

    def cluster(self, items: Iterable[Mapping[str, str]]) -> str:
        """One cluster as superscript links in AMA form, such as 1,3,7(p3)."""
        self.clusters += 1
        cluster_id = f"cite-{self.clusters}"
        known, unknown = {}, []
        for item in items:
            key = item["key"]
            if key in self.references:
                number = self.numbers.setdefault(key, len(self.numbers) + 1)
                known[number, item["locator"]] = key
            else:
                unknown.append(key)
        for key in dict.fromkeys(known.values()):
            self.uses.setdefault(key, []).append(cluster_id)
        links = ",".join(
            self._link(number, key, locator) for (number, locator), key in sorted(known.items())
        )
        html = f'<sup class="cite" id="{cluster_id}">{links}</sup>' if links else ""
        return html + "".join(map(_unknown, unknown))

    def _link(self, number: int, key: str, locator: str) -> str:
        text = f"{number}({locator})" if locator else str(number)
        return (
            f'<a role="doc-biblioref" href="#ref-{escape(key)}" '
            f'aria-label="{self.label % {"number": number}}">{escape(text)}</a>'
        )

    def cite(self, keys: Iterable[str]) -> SafeString:
        """A cluster that stands in the data rather than in a text."""
        items = [{"key": key, "locator": ""} for key in keys]
        return mark_safe(self.cluster(items)) if items else SafeString("")  # noqa: S308 - built from escaped parts

    def entries(self) -> tuple[Entry, ...]:
        """The reference list, in order of first use."""
        return tuple(
            Entry(
                number=number,
                reference=self.references[key],
                html=ama_html(self.references[key].csl),
                uses=tuple(
                    Use(id=use, letter=letters(place)) for place, use in enumerate(self.uses[key])
                ),
            )
            for key, number in self.numbers.items()
        )


def _unknown(key: str) -> str:
    return format_html(
        '<span class="cite-unknown">{}</span>', _("Unknown reference: %(key)s") % {"key": key}
    )


def letters(place: int) -> str:
    """a, b … z, aa, ab … for the back-links of a reference used more than once."""
    text = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        text = chr(ord("a") + rest) + text
    return text


def references_named(keys: Iterable[str]) -> dict[str, Reference]:
    """The references with these citekeys; one query."""
    return {item.citekey: item for item in Reference.objects.filter(citekey__in=list(keys))}


def split_slots(html: str) -> list[tuple[str, str]]:
    """A body cut where the data-made parts stand: ("html", text), ("compare", ""), …"""
    parts = SLOT.split(html)
    return [
        (part, "") if number % 2 else ("html", part)
        for number, part in enumerate(parts)
        if number % 2 or part.strip()
    ]


def number_fragment(fragment: Fragment, references: Mapping[str, Reference]) -> SafeString:
    """One rendered text by itself, its citations numbered and its list below."""
    numbering = Numbering(references)
    html = numbering.html(fragment.to_json())
    entries = format_html_join("", "<li>{}</li>", ((entry.html,) for entry in numbering.entries()))
    return format_html("{}{}", html, entries and format_html("<ol>{}</ol>", entries))


def preview_text(text: str) -> SafeString:
    """A Markdown text as the public will see it, with the library's references and pictures."""
    from_text = render(text, environment_for(text))
    return number_fragment(from_text, references_named(citation_keys(text)))


def environment_for(text: str) -> Environment:
    """The pictures and glossary terms that a text may use."""
    return Environment(
        images=image_infos(set(IMAGE_ADDRESS.findall(text))),
        terms={term.slug: term for term in kinds.terms()},
        heading_ids={},
    )


def markdownify(text: str) -> str:
    """What django-markdownx calls; the same function as everywhere."""
    return preview_text(text)
