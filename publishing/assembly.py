"""From live rows to a page: blocks in reading order, citations numbered in one pass.

What may change without a new revision (references, other pages' live facts) is joined in here.
Until then a citation cluster stands in the HTML as a marker that says what it cites, such as
<!--cite:key1 p3|key2-->. No text can forge one: the renderer drops comments and escapes `<`.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from typing import Any, NamedTuple

from django.conf import settings
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import override

from publishing import kinds
from publishing.images_named import IMAGE_ADDRESS
from publishing.markdown import Environment, Fragment, citation_keys, render
from publishing.rendering import image_infos
from references.addresses import address
from references.aliases import citekeys_of
from references.models import Reference

INDEX_MARKER = re.compile(r"<!--cite:(\d+)-->")
MARKER = re.compile(r"<!--cite:(.*?)-->")


class Entry(NamedTuple):
    """One line of a reference list; `uses` are the ids of the places that cite the source."""

    number: int
    citekey: str
    html: SafeString
    uses: list[str]

    def item(self, labels: "Labels") -> str:
        """The line as HTML, with a lettered link back to each use."""
        number = str(self.number)
        back = labels.back.replace("%(number)s", number)
        links = [
            f'<a role="doc-backlink" href="#{use}" '
            f'aria-label="{back.replace("%(letter)s", letter)}">{letter}</a> '
            for use, letter in zip(self.uses, map(letters, count()), strict=False)
        ]
        return (
            f'<li id="ref-{self.citekey}"><p>{self.html}</p>'
            f'<p class="reference-links">{"".join(links)}'
            f'<a href="{address("references:detail", self.citekey)}">'
            f"{labels.cited_by.replace('%(number)s', number)}</a></p></li>"
        )


class Labels(NamedTuple):
    """The words around citations, escaped, with %(number)s for that of the reference."""

    link: str
    back: str
    cited_by: str


@cache
def labels() -> Labels:
    """The words around citations in the language of the site."""
    with override(settings.LANGUAGE_CODE):
        hidden = escape(_("reference %(number)s"))
        return Labels(
            link=escape(_("Reference %(number)s")),
            back=escape(_("Back to use %(letter)s of reference %(number)s")),
            cited_by=f'{escape(_("Cited by"))}<span class="visually-hidden"> ({hidden})</span>',
        )


def reference_items(entries: Iterable[Entry]) -> SafeString:
    """The lines of a reference list as HTML."""
    words = labels()
    # Citekeys have no characters of HTML's, and entries are made by ama_html.
    return SafeString("".join([entry.item(words) for entry in entries]))


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
    """Numbers sources in order of first use over everything that one page shows.

    Two that share their numbers and uses, with prefixes of their own, number a page that shows the
    same texts twice.
    """

    # The entry of each source that may be cited, by citekey.
    sources: Mapping[str, SafeString]
    numbers: dict[str, int] = field(default_factory=dict)
    uses: dict[str, list[str]] = field(default_factory=dict)
    clusters: int = 0
    prefix: str = "cite-"

    def html(self, fragment: Mapping[str, Any] | None) -> SafeString:
        """A rendered block with its citation clusters numbered."""
        return self.number(marked(fragment))

    def number(self, html: str) -> SafeString:
        """HTML of `marked` blocks with its citation clusters numbered, in the order they stand."""
        pieces = MARKER.split(html)  # a text, what a cluster cites, a text …
        pieces[1::2] = map(self._cluster, pieces[1::2])
        return SafeString("".join(pieces))  # links are built from escaped parts

    def _cluster(self, cited: str) -> str:
        """One cluster as superscript links in AMA form, such as 1,3,7(p3)."""
        self.clusters += 1
        cluster_id = f"{self.prefix}{self.clusters}"
        if cited in self.sources:  # one source without a place in it, as most clusters are
            link = _link(self._use(cited, cluster_id), cited)
            return f'<sup class="cite" id="{cluster_id}">{link}</sup>'
        known, unknown = {}, []
        for item in cited.split("|"):
            key, _space, locator = item.partition(" ")
            if key in self.sources:
                known[self._use(key, cluster_id), locator] = key
            else:
                unknown.append(key)
        links = ",".join(
            _link(number, key, locator) for (number, locator), key in sorted(known.items())
        )
        html = f'<sup class="cite" id="{cluster_id}">{links}</sup>' if links else ""
        return html + "".join(map(_unknown, unknown))

    def _use(self, key: str, cluster_id: str) -> int:
        """The number of a source, after noting that this cluster cites it."""
        if key not in self.numbers:
            self.numbers[key] = len(self.numbers) + 1
            self.uses[key] = [cluster_id]
        elif self.uses[key][-1] != cluster_id:
            self.uses[key].append(cluster_id)
        return self.numbers[key]

    def entries(self) -> list[Entry]:
        """The reference list, in order of first use."""
        return [
            Entry(number, key, self.sources[key], self.uses[key])
            for key, number in self.numbers.items()
        ]


def _link(number: int, key: str, locator: str = "") -> str:
    """A citation as a link to its entry."""
    text = f"{number}({locator})" if locator else number
    return f'<a role="doc-biblioref" href="#ref-{key}" aria-label="{_label(number)}">{text}</a>'


@cache
def _label(number: int) -> str:
    return labels().link.replace("%(number)s", str(number))


def _unknown(key: str) -> str:
    """What stands for a key that is not in the library; the key is escaped already."""
    message = escape(_("Unknown reference: %(key)s")) % {"key": key}
    return f'<span class="cite-unknown">{message}</span>'


@cache
def letters(place: int) -> str:
    """a, b … z, aa, ab … for the back-links of a reference used more than once."""
    text = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        text = chr(ord("a") + rest) + text
    return text


def entries_named(keys: Iterable[str]) -> dict[str, SafeString]:
    """The entries of the references with these citekeys; one query."""
    found = Reference.objects.filter(citekey__in=list(keys))
    return {reference.citekey: reference.entry for reference in found}


def number_fragment(fragment: Fragment, sources: Mapping[str, SafeString]) -> SafeString:
    """One rendered text by itself, its citations numbered and its list below."""
    numbering = Numbering(sources)
    html = numbering.html(fragment.to_json())
    entries = format_html_join("", "<li>{}</li>", ((entry.html,) for entry in numbering.entries()))
    return format_html("{}{}", html, entries and format_html("<ol>{}</ol>", entries))


def preview_text(text: str) -> SafeString:
    """A Markdown text as the public will see it, with the library's references and pictures."""
    from_text = render(text, environment_for(text))
    return number_fragment(from_text, entries_named(from_text.citekeys))


def environment_for(text: str) -> Environment:
    """The pictures, glossary terms and keys of other programs that a text may use."""
    return Environment(
        images=image_infos(set(IMAGE_ADDRESS.findall(text))),
        terms={term.slug: term for term in kinds.terms()},
        citekeys=citekeys_of(citation_keys(text)),
    )


def markdownify(text: str) -> str:
    """What django-markdownx calls; the same function as everywhere."""
    return preview_text(text)
