"""What search can find: live pages, parts of them, and the sources that they cite.

It is written in the transaction that makes a revision live or takes it away, so that search never
knows a draft, nor what was taken down.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from django.db import connection, transaction

from publishing import kinds
from publishing.kinds import Findable
from publishing.markdown import Fragment
from publishing.models import Page, Revision, SearchEntry, SearchWord
from publishing.models.search import MAX_WORD
from publishing.prose import text_of
from references.models import Reference

REFERENCE = "reference"
CONDITION = "condition"
_WORD = re.compile(r"[^\W\d_]{3,}")
_BATCH = 200  # revisions
_MAX_BODY = 200_000  # characters; PostgreSQL refuses to index texts of several megabytes
_COUNT_WORDS = """
INSERT INTO publishing_searchword (word, entries)
SELECT * FROM unnest(%s::text[], %s::integer[]) ORDER BY 1
ON CONFLICT (word) DO UPDATE SET entries = publishing_searchword.entries + excluded.entries
"""


def replace(revision: Revision) -> None:
    """Let search find a revision that has just gone live, in place of an older one."""
    before = _sources_of(revision.page_id)
    SearchEntry.objects.filter(page=revision.page_id).delete()
    conditions = _conditions(page=revision.condition_id)
    _store(_entries_of(revision, conditions))
    if revision.kind == CONDITION:
        SearchEntry.objects.filter(condition=revision.page_id).update(about=revision.title)
    _renew_sources(before | set(revision.citations.values_list("reference", flat=True)))


def remove(page: Page) -> None:
    """Let search forget a page that has just been taken down."""
    SearchEntry.objects.filter(page=page.pk).delete()
    SearchEntry.objects.filter(condition=page.pk).update(about="")
    _renew_sources(_sources_of(page.pk))


@transaction.atomic
def rebuild() -> int:
    """Make the whole index anew; returns the number of entries."""
    SearchEntry.objects.all().delete()
    SearchWord.objects.all().delete()
    conditions = _conditions(kind=CONDITION)
    batch: list[SearchEntry] = []
    for revision in Revision.objects.live().order_by("pk").iterator(chunk_size=_BATCH):
        batch += _entries_of(revision, conditions)
        if len(batch) >= _BATCH:
            _store(batch)
            batch = []
    _store(batch)
    live = Reference.objects.filter(citations__revision__state=Revision.State.LIVE)
    _store(map(_entry_of_source, live.distinct().iterator(chunk_size=_BATCH)))
    return SearchEntry.objects.count()


def renew_source(*, instance: Reference, created: bool, **_signal: object) -> None:
    """Bring the entry of a source that was saved up to date, if it has one; post_save."""
    if not created and SearchEntry.objects.filter(reference=instance).exists():
        _renew_sources({instance.pk})


def _sources_of(page_id: int) -> set[int]:
    """The sources that any revision of a page cites."""
    cited = Reference.objects.filter(citations__revision__page=page_id)
    return set(cited.values_list("pk", flat=True))


def _renew_sources(ids: Iterable[int]) -> None:
    """Have an entry for each of these sources that a live page cites, and none for the others."""
    ids = list(ids)
    SearchEntry.objects.filter(reference__in=ids).delete()
    cited = Reference.objects.filter(
        pk__in=ids, citations__revision__state=Revision.State.LIVE
    ).distinct()
    _store(map(_entry_of_source, cited))


def _conditions(**chosen: Any) -> dict[int, str]:
    """The titles of live conditions by their pages."""
    return dict(Revision.objects.live().filter(**chosen).values_list("page", "title"))


def _entries_of(revision: Revision, conditions: dict[int, str]) -> Iterator[SearchEntry]:
    """The page itself, and its parts that can be found by themselves."""
    kind = kinds.get(revision.kind)
    content = kind.content.from_data(revision.content, stored=True)
    fragments = {name: Fragment.from_json(data) for name, data in revision.rendered.items()}
    parts = list(kind.findable_parts(content, fragments))
    texts = [] if parts else [text_of(fragment) for fragment in fragments.values()]
    sentences = [bare.sentence for bare in content.bare_citations()]
    page = Findable(
        title=revision.title,
        summary=revision.summary,
        names=content.names,
        body="\n".join([*texts, *sentences]),
    )
    condition = revision.condition_id or _itself(revision)
    for each in (page, *parts):
        yield SearchEntry(
            page_id=revision.page_id,
            kind=each.kind or revision.kind,
            slug=revision.slug,
            anchor=each.anchor,
            title=each.title,
            names="\n".join(each.names),
            summary=each.summary,
            about=conditions.get(condition or 0, ""),
            body=each.body[:_MAX_BODY],
            condition_id=condition,
        )


def _itself(revision: Revision) -> int | None:
    """The page of a condition is about that condition."""
    return revision.page_id if revision.kind == CONDITION else None


def _entry_of_source(reference: Reference) -> SearchEntry:
    csl = reference.csl
    people = [name for name in map(_name, csl.get("author") or ()) if name]
    about = (csl.get("container-title"), str(reference.year or ""))
    return SearchEntry(
        reference=reference,
        kind=REFERENCE,
        slug=reference.citekey,
        title=reference.title or reference.citekey,
        names="\n".join(filter(None, (reference.citekey, reference.doi, reference.pmid))),
        summary=". ".join(part for part in (", ".join(people), *about) if part),
    )


def _name(name: dict[str, str]) -> str:
    return " ".join(filter(None, (name.get("given"), name.get("family")))) or name.get(
        "literal", ""
    )


def _store(entries: Iterable[SearchEntry]) -> None:
    stored = SearchEntry.objects.bulk_create(entries, batch_size=_BATCH)
    words = Counter(word for entry in stored for word in _words(entry))
    if words:
        with connection.cursor() as cursor:
            cursor.execute(_COUNT_WORDS, [list(words), list(words.values())])


def _words(entry: SearchEntry) -> set[str]:
    text = "\n".join((entry.title, entry.names, entry.summary, entry.body)).lower()
    return {word for word in _WORD.findall(text) if len(word) <= MAX_WORD}
