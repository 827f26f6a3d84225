"""From live rows to a page: blocks in reading order, citations numbered in one pass.

What may change without a new revision (references, other pages' live facts) is joined in here.
Until then a citation cluster stands in the HTML as a marker that says what it cites, such as
<!--cite:key1 p3|key2-->. No text can forge one: the renderer drops comments and escapes `<`.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from publishing import kinds
from publishing.markdown import Environment, Fragment, citation_keys, render
from publishing.rendering import IMAGE_ADDRESS, image_infos
from references.models import Reference

INDEX_MARKER = re.compile(r"<!--cite:(\d+)-->")
MARKER = re.compile(r"<!--cite:(.*?)-->")


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

    def item(self, back: str, cited_by: str) -> str:
        """The line as HTML; both labels are escaped, with a place for %(number)s."""
        links = "".join(
            f'<a role="doc-backlink" href="#{use.id}" '
            f'aria-label="{back % {"number": self.number, "letter": use.letter}}">'
            f"{use.letter}</a> "
            for use in self.uses
        )
        key = self.reference.citekey
        return (
            f'<li id="ref-{key}"><p>{self.html}</p>'
            f'<p class="reference-links">{links}<a href="{self.reference.get_absolute_url()}">'
            f"{cited_by % {'number': self.number}}</a></p></li>"
        )


def reference_items(entries: Iterable[Entry]) -> SafeString:
    """The lines of a reference list as HTML; its words are translated once for all of them."""
    back = escape(_("Back to use %(letter)s of reference %(number)s"))
    hidden = escape(_("reference %(number)s"))
    cited_by = f'{escape(_("Cited by"))}<span class="visually-hidden"> ({hidden})</span>'
    # Citekeys have no characters of HTML's, and entries are made by ama_html.
    return SafeString("".join(entry.item(back, cited_by) for entry in entries))


def marked(fragment: Fragment | Mapping[str, Any] | None) -> SafeString:
    """A rendered block with a marker for each citation cluster, to be numbered with its page."""
    if not fragment:
        return SafeString("")
    data = fragment.to_json() if isinstance(fragment, Fragment) else fragment
    clusters = data["clusters"]
    if not clusters:
        return SafeString(data["html"])  # output of the Markdown renderer
    html = INDEX_MARKER.sub(lambda found: _marker(clusters[int(found[1])]), data["html"])
    return SafeString(html)  # output of the Markdown renderer, and markers of escaped parts


def marker_of(keys: Iterable[str]) -> SafeString:
    """The marker of a cluster that stands in the data rather than in a text."""
    items = [{"key": key, "locator": ""} for key in keys]
    return SafeString(_marker(items) if items else "")  # built from escaped parts


def _marker(items: Iterable[Mapping[str, str]]) -> str:
    cited = (f"{item['key']} {item['locator']}".rstrip() for item in items)
    return f"<!--cite:{'|'.join(_within_marker(item) for item in cited)}-->"


def _within_marker(text: str) -> str:
    """Escaped, so that it ends neither the marker nor its own part of it."""
    return escape(text).replace("|", "&#124;")


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
        """A rendered block with its citation clusters numbered."""
        return self.number(marked(fragment))

    def number(self, html: str) -> SafeString:
        """HTML of `marked` blocks with its citation clusters numbered, in the order they stand."""
        return SafeString(MARKER.sub(self._cluster, html))  # links are built from escaped parts

    def _cluster(self, marker: re.Match[str]) -> str:
        """One cluster as superscript links in AMA form, such as 1,3,7(p3)."""
        self.clusters += 1
        cluster_id = f"cite-{self.clusters}"
        if marker[1] in self.references:  # one source without a place in it, as most clusters are
            link = self._link(self._use(marker[1], cluster_id), marker[1], "")
            return f'<sup class="cite" id="{cluster_id}">{link}</sup>'
        known, unknown = {}, []
        for item in marker[1].split("|"):
            key, _space, locator = item.partition(" ")
            if key in self.references:
                known[self._use(key, cluster_id), locator] = key
            else:
                unknown.append(key)
        links = ",".join(
            self._link(number, key, locator) for (number, locator), key in sorted(known.items())
        )
        html = f'<sup class="cite" id="{cluster_id}">{links}</sup>' if links else ""
        return html + "".join(map(_unknown, unknown))

    def _use(self, key: str, cluster_id: str) -> int:
        """The number of a source, after noting that this cluster cites it."""
        uses = self.uses.setdefault(key, [])
        if not uses or uses[-1] != cluster_id:
            uses.append(cluster_id)
        return self.numbers.setdefault(key, len(self.numbers) + 1)

    def _link(self, number: int, key: str, locator: str) -> str:
        text = f"{number}({locator})" if locator else number
        label = self.label.replace("%(number)s", str(number))
        return f'<a role="doc-biblioref" href="#ref-{key}" aria-label="{label}">{text}</a>'

    def entries(self) -> tuple[Entry, ...]:
        """The reference list, in order of first use."""
        return tuple(
            Entry(
                number=number,
                reference=self.references[key],
                html=self.references[key].entry,
                uses=tuple(
                    Use(id=use, letter=letters(place)) for place, use in enumerate(self.uses[key])
                ),
            )
            for key, number in self.numbers.items()
        )


def _unknown(key: str) -> str:
    """What stands for a key that is not in the library; the key is escaped already."""
    message = escape(_("Unknown reference: %(key)s")) % {"key": key}
    return f'<span class="cite-unknown">{message}</span>'


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
